"""Plots of the benchmark as plain SVG: the gap against time, and what grows with the size."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from tests.bench.report import gap_between

Run = dict[str, Any]
Points = list[tuple[float, float]]
Lines = list[tuple[str, Points]]
COLOURS = {"fairplanner": "#b3261e", "cpsat": "#1f5fa8", "highs": "#2e7d32", "scip": "#8e6a00"}
DASHES = {"fairplanner": "", "cpsat": "7 3", "highs": "2 3", "scip": "9 3 2 3"}
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BELOW = 480, 260, 64, 20, 44, 46
LEAST, MOST = 1e-5, 10.0
"""Gaps outside are drawn at the edge."""


def gaps(runs: Sequence[Run]) -> str:
    """One panel for each size and model: proven gap (logarithmic) against seconds, a line a run."""
    panels: dict[str, Lines] = {}
    for r in runs:
        panels.setdefault(f"{r['size']} · {r['model']}", []).append((r["engine"], course(r)))
    return _sheet(
        [_panel(name, lines, _seconds(lines), "s", _gap_label, (LEAST, MOST)) for name, lines in panels.items()]
    )


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


GROWS = (("posing s", "posing", 1.0), ("peak MB", "memory_kb", 1024.0), ("gap", "gap", 1.0))


def growth(rows: Sequence[Run]) -> str:
    """Posing time, memory and gap of each engine against the applications of each size, both logarithmic."""
    panels = []
    for model in dict.fromkeys(r["model"] for r in rows):
        for name, key, unit in GROWS:
            own = [r for r in rows if r["model"] == model and r["asked"]]
            if not own:
                continue
            engines = dict.fromkeys(r["engine"] for r in own)
            lines = [(engine, _by_size(own, engine, key, unit)) for engine in engines]
            values = [y for _, points in lines for _, y in points] or [1.0]
            low, high = (
                10.0 ** way(math.log10(value)) for way, value in ((math.floor, min(values)), (math.ceil, max(values)))
            )
            label = _gap_label if key == "gap" else _plain
            marks = sorted({(math.log10(r["asked"]), r["size"]) for r in own})
            panels.append(
                _panel(f"{model} · {name}", lines, marks, "applications, by size", label, (low, max(high, 10 * low)))
            )
    return _sheet(panels, len(GROWS))


def _by_size(rows: Sequence[Run], engine: str, key: str, unit: float) -> Points:
    mine = [r for r in rows if r["engine"] == engine and r[key] is not None]
    return sorted((math.log10(r["asked"]), max(LEAST, r[key] / unit)) for r in mine)


def _plain(value: float) -> str:
    return f"{value:,g}"


def _gap_label(value: float) -> str:
    return f"{100 * value:g} %"


def _seconds(lines: Lines) -> list[tuple[float, str]]:
    """Marks at round seconds, from 0 to beyond the last point."""
    last = max((x for _, points in lines for x, _ in points), default=1.0)
    step = next(s for n in range(-2, 6) for s in (10.0**n, 2 * 10.0**n, 5 * 10.0**n) if last / s <= 6)
    return [(step * n, f"{step * n:g}") for n in range(math.ceil(last / step) + 1)]


def _panel(
    name: str,
    lines: Lines,
    marks: Sequence[tuple[float, str]],
    unit: str,
    label: Callable[[float], str],
    ends: tuple[float, float],
) -> str:
    low, high = ends
    first, last = marks[0][0], marks[-1][0]
    wide, tall, decades = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BELOW, math.log10(high / low)

    def across(x: float) -> float:
        return LEFT + wide * ((x - first) / (last - first) if last > first else 0.5)

    def down(y: float) -> float:
        return TOP + tall * math.log10(high / min(max(y, low), high)) / decades

    parts = [f'<text x="{LEFT}" y="16" font-weight="bold">{escape(name)}</text>', _legend(lines)]
    for n in range(round(decades) + 1):
        y = down(high / 10**n)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label(high / 10**n)}</text>')
    for mark, text in marks:
        parts.append(
            f'<text x="{across(mark):.1f}" y="{HEIGHT - BELOW + 16}" text-anchor="middle">{escape(text)}</text>'
        )
    parts.append(f'<text x="{LEFT + wide / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">{escape(unit)}</text>')
    parts += [_line(engine, [(across(x), down(y)) for x, y in points]) for engine, points in lines if points]
    return "".join(parts)


def _line(engine: str, points: Points) -> str:
    """A line in the engine's colour and dashes, with a dot at each end."""
    colour = COLOURS.get(engine, "#555")
    dash = f' stroke-dasharray="{DASHES[engine]}"' if DASHES.get(engine) else ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{colour}"/>' for x, y in (points[0], points[-1]))
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>{dots}'


def _legend(lines: Lines) -> str:
    """Names of the engines; one that found nothing says so."""
    parts, x = [], LEFT
    for engine in dict.fromkeys(engine for engine, _ in lines):
        text = engine if any(points for name, points in lines if name == engine) else f"{engine}: none"
        parts.append(_line(engine, [(x, 28), (x + 22, 28)]))
        parts.append(f'<text x="{x + 27}" y="32">{escape(text)}</text>')
        x += 42 + 6 * len(text)
    return "".join(parts)


def _sheet(panels: Sequence[str], most: int = 2) -> str:
    across = min(most, max(1, len(panels)))
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
