"""What a year is worth at rising budgets: a curve, and under it what each further amount brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from fairplanner.publish.design import svg
from fairplanner.publish.design.canvas import SWATCH, SWATCH_HIGH, Canvas
from fairplanner.publish.design.measure import text_width
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import CurveWords

__all__ = ["Spot", "curve"]

Say = Callable[[float], str]
HIGH, LOW = 0.33, 0.15
"""Heights of the curve and of what is under it, as shares of the width."""
LEAST_HIGH, LEAST_LOW = 170.0, 84.0
TICKS, FEW = 5, 3
DOT = 3.4
SEEN = 3.0
"""Units: a band thinner than this is not drawn."""
PAST = 12.0
"""Units that lines go on beyond the first budget."""
HEADROOM = 1.15
"""Above the highest bar, for its number."""
BAR = 0.72
"""Width of a bar, of the distance between two spots."""


@dataclass(frozen=True)
class Spot:
    """One budget `x`, what the year is worth at it and at most (None: there is no plan), and what further money brings from here
    on to the next spot, for each so much."""

    x: float
    y: float | None
    most: float | None = None
    more: float | None = None


@dataclass(frozen=True)
class _Panel:
    """A stretch of values between two y, drawn between the same two x."""

    spots: tuple[Spot, ...]
    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[float, ...]

    def x(self, value: float) -> float:
        first, last = self.spots[0].x, self.spots[-1].x
        return self.left + (self.right - self.left) * (value - first) / ((last - first) or 1.0)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (self.bottom - self.top) * (value - low) / ((high - low) or 1.0)


def curve(
    spots: Sequence[Spot], *, design: Design, words: CurveWords, say_x: Say, say_y: Say, say_more: Say,
    now: float | None = None, width: float = 720, title: str = "", text: str = "",
) -> str:  # fmt: skip
    """SVG of spots in order of x: the curve with what is proven above it, bars under it, a line at `now`.

    `say_x`, `say_y` and `say_more` write amounts; `text` says in words what is to be seen.
    """
    canvas = Canvas(design, width, (tuple(spots), now))
    known = tuple(s for s in spots if s.y is not None)
    if len(known) < 2:
        return canvas.svg(canvas.nothing(words.nothing, 0.0), title or words.title, text)
    upper, lower = _panels(canvas, tuple(spots), known, say_y, say_more)
    _frame(canvas, upper, words.value, canvas.text_size, say_y)
    _frame(canvas, lower, words.more, lower.top - canvas.text_size * 1.1, say_more)
    _without(canvas, upper, lower, words.none)
    _bars(canvas, lower)
    if now is not None:
        _now(canvas, upper, lower, now, words.now.format(now=say_x(now)))
    _brought(canvas, lower, say_more)
    is_banded = _band(canvas, upper, known)
    _line(canvas, upper, known, now, say_y)
    end = _below(canvas, lower, words.money, say_x)
    if is_banded:
        swatch = svg.rect(0, 0, SWATCH, SWATCH_HIGH, design.light["rule"], kind="rule")
        end = canvas.legend([(swatch, words.most)], end + canvas.space("small"))
    return canvas.svg(end + 2, title or words.title, text)


def _panels(
    canvas: Canvas, spots: tuple[Spot, ...], known: tuple[Spot, ...], say_y: Say, say_more: Say
) -> tuple[_Panel, _Panel]:
    size = canvas.text_size
    values = [v for s in known for v in (s.y, s.most) if v is not None]
    brought = [s.more for s in spots if s.more is not None]
    # a little room below the first spot, for what is printed beside it
    high = nice(min(values) - (max(values) - min(values)) * 0.1, max(values), TICKS)
    low = nice(0.0, max([*brought, 0.0]) * HEADROOM, FEW)
    told = [*(_tick(say_y, v) for v in high), *(_tick(say_more, v) for v in low)]
    left = max(text_width(t, canvas.small_size) for t in told) + canvas.space("usual") + PAST
    right, top = canvas.width - canvas.space("wide"), size * 4.2
    bottom = top + max(LEAST_HIGH, canvas.width * HIGH)
    under = bottom + size * 3.4
    upper = _Panel(spots, left, right, top, bottom, high)
    return upper, _Panel(spots, left, right, under, under + max(LEAST_LOW, canvas.width * LOW), low)


def nice(low: float, high: float, wanted: int) -> tuple[float, ...]:
    """Round numbers, evenly apart, from one at or below `low` to one at or above `high`; about so many."""
    if high - low < 1e-9:
        high = low + 1.0
    rough = (high - low) / wanted
    unit = 10.0 ** floor(log10(rough))
    step = next(m * unit for m in (1, 2, 2.5, 5, 10) if m * unit >= rough * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, last + 1))


def _frame(canvas: Canvas, panel: _Panel, name: str, base: float, say: Say) -> None:
    """Its name on the line `base`, and a thin line with its number at every tick."""
    small = canvas.small_size
    canvas.text(
        0, base, svg.shortened(name, canvas.text_size, canvas.width, bold=True), canvas.text_size, "accent", bold=True
    )
    for tick in panel.ticks:
        y = panel.y(tick)
        canvas.line(panel.left - PAST, y, panel.right + 4, y, "rule", 0.6)
        canvas.text(
            panel.left - PAST - canvas.space("small"), y + small * 0.36, _tick(say, tick), small, "faint", "end"
        )


def _tick(say: Say, value: float) -> str:
    """A round number without the decimals that tell the others apart."""
    return say(value).removesuffix(".0")


def _without(canvas: Canvas, upper: _Panel, lower: _Panel, words: str) -> None:
    """Budgets at which there is no plan, from the left edge on."""
    n = next(i for i, s in enumerate(upper.spots) if s.y is not None)
    if not n:
        return
    left, right = upper.left - PAST, (upper.x(upper.spots[n - 1].x) + upper.x(upper.spots[n].x)) / 2
    canvas.plain(left, upper.top, right - left, upper.bottom - upper.top, "pale")
    canvas.plain(left, lower.top, right - left, lower.bottom - lower.top, "pale")
    told = svg.shortened(words, canvas.small_size, right - left - 4)
    canvas.text(
        (left + right) / 2,
        (upper.top + upper.bottom) / 2 + canvas.small_size,
        told,
        canvas.small_size,
        "warn",
        "middle",
    )


def _bars(canvas: Canvas, panel: _Panel) -> None:
    """What further money brings, between the two budgets it lies between."""
    base = panel.y(0.0)
    for a, b in zip(panel.spots, panel.spots[1:], strict=False):
        if a.more is not None and base - panel.y(a.more) > 0:
            wide = (panel.x(b.x) - panel.x(a.x)) * BAR
            left = (panel.x(a.x) + panel.x(b.x) - wide) / 2
            canvas.parts.append(canvas.filled(left, panel.y(a.more), wide, base - panel.y(a.more), 0))
    canvas.line(panel.left - PAST, base, panel.right + 4, base, "faint", 0.9)


def _brought(canvas: Canvas, panel: _Panel, say: Say) -> None:
    """The numbers above the bars, where they have room."""
    size = canvas.small_size
    for a, b in zip(panel.spots, panel.spots[1:], strict=False):
        if a.more is not None and text_width(say(a.more), size) <= panel.x(b.x) - panel.x(a.x):
            _plated(canvas, (panel.x(a.x) + panel.x(b.x)) / 2, panel.y(a.more) - size * 0.4, say(a.more), "middle")


def _plated(canvas: Canvas, x: float, y: float, told: str, anchor: str, *, bold: bool = False) -> None:
    """A number on a piece of the ground, so that no line runs through it."""
    size = canvas.small_size
    wide = text_width(told, size, bold=bold)
    left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    canvas.plain(left - 1, y - size * 0.95, wide + 2, size * 1.2, "ground")
    canvas.text(x, y, told, size, "ink", anchor, bold=bold)


def _now(canvas: Canvas, upper: _Panel, lower: _Panel, now: float, words: str) -> None:
    """A dashed line through both, named above the number that a spot on the topmost line has."""
    x, size = upper.x(now), canvas.small_size
    if not upper.left - 1 <= x <= upper.right + 1:
        return
    canvas.line(x, upper.top - size * 1.7, x, upper.bottom, "accent", 1.1, "3 2.5")
    canvas.line(x, lower.top, x, lower.bottom, "accent", 1.1, "3 2.5")
    half = text_width(words, size) / 2
    middle = min(max(x, half), canvas.width - half)
    canvas.text(middle, upper.top - size * 2.0, words, size, "accent", "middle")


def _band(canvas: Canvas, panel: _Panel, known: tuple[Spot, ...]) -> bool:
    """What is not proven above the curve; whether it is thick enough to be seen."""
    tops = [(panel.x(s.x), panel.y(max(s.most if s.most is not None else s.y, s.y))) for s in known if s.y is not None]
    base = [(panel.x(s.x), panel.y(s.y)) for s in known if s.y is not None]
    if max(b - t for (_, t), (_, b) in zip(tops, base, strict=True)) < SEEN:
        return False
    canvas.parts.append(svg.area([*tops, *reversed(base)], canvas.design.light["rule"], kind="rule"))
    return True


def _line(canvas: Canvas, panel: _Panel, known: tuple[Spot, ...], now: float | None, say: Say) -> None:
    """The curve and a dot at every budget."""
    at = [(panel.x(s.x), panel.y(s.y), s) for s in known if s.y is not None]
    canvas.parts.append(
        svg.strokes([(x, y) for x, y, _ in at], canvas.design.light["accent"], kind="accent", width=2.2)
    )
    for x, y, _ in at:
        canvas.parts.append(svg.dot(x, y, DOT, canvas.design.light["accent"], kind="accent"))
    _values(canvas, panel, known, now, say)


def _values(canvas: Canvas, panel: _Panel, known: tuple[Spot, ...], now: float | None, say: Say) -> None:
    """The value at the first, at the last and at the present budget, the latter where it covers neither."""
    size, taken = canvas.small_size, list[tuple[float, float, float]]()
    present = [s for s in known[1:-1] if s.x == now]
    for spot in (known[0], known[-1], *present):
        if spot.y is None:
            continue
        told, x, y = say(spot.y), panel.x(spot.x), panel.y(spot.y)
        wide = text_width(told, size, bold=True)
        is_left = spot is not known[0] and x - DOT * 1.6 - wide > panel.left - PAST
        left = x - DOT * 1.6 - wide if is_left else x + DOT * 2.2
        base = y + size * 1.3 if spot is known[0] else y - size * 0.7
        if all(left > b or left + wide < a or abs(base - other) > size * 1.2 for a, b, other in taken):
            taken.append((left - 2, left + wide + 2, base))
            _plated(canvas, left, base, told, "start", bold=True)


def _below(canvas: Canvas, panel: _Panel, words: str, say: Say) -> float:
    """Budgets under the bars, as many as have room, and what they are; returns where it ends."""
    size = canvas.small_size
    base, taken = panel.bottom + size * 1.5, -1.0
    for spot in panel.spots:
        told, x = say(spot.x), panel.x(spot.x)
        half = text_width(told, size) / 2
        start = min(max(x - half, 0.0), canvas.width - 2 * half)
        canvas.line(x, panel.bottom, x, panel.bottom + size * 0.4, "faint", 0.8)
        if start > taken:
            canvas.text(start + half, base, told, size, "faint", "middle")
            taken = start + 2 * half + size * 0.6
    told = svg.shortened(words, canvas.text_size, panel.right)
    canvas.text(panel.right, base + canvas.text_size * 1.5, told, canvas.text_size, "ink", "end")
    return base + canvas.text_size * 2
