"""The months along the top of a chart: names where they have room, the year where it begins, a thin line at every first of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fairplanner.publish.design.canvas import Canvas
from fairplanner.publish.design.measure import text_width
from fairplanner.publish.design.words import CalendarWords


@dataclass(frozen=True)
class Mark:
    """A day that concerns every row; drawn as a line from top to bottom."""

    day: date
    text: str


@dataclass(frozen=True)
class Axis:
    """Days from `first` to `last` (both in it) between two x."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (self.right - self.left) * (day - self.first).days / ((self.last - self.first).days + 1)

    @property
    def months(self) -> tuple[date, ...]:
        """First of every month it touches; the first one may lie before it."""
        return months(self.first, self.last)


def months(first: date, last: date) -> tuple[date, ...]:
    """First day of every month from that of `first` to that of `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(count)
    )


def after(month: date) -> date:
    """The first of the month that follows."""
    return (month + timedelta(days=31)).replace(day=1)


def draw_months(canvas: Canvas, axis: Axis, words: CalendarWords, y: float) -> float:
    """Years and month names from `y` down; returns where they end."""
    size = canvas.small_size
    _years(canvas, axis, words, y + size)
    cells = [
        (max(axis.x(m), axis.left), min(axis.x(after(m)), axis.right), words.months[m.month - 1]) for m in axis.months
    ]
    whole = max((b - a for a, b, _ in cells), default=0.0)
    widest = max((text_width(name, size) for *_, name in cells), default=0.0) + 2
    step = max(1, -(-int(widest) // max(1, int(whole))))
    for n, (a, b, name) in enumerate(cells):
        if (
            n % step == 0
            and text_width(name, size) <= (b - a) * step - 1
            and (a + b) / 2 + text_width(name, size) / 2 <= axis.right
        ):
            canvas.text((a + b) / 2, y + size * 2.35, name, size, "faint", "middle")
    return y + size * 2.9


def _years(canvas: Canvas, axis: Axis, words: CalendarWords, y: float) -> None:
    size = canvas.small_size
    for year in range(axis.first.year, axis.last.year + 1):
        a, b = max(axis.x(date(year, 1, 1)), axis.left), min(axis.x(date(year + 1, 1, 1)), axis.right)
        if text_width(words.year(year), size, bold=True) + 4 <= b - a:
            canvas.text(a + 2, y, words.year(year), size, "ink", bold=True)


def draw_grid(canvas: Canvas, axis: Axis, top: float, bottom: float) -> None:
    """A line at every first of a month, a firmer one at New Year."""
    for month in axis.months:
        if month > axis.first:
            new_year = month.month == 1
            canvas.line(
                axis.x(month), top, axis.x(month), bottom, "faint" if new_year else "rule", 0.9 if new_year else 0.5
            )


def draw_marks(canvas: Canvas, axis: Axis, marks: Sequence[Mark], y: float, bottom: float) -> float:
    """Lines of days that concern every row, named where names do not meet; returns where the names end."""
    shown = sorted((m for m in marks if axis.first <= m.day <= axis.last), key=lambda m: (m.day, m.text))
    if not shown:
        return y
    size, taken = canvas.small_size, -1.0
    for mark in shown:
        x, wide = axis.x(mark.day), text_width(mark.text, canvas.small_size)
        start = min(max(x - wide / 2, 0), canvas.width - wide)
        canvas.line(x, y + size * 1.3, x, bottom, "accent", 0.9, "2 2")
        if start > taken and wide <= canvas.width:
            canvas.text(start + wide / 2, y + size, mark.text, size, "accent", "middle")
            taken = start + wide + size / 2
    return y + size * 1.4
