"""`scripts/chaos`: see there."""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator

from disks import Disks
from ground import Ground, Lab, Verdict
from locks import Locks
from report import Report
from signals import Signals
from trials import CONTROLLER, CUT, INT, KILL, TERM, Trials

# A signal asks the program to end when it can: at which of the points it comes makes no difference to that.
PLAN = [(fault, point) for fault in (KILL, CUT, CONTROLLER) for point in ("before", "done", "answered", "in flight")]
PLAN += [(TERM, "before"), (INT, "in flight")]


def writes(trials: Trials, options: argparse.Namespace) -> Iterator[Verdict]:
    for place, (fault, point) in enumerate(PLAN):
        # Where not every write is tried, the faults share them.
        step, first = (trials.writes, place * 4) if options.quick else (options.every, place)
        for number in range(1 + first % step, trials.writes + 1, step):
            yield trials.trial(fault, point, number)
    if not options.quick:
        for number in (1, 2, 3, 5, 8):
            yield trials.relentless(KILL, number)
        for number in (3, 8):
            yield trials.relentless(CUT, number)


def signals(trials: Trials, options: argparse.Namespace) -> Iterator[Verdict]:
    yield from Signals(trials).all(options.quick)


def disks(trials: Trials, options: argparse.Namespace) -> Iterator[Verdict]:
    broken = Disks(trials)
    yield from broken.beforehand()
    yield from broken.midway(options.quick)


def locks(trials: Trials, options: argparse.Namespace) -> Iterator[Verdict]:
    yield from Locks(trials).all(options.quick)


PARTS = {"writes": writes, "signals": signals, "disks": disks, "locks": locks}


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/chaos")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), metavar="PART")
    options = parser.parse_args()
    # So that the lab is put back, and the folder removed, however this ends.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="ad-user-sync-chaos."))
    report = Report(every=options.every)
    lab = Lab()
    try:
        ground = Ground(folder, lab)
        try:
            trials = Trials(ground)
            report.operations, report.writes = trials.operations, trials.writes
            for name in options.only or PARTS:
                for verdict in PARTS[name](trials, options):
                    report.add(name, verdict)
        finally:
            ground.proxy.close()
    finally:
        lab.leave()
        shutil.rmtree(folder, ignore_errors=True)
    report.seconds = time.monotonic() - started
    print(report.text())
    if not options.quick and not options.only and not report.losses:
        report.write()
    return 1 if report.losses else 0


if __name__ == "__main__":
    sys.exit(main())
