"""出访日程表: every day away, morning and afternoon; what nobody has said yet is 待定 and named below (planner.md 30)."""

from __future__ import annotations

from datetime import date, timedelta

from fairplanner.domain.duties import Activity
from fairplanner.domain.plan import Delegation, Stop
from fairplanner.publish.office.desk import Desk
from fairplanner.publish.office.paper import Block, Field, Form, Paragraph
from fairplanner.publish.workbooks.xlsx import Value
from fairplanner.rules.remarks import HALVES, business_of, empty_half_days, half_days

DAY = timedelta(days=1)


def form(desk: Desk, d: Delegation) -> tuple[Block, ...]:
    """The table: 日期|上午|下午|城市|公务活动|备注, and what is still open."""
    w = desk.w
    known = {half: _what(desk, own) for half, own in business_of(desk.programme, d).items()}
    count = (d.return_ - d.depart).days + 1
    rows = tuple(_row(desk, d, d.depart + n * DAY, known) for n in range(count))
    widths = (("date", 2.5), ("morning", 3), ("afternoon", 3), ("city", 1.9), ("business", 3.2), ("note", 2.5))
    fields = tuple(Field(w(f"office.col.{key}"), width) for key, width in widths)
    notes = [w("office.days.local"), *([empty_says(desk, d)] if empty_half_days(desk.programme, d) else [])]
    table = Form(fields, rows, name=w("office.days.sheet"), note="\n".join(notes), height=9)
    return (
        Paragraph(
            w("office.days.says", days=desk.dress.span(d.depart, d.return_), count=count, route=desk.route(d)),
            flush=True,
        ),
        table,
    )


def lacks(desk: Desk, d: Delegation) -> tuple[str, ...]:
    """Half-days without official business."""
    empty = empty_half_days(desk.programme, d)
    return (desk.w("office.lack.halves", count=len(empty)),) if empty else ()


def empty_says(desk: Desk, d: Delegation) -> str:
    """The sentence that names every half-day that is still open."""
    empty = empty_half_days(desk.programme, d)
    return desk.w("office.days.empty", count=len(empty), halves=desk.naming.listed(_told(desk, empty)))


def _told(desk: Desk, empty: tuple[tuple[date, str], ...]) -> list[str]:
    """Half-days in words, whole days running on as one span."""
    told: list[str] = []
    run: list[date] = []
    by_day = {day: [half for at, half in empty if at == day] for day, _ in empty}
    for day, halves in by_day.items():
        whole = len(halves) == len(HALVES)
        if run and not (whole and day == run[-1] + DAY):
            told.append(desk.w("office.days.whole", days=desk.dress.span(run[0], run[-1])))
            run = []
        if whole:
            run.append(day)
        else:
            told.append(desk.w(f"remarks.{halves[0]}", day=desk.dress.day(day)))
    return [*told, *([desk.w("office.days.whole", days=desk.dress.span(run[0], run[-1]))] if run else [])]


def _what(desk: Desk, own: tuple[Activity, ...]) -> str:
    return "\n".join(desk.press.naming.either(a.what_zh, a.what_en) for a in own)


def _row(desk: Desk, d: Delegation, day: date, known: dict[tuple[date, str], str]) -> tuple[Value, ...]:
    w, demanded = desk.w, set(half_days(d))
    travel = w(f"office.days.{'out' if day <= d.stops[0].arrive else 'back'}")
    halves = [known.get((day, h)) or (w("paper.undated") if (day, h) in demanded else travel) for h in HALVES]
    return (desk.dress.day(day), *halves, _city(desk, d, day), _business(desk, d, day), _note(desk, d, day))


def _here(d: Delegation, day: date) -> list[Stop]:
    """The stops the party is at on a day, the one it leaves included."""
    return [s for s in d.stops if s.arrive <= day <= s.leave]


def _city(desk: Desk, d: Delegation, day: date) -> str:
    """Where it is, from where to where on days of travel."""
    home = desk.naming.city(d.home)
    cities = [desk.naming.city(desk.programme.phase[s.phase_id].place_id) for s in _here(d, day)]
    before = [s for s in d.stops if s.leave < day]
    last = desk.naming.city(desk.programme.phase[before[-1].phase_id].place_id) if before else home
    ahead = [s for s in d.stops if s.arrive > day]
    if day == d.depart:
        cities = [home, *(cities or [desk.naming.city(desk.programme.phase[d.stops[0].phase_id].place_id)])]
    elif day == d.return_:
        cities = [*(cities or [last]), home]
    elif not cities:
        cities = [last, *([desk.naming.city(desk.programme.phase[ahead[0].phase_id].place_id)] if ahead else [home])]
    return desk.w("office.way").join(dict.fromkeys(cities)) if len(set(cities)) > 1 else cities[0]


def _business(desk: Desk, d: Delegation, day: date) -> str:
    """The fairs that are open on the day, with the day of the fair."""
    w, found = desk.w, []
    for s in _here(d, day):
        q = desk.programme.phase[s.phase_id]
        if q.start and q.end and q.start <= day <= q.end and day > d.stops[0].arrive:
            found.append(
                w(
                    "office.days.fair",
                    fair=desk.naming.phase(q.phase_id),
                    n=(day - q.start).days + 1,
                    days=(q.end - q.start).days + 1,
                )
            )
    return "\n".join(found)


def _note(desk: Desk, d: Delegation, day: date) -> str:
    """Leaving and coming home, moving on, what is open."""
    w = desk.w
    notes = [w("office.days.departs")] if day == d.depart else []
    moves = [s for s in d.stops[1:] if s.arrive == day]
    notes += [w("office.days.moves", city=desk.naming.city(desk.programme.phase[s.phase_id].place_id)) for s in moves]
    if day == d.return_:
        notes.append(w("office.days.returns"))
    notes += [w(f"office.days.open_{half}") for at, half in empty_half_days(desk.programme, d) if at == day]
    return "\n".join(notes)
