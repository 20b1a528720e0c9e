"""An agenda as blocks of days: what each day holds, where, by which clock, and room to write in.

Dates come from the agenda and nothing is reckoned anew; what nobody has planned stays a blank that people fill by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from fairplanner.publish.agendas.agenda import Agenda, Entry, EntryKind
from fairplanner.publish.naming import locality
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Day, DayLine, Slot
from fairplanner.publish.sheets.handout_clock import PARTS, Clock

DAY = timedelta(days=1)
STAYS = frozenset({EntryKind.FAIR_DAYS, EntryKind.MOVE_IN, EntryKind.MOVE_OUT})
TRAVEL = frozenset({EntryKind.TRAVEL_OUT, EntryKind.TRAVEL_BACK})
MOST_FREE = 2
"""Days without an entry that are shown one by one; more of them in a row stand as one block."""
Span = tuple[date, date]


@dataclass(frozen=True)
class Course:
    """What blocks of days are made of. `home`: place whose clock is the reader's own. `away`: spans in which days without an entry
    are shown too. `said`: further lines of a day. `halves`: what is known of a part of a day (`morning`, ...). `blanks`: labels to
    fill by hand on days of travel. `own`: whether the lines of fair days are the reader's own and are shown.
    """

    entries: tuple[Entry, ...]
    home: str
    away: tuple[Span, ...] = ()
    said: Mapping[date, tuple[DayLine, ...]] = field(default_factory=dict)
    halves: Mapping[tuple[date, str], tuple[str, ...]] = field(default_factory=dict)
    blanks: tuple[str, ...] = ()
    own: bool = False
    counted: bool = False

    @property
    def dates(self) -> tuple[date, ...]:
        """Every day that is shown."""
        spans = [(e.first, e.last) for e in self.entries] + list(self.away)
        return tuple(sorted({*self.said, *(day for span in spans for day in each_day(*span))}))

    def on(self, day: date) -> tuple[Entry, ...]:
        """What happens on a day."""
        return tuple(e for e in self.entries if e.first <= day <= e.last)


def each_day(first: date, last: date) -> tuple[date, ...]:
    """Every day of a span, both ends included."""
    return tuple(first + DAY * n for n in range((last - first).days + 1))


def plain_entries(agenda: Agenda) -> tuple[Entry, ...]:
    """What happens on days, without deadlines, which have a table of their own."""
    return tuple(e for e in agenda.entries if e.kind is not EntryKind.DEADLINE)


def day_blocks(press: Press, course: Course) -> tuple[Day, ...]:
    """A block for each day; days in a row on which nothing is planned are one block where there are many."""
    stands = _stands(course)
    blocks: list[Day] = []
    for days in _in_runs(course):
        if len(days) > 1:
            free = DayLine(press.w("itinerary.free"))
            blocks.append(
                Day(press.dress.span(days[0], days[-1]), "", _where(press, stands[days[0]].places), "", (free,))
            )
        else:
            blocks.append(_block(press, course, days[0], stands[days[0]]))
    return tuple(blocks)


def short_days(press: Press, course: Course) -> tuple[Day, ...]:
    """What happens where, without details; days in a row that are alike as one."""
    stands = _stands(course)
    alike: list[tuple[tuple[date, ...], Day]] = []
    for day in course.dates:
        made = _block(press, course, day, stands[day])
        short = replace(made, date="", count="", slots=(), lines=tuple(DayLine(line.title) for line in made.lines))
        if alike and alike[-1][1] == short and alike[-1][0][-1] + DAY == day:
            alike[-1] = ((*alike[-1][0], day), short)
        else:
            alike.append(((day,), short))
    return tuple(replace(short, date=press.dress.span(days[0], days[-1])) for days, short in alike)


def _in_runs(course: Course) -> Iterator[tuple[date, ...]]:
    """Days one by one, but many free days in a row together."""
    run: list[date] = []
    for day in course.dates:
        is_free = not course.on(day) and day not in course.said
        if run and not (is_free and day == run[-1] + DAY):
            yield from _parted(run)
            run = []
        if is_free:
            run.append(day)
        else:
            yield (day,)
    yield from _parted(run)


def _parted(run: list[date]) -> Iterator[tuple[date, ...]]:
    if len(run) > MOST_FREE:
        yield tuple(run)
    else:
        yield from ((day,) for day in run)


@dataclass(frozen=True)
class Stand:
    """Where a day is spent: `places` on the way from one to the next, `by` the place whose clock counts, '' where that is not one.

    `hours`: whether the whole day is spent by that clock.
    """

    places: tuple[str, ...]
    by: str = ""
    hours: bool = False


def _stands(course: Course) -> dict[date, Stand]:
    """Where each day is spent: at its fairs; else on the way, or where one was the day before."""
    found: dict[date, Stand] = {}
    here, ahead, opens = "", _next_stays(course), _openings(course)
    for day in course.dates:
        today = [e for e in course.on(day) if e.spot is not None]
        # one packs up at the fair that opened first before one sets up at the next, whatever the agenda names first
        today.sort(key=lambda e: opens.get(e.phase_id, e.first))
        stays = _spots(e for e in today if e.kind in STAYS)
        if stays:
            found[day] = Stand(stays, stays[0] if len(stays) == 1 else "", hours=True)
        elif today:
            found[day] = _on_the_way(course, today, day, here)
        else:
            coming = ahead.get(day, ())
            moves = bool(here) and bool(coming) and coming[0] != here
            found[day] = Stand((here, *coming)) if moves else Stand((here,) if here else (), here, hours=True)
        here = found[day].places[-1] if found[day].places else here
    return found


def _openings(course: Course) -> dict[str, date]:
    """First fair day of each phase."""
    return {e.phase_id: e.first for e in course.entries if e.kind is EntryKind.FAIR_DAYS}


def _on_the_way(course: Course, today: Sequence[Entry], day: date, here: str) -> Stand:
    """Out: to where one arrives that day. Back: one is still there on the first day, and at home on the last."""
    out = [e for e in today if e.kind is EntryKind.TRAVEL_OUT]
    start = (course.home,) if course.own and course.home else ()
    if out:
        arrived = _spots(e for e in out if e.last == day)
        return Stand(tuple(dict.fromkeys((*start, *arrived))), arrived[0] if len(arrived) == 1 else "")
    if any(e.first == day for e in today) and here:
        return Stand((here,), here, hours=True)
    return Stand(start if any(e.last == day for e in today) else ())


def _spots(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e.spot.place_id for e in entries if e.spot is not None))


def _next_stays(course: Course) -> dict[date, tuple[str, ...]]:
    """Where the next fair is held, for every day before it."""
    found: dict[date, tuple[str, ...]] = {}
    coming: tuple[str, ...] = ()
    for day in reversed(course.dates):
        found[day] = coming
        coming = _spots(e for e in course.on(day) if e.kind in STAYS)[:1] or coming
    return found


def _where(press: Press, places: Sequence[str]) -> str:
    names = [locality(press.w, press.naming.at(place)) for place in places]
    return press.w("calendar.arrow").join(names)


def _block(press: Press, course: Course, day: date, stand: Stand) -> Day:
    w = press.w
    lines = [*course.said.get(day, ()), *(_line(press, course, e, day) for e in course.on(day))]
    clock = _clock(press, course, day, stand)
    count = w("handout.day_of", n=course.dates.index(day) + 1, days=len(course.dates)) if course.counted else ""
    return Day(
        press.dress.day(day), count, _where(press, stand.places), clock.difference(w) if clock else "",
        tuple(lines) or (DayLine(w("itinerary.free")),),
        tuple(_slots(press, course, day, clock if clock and clock.ahead and stand.hours else None)),
    )  # fmt: skip


def _clock(press: Press, course: Course, day: date, stand: Stand) -> Clock | None:
    """The two clocks, abroad and wherever else they differ; the day has to be spent by one of them."""
    if not stand.by or not course.home:
        return None
    place = press.programme.place
    clock = Clock(place[stand.by].tz, place[course.home].tz, day)
    return clock if clock.ahead or press.programme.is_foreign(stand.by) else None


def _slots(press: Press, course: Course, day: date, clock: Clock | None) -> Iterator[Slot]:
    for part, at in PARTS:
        here = f"{at:%H:%M}" if clock else ""
        home = clock.shown_at_home(press.w, at) if clock else ""
        yield Slot(press.w(f"itinerary.part.{part}"), here, home, course.halves.get((day, part), ()))


def _line(press: Press, course: Course, entry: Entry, day: date) -> DayLine:
    """What happens and on which day of it; where and what else on its first day only."""
    days_long = (entry.last - entry.first).days + 1
    nth = press.w("handout.day_of", n=(day - entry.first).days + 1, days=days_long) if days_long > 1 else ""
    if day > entry.first:
        return DayLine(entry.title, nth)
    venue = entry.spot.venue if entry.spot and entry.kind in STAYS else ""
    # the firms of the fair days have a table of their own
    more = entry.lines if course.own or entry.kind is not EntryKind.FAIR_DAYS else ()
    # the way back says nothing of route and people that the way out has not said
    more = () if course.own and entry.kind is EntryKind.TRAVEL_BACK else more
    blanks = course.blanks if entry.kind in TRAVEL else ()
    return DayLine(entry.title, nth, (*((venue,) if venue else ()), *more), blanks)
