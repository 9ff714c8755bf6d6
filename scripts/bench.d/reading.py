"""Rows that only read."""

from typing import Iterator

from measure import alternate
from rows import Bench, Result


def export(bench: Bench) -> Iterator[Result]:
    count = bench.sizes.many
    bench.states.people(count)
    ground = bench.states.ground("export")
    ground.configure_export()
    ours, reference = alternate(
        bench.repetitions, lambda: ground.exported(count), lambda: ground.searched_source(count), warm=True)
    yield Result("export", f"{count:,} users", ours, reference, 0.70, against="ldapsearch, in pages")


def unchanged_import(bench: Bench) -> Iterator[Result]:
    count = bench.sizes.many
    ground = bench.states.managing(count, "unchanged")
    ours, reference = alternate(
        bench.repetitions, lambda: ground.imported(unchanged=count), lambda: ground.searched_target(count), warm=True)
    yield Result("unchanged-import", f"{count:,} users", ours, reference, 0.80, against="ldapsearch, in pages")
