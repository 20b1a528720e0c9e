"""The wall chart of the year (年度挂图), A3 landscape: what hangs where, in the words of one language; placed by `placing`.

To be read from two metres, in colour or black and white.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from fairplanner.domain.kinds import Regime
from fairplanner.publish.agendas.agenda import AudienceKind, EntryKind
from fairplanner.publish.design.measure import text_width
from fairplanner.publish.press import Press
from fairplanner.publish.yearbook.boards import Band, Board, Flag, Item
from fairplanner.publish.yearbook.figures import ZERO
from fairplanner.publish.yearbook.placing import HIGH, MM, WIDE, board
from fairplanner.publish.yearbook.risks import planned_phases
from fairplanner.publish.yearbook.telling import Telling
from fairplanner.rules.reckon.calendar import WorkCalendar

DAY = timedelta(days=1)
GROUPS = (Regime.ABROAD, Regime.HKMO, Regime.HOME)
MOST_ZONES = 7
"""Zone marks beside one fair; more are counted."""
SATURDAY = 6
LEGEND_SIZE, LEGEND_LINE, LEGEND_MARK = 10.5, 6.0, 12.0
"""Type of the legend in points, height of a line and room of a mark in millimetres."""


@dataclass(frozen=True)
class Wall:
    """The chart: what is written around the board, and the board itself in millimetres."""

    lang: str
    kind: str
    title: str
    audience: str
    figures: tuple[tuple[str, str], ...]
    months: tuple[str, ...]
    board: Board
    legend: tuple[tuple[str, str], ...]
    zones: tuple[tuple[str, str], ...]
    zones_title: str
    notes: tuple[str, ...]
    said: str
    sample: str
    footer: str
    date: tuple[int, int, int]

    def data(self) -> dict[str, Any]:
        """Plain dictionaries and lists, for JSON."""
        return asdict(self)


def wall(press: Press) -> Wall:
    """The chart of a plan in one language."""
    w, told = press.w, Telling(press)
    settings, chips = press.programme.settings, _chips(press)
    items = tuple(_items(told, chips))
    flags, outside = _flags(told)
    made = board(
        settings.window_from, settings.window_to, {g: tuple(x for r, x in items if r is g) for g in GROUPS},
        {g: w(f"yearbook.wall.group_{g}") for g in GROUPS}, flags, w("yearbook.wall.deadlines"), tuple(_bands(told)),
        HIGH - LEGEND_LINE * (_zone_lines([press.naming.zone(z) for z in chips]) - 1),
    )  # fmt: skip
    return Wall(
        lang=press.lang, kind="wall", title=w("yearbook.wall.title", programme=w.name(settings)), audience=w("yearbook.audience"),
        figures=_figures(told), months=tuple(told.month_labels()), board=made, legend=_legend(told, [x for _, x in items]),
        zones=tuple((number, press.naming.zone(z)) for z, number in chips.items()), zones_title=w("yearbook.wall.zones"),
        notes=tuple(_notes(told, made, outside)), said=_said(told, [x for _, x in items]), sample=press.sample, footer=press.footer,
        date=press.date,
    )  # fmt: skip


def _chips(press: Press) -> dict[str, str]:
    """A number for each zone that sends anybody: the planning zone first, then by size."""
    sent: defaultdict[str, int] = defaultdict(int)
    for party in press.parties:
        sent[party.delegation.sponsor] += len(party.participations)
    root = press.programme.settings.root
    return {z: str(n) for n, z in enumerate(sorted(sent, key=lambda z: (z != root, -sent[z], z)), 1)}


def _zone_lines(names: list[str]) -> int:
    """Lines that the zones take in the legend."""
    lines, x = 1, LEGEND_MARK * 2
    for name in names:
        wide = min(text_width(name, LEGEND_SIZE) * MM + LEGEND_MARK, WIDE)
        lines, x = (lines, x + wide) if x + wide <= WIDE else (lines + 1, wide)
    return lines


def _figures(told: Telling) -> tuple[tuple[str, str], ...]:
    total, unit = told.now.total, told.press.dress.unit
    values = {"fairs": f"{total.phases:,}", "places": f"{total.places:,}", "booths": f"{total.booths:,}"}
    return (
        *((told.press.w(f"yearbook.figure.{key}"), value) for key, value in values.items()),
        (told.press.w("yearbook.wall.money", unit=unit), told.sum(total.public or ZERO)),
    )


def _items(told: Telling, chips: dict[str, str]) -> Iterator[tuple[Regime, Item]]:
    """One fair a phase that somebody goes to, with its group: name, days and place, size, who sends; officials' days beneath."""
    press, programme = told.press, told.press.programme
    for q in planned_phases(told):
        phase, parties = programme.phase[q], [x for x in press.parties if q in x.phase_ids]
        if phase.start is None or phase.end is None:
            continue
        places = [p for x in parties for p in x.at(q)]
        numbers = sorted({int(chips[x.delegation.sponsor]) for x in parties})
        marks = [str(n) for n in numbers[:MOST_ZONES]] + ([f"+{len(numbers) - MOST_ZONES}"] if len(numbers) > MOST_ZONES else [])  # fmt: skip
        city = press.naming.city(phase.place_id) if phase.place_id else press.w("paper.undated")
        facts = {"firms": len({p.firm_id for p in places}), "booths": sum(p.booths for p in places)}
        away = [x.delegation for x in parties if x.delegation.regime is not Regime.HOME]
        yield programme.regime(q), Item(
            q, phase.start, phase.end, press.naming.phase(q),
            press.w("yearbook.wall.detail", days=days(told, phase.start, phase.end), city=city),
            press.w("yearbook.wall.size" if facts["booths"] else "yearbook.wall.size_firms", **facts), tuple(marks), programme.regime(q).value, not phase.status.is_firm,
            min((d.depart for d in away), default=None), max((d.return_ for d in away), default=None), len(places),
        )  # fmt: skip


