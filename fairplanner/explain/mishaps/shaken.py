"""What breaks when fairs are on other days or off and nobody plans anew: everybody keeps to the plan, dates move along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Delegation, Journey, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules import check

ASIDE = frozenset({"allotment", "asked-for", "booths-in-order", "plan-value", "rank-respected"})
"""Rules about how places are given and counted: where nothing is given anew nobody is passed over."""

Days = tuple[timedelta, timedelta]
"""By how many days a phase opens and closes later; negative: earlier."""


@dataclass(frozen=True)
class Shaken:
    """What a plan is like when its dates have moved along: delegations and journeys on other days, and what it breaks.

    `parties` and `journeys`: ids in the plan, in its order. `violations`: those that the plan did not have before.
    """

    parties: tuple[str, ...]
    journeys: tuple[str, ...]
    violations: tuple[Violation, ...]


Known = frozenset[tuple[str, str, int]]
"""Rule, label and amount of what a plan breaks already."""


def known(programme: Programme, plan: Plan) -> Known:
    """What a plan breaks whatever happens."""
    return frozenset((v.rule, v.label, v.amount) for v in check(programme, plan))


def shaken(before: Programme, after: Programme, plan: Plan, known: Known) -> Shaken:
    """Compare a plan in the programme it was made for with the same decisions on the days of another."""
    shifts = shifts_of(before, after)
    parties = {d.delegation_id: moved_party(d, shifts) for d in plan.delegations}
    journeys = {j.journey_id: moved_journey(j, shifts) for j in plan.journeys}
    made = plan.model_copy(
        update={"delegations": tuple(parties.values()), "journeys": tuple(journeys.values()), "programme_digest": ""}
    )
    found = [v for v in check(after, made) if v.rule not in ASIDE and (v.rule, v.label, v.amount) not in known]
    return Shaken(
        tuple(d.delegation_id for d in plan.delegations if parties[d.delegation_id] != d),
        tuple(j.journey_id for j in plan.journeys if journeys[j.journey_id] != j),
        tuple(found),
    )


def shifts_of(before: Programme, after: Programme) -> dict[str, Days]:
    """By how much each phase moves that is still held and has other days."""
    made: dict[str, Days] = {}
    for q, phase in after.phase.items():
        was = before.phase.get(q)
        if was is None or phase.status is Status.CANCELLED or not (was.start and was.end and phase.start and phase.end):
            continue
        shift = phase.start - was.start, phase.end - was.end
        if any(shift):
            made[q] = shift
    return made


def moved_party(d: Delegation, shifts: Mapping[str, Days]) -> Delegation:
    """A delegation whose stops have moved with their fairs; it leaves home with the first and comes home with the last."""
    none = (timedelta(0), timedelta(0))
    stops = tuple(
        s.model_copy(update={"arrive": s.arrive + shifts[s.phase_id][0], "leave": s.leave + shifts[s.phase_id][1]})
        if s.phase_id in shifts
        else s
        for s in d.stops
    )
    first, last = shifts.get(d.stops[0].phase_id, none)[0], shifts.get(d.stops[-1].phase_id, none)[1]
    return d.model_copy(update={"stops": stops, "depart": d.depart + first, "return_": d.return_ + last})


def moved_journey(j: Journey, shifts: Mapping[str, Days]) -> Journey:
    """A journey that leaves home with its first fair and comes home with its last."""
    none = (timedelta(0), timedelta(0))
    first, last = shifts.get(j.phases[0], none)[0], shifts.get(j.phases[-1], none)[1]
    return j.model_copy(update={"depart": j.depart + first, "return_": j.return_ + last})
