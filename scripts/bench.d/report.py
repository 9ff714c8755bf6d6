"""The tables: for the terminal, and for docs/performance.md; the same as data for docs/performance.json."""

import json
import os
import platform
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import chart
from measure import Side
from rows import Bench, Result, Row

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, DATA, CHART = "performance.md", DOCS / "performance.json", DOCS / "images" / "performance.svg"
HEAD = ["", "", "median s", "min", "max", "CPU s", "peak MB", "requests", "ratio", "limit", ""]


class Report:
    def __init__(self) -> None:
        self.results: dict[str, list[Result]] = {}
        self.pages: dict[str, str] = {}
        self.failures: list[str] = []

    def add(self, row: Row, result: Result) -> None:
        self.results.setdefault(row.name, []).append(result)
        self.pages[row.name] = row.page
        for line in table([result])[1:]:
            print("  " + "  ".join(cell.rjust(8) if at > 1 else cell.ljust(22) for at, cell in enumerate(line)).rstrip(),
                  flush=True)

    def failed(self, row: Row, text: str) -> None:
        self.failures.append(row.name)
        print(f"  FAILED: {text}", flush=True)

    @property
    def whole(self) -> dict[str, list[Result]]:
        """The rows that were measured to their end: half of a table would pass for all of it."""
        return {name: results for name, results in self.results.items() if name not in self.failures}

    @property
    def exceeded(self) -> list[Result]:
        return [result for results in self.results.values() for result in results if not result.is_met]

    # The pages

    def write(self, bench: Bench) -> None:
        """What was not measured this time stays as it was."""
        data: dict[str, Any] = json.loads(DATA.read_text()) if DATA.exists() else {}
        data["machine"] = machine()
        rows = data.setdefault("rows", {})
        pages = {page: (DOCS / page).read_text() for page in {self.pages[name] for name in self.whole} | {PAGE}}
        pages[PAGE] = replaced(pages[PAGE], "machine", summary(data["machine"], bench.repetitions))
        for name, results in self.whole.items():
            page = self.pages[name]
            rows[name] = {"measured": str(date.today()), "results": {result.name: result.record() for result in results}}
            pages[page] = replaced(pages[page], name, markdown(results))
        if "growth" in self.whole:
            data["growth"] = bench.growth
            CHART.write_text(chart.svg(bench.growth))
        DATA.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        for page, text in pages.items():
            (DOCS / page).write_text(text)


def replaced(page: str, name: str, text: str) -> str:
    pattern = rf"(<!-- bench:{name} -->\n).*?(<!-- /bench:{name} -->)"
    page, count = re.subn(pattern, lambda match: match[1] + text + "\n" + match[2], page, flags=re.S)
    if count != 1:
        raise ValueError(f"the page has {count} places for {name}")
    return page


def check_places(rows: list[Row]) -> None:
    """Before anything is measured: hours later would be a pity."""
    for name, page in [("machine", PAGE), *((row.name, row.page) for row in rows)]:
        replaced((DOCS / page).read_text(), name, "")


def summary(data: dict[str, Any], repetitions: int) -> str:
    return (f"Last on {date.today()}: {data['processors']} processors, {data['system']}, Samba {data['samba']}, "
            f"{repetitions} repetitions.")


def machine() -> dict[str, Any]:
    samba = subprocess.run(["samba", "--version"], capture_output=True, text=True).stdout.split()[-1]
    return {"processors": os.cpu_count(), "system": f"Linux {platform.release().split('-')[0]}", "samba": samba}


def table(results: list[Result]) -> list[list[str]]:
    watches_server = any(result.ours.server_cpu is not None for result in results)
    lines = [[*HEAD[:6], "server's CPU s", *HEAD[6:]] if watches_server else HEAD]
    for result in results:
        figures = [result.told_value if result.reference else "", result.told_limit, verdict(result)]
        lines.append([result.name, result.work, *cells(result.ours), *figures])
        if result.reference:
            lines.append(["", result.against, *cells(result.reference), "", "", ""])
    return lines


def verdict(result: Result) -> str:
    if result.limit is None:
        return ""
    text = "met" if result.is_met else "**exceeded**"
    # A ratio has a column of its own, megabytes and milliseconds have none.
    return text if result.reference else f"{text}: {result.told_value}"


def cells(side: Side) -> list[str]:
    requests = "" if side.operations is None else f"{side.operations:,}"
    values = [side.middle("seconds"), min(side.seconds), max(side.seconds), side.middle("cpu")]
    return [*(number(value) for value in values), *([] if side.server_cpu is None else [number(side.server_cpu)]),
            f"{max(sample.peak_mb for sample in side.samples):.0f}", requests]


def number(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}" if seconds < 100 else f"{seconds:.0f}"


def markdown(results: list[Result]) -> str:
    head, *lines = table(results)
    rules = ["---", "---", *["--:"] * (len(head) - 3), "---"]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rules, *lines))
