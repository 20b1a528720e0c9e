"""The months along the top of a chart: names where they have room, the year where it begins, a thin line at every first of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from fairplanner.publish.design.canvas import Canvas
from fairplanner.publish.design.measure import text_width
from fairplanner.publish.design.words import CalendarWords

APART = 2.0
"""Units between the names of two months at least."""


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

    def span(self, start: date, end: date) -> tuple[float, float]:
        """From where to where the days from `start` to before `end` go, as far as they are shown."""
        return max(self.x(start), self.left), min(self.x(end), self.right)

    @property
    def months(self) -> tuple[date, ...]:
        """First of every month it touches; the first one may lie before it."""
        return months(self.first, self.last)


def months(first: date, last: date) -> tuple[date, ...]:
    """First day of every month from that of `first` to that of `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    ordinals = range(first.month - 1, first.month - 1 + count)
    return tuple(date(first.year + n // 12, n % 12 + 1, 1) for n in ordinals)


def after(month: date) -> date:
    """The first of the month that follows."""
    return (month + timedelta(days=31)).replace(day=1)


def draw_months(canvas: Canvas, axis: Axis, words: CalendarWords, y: float) -> float:
    """Years and month names from `y` down; returns where they end."""
    size = canvas.small_size
    _years(canvas, axis, words, y + size)
    wanted = max((text_width(name, size) for name in words.months), default=0.0) + APART
    step = max(1, ceil(wanted / max(1.0, axis.x(axis.first + timedelta(days=28)) - axis.left)))
    for month in axis.months[::step]:
        left, right = axis.span(month, after(month))
        middle, wide = (left + right) / 2, text_width(words.months[month.month - 1], size)
        if wide + APART <= (right - left) * step and axis.left <= middle - wide / 2 and middle + wide / 2 <= axis.right:
            canvas.text(middle, y + size * 2.35, words.months[month.month - 1], size, "faint", "middle")
    return y + size * 2.9


def _years(canvas: Canvas, axis: Axis, words: CalendarWords, y: float) -> None:
    size = canvas.small_size
    for year in range(axis.first.year, axis.last.year + 1):
        left, right = axis.span(date(year, 1, 1), date(year + 1, 1, 1))
        start = left + 4 if left > axis.left else left
        if start + text_width(words.year(year), size, bold=True) + APART <= right:
            canvas.text(start, y, words.year(year), size, "ink", bold=True)


def draw_grid(canvas: Canvas, axis: Axis, top: float, bottom: float) -> None:
    """A line at every first of a month, a firmer one up to the years at New Year."""
    for month in axis.months:
        if month > axis.first:
            is_new_year = month.month == 1
            rise = canvas.small_size * 2.2 if is_new_year else 0.0
            canvas.line(axis.x(month), top - rise, axis.x(month), bottom, "rule", 1.3 if is_new_year else 0.5)


def draw_marks(canvas: Canvas, axis: Axis, marks: Sequence[Mark], y: float, bottom: float) -> None:
    """Lines of days that concern every row, named from `y` down where names do not meet."""
    size, taken = canvas.small_size, -1.0
    for mark in sorted(marks, key=lambda m: (m.day, m.text)):
        x, wide = axis.x(mark.day), text_width(mark.text, size)
        start = min(max(x - wide / 2, 0.0), canvas.width - wide)
        canvas.line(x, y + size * 1.3, x, bottom, "accent", 1.0, "2.5 2")
        if start > taken and wide <= canvas.width:
            canvas.text(start + wide / 2, y + size, mark.text, size, "accent", "middle")
            taken = start + wide + size / 2
