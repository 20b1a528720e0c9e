"""Plots of the benchmark as plain SVG: the gap against time, and what grows with the size."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from tests.bench.report import gap_between

Run = dict[str, Any]
Points = list[tuple[float, float]]
COLOURS = {"fairplanner": "#b3261e", "cpsat": "#1f5fa8", "highs": "#2e7d32", "scip": "#8e6a00"}
DASHES = {"fairplanner": "", "cpsat": "7 3", "highs": "2 3", "scip": "9 3 2 3"}
WIDTH, HEIGHT, LEFT, TOP, BELOW = 460, 250, 64, 44, 46
LEAST, MOST = 1e-5, 1.0
"""Gaps outside are drawn at the edge."""


def gaps(runs: Sequence[Run]) -> str:
    """One panel for each size and model: proven gap (logarithmic) against seconds, a line a run."""
    panels: dict[str, list[tuple[str, Points]]] = {}
    for r in runs:
        panels.setdefault(f"{r['size']} · {r['model']}", []).append((r["engine"], course(r)))
    return _sheet([_panel(name, lines, "s", _gap_label, LEAST, MOST) for name, lines in panels.items()])


def course(run: Run) -> Points:
    """Seconds and gap at each better plan or bound, as steps: a gap holds until the next."""
    points: Points = []
    for seconds, value, bound in [*run["steps"], (run["seconds"], run["value"], run["bound"])]:
        gap = gap_between(value, bound)
        if gap is None or seconds is None:
            continue
        if points:
            points.append((seconds, points[-1][1]))
        points.append((seconds, gap))
    return points


GROWS = (
    ("posing s", "posing", 1.0),
    ("seconds", "seconds", 1.0),
    ("peak MB", "memory_kb", 1024.0),
    ("gap", "gap", 1.0),
)


def growth(rows: Sequence[Run]) -> str:
    """Posing time, total time, memory and gap of each engine against the applications, both logarithmic."""
    panels = []
    for model in dict.fromkeys(r["model"] for r in rows):
        for name, key, unit in GROWS:
            lines: dict[str, Points] = {}
            for r in rows:
                at = r["asked"]
                if r["model"] == model and at and r[key] is not None:
                    lines.setdefault(r["engine"], []).append((math.log10(at), max(LEAST, r[key] / unit)))
            values = [y for points in lines.values() for _, y in points] or [1.0]
            made = [(engine, sorted(points)) for engine, points in lines.items()]
            label = _gap_label if key == "gap" else _plain
            low, high = _decade(min(values), math.floor), _decade(max(values), math.ceil)
            panels.append(_panel(f"{model} · {name}", made, "applications", label, low, max(high, 10 * low)))
    return _sheet(panels)


def _decade(value: float, way: Callable[[float], int]) -> float:
    return 10.0 ** way(math.log10(value))


def _tick(mark: float, unit: str) -> str:
    return f"{mark:.4g}" if unit == "s" else f"{10**mark:,.0f}"


def _plain(value: float) -> str:
    return f"{value:g}"


def _gap_label(value: float) -> str:
    return f"{100 * value:g} %"


def _panel(
    name: str, lines: Sequence[tuple[str, Points]], unit: str, label: Callable[[float], str], low: float, high: float
) -> str:
    xs = [x for _, points in lines for x, _ in points] or [0.0, 1.0]
    first, last = (0.0 if unit == "s" else min(xs)), max(xs)
    span = (last - first) or 1.0
    wide, tall = WIDTH - LEFT - 16, HEIGHT - TOP - BELOW
    decades = math.log10(high / low)

    def at(x: float, y: float) -> str:
        y = min(max(y, low), high)
        return f"{LEFT + wide * (x - first) / span:.1f},{TOP + tall * math.log10(high / y) / decades:.1f}"

    parts = [
        f'<text x="{LEFT}" y="16" font-weight="bold">{escape(name)}</text>',
        _legend([engine for engine, _ in lines]),
    ]
    for n in range(round(decades) + 1):
        value = high / 10**n
        y = at(first, value).split(",")[1]
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - 16}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{float(y) + 4:.1f}" text-anchor="end">{label(value)}</text>')
    for n in range(5):
        x, mark = LEFT + wide * n / 4, first + span * n / 4
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BELOW + 16}" text-anchor="middle">{_tick(mark, unit)}</text>')
    parts.append(f'<text x="{LEFT + wide / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">{escape(unit)}</text>')
    for engine, points in lines:
        if points:
            parts.append(_line(engine, " ".join(at(x, y) for x, y in points), at(*points[-1])))
    return "".join(parts)


def _line(engine: str, points: str, end: str) -> str:
    x, y = end.split(",")
    colour = COLOURS.get(engine, "#555")
    dash = f' stroke-dasharray="{DASHES[engine]}"' if DASHES.get(engine) else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>'
        f'<circle cx="{x}" cy="{y}" r="2.6" fill="{colour}"/>'
    )


def _legend(engines: Sequence[str]) -> str:
    parts, x = [], LEFT
    for engine in dict.fromkeys(engines):
        parts.append(_line(engine, f"{x},28 {x + 22},28", f"{x + 11},28"))
        parts.append(f'<text x="{x + 27}" y="32">{escape(engine)}</text>')
        x += 40 + 7 * len(engine)
    return "".join(parts)


def _sheet(panels: Sequence[str]) -> str:
    across = 2 if len(panels) > 1 else 1
    down = math.ceil(len(panels) / across) or 1
    body = "".join(
        f'<g transform="translate({WIDTH * (n % across)},{HEIGHT * (n // across)})">{panel}</g>'
        for n, panel in enumerate(panels)
    )
    size = f'width="{WIDTH * across}" height="{HEIGHT * down}" viewBox="0 0 {WIDTH * across} {HEIGHT * down}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">'
        f'<rect width="100%" height="100%" fill="#fff"/>{body}</svg>\n'
    )
