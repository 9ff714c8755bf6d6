"""Parts of the program on their own: `Benchmarks`, a package beside this one, prints JSON for each."""

import json
import subprocess
from typing import Any, Iterator

from ground import ROOT
from measure import Failure, Sample, Side
from rows import Bench, Result

PACKAGE = ROOT / "Benchmarks"
# Of it: the result is right, and too slow. Whether it is, the table says.
TOO_SLOW = 2


def plan(bench: Bench) -> Iterator[Result]:
    report = measured("plan")
    for size in report["sizes"]:
        users = size["users"]
        yield Result(f"plan, {users:,}", f"{users:,} users, 1 % changed", side(report, size),
                     limit=4_000 if users == 1_000_000 else None, figure="milliseconds")
    exponent = report.get("exponent")
    if exponent is not None:
        print(f"  grows with the {exponent:.2f}th power of the number of users", flush=True)


def read_file(bench: Bench) -> Iterator[Result]:
    report = measured("read-file")
    yield Result("read-file", f"{report['users']:,} users, {report['bytes'] / 1e6:.0f} MB", side(report, report),
                 limit=2_000, figure="milliseconds")


def measured(name: str) -> dict[str, Any]:
    process = subprocess.run(["swift", "run", "-c", "release", "--package-path", str(PACKAGE), name],
                             stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT)
    if process.returncode not in (0, TOO_SLOW):
        raise Failure(process.stderr[-2000:])
    report: dict[str, Any] = json.loads(process.stdout)
    return report


def side(report: dict[str, Any], time: dict[str, Any]) -> Side:
    return Side([Sample(time["seconds"], time["cpu_seconds"], report["peak_memory_bytes"] / 1e6)])
