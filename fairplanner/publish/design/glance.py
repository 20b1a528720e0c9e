"""A calendar at a glance: a small month each, with bands under the days on which something happens."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from fairplanner.publish.design import svg
from fairplanner.publish.design.axis import after, months
from fairplanner.publish.design.canvas import SWATCH, SWATCH_HIGH, Canvas
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import GlanceWords

__all__ = ["glance"]

MOST_BANDS = 4
BAND = 4.4
"""Units from one band to the next; a band is one unit less."""
LEAST_MONTH = 150.0
"""Units a month is wide at least."""


@dataclass(frozen=True)
class _Calendar:
    """Tones of the marked days, days off, what is told of a day; sizes of a month: width and height of a day, bands under it."""

    marked: Mapping[date, tuple[int, ...]]
    off: Collection[date]
    titles: Mapping[date, str]
    words: GlanceWords
    cell: float = 0.0
    high: float = 0.0
    bands: int = 1
    gap: float = 0.0


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

    A day has one band for each tone, at most four. `off` days are greyed, `titles` are told to a pointer.
    """
    marked = {day: tuple(dict.fromkeys(tones)) for day, tones in sorted(days.items()) if tones}
    canvas = Canvas(design, width, (tuple(marked.items()), first, last, tuple(sorted(off)), tuple(legend)))
    shown = months(first, max(first, last))
    calendar = _calendar(canvas, shown, marked, off, titles or {}, words)
    items = [(canvas.swatch(tone), text) for text, tone in legend]
    if any(shown[0] <= day < after(shown[-1]) for day in off):
        items.append((svg.rect(1, 0, SWATCH - 2, SWATCH_HIGH, design.light["pale"], kind="pale"), words.off))
    y = canvas.legend(items, 0.0) + canvas.space("usual") * bool(items)
    across = _across(width, len(shown))
    for start in range(0, len(shown), across):
        line = shown[start : start + across]
        ends = [_month(canvas, m, n * (calendar.cell * 7 + calendar.gap), y, calendar) for n, m in enumerate(line)]
        y = max(ends) + canvas.space("usual")
    return canvas.svg(y - canvas.space("usual") + 1, title or words.title, _told(shown, marked, words))


def _across(width: float, count: int) -> int:
    return max(1, min(count, int(width // LEAST_MONTH)))


def _calendar(
    canvas: Canvas, shown: Sequence[date], marked: Mapping[date, tuple[int, ...]], off: Collection[date],
    titles: Mapping[date, str], words: GlanceWords,
) -> _Calendar:  # fmt: skip
    gap, across = canvas.space("wide"), max(2, _across(canvas.width, len(shown)))
    cell = (canvas.width - gap * (across - 1)) / across / 7
    bands = min(MOST_BANDS, max([1, *(len(tones) for tones in marked.values())]))
    high = canvas.small_size * 1.25 + bands * BAND + 2
    return _Calendar(marked, frozenset(off), titles, words, cell, high, bands, gap)


def _month(canvas: Canvas, month: date, x: float, y: float, calendar: _Calendar) -> float:
    """Its name, the heads of its weeks and its days; returns where it ends."""
    size, small = canvas.text_size, canvas.small_size * 0.92
    canvas.text(x, y + size, calendar.words.calendar.month(month), size, "accent", bold=True)
    y += size * 1.4
    for n, name in enumerate(calendar.words.calendar.weekdays):
        canvas.text(x + calendar.cell * (n + 0.5), y + small, name, small, "faint", "middle")
    y += small * 1.4
    canvas.line(x, y, x + calendar.cell * 7, y)
    for week in _weeks(month):
        for day in week:
            _day(canvas, day, x + calendar.cell * day.weekday(), y, calendar)
        _bands(canvas, week, x, y + canvas.small_size * 1.25, calendar)
        y += calendar.high
    return y


def _weeks(month: date) -> Iterator[list[date]]:
    """The days of a month in weeks from Monday."""
    days = [month + timedelta(days=n) for n in range((after(month) - month).days)]
    start = 0
    while start < len(days):
        end = start + 7 - days[start].weekday()
        yield days[start:end]
        start = end


def _day(canvas: Canvas, day: date, x: float, y: float, calendar: _Calendar) -> None:
    is_marked, size = day in calendar.marked, canvas.small_size * 0.92
    if day in calendar.off:
        canvas.plain(x + 0.5, y + 0.8, calendar.cell - 1, calendar.high - 1.2, "pale")
    colour = "ink" if is_marked else "faint"
    canvas.text(x + calendar.cell / 2, y + size * 1.12, str(day.day), size, colour, "middle", bold=is_marked)


def _bands(canvas: Canvas, week: Sequence[date], x: float, y: float, calendar: _Calendar) -> None:
    """One band for each tone and unbroken run of days, the earliest uppermost."""
    taken: list[date] = []
    for start, end, tone in sorted(_runs(week, calendar)):
        lane = next((n for n, until in enumerate(taken) if until < start), len(taken))
        taken[lane : lane + 1] = [end]
        if lane < calendar.bands:
            left, wide = x + calendar.cell * start.weekday() + 1, calendar.cell * ((end - start).days + 1) - 2
            told = calendar.titles.get(start, "")
            band = canvas.filled(left, y + BAND * lane, wide, BAND - 1, tone, radius=0.8)
            canvas.parts.append(f"<g><title>{escape(told)}</title>{band}</g>" if told else band)


def _runs(week: Sequence[date], calendar: _Calendar) -> Iterator[tuple[date, date, int]]:
    """First day, last day and tone of every unbroken run in a week."""
    tones = dict.fromkeys(tone for day in week for tone in calendar.marked.get(day, ()))
    for tone in tones:
        days = [day for day in week if tone in calendar.marked.get(day, ())]
        starts = [day for day in days if day - timedelta(days=1) not in days]
        ends = [day for day in days if day + timedelta(days=1) not in days]
        yield from ((start, end, tone) for start, end in zip(starts, ends, strict=True))


def _told(shown: Sequence[date], marked: Mapping[date, Sequence[int]], words: GlanceWords) -> str:
    inside = [day for day in marked if shown[0] <= day < after(shown[-1])]
    facts = {"first": words.calendar.month(shown[0]), "last": words.calendar.month(shown[-1]), "months": len(shown)}
    if not inside:
        return words.none.format(**facts)
    counts = [(sum(month <= day < after(month) for day in inside), month) for month in shown]
    most, month = max(counts, key=lambda pair: (pair[0], -pair[1].toordinal()))
    return words.text.format(**facts, days=len(inside), month=words.calendar.month(month), most=most)
