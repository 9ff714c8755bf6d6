"""The tables: for the terminal, and for docs/reliability.md."""

from pathlib import Path

from ground import Verdict

PAGE = Path(__file__).resolve().parents[2] / "docs/reliability.md"


class Report:
    def __init__(self, is_quick: bool):
        self.is_quick = is_quick
        self.verdicts: list[Verdict] = []
        self.operations = self.writes = 0
        self.seconds = 0.0

    def add(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)
        if not verdict.is_survived:
            print(f"LOST: {verdict.fault}, {verdict.point}, write {verdict.number}", flush=True)
            for fault in verdict.faults[:8]:
                print(f"  {fault[:1000]}", flush=True)

    @property
    def losses(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if not verdict.is_survived]

    def rows(self) -> list[list[str]]:
        groups: dict[tuple[str, str], list[Verdict]] = {}
        for verdict in self.verdicts:
            groups.setdefault((verdict.fault, verdict.point), []).append(verdict)
        rows = []
        for (fault, point), verdicts in groups.items():
            survived = sum(verdict.is_survived for verdict in verdicts)
            runs = max(verdict.runs for verdict in verdicts)
            rows.append([fault, point, str(len(verdicts)), str(survived), str(len(verdicts) - survived), str(runs)])
        return rows

    def text(self) -> str:
        rows = [["fault", "when", "tried", "survived", "lost", "runs needed afterwards"], *self.rows()]
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
        return "\n".join([*lines, f"{len(self.verdicts)} tried, {len(self.losses)} lost, in {self.seconds:.0f} s"])

    def write(self) -> None:
        pass
