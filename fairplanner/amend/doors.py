"""Which doors have shut by a day and which are still open: catalogue, fascia board, visa, people on the permit, freight.

From the tables `duties` and `milestones` as they are reckoned everywhere; what no row speaks of is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Literal

from fairplanner.domain.amending import DOORS, DoorAt
from fairplanner.domain.kinds import Confidence, Regime
from fairplanner.domain.plan import Delegation, Journey
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Door
from fairplanner.rules.reckon.calendar import WorkCalendar
from fairplanner.rules.reckon.duties import Due, Occasion, dues, occasion_of, occasions_of

UNSURE = (Confidence.PROJECTED, Confidence.UNKNOWN, Confidence.BACKGROUND)
OF_FIRMS, OF_PARTIES = frozenset({"firms", "goods"}), frozenset({"officials"})
"""Who does the duties that a change of firms, or of an official party, touches; the office's own only where they are a door."""
OF_PEOPLE = ("visa", "people")
"""Doors of those who travel: nobody who stays at home has them, and of an official party no others are spoken of."""


def doors(
    programme: Programme, phases: Sequence[str], on: date, host: Delegation | None, own: Sequence[Journey], who: Collection[str]
) -> tuple[DoorAt, ...]:  # fmt: skip
    """Every door at each phase, the named ones first, then what else is due before the opening; in order of day.

    `host`: the delegation it goes with, None where there is none; `own`: journeys of the firms concerned.
    """
    found: list[DoorAt] = []
    for q in phases:
        known = [*_of_duties(programme, q, on, _occasion(programme, q, host, own), who), *_stated(programme, q, on)]
        named = {x.door for x in known}
        found += [x for door in DOORS for x in known if x.door == door]
        asked = [door for door in DOORS if set(who) != OF_PARTIES or door in OF_PEOPLE]
        found += [_unknown(programme, q, door) for door in asked if door not in named]
        found += [x for x in known if not x.door]
    order = {q: n for n, q in enumerate(phases)}
    return tuple(sorted(found, key=lambda x: (order[x.phase_id], _place(x), x.due or date.max, x.source_id)))


def _place(x: DoorAt) -> int:
    return DOORS.index(x.door) if x.door else len(DOORS)


def _occasion(programme: Programme, q: str, host: Delegation | None, own: Sequence[Journey]) -> Occasion | None:
    made = next(occasions_of(programme, [host], own), None) if host is not None else None
    return made or occasion_of(programme, q)


def _of_duties(
    programme: Programme, q: str, on: date, occasion: Occasion | None, who: Collection[str]
) -> Iterator[DoorAt]:
    for due in dues(programme, occasion) if occasion else ():
        duty = due.duty
        ours = duty.who in who or (duty.who == "office" and bool(duty.door))
        if ours and occasion is not None and due.due <= occasion.opens:
            yield _kept(q, on, due)


def _kept(q: str, on: date, due: Due) -> DoorAt:
    unsure = due.duty.confidence in UNSURE
    return DoorAt(q, due.duty.door, _state(due.working, on), "duty", due.duty.duty_id, due.due, due.working, unsure)


def _state(last: date, on: date) -> Literal["shut", "open"]:
    return "shut" if last < on else "open"


def _stated(programme: Programme, q: str, on: date) -> Iterator[DoorAt]:
    calendar = WorkCalendar(programme)
    for m in programme.milestones:
        if m.phase_id == q and m.due is not None:
            working = calendar.last_working(m.due)
            unsure = m.confidence in UNSURE
            yield DoorAt(q, m.door, _state(m.due, on), "milestone", m.milestone_id, m.due, working, unsure)


def _unknown(programme: Programme, q: str, door: Door) -> DoorAt:
    """Nobody who stays at home needs a visa or a permit; of everything else no row says nothing."""
    at_home = programme.regime(q) is Regime.HOME and door in OF_PEOPLE
    return DoorAt(q, door, "none" if at_home else "unknown")
