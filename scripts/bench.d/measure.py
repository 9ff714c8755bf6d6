"""One run of a process, and what several of them amount to."""

import os
import signal
import statistics
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

LAUNCH = str(Path(__file__).with_name("launch.py"))


@dataclass
class Sample:
    """What a client needed. Several processes, one after the other, are one sample."""

    seconds: float
    cpu: float
    peak_mb: float
    operations: int | None = None
    # Of the domain controller meanwhile, where it is looked at.
    server_cpu: float | None = None

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.seconds + other.seconds, self.cpu + other.cpu, max(self.peak_mb, other.peak_mb))


@dataclass
class Side:
    """One side of a row: its samples, told by their median."""

    samples: list[Sample] = field(default_factory=list)

    def middle(self, what: str) -> float:
        return float(statistics.median(getattr(sample, what) for sample in self.samples))

    @property
    def seconds(self) -> list[float]:
        return [sample.seconds for sample in self.samples]

    @property
    def operations(self) -> int | None:
        counted = [sample.operations for sample in self.samples if sample.operations is not None]
        return int(statistics.median(counted)) if counted else None

    @property
    def server_cpu(self) -> float | None:
        counted = [sample.server_cpu for sample in self.samples if sample.server_cpu is not None]
        return float(statistics.median(counted)) if counted else None

    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = {
            "seconds": [round(value, 3) for value in self.seconds], "median_seconds": round(self.middle("seconds"), 3),
            "cpu_seconds": round(self.middle("cpu"), 3),
            "peak_mb": round(max(sample.peak_mb for sample in self.samples), 1)}
        if self.server_cpu is not None:
            record["server_cpu_seconds"] = round(self.server_cpu, 3)
        return record | ({} if self.operations is None else {"directory_operations": self.operations})


class Failure(Exception):
    """A run failed, or what it did is not what it should have done."""


def run(command: Sequence[str], output: Path, *, folder: Path | None = None,
        environment: Mapping[str, str] | None = None) -> Sample:
    """From before the process is started until it is gone; what it says goes to `output`, its errors beside it."""
    errors = output.with_name(output.name + ".err")
    launcher = subprocess.Popen(
        ["/usr/bin/python3", "-I", "-S", LAUNCH, str(output), str(errors), *command], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True, cwd=folder, env=environment, start_new_session=True)
    try:
        told, _ = launcher.communicate()
    except BaseException:
        os.killpg(launcher.pid, signal.SIGKILL)
        launcher.wait()
        raise
    status, *numbers = told.split()
    if status != "0":
        raise Failure(f"{' '.join(command[:2])} ended with {status}: {errors.read_text()[-2000:]}")
    seconds, cpu, peak_mb = map(float, numbers)
    return Sample(seconds, cpu, peak_mb)


def alternate(repetitions: int, *sides: Callable[[], Sample], warm: bool = False) -> list[Side]:
    """Each side in turn, as often as asked, so that what the machine does meanwhile comes to all of them.

    - warm: once before, untimed, where no restart of the server comes between.
    """
    if warm:
        for side in sides:
            side()
    results = [Side() for _ in sides]
    for number in range(repetitions):
        order = list(zip(results, sides))
        for result, side in order if number % 2 == 0 else reversed(order):
            result.samples.append(side())
    return results
