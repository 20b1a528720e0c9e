"""A calendar at a glance: a small month each, with the days marked on which something happens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from fairplanner.publish.design import svg
from fairplanner.publish.design.axis import after, months
from fairplanner.publish.design.canvas import Canvas
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import GlanceWords

__all__ = ["glance"]

MOST_BANDS = 3
LEAST_MONTH = 150.0


def glance(
    days: Mapping[date, Sequence[int]],
    first: date,
    last: date,
    *,
    design: Design,
    words: GlanceWords,
    width: float = 720,
    off: Collection[date] = (),
    titles: Mapping[date, str] | None = None,
    legend: Sequence[tuple[str, int]] = (),
    title: str = "",
) -> str:
    """SVG of the months from that of `first` to that of `last`, weeks from Monday; `days` gives the tones of what happens on a day.

    A day has one band for each tone, at most three; `off` days are greyed, `titles` are told to a pointer.
    """
    marked = {day: tuple(dict.fromkeys(tones)) for day, tones in sorted(days.items()) if tones}
    canvas = Canvas(design, width, (tuple(marked.items()), first, last, tuple(sorted(off))))
    items = [(canvas.swatch(tone), text) for text, tone in legend]
    y = canvas.legend(items, 0.0) + (canvas.space("small") if items else 0)
    shown = months(first, last)
    across = max(1, min(len(shown), int(width // LEAST_MONTH)))
    gap = canvas.space("wide")
    cell = (width - gap * (across - 1)) / across / 7
    for start in range(0, len(shown), across):
        ends = [_month(canvas, month, n * (cell * 7 + gap), y, cell, words, marked, off, titles or {}) for n, month in enumerate(shown[start : start + across])]  # fmt: skip
        y = max(ends) + canvas.space("small")
    return canvas.svg(y, title or words.title, _told(shown, marked, words))


def _month(
    canvas: Canvas, month: date, x: float, y: float, cell: float, words: GlanceWords,
    marked: Mapping[date, Sequence[int]], off: Collection[date], titles: Mapping[date, str],
) -> float:  # fmt: skip
    size, small, high = canvas.text_size, canvas.small_size * 0.95, canvas.small_size * 1.95
    canvas.text(x + cell * 0.14, y + size, words.calendar.month(month), size, "accent", bold=True)
    y += size * 1.45
    for n, name in enumerate(words.calendar.weekdays):
        canvas.text(x + cell * (n + 0.5), y + small, name, small, "faint", "middle")
    y += small * 1.35
    canvas.line(x, y, x + cell * 7, y)
    day, end = month, after(month)
    while day < end:
        week = (day.day - 1 + month.weekday()) // 7
        _day(canvas, day, x + cell * day.weekday(), y + week * high, cell, high, marked.get(day, ()), day in off, titles.get(day, ""))  # fmt: skip
        day += timedelta(days=1)
    return y + high * 6


def _day(
    canvas: Canvas, day: date, x: float, y: float, cell: float, high: float, tones: Sequence[int], is_off: bool, title: str
) -> None:  # fmt: skip
    small = canvas.small_size * 0.95
    if is_off:
        canvas.plain(x + 0.5, y + 0.5, cell - 1, high - 1, "pale")
    canvas.text(
        x + cell / 2, y + small * 1.12, str(day.day), small, "ink" if tones else "faint", "middle", bold=bool(tones)
    )
    band = high * 0.3 / max(1, min(len(tones), MOST_BANDS))
    for n, tone in enumerate(tones[:MOST_BANDS]):
        top = y + high * 0.66 + n * band
        canvas.parts.append(svg.rect(x, top, cell, band - 0.3, canvas.fill(tone), title=title))


def _told(shown: Sequence[date], marked: Mapping[date, Sequence[int]], words: GlanceWords) -> str:
    inside = [day for day in marked if shown[0] <= day < after(shown[-1])]
    facts = {"first": words.calendar.month(shown[0]), "last": words.calendar.month(shown[-1]), "months": len(shown)}
    if not inside:
        return words.none.format(**facts)
    counts = [(sum(month <= day < after(month) for day in inside), month) for month in shown]
    most, month = max(counts, key=lambda pair: (pair[0], -pair[1].toordinal()))
    return words.text.format(**facts, days=len(inside), month=words.calendar.month(month), most=most)
