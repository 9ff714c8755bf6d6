"""`scripts/bench`: see there."""

import argparse
import signal
import sys
import time
from dataclasses import replace

import alone
import groups
import linking
import micro
import reading
import settings
import writing
from ground import Lab
from measure import Failure
from report import Report, check_places
from rows import Bench, Row
from states import QUICK, Sizes, States

ROWS = [
    Row("export", reading.export, "reading all users of the source"),
    Row("first-import", writing.first_import, "creating users, in four groups, in an empty container"),
    Row("unchanged-import", reading.unchanged_import, "finding that nothing is to be done"),
    Row("changed-import", writing.changed_import, "one in twenty changed, one in a hundred missing"),
    Row("link-import", linking.link_import, "a first import over a link of 20 ms each way"),
    Row("link-export", linking.link_export, "an export over a link of 20 ms each way"),
    Row("big-group", groups.big_group, "one joins and one leaves a group with very many members"),
    Row("nested", groups.nested, "members through other groups: the walk, and the server's rule", page="export.md"),
    Row("memory-export", alone.memory_export, "the memory of a large export, in MB"),
    Row("memory-import", alone.memory_import, "the memory of a large import, in MB"),
    Row("version", alone.version, "starting, in milliseconds"),
    Row("growth", alone.growth, "time and memory by the number of users"),
    Row("settings", settings.settings, "`connections` and `window`"),
    Row("plan", micro.plan, "planning alone"),
    Row("read-file", micro.read_file, "reading, verifying and validating a user file alone"),
]


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", nargs="+", choices=[row.name for row in ROWS], metavar="ROW")
    parser.add_argument("--repetitions", type=int)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if options.list:
        for row in ROWS:
            print(f"{row.name:18} {row.what}")
        return 0
    if options.record and options.quick:
        parser.error("--quick writes nothing")
    # So that what was started is ended, however this ends.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    return perform(options)


def perform(options: argparse.Namespace) -> int:
    states = States(Lab(), QUICK if options.quick else Sizes())
    bench = Bench(states, options.repetitions or (1 if options.quick else 5))
    report = Report()
    rows = [row for row in ROWS if not options.only or row.name in options.only]
    if options.record:
        check_places(rows)
    started = time.monotonic()
    for row in rows:
        print(f"{row.name}: {row.what}", flush=True)
        try:
            for result in row.measure(bench):
                report.add(row, replace(result, limit=None) if options.quick else result)
        except Failure as failure:
            report.failed(row, str(failure))
    print(f"in {time.monotonic() - started:.0f} s")
    if options.record:
        report.write(bench)
    exceeded = [] if options.quick else report.exceeded
    return 1 if exceeded or report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
