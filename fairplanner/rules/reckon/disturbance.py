"""Whom a plan disturbs: people of an earlier plan who could have kept their place as it was, and what that costs in points."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fairplanner.domain.plan import Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.settled import Settled, SettledTrip
from fairplanner.rules.reckon.kept import WHY, is_same_stand, settled_at, spared, spared_trips, why_concerned
from fairplanner.rules.reckon.points import milli


@dataclass(frozen=True)
class Prices:
    """Thousandths of a point a person: whose place is `lost`, `changed` in its booths, stand or delegation, or stays but for a
    subsidy that is not `claimed` for it any more (each). An official or a post whose trip is another counts as `changed`."""

    lost: int
    changed: int
    unclaimed: int


@dataclass(frozen=True)
class Disturbed:
    """A spared place of the earlier plan: gone (`is_lost`), not as it was (`is_changed`), or without subsidies it had."""

    row: Settled
    is_lost: bool = False
    is_changed: bool = False
    unclaimed: tuple[str, ...] = ()


def prices(programme: Programme) -> Prices:
    """The weight `value.disturbance` for a place that is lost, half for one that changes, a quarter for a subsidy.

    Who still goes keeps leave, visa and ticket and must only be told; who is paid less keeps all but the money. Weights of
    ours, not a rule of anybody's.
    """
    whole = milli(programme.settings.value.disturbance)
    return Prices(whole, whole // 2, whole // 4)


def claimable(programme: Programme, row: Settled) -> tuple[str, ...]:
    """Subsidies of the earlier plan that are still in force."""
    return tuple(s for s in row.subsidies if s in programme.subsidy)


def disturbed(programme: Programme, plan: Plan) -> tuple[Disturbed, ...]:
    """Spared places that a plan disturbs all the same, in order of application id."""
    rows = {row.application_id: row for row in spared(programme)}
    there: dict[str, list[Participation]] = defaultdict(list)
    for p in plan.participations:
        if p.application_id in rows:
            there[p.application_id].append(p)
    claimed = _claimed(plan)
    found = (_judged(programme, row, there[name], claimed) for name, row in rows.items())
    return tuple(x for x in found if x.is_lost or x.is_changed or x.unclaimed)


def rerouted(programme: Programme, plan: Plan) -> tuple[SettledTrip, ...]:
    """Spared parties that do not go as they were to: the same stops, on the same days."""
    there = {d.delegation_id for d in plan.delegations}
    return tuple(trip for trip in spared_trips(programme) if trip.delegation_id not in there)


def _judged(
    programme: Programme, row: Settled, there: list[Participation], claimed: Collection[tuple[str, ...]]
) -> Disturbed:
    if not there:
        return Disturbed(row, is_lost=True)
    owners = {(row.firm_id, row.phase_id), *((p.participation_id, "") for p in there)}
    missing = (s for s in claimable(programme, row) if not any(((*owner, s) in claimed) for owner in owners))
    same = any(is_same_stand(row, p.sponsor, p.stand, p.booths) for p in there)
    return Disturbed(row, is_changed=not same, unclaimed=tuple(missing))


def _claimed(plan: Plan) -> set[tuple[str, ...]]:
    """What is claimed: participation, '' and subsidy, or, on journeys, firm, phase and subsidy."""
    return {
        (c.participation_id, "", c.subsidy_id) if c.participation_id else (c.firm_id, c.phase_id, c.subsidy_id)
        for c in plan.claims
    }


def disturbance_points(programme: Programme, plan: Plan) -> int:
    """Thousandths of a point that a plan loses for the people it disturbs."""
    price = prices(programme)
    parties = sum(trip.people * price.changed for trip in rerouted(programme, plan))
    return parties + sum(
        x.row.people * (price.lost * x.is_lost + price.changed * x.is_changed + price.unclaimed * len(x.unclaimed))
        for x in disturbed(programme, plan)
    )


@dataclass(frozen=True)
class Tally:
    """People of an earlier plan, each counted at every place: all of them, those whom the fair or they themselves concern (by
    reason), and of the others those who lose a place, whose place changes, or who are not to claim a subsidy any more; people
    who are new; and official parties that go otherwise though they could have gone as they were to."""

    people: int
    concerned: Mapping[str, int]
    lost: int
    changed: int
    unclaimed: int
    new: int
    parties: int

    @property
    def others(self) -> int:
        """People whom nothing but the plan concerns."""
        return self.people - sum(self.concerned.values())


def tally(programme: Programme, plan: Plan) -> Tally:
    """How many people a plan disturbs, against the earlier plan that the programme carries."""
    concerned = Counter[str]()
    for row in programme.settled:
        concerned[why_concerned(programme, row)] += row.people
    found = [x for x in disturbed(programme, plan) if not why_concerned(programme, x.row)]
    known = settled_at(programme)
    return Tally(
        people=sum(row.people for row in programme.settled),
        concerned={why: concerned[why] for why in WHY if concerned[why]},
        lost=sum(x.row.people for x in found if x.is_lost),
        changed=sum(x.row.people for x in found if x.is_changed),
        unclaimed=sum(x.row.people for x in found if x.unclaimed and not x.is_changed),
        new=sum(p.people for p in plan.participations if p.application_id not in known),
        parties=len(rerouted(programme, plan)),
    )
