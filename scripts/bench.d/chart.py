"""docs/images/performance.svg: time and memory by the number of users, both axes logarithmic."""

import math
from dataclasses import dataclass
from typing import Any, Callable

WIDTH, HEIGHT = 920, 420
PANEL_WIDTH, PANEL_HEIGHT, TOP = 320, 270, 90
# Light and dark scheme; distinguishable without colour, too: each series has a mark of its own.
SERIES = {"export": ("a", "circle"), "first-import": ("b", "square"), "unchanged-import": ("c", "triangle")}
STYLE = """
    svg { background: #ffffff; font: 13px system-ui, "Liberation Sans", sans-serif; }
    text { fill: #24292f; } .faint { fill: #57606a; } .title { font-weight: 600; font-size: 15px; }
    .grid { stroke: #d8dee4; } .axis { stroke: #8c959f; }
    .a { stroke: #0969da; fill: #0969da; } .b { stroke: #bc4c00; fill: #bc4c00; } .c { stroke: #1a7f37; fill: #1a7f37; }
    path.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
    @media (prefers-color-scheme: dark) {
        svg { background: #0d1117; } text { fill: #e6edf3; } .faint { fill: #9198a1; }
        .grid { stroke: #262c36; } .axis { stroke: #6e7681; }
        .a { stroke: #58a6ff; fill: #58a6ff; } .b { stroke: #f0883e; fill: #f0883e; }
        .c { stroke: #56d364; fill: #56d364; }
    }
"""


@dataclass(frozen=True)
class Scale:
    """From a value to a place, by its logarithm."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = math.log10(value / self.least) / math.log10(self.most / self.least)
        return self.start + share * (self.end - self.start)

    @property
    def decades(self) -> list[float]:
        first, last = math.ceil(math.log10(self.least)), math.floor(math.log10(self.most))
        return [10.0 ** power for power in range(first, last + 1)]


Curve = list[tuple[float, float]]
Label = Callable[[float], str]


def svg(points: list[dict[str, Any]]) -> str:
    """Of what `growth` measured: `what`, `users`, `seconds` and `peak_mb` each."""
    def curves(value: str) -> dict[str, Curve]:
        found: dict[str, Curve] = {}
        for point in points:
            found.setdefault(point["what"], []).append((point["users"], point[value]))
        return found

    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" aria-label="Time and peak memory by number of users">',
        f"<style>{STYLE}</style>", *_legend(dict.fromkeys(point["what"] for point in points)),
        *_panel("Time", curves("seconds"), 70, _plain_seconds, _seconds),
        *_panel("Peak memory", curves("peak_mb"), 530, _megabytes, _megabytes),
        "</svg>", ""])


def _legend(jobs: dict[str, None]) -> list[str]:
    parts, x = [], 70
    for job in jobs:
        kind, shape = SERIES[job]
        parts += [f'<path class="{kind} line" d="M{x} 28h28"/>', _mark(shape, kind, x + 14, 28),
                  f'<text x="{x + 36}" y="33">{job.replace("-", " ")}</text>']
        x += 66 + 8 * len(job)
    return parts


def _panel(title: str, curves: dict[str, Curve], left: float, tick: Label, label: Label) -> list[str]:
    """`tick` writes the values of the axis, `label` those at the ends of the curves."""
    bottom, right = TOP + PANEL_HEIGHT, left + PANEL_WIDTH
    users = [x for curve in curves.values() for x, _ in curve]
    values = [y for curve in curves.values() for _, y in curve]
    across = Scale(min(users) / 1.35, max(users) * 1.6, left, right)
    up = Scale(10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values) * 1.05)), bottom, TOP)
    parts = [f'<text class="title" x="{left}" y="{TOP - 20}">{title}</text>']
    for value in up.decades:
        parts += [f'<path class="grid" d="M{left} {up(value):.1f}H{right}"/>',
                  f'<text class="faint" x="{left - 8}" y="{up(value) + 4:.1f}" text-anchor="end">{tick(value)}</text>']
    for value in dict.fromkeys(sorted(users)):
        parts += [f'<path class="grid" d="M{across(value):.1f} {TOP}V{bottom}"/>',
                  f'<text class="faint" x="{across(value):.1f}" y="{bottom + 20}" text-anchor="middle">{value:,}</text>']
    parts += [f'<path class="axis" fill="none" d="M{left} {TOP}V{bottom}H{right}"/>',
              f'<text class="faint" x="{(left + right) / 2}" y="{bottom + 42}" text-anchor="middle">users</text>']
    for job, curve in curves.items():
        kind, shape = SERIES[job]
        places = [(across(x), up(y)) for x, y in sorted(curve)]
        parts.append(f'<path class="{kind} line" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in places) + '"/>')
        parts += [_mark(shape, kind, x, y) for x, y in places]
    return parts + _ends(curves, across, up, label)


def _ends(curves: dict[str, Curve], across: Scale, up: Scale, label: Label) -> list[str]:
    """The value at the end of each curve, beside it; two that are close make room for each other."""
    ends = sorted((up(curve[-1][1]), across(curve[-1][0]), curve[-1][1])
                  for curve in map(sorted, curves.values()))
    parts, last = [], -math.inf
    for y, x, value in ends:
        last = max(y, last + 16)
        parts.append(f'<text x="{x + 10:.1f}" y="{last + 4:.1f}">{label(value)}</text>')
    return parts


def _mark(shape: str, kind: str, x: float, y: float) -> str:
    match shape:
        case "circle":
            return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
        case "square":
            return f'<rect class="{kind}" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
        case _:
            return f'<path class="{kind}" d="M{x:.1f} {y - 5.5:.1f}l5.5 9.5h-11z"/>'


def _plain_seconds(value: float) -> str:
    return f"{value:,.0f} s" if value >= 1 else f"{value:g} s"


def _seconds(value: float) -> str:
    if value >= 120:
        return f"{value / 60:.0f} min"
    return f"{value:.0f} s" if value >= 10 else f"{value:.2g} s"


def _megabytes(value: float) -> str:
    return f"{value:,.0f} MB"
