"""The tables: for the terminal, and for docs/reliability.md."""

import re
import sys
from datetime import date
from pathlib import Path

from ground import Verdict

PAGE = Path(__file__).resolve().parents[2] / "docs/reliability.md"
HEAD = ["fault", "when or where", "tried", "survived", "lost", "ended with", "runs needed afterwards"]


class Report:
    def __init__(self, every: int) -> None:
        """`every`: so many writes lie between two that are tried with a fault."""
        self._every = every
        self.parts: dict[str, list[Verdict]] = {}
        self.operations = self.writes = 0
        self.seconds = 0.0

    def add(self, part: str, verdict: Verdict) -> None:
        self.parts.setdefault(part, []).append(verdict)
        if sys.stderr.isatty():
            print(f"\r{part}: {len(self.parts[part])} tried ", end="", file=sys.stderr, flush=True)
        if not verdict.is_survived:
            print(f"LOST: {verdict.fault}, {verdict.point}, write {verdict.number}", flush=True)
            for fault in verdict.faults[:8]:
                print(f"  {fault[:1000]}", flush=True)

    @property
    def verdicts(self) -> list[Verdict]:
        return [verdict for verdicts in self.parts.values() for verdict in verdicts]

    @property
    def losses(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if not verdict.is_survived]

    def text(self) -> str:
        rows = [HEAD, *(row for verdicts in self.parts.values() for row in table(verdicts))]
        widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
        return "\n".join([*lines, f"{len(self.verdicts)} tried, {len(self.losses)} lost, in {self.seconds:.0f} s"])

    # The page

    def write(self) -> None:
        """Everything between `<!-- chaos: NAME -->` and `<!-- /chaos -->`."""
        page = PAGE.read_text()
        sections = {"summary": self._summary(), **{name: markdown(verdicts) for name, verdicts in self.parts.items()}}
        for name, text in sections.items():
            pattern = rf"(<!-- chaos: {name} -->\n).*?(\n<!-- /chaos -->)"
            page, count = re.subn(pattern, lambda match: match[1] + text + match[2], page, flags=re.S)
            if count != 1:
                raise ValueError(f"{PAGE} has {count} places for {name}")
        PAGE.write_text(page)

    def _summary(self) -> str:
        writes = self.parts["writes"]
        interrupted = [verdict for verdict in writes if verdict.fault.startswith("connection") and verdict.status]
        unknown = max((verdict.unknown for verdict in interrupted), default=0)
        return (
            f"On {date.today()}: a plan of {self.operations} operations in {self.writes} write requests, "
            f"{'each of them' if self._every == 1 else f'one in {self._every}'} tried with each fault, "
            f"{len(self.verdicts)} trials in all, **{len(self.losses)} lost**, in {self.seconds / 60:.0f} minutes. Of a run whose "
            f"connection was cut, at most {unknown} operations had to be called unknown.")


def table(verdicts: list[Verdict]) -> list[list[str]]:
    """One row for each fault and place."""
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.fault, verdict.point), []).append(verdict)
    rows = []
    for (fault, point), tried in groups.items():
        survived = sum(verdict.is_survived for verdict in tried)
        statuses = sorted({verdict.status for verdict in tried})
        runs = max(verdict.runs for verdict in tried)
        rows.append([fault, point, str(len(tried)), str(survived), str(len(tried) - survived),
                     ", ".join("SIGKILL" if status == -9 else str(status) for status in statuses),
                     str(runs) if runs else "none"])
    return rows


def markdown(verdicts: list[Verdict]) -> str:
    rows = [HEAD, ["---", "---", "--:", "--:", "--:", "---", "--:"], *table(verdicts)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
