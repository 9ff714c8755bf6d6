"""`scripts/chaos`: see there."""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from disks import Disks
from ground import Ground, Lab, Verdict
from report import Report
from signals import Signals
from trials import CONTROLLER, CUT, INT, KILL, TERM, Trials

PARTS = ("trials", "signals", "disks", "locks")
# A signal asks the program to end when it can: at which of the points it comes makes no difference to that.
PLAN = [(fault, point) for fault in (KILL, CUT, CONTROLLER) for point in ("before", "done", "answered", "in flight")]
SIGNALS = [(TERM, "before"), (INT, "in flight")]


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/chaos")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART")
    options = parser.parse_args()
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="ad-user-sync-chaos."))
    lab = Lab()
    report = Report(is_quick=options.quick)
    try:
        ground = Ground(folder, lab)
        try:
            for part in options.only or PARTS:
                {"trials": break_writes, "disks": break_disks, "signals": send_signals}[part](ground, report)
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


def break_writes(ground: Ground, report: Report) -> None:
    ground.lab.stop_source()
    trials = Trials(ground)
    report.operations, report.writes = trials.operations, trials.writes
    # Some of each stage, the first and the last.
    numbers = range(1, trials.writes + 1)
    for place, (fault, point) in enumerate(PLAN + SIGNALS):
        chosen = [1 + place * 4 % trials.writes] if report.is_quick else numbers
        for number in chosen:
            report.add(trials.trial(fault, point, number))


def break_disks(ground: Ground, report: Report) -> None:
    disks = Disks(ground)
    for verdict in disks.beforehand():
        report.add(verdict)
    for verdict in disks.midway():
        report.add(verdict)


def send_signals(ground: Ground, report: Report) -> None:
    for verdict in Signals(ground).all():
        report.add(verdict)


if __name__ == "__main__":
    sys.exit(main())
