"""`scripts/chaos`: see there."""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path
from typing import Iterator

from disks import Disks
from failover import Failover, PairGround, PairLab
from ground import Ground, Lab, Verdict
from locks import Locks
from report import Report
from signals import Signals
from trials import AWAY, CONTROLLER, CUT, INT, KILL, TERM, Trials

# A signal asks the program to end when it can: at which of the points it comes makes no difference to that.
PLAN = [(fault, point) for fault in (KILL, CUT, CONTROLLER) for point in ("before", "done", "answered", "in flight")]
PLAN += [(TERM, "before"), (INT, "in flight")]


def writes(trials: Trials, options: argparse.Namespace) -> Iterator[Verdict]:
    for place, (fault, point) in enumerate(PLAN):
        # Where not every write is tried, the faults share them.
        step, first = (trials.writes, place * 4) if options.quick else (options.every, place)
        for number in range(1 + first % step, trials.writes + 1, step):
            yield trials.trial(fault, point, number)
    # Each waits for twenty seconds, in vain.
    for number in (() if options.quick else (1, trials.writes // 2, trials.writes)):
        yield trials.trial(AWAY, "done", number)
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


def failover(trials: Failover, options: argparse.Namespace) -> Iterator[Verdict]:
    last = trials.searches
    if not last:
        raise RuntimeError("an import sent no search")
    for number in [last // 2] if options.quick else range(1, last + 1):
        yield trials.reading(number)
    # Each takes ten seconds, a third of it replication: every fourth write will do.
    places = [("done", trials.writes // 2), ("in flight", trials.writes - 5)] if options.quick else [
        (point, number) for at, point in enumerate(("before", "done", "answered", "in flight"))
        for number in range(1 + at, trials.writes + 1, 4)]
    for point, number in places:
        yield trials.writing(point, number)


PARTS = {"writes": writes, "signals": signals, "disks": disks, "locks": locks, "failover": failover}
# What a part needs beyond one domain controller.
STAGES = {"failover": (PairLab, PairGround, Failover)}
USUAL_STAGE = (Lab, Ground, Trials)


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
    report = Report(every=options.every)
    parts = options.only or list(PARTS)
    for stage, names in groupby(parts, key=lambda name: STAGES.get(name, USUAL_STAGE)):
        perform(list(names), stage, options, report)
    report.seconds = time.monotonic() - started
    print(report.text())
    if not options.quick and not options.only and not report.losses:
        report.write()
    return 1 if report.losses else 0


def perform(names: list[str], stage: tuple[type[Lab], type[Ground], type[Trials]],
            options: argparse.Namespace, report: Report) -> None:
    """Some parts on one stage; the lab is put back afterwards."""
    make_lab, make_ground, make_trials = stage
    folder = Path(tempfile.mkdtemp(prefix="ad-user-sync-chaos."))
    lab = make_lab()
    try:
        ground = make_ground(folder, lab)
        try:
            trials = make_trials(ground)
            report.operations, report.writes = trials.operations, trials.writes
            for name in names:
                for verdict in PARTS[name](trials, options):
                    report.add(name, verdict)
        finally:
            ground.proxy.close()
    finally:
        lab.leave()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
