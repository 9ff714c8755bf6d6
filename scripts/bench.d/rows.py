"""What is measured."""

from dataclasses import dataclass, field
from typing import Any, Callable, Iterator

from measure import Side
from states import Sizes, States


# What a figure is told in.
UNITS = {"ratio": "", "peak_mb": " MB", "milliseconds": " ms"}


@dataclass
class Result:
    """One row of a table: ours, and what it is held against."""

    name: str
    work: str
    ours: Side
    reference: Side | None = None
    # Of the ratio of the medians, or of what `figure` says.
    limit: float | None = None
    figure: str = "ratio"
    against: str = ""

    @property
    def value(self) -> float | None:
        if self.figure == "ratio":
            return self.ours.middle("seconds") / self.reference.middle("seconds") if self.reference else None
        if self.figure == "peak_mb":
            return max(sample.peak_mb for sample in self.ours.samples)
        return self.ours.middle("seconds") * 1000

    @property
    def told_value(self) -> str:
        return "" if self.value is None else told(self.value, UNITS[self.figure])

    @property
    def told_limit(self) -> str:
        return "" if self.limit is None else told(self.limit, UNITS[self.figure])

    @property
    def is_met(self) -> bool:
        return self.limit is None or self.value is None or self.value <= self.limit

    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = {"work": self.work, "ours": self.ours.record()}
        if self.reference:
            record |= {"against": self.against, "reference": self.reference.record()}
        if self.value is not None:
            record[self.figure] = round(self.value, 3)
        return record | ({} if self.limit is None else {"limit": self.limit, "met": self.is_met})


def told(value: float, unit: str) -> str:
    """Three digits that count, and all of a large number."""
    return (f"{value:,.0f}" if value >= 100 else f"{value:.3g}") + unit


@dataclass
class Bench:
    """What a row is measured with."""

    states: States
    repetitions: int
    growth: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sizes(self) -> Sizes:
        return self.states.sizes


@dataclass(frozen=True)
class Row:
    name: str
    measure: Callable[[Bench], Iterator[Result]]
    what: str
    # In docs, where its table is.
    page: str = "performance.md"
