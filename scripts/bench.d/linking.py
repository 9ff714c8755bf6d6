"""Rows over a link with delay, beside the same without."""

from typing import Iterator

from measure import Sample, alternate
from relay import link
from rows import Bench, Result
from writing import begin

DELAY = 20  # milliseconds, each way
AGAINST = "without the link"


def link_import(bench: Bench) -> Iterator[Result]:
    count, target = bench.sizes.link, bench.states.lab.target
    ground = bench.states.importing(bench.states.file(count), "link-import")

    def imported(uri: str) -> Sample:
        begin(bench, ground, "fresh")
        ground.configure_import(server=uri)
        return ground.imported(created=count, joined=ground.joins)

    with link(target.variable("ADDRESS"), DELAY) as distant:
        own, others = alternate(bench.repetitions, lambda: imported(distant), lambda: imported(target.uri))
    yield Result("link-import", f"first import of {count:,} users", own, others, 1.5, against=AGAINST)


def link_export(bench: Bench) -> Iterator[Result]:
    count, source = bench.sizes.many, bench.states.lab.source
    bench.states.people(count)
    ground = bench.states.ground("link-export")

    def exported(uri: str) -> Sample:
        ground.configure_export(server=uri)
        return ground.exported(count)

    with link(source.variable("ADDRESS"), DELAY) as distant:
        own, others = alternate(bench.repetitions, lambda: exported(distant), lambda: exported(source.uri), warm=True)
    yield Result("link-export", f"{count:,} users", own, others, 1.5, against=AGAINST)
