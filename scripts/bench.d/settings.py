"""What the two settings do that concern speed: how many connections read, how many writes are under way."""

from typing import Iterator

from linking import DELAY
from measure import Sample, alternate
from relay import link
from rows import Bench, Result
from writing import begin

CONNECTIONS = (1, 2, 3, 4)
WINDOWS = (1, 8, 32, 128)


def settings(bench: Bench) -> Iterator[Result]:
    yield from connections(bench)
    yield from windows(bench)


def connections(bench: Bench) -> Iterator[Result]:
    count = bench.sizes.many
    bench.states.people(count)
    export = bench.states.ground("settings-export")

    def exported(number: int) -> Sample:
        export.configure_export(connections=number)
        return export.exported(count)

    sides = alternate(bench.repetitions, *(lambda number=number: exported(number) for number in CONNECTIONS), warm=True)
    for number, side in zip(CONNECTIONS, sides):
        yield Result(f"connections {number}", f"export of {count:,}", side)

    ground = bench.states.managing(count, "settings-import")

    def imported(number: int) -> Sample:
        ground.configure_import(connections=number)
        return ground.imported(unchanged=count)

    sides = alternate(bench.repetitions, *(lambda number=number: imported(number) for number in CONNECTIONS), warm=True)
    for number, side in zip(CONNECTIONS, sides):
        yield Result(f"connections {number}", f"unchanged import of {count:,}", side)


def windows(bench: Bench) -> Iterator[Result]:
    count, target = bench.sizes.few, bench.states.lab.target
    ground = bench.states.importing(bench.states.file(count), "settings-window")

    def imported(window: int, uri: str) -> Sample:
        begin(bench, ground, "fresh")
        ground.configure_import(window=window, server=uri)
        return ground.imported(created=count, joined=ground.joins)

    with link(target.variable("ADDRESS"), DELAY) as distant:
        for uri, where in (target.uri, ""), (distant, " over the link"):
            sides = alternate(bench.repetitions, *(lambda window=window: imported(window, uri) for window in WINDOWS))
            for window, side in zip(WINDOWS, sides):
                yield Result(f"window {window}", f"first import of {count:,}{where}", side)
