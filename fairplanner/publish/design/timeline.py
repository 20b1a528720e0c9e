"""Delegations by dates: a row each, their trips as bars on a line of months; clashes marked by shape, unsure dates dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise

from fairplanner.publish.design import svg
from fairplanner.publish.design.axis import Axis, Mark, after, draw_grid, draw_marks, draw_months
from fairplanner.publish.design.canvas import SWATCH, SWATCH_HIGH, Canvas
from fairplanner.publish.design.lanes import MARK, Bar, Field, Placed, placed
from fairplanner.publish.design.measure import seen_width, text_width, wrapped
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import TimelineWords

__all__ = ["Bar", "Mark", "Row", "pages", "timeline"]

LONGEST_TEXT = 0.45
"""Of the width of the months: a longer text beside a bar is shortened."""
PALE = 0.35
"""Opacity of a bar whose dates are not firm."""
WIDEST_NAME = 0.24
"""Of the width of the chart: longer names of rows take two lines."""


@dataclass(frozen=True)
class Row:
    """A name and its trips."""

    label: str
    bars: tuple[Bar, ...] = ()


def pages(rows: Sequence[Row], most: int) -> tuple[tuple[Row, ...], ...]:
    """The rows in pages of at most so many, as even as can be; one empty page for no rows."""
    count = max(1, -(-len(rows) // most))
    ends = [len(rows) * n // count for n in range(count + 1)]
    return tuple(tuple(rows[a:b]) for a, b in pairwise(ends))


def timeline(
    rows: Sequence[Row],
    first: date,
    last: date,
    *,
    design: Design,
    words: TimelineWords,
    width: float = 720,
    marks: Sequence[Mark] = (),
    as_of: date | None = None,
    legend: Sequence[tuple[str, int]] = (),
    title: str = "",
) -> str:
    """SVG of rows of trips from `first` to `last`; the window widens to whatever lies outside it, nothing is cut off.

    `legend`: what a tone means, (words, tone); clash and provisional are added where there are any. `as_of` is marked as a day; marks
    outside the window are left out.
    """
    bars = [bar for row in rows for bar in row.bars]
    first, last = min([first, *(b.first for b in bars)]), max([first, last, *(b.last for b in bars)])
    today = [Mark(as_of, words.today.format(day=words.calendar.day(as_of)))] if as_of else []
    shown = [mark for mark in (*marks, *today) if first <= mark.day <= last]
    canvas = Canvas(design, width, (tuple(rows), first, last, shown, tuple(legend)))
    canvas.linked = any(bar.link for bar in bars)
    if any(bar.is_clash for bar in bars):
        canvas.parts.append(_crossed(canvas))
    axis = Axis(first, last, 0.0 if canvas.is_narrow else _label_room(canvas, rows), width - 1)
    y = canvas.legend(_legend(canvas, bars, words, legend), 0.0)
    bottom = _body(canvas, rows, axis, words, y + canvas.space("small") if y else y, shown)
    return canvas.svg(bottom, title or words.title, _told(rows, bars, axis, words))


def _label_room(canvas: Canvas, rows: Sequence[Row]) -> float:
    widest = max((text_width(row.label, canvas.text_size) for row in rows), default=0.0)
    return min(widest, canvas.width * WIDEST_NAME) + canvas.space("usual")


def _body(
    canvas: Canvas, rows: Sequence[Row], axis: Axis, words: TimelineWords, y: float, marks: Sequence[Mark]
) -> float:
    """Months, rows and, behind them, the lines from top to bottom; returns where it ends."""
    behind, size = len(canvas.parts), canvas.small_size
    top = bottom = draw_months(canvas, axis, words.calendar, y + (size * 1.4 if marks else 0))
    for row in rows:
        canvas.line(0, bottom, canvas.width, bottom)
        bottom = _row(canvas, row, axis, bottom)
    if not rows:
        canvas.line(0, bottom, canvas.width, bottom)
        bottom = canvas.nothing(words.nothing, bottom)
    canvas.line(0, bottom, canvas.width, bottom)
    drawn, canvas.parts[behind:] = canvas.parts[behind:], []
    draw_grid(canvas, axis, top - size * 0.4, bottom)
    draw_marks(canvas, axis, marks, y, bottom)
    canvas.parts += drawn
    return bottom + 1


def _row(canvas: Canvas, row: Row, axis: Axis, y: float) -> float:
    """Its name, beside the bars or on a phone above them, and its bars; returns where it ends."""
    size, pad, hair = canvas.text_size, canvas.space("small") * 0.8, canvas.space("hair")
    high = size * 1.15
    longest = (axis.right - axis.left) * (0.8 if canvas.is_narrow else LONGEST_TEXT)
    field = Field(axis.left, axis.right, axis.x, canvas.small_size, canvas.space("small"), longest)
    found, lanes = placed(row.bars, field)
    lines = wrapped(row.label, size, canvas.width if canvas.is_narrow else axis.left - canvas.space("small"))
    named, barred = len(lines) * size * 1.25, max(0.0, lanes * (high + hair) - hair)
    above = named + hair * bool(lines) if canvas.is_narrow else max(0.0, (named - barred) / 2)
    for n, line in enumerate(lines):
        canvas.text(0, y + pad + size * (0.98 + 1.25 * n), line, size)
    for item in found:
        _bar(canvas, item, y + pad + above + item.lane * (high + hair), high)
    return y + max(above + barred, named, high) + 2 * pad


def _bar(canvas: Canvas, item: Placed, y: float, high: float) -> None:
    bar, size = item.bar, canvas.small_size
    base = y + high / 2 + size * 0.36
    wide = text_width(item.text, size)
    seen = seen_width(item.text, size)
    canvas.parts.append(_opened(bar))
    if item.text and not item.is_inside:  # on the ground, so that the lines of the months do not run through it
        canvas.plain(item.text_x - (seen if item.anchor == "end" else 0), y, seen, high, "ground")
    canvas.parts.append(_shape(canvas, bar, item.left, y, item.right - item.left, high))
    if item.is_inside and not bar.is_projected:
        canvas.plate(item.text_x - wide / 2, y + 2, wide, high - 4, bar.tone)
        canvas.upon(item.text_x, base, item.text, size, bar.tone, "middle")
    else:
        canvas.text(item.text_x, base, item.text, size, "ink", item.anchor or "start")
    if bar.is_clash:
        canvas.text(item.mark_x, base, MARK, size, "warn", "middle", bold=True)
    canvas.parts.append("</a>" if bar.link else "</g>")


def _opened(bar: Bar) -> str:
    told = escape(bar.title or bar.text, quote=True)
    if not bar.link:
        return f"<g><title>{told}</title>"
    return f'<a href="{escape(bar.link, quote=True)}" aria-label="{told}"><title>{told}</title>'


def _shape(canvas: Canvas, bar: Bar, x: float, y: float, wide: float, high: float) -> str:
    """A bar: filled if its dates are firm, dashed and pale if not; a clash has a heavy outline and crossed lines."""
    n, light = svg.number, canvas.design.light
    place = f'<rect x="{n(x)}" y="{n(y)}" width="{n(wide)}" height="{n(high)}" rx="1.5"'
    drawn = canvas.filled(x, y, wide, high, bar.tone, 1.5, PALE if bar.is_projected else 1)
    dash = ' stroke-dasharray="2.5 1.8"' if bar.is_projected else ""
    if bar.is_clash:
        drawn += f'{place} fill="url(#{canvas.key}x)"/>'
        return drawn + f'{place} fill="none" class="s-warn" stroke="{light["warn"]}" stroke-width="1.8"{dash}/>'
    if bar.is_projected:
        drawn += f'{place} fill="none" class="s-ink" stroke="{light["ink"]}" stroke-width="0.9"{dash}/>'
    return drawn


def _crossed(canvas: Canvas) -> str:
    """Definition of the crossed lines of a clash: in the colour of the ground, they show on every fill."""
    return (
        f'<defs><pattern id="{canvas.key}x" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 -1L7 7M-1 7L7 -1" '
        f'class="s-ground" stroke="{canvas.design.light["ground"]}" stroke-width="1.1" fill="none"/></pattern></defs>'
    )


def _legend(
    canvas: Canvas, bars: Sequence[Bar], words: TimelineWords, legend: Sequence[tuple[str, int]]
) -> list[tuple[str, str]]:
    items = [(canvas.swatch(tone), text) for text, tone in legend]
    some = date.min
    for has, sample, text in (
        (any(b.is_projected for b in bars), Bar(some, some, "", is_projected=True), words.projected),
        (any(b.is_clash for b in bars), Bar(some, some, "", is_clash=True), words.clash),
    ):
        if has:
            items.append((_shape(canvas, sample, 1, 0, SWATCH - 2, SWATCH_HIGH), text))
    return items


def _told(rows: Sequence[Row], bars: Sequence[Bar], axis: Axis, words: TimelineWords) -> str:
    if not bars:
        return words.nothing
    busy = [(sum(b.first < after(m) and b.last >= m for b in bars), m) for m in axis.months]
    most, month = max(busy, key=lambda pair: (pair[0], -pair[1].toordinal()))
    return words.text.format(
        rows=len(rows), bars=len(bars),
        first=words.calendar.day(min(b.first for b in bars)), last=words.calendar.day(max(b.last for b in bars)),
        projected=sum(b.is_projected for b in bars), clashes=sum(b.is_clash for b in bars),
        month=words.calendar.month(month), most=most,
    )  # fmt: skip