def days(told: Telling, first: date, last: date) -> str:
    """Days without weekdays and years: 4月15日—19日, 15–19 Apr."""
    w = told.press.w
    facts = {
        "d1": first.day,
        "d2": last.day,
        "m1": w(f"yearbook.month.{first.month}"),
        "m2": w(f"yearbook.month.{last.month}"),
    }
    kind = "day" if first == last else "days" if (first.year, first.month) == (last.year, last.month) else "months"
    return w(f"yearbook.wall.{kind}", **facts)


def _flags(told: Telling) -> tuple[tuple[Flag, ...], int]:
    """Days by which the office must have done something within the window, and how many such days lie before it."""
    press, settings = told.press, told.press.programme.settings
    found: defaultdict[date, list[str]] = defaultdict(list)
    for entry in press.book.agenda(AudienceKind.EVERYTHING).entries:
        if entry.kind is EntryKind.DEADLINE and not entry.key.startswith("claim:"):
            found[entry.first].append(entry.title)
    outside = sum(len(titles) for day, titles in found.items() if settings.as_of <= day < settings.window_from)
    inside = sorted((day, titles) for day, titles in found.items() if settings.window_from <= day <= settings.window_to)
    return tuple(Flag(day, days(told, day, day), _named(told, titles), len(titles)) for day, titles in inside), outside


def _named(told: Telling, titles: list[str]) -> str:
    if len(titles) == 1:
        return titles[0]
    return told.press.w("yearbook.wall.several", first=titles[0], count=len(titles))


def _bands(told: Telling) -> Iterator[Band]:
    """Holidays (unbroken days off with a weekday among them) and days on which officials cannot leave."""
    press, settings = told.press, told.press.programme.settings
    calendar = WorkCalendar(press.programme)
    run: list[date] = []
    for n in range((settings.window_to - settings.window_from).days + 2):
        day = settings.window_from + n * DAY
        if day <= settings.window_to and calendar.is_known(day) and not calendar.is_working(day):
            run.append(day)
            continue
        if any(d.isoweekday() < SATURDAY for d in run):
            yield Band(run[0], run[-1], "holiday", _holiday(told, run))
        run = []
    for row in press.programme.blackouts:
        if not row.post_id and row.first <= settings.window_to and row.last >= settings.window_from:
            yield Band(max(row.first, settings.window_from), min(row.last, settings.window_to), "blackout", press.naming.readable(press.naming.half(row.reason)))  # fmt: skip


def _holiday(told: Telling, run: list[date]) -> str:
    """Its name where the table has one."""
    rows = {h.on: h for h in told.press.programme.holidays if h.territory_id == "CN" and not h.work}
    names = [told.press.w.name(rows[d]) for d in run if d in rows and (rows[d].name_zh or rows[d].name_en)]
    return names[0] if names else ""


def _legend(told: Telling, items: list[Item]) -> tuple[tuple[str, str], ...]:
    """What is drawn how; only what is there."""
    drawn = [g.value for g in GROUPS if any(x.tone == g for x in items)]
    drawn += ["projected"] if any(x.is_projected for x in items) else []
    drawn += ["away"] if any(x.away_from for x in items) else []
    drawn += list(dict.fromkeys(b.kind for b in _bands(told)))
    return tuple((kind, told.press.w(f"yearbook.wall.legend_{kind}")) for kind in (*drawn, "deadline"))


def _notes(told: Telling, made: Board, outside: int) -> Iterator[str]:
    """What the chart does not show."""
    w, settings = told.press.w, told.press.programme.settings
    if made.left_out:
        yield w("yearbook.wall.left_out", count=made.left_out)
    if outside:
        yield w("yearbook.wall.before", count=outside, day=told.press.dress.day(settings.window_from))
    if made.unnamed:
        yield w("yearbook.wall.unnamed", count=made.unnamed)
    if not WorkCalendar(told.press.programme).is_known(settings.window_to):
        yield w("yearbook.wall.no_notice", year=settings.window_to.year)


def _said(told: Telling, items: list[Item]) -> str:
    """The whole chart in words, for whoever does not see it."""
    lines = [told.press.w("yearbook.wall.said", name=x.name, detail=x.detail, size=x.size) for x in items]
    return told.press.w("yearbook.joint").join(lines)
