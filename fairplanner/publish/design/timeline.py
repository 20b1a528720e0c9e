"""Delegations by dates: a row each, their trips as bars on a line of months; clashes marked by shape, unsure dates dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise

from fairplanner.publish.design import svg
from fairplanner.publish.design.axis import Axis, Mark, after, draw_grid, draw_marks, draw_months, months
from fairplanner.publish.design.canvas import SWATCH, SWATCH_HIGH, Canvas
from fairplanner.publish.design.lanes import MARK, Bar, Field, Placed, placed
from fairplanner.publish.design.measure import text_width, wrapped
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import TimelineWords

__all__ = ["Bar", "Mark", "Row", "pages", "timeline"]


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

    `legend`: what a tone means, (words, tone); clash and provisional are added where there are any. `as_of` is marked as a day.
    """
    bars = [bar for row in rows for bar in row.bars]
    first, last = min([first, *(b.first for b in bars)]), max([first, last, *(b.last for b in bars)])
    canvas = Canvas(design, width, (tuple(rows), first, last, tuple(marks), as_of))
    canvas.linked = any(bar.link for bar in bars)
    left = 0.0 if canvas.is_narrow else _label_room(canvas, rows)
    axis = Axis(first, last, left, width - 1)
    y = canvas.legend(_legend(canvas, bars, words, legend), 0.0)
    y = y + canvas.space("small") if y else y
    all_marks = [*marks, *([Mark(as_of, words.today.format(day=words.calendar.day(as_of)))] if as_of else ())]
    bottom = _rows(canvas, rows, axis, words, y, all_marks)
    return canvas.svg(bottom, title or words.title, _told(rows, bars, axis, words))


def _label_room(canvas: Canvas, rows: Sequence[Row]) -> float:
    widest = max((text_width(row.label, canvas.text_size) for row in rows), default=0.0)
    return min(widest, canvas.width * 0.24) + canvas.space("usual")


def _rows(
    canvas: Canvas, rows: Sequence[Row], axis: Axis, words: TimelineWords, y: float, marks: Sequence[Mark]
) -> float:
    head, behind = len(canvas.parts), canvas.small_size
    in_marks = any(axis.first <= m.day <= axis.last for m in marks)
    top = draw_months(canvas, axis, words.calendar, y + (behind * 1.4 if in_marks else 0))
    bottom = top
    for row in rows:
        canvas.line(0, bottom, canvas.width, bottom)
        bottom = _row(canvas, row, axis, bottom)
    if not rows:
        canvas.text(
            canvas.width / 2, bottom + canvas.text_size * 1.8, words.nothing, canvas.text_size, "faint", "middle"
        )
        bottom += canvas.text_size * 3
    canvas.line(0, bottom, canvas.width, bottom)
    drawn, canvas.parts[head:] = canvas.parts[head:], []
    draw_grid(canvas, axis, top - behind * 0.4, bottom)
    draw_marks(canvas, axis, marks, y, bottom)
    canvas.parts += drawn
    return bottom + 1


def _row(canvas: Canvas, row: Row, axis: Axis, y: float) -> float:
    size, pad = canvas.text_size, canvas.space("small") * 0.8
    high, pitch = size * 1.15, size * 1.15 + canvas.space("hair")
    field = Field(
        axis.left, axis.right, axis.x, canvas.small_size, canvas.space("small"), (axis.right - axis.left) * 0.45
    )
    found, lanes = placed(row.bars, field)
    room = canvas.width if canvas.is_narrow else axis.left - canvas.space("small")
    lines = wrapped(row.label, size, room)
    for n, line in enumerate(lines):
        canvas.text(0, y + pad + size * (1.0 + 1.25 * n), line, size)
    named = len(lines) * size * 1.25
    start = y + pad + (named + (canvas.space("hair") if lines else 0) if canvas.is_narrow else 0)
    for item in found:
        _bar(canvas, item, start + item.lane * pitch, high)
    return (
        max(start + max(lanes, 0 if canvas.is_narrow else 1) * pitch, y + pad + named) + pad - canvas.space("hair") / 2
    )


def _bar(canvas: Canvas, item: Placed, y: float, high: float) -> None:
    bar, size = item.bar, canvas.small_size
    wide, base = item.right - item.left, y + high / 2 + size * 0.36
    canvas.parts.append(_opened(bar))
    canvas.parts.append(_shape(canvas, bar, item.left, y, wide, high))
    if item.is_inside and not bar.is_projected:
        canvas.upon(item.text_x, base, item.text, size, bar.tone, "middle")
    else:
        canvas.text(item.text_x, base, item.text, size, "ink", item.anchor or "start")
    if bar.is_clash:
        canvas.text(item.mark_x, base, MARK, size, "warn", "middle", bold=True)
    canvas.parts.append("</a>" if bar.link else "</g>")


def _opened(bar: Bar) -> str:
    told = escape(bar.title or bar.text)
    if not bar.link:
        return f"<g><title>{told}</title>"
    return f'<a href="{escape(bar.link, quote=True)}" aria-label="{escape(bar.title or bar.text, quote=True)}"><title>{told}</title>'


def _shape(canvas: Canvas, bar: Bar, x: float, y: float, wide: float, high: float) -> str:
    """A bar: filled if its dates are firm, dashed and pale if not; a clash has a heavy outline and crossed lines."""
    n = svg.number
    fill = canvas.fill(bar.tone)
    place = f'x="{n(x)}" y="{n(y)}" width="{n(wide)}" height="{n(high)}" rx="1.5"'
    ink, warn = canvas.design.light["ink"], canvas.design.light["warn"]
    pale = ' fill-opacity="0.3"' if bar.is_projected else ""
    drawn = f'<rect {place} fill="{fill}"{pale}/>'
    if bar.is_projected and not bar.is_clash:
        drawn += (
            f'<rect {place} fill="none" class="s-ink" stroke="{ink}" stroke-width="0.9" stroke-dasharray="2.5 1.8"/>'
        )
    if bar.is_clash:
        dash = ' stroke-dasharray="4 2"' if bar.is_projected else ""
        drawn += f'<rect {place} fill="none" class="s-warn" stroke="{warn}" stroke-width="1.8"{dash}/>'
    return drawn


def _legend(
    canvas: Canvas, bars: Sequence[Bar], words: TimelineWords, legend: Sequence[tuple[str, int]]
) -> list[tuple[str, str]]:
    items = [(canvas.swatch(tone), text) for text, tone in legend]
    for flag, text in (("is_projected", words.projected), ("is_clash", words.clash)):
        if any(getattr(bar, flag) for bar in bars):
            sample = Bar(date.min, date.min, "", 0, flag == "is_projected", flag == "is_clash")
            items.append((_shape(canvas, sample, 0.5, 0.5, SWATCH - 1, SWATCH_HIGH - 1), text))
    return items


def _told(rows: Sequence[Row], bars: Sequence[Bar], axis: Axis, words: TimelineWords) -> str:
    if not bars:
        return words.nothing
    busy = [(sum(b.first < after(m) and b.last >= m for b in bars), m) for m in months(axis.first, axis.last)]
    most, month = max(busy, key=lambda pair: (pair[0], -pair[1].toordinal()))
    return words.text.format(
        rows=len(rows), bars=len(bars),
        first=words.calendar.day(min(b.first for b in bars)), last=words.calendar.day(max(b.last for b in bars)),
        projected=sum(b.is_projected for b in bars), clashes=sum(b.is_clash for b in bars),
        month=words.calendar.month(month), most=most,
    )  # fmt: skip
