"""Parts of the program on their own: `Benchmarks`, a package beside this one, prints JSON for each."""

import json
import subprocess
from typing import Callable, Iterator

from ground import ROOT
from measure import Failure, Sample, Side
from rows import Bench, Result

PACKAGE = ROOT / "Benchmarks"
is_there = PACKAGE.is_dir()


def micro(name: str) -> Callable[[Bench], Iterator[Result]]:
    """One row for each result: an array of `name`, `work`, `seconds` (all of them), `peak_mb`, and perhaps `limit`, of
    the median in milliseconds."""
    def measure(bench: Bench) -> Iterator[Result]:
        if not is_there:
            raise Failure(f"there is no {PACKAGE}")
        process = subprocess.run(["swift", "run", "-c", "release", "--package-path", str(PACKAGE), name],
                                 stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT)
        if process.returncode:
            raise Failure(process.stderr[-2000:])
        for entry in json.loads(process.stdout):
            side = Side([Sample(seconds, seconds, entry["peak_mb"]) for seconds in entry["seconds"]])
            yield Result(entry["name"], entry["work"], side, limit=entry.get("limit"), figure="milliseconds")
    return measure
