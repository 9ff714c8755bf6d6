"""Rows that are held against a number, not against another program."""

import json
import os
from dataclasses import asdict
from typing import Iterator

from measure import Failure, Sample, Side, run
from rows import Bench, Result


def memory_export(bench: Bench) -> Iterator[Result]:
    count = bench.sizes.huge
    bench.states.people(count)
    ground = bench.states.ground("memory-export")
    ground.configure_export()
    yield Result("memory-export", f"{count:,} users", Side([ground.exported(count)]), limit=150, figure="peak_mb")


def memory_import(bench: Bench) -> Iterator[Result]:
    count = bench.sizes.huge
    ground = bench.states.managing(count, "memory-import")
    sample = ground.imported(unchanged=count)
    yield Result("memory-import", f"unchanged, {count:,} users", Side([sample]), limit=400, figure="peak_mb")


def version(bench: Bench) -> Iterator[Result]:
    ground = bench.states.ground("version")
    output = ground.folder / "version"

    def asked() -> Sample:
        sample = run([os.environ["AD_USER_SYNC"], "--version"], output, folder=ground.folder)
        if not output.read_text().strip():
            raise Failure("--version says nothing")
        return sample

    asked()
    yield Result("version", "`--version`, 20 times", Side([asked() for _ in range(20)]), limit=30, figure="milliseconds")


def growth(bench: Bench) -> Iterator[Result]:
    """Each size once: what grows faster than the number of users would show."""
    for count in bench.sizes.growth:
        bench.states.people(count)
        ground = bench.states.ground("growth")
        ground.configure_export()
        ground.exported(count)
        samples = {"export": ground.exported(count)}
        ground = bench.states.managing(count, "growth")
        # It was the one that filled the target.
        first = json.loads((ground.folder / "first-import.json").read_text())
        samples["first-import"] = Sample(**first)
        ground.imported(unchanged=count)
        samples["unchanged-import"] = ground.imported(unchanged=count)
        for name, sample in samples.items():
            bench.growth.append({"what": name, "users": count, **{key: round(value, 3)
                                 for key, value in asdict(sample).items() if value is not None}})
            yield Result(f"{name}, {count:,}", f"{count:,} users", Side([sample]))
