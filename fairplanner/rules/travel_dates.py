"""Journeys and delegations are where they should be when they should be, and only at phases that have dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fairplanner.domain.kinds import Regime, Role
from fairplanner.domain.plan import Delegation, Journey, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.applications import is_open, is_usable
from fairplanner.rules.reckon.dates import can_chain, journey_dates
from fairplanner.rules.reckon.travel import LEAVE_FAIR_AT, arrives_on, home_on


@dataclass(frozen=True)
class TravelDates(Law):
    """Every phase is dated and within the window; a journey leaves home in time and comes home after the last day that its
    firm is bound (exhibitors: set-up and strike too), and its phases can follow one another; a delegation's stops do too.

    Label journey, delegation or participation. Unit of amount: faults. `pose` offers nothing else; so there are no rows.
    """

    key = "travel-dates"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Reckons each journey and delegation again."""
        exhibiting = {(p.firm_id, p.phase_id) for p in plan.participations if p.role is Role.EXHIBIT}
        exhibiting |= {
            at
            for at in {(j.firm_id, q) for j in plan.journeys for q in j.phases} - exhibiting
            if any(a.role is Role.EXHIBIT and is_open(programme, a) for a in programme.by_firm.asked.get(at, ()))
        }
        for p in plan.participations:
            if not is_usable(programme, p.phase_id):
                yield self.broken(label(p.participation_id), 1, what="phase")
        for j in plan.journeys:
            wrong = list(_journey(programme, j, exhibiting))
            if wrong:
                yield self.broken(label(j.journey_id), len(wrong), what=", ".join(wrong))
        for d in plan.delegations:
            wrong = list(_delegation(programme, d))
            if wrong:
                yield self.broken(label(d.delegation_id), len(wrong), what=", ".join(wrong))


def _journey(programme: Programme, j: Journey, exhibiting: set[tuple[str, str]]) -> Iterator[str]:
    if not all(is_usable(programme, q) for q in j.phases):
        yield "phase"
        return
    stops = [(q, Role.EXHIBIT if (j.firm_id, q) in exhibiting else Role.VISIT) for q in j.phases]
    leave, back = journey_dates(programme, programme.home(programme.firm[j.firm_id].zone_id), stops)
    if j.depart > leave:
        yield "depart"
    if j.return_ < back:
        yield "return"
    if not all(can_chain(programme, a, b) for a, b in pairwise(stops)):
        yield "order"


def _delegation(programme: Programme, d: Delegation) -> Iterator[str]:
    if not all(is_usable(programme, s.phase_id) for s in d.stops):
        yield "phase"
        return
    if d.regime is not programme.regime(d.stops[0].phase_id):
        yield "regime"
    if (
        any(s.leave < s.arrive for s in d.stops)
        or not d.depart <= d.stops[0].arrive
        or not d.stops[-1].leave <= d.return_
    ):
        yield "stay"
    if d.regime is Regime.HOME:
        return
    if d.home != programme.home(d.sponsor):
        yield "home"
    places = [programme.phase[s.phase_id].place_id for s in d.stops]
    if arrives_on(programme, d.home, places[0], d.depart) > d.stops[0].arrive:
        yield "depart"
    if home_on(programme, places[-1], d.home, d.stops[-1].leave) > d.return_:
        yield "return"
    legs = pairwise(zip(places, d.stops, strict=True))
    if any(arrives_on(programme, a, b, x.leave, at=LEAVE_FAIR_AT) > y.arrive for (a, x), (b, y) in legs):
        yield "order"
