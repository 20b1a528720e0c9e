"""A plan is worth and costs what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.kinds import PARTICIPATION_LINES, Regime
from fairplanner.domain.plan import Delegation, Journey, Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.money import journey_cost, other_costs, stand_cost, to_fen
from fairplanner.rules.reckon.score import score, score_parts
from fairplanner.rules.reckon.tariff import party_cost
from fairplanner.rules.reckon.value import participation_value, plan_value


@dataclass(frozen=True)
class PlanValue(Law):
    """The plan's value is the sum of the gains of its parts less the shortfall of its targets; each part's score, value and
    cost are what the programme's own figures give.

    Label `plan`, or the part. Unit of amount: thousandths of a point for the plan and participations, fen for costs.
    """

    key = "plan-value"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Reckons every score, cost and the value again."""
        worth = plan_value(programme, plan)
        if worth != plan.value:
            yield self.broken("plan", abs(worth - plan.value), said=plan.value, reckoned=worth)
        for p in plan.participations:
            said, reckoned = _score(programme, p)
            if said != reckoned:
                yield self.broken(label(p.participation_id), max(1, abs(said - reckoned)), said=said, reckoned=reckoned)
        costs = [
            *(
                (p.participation_id, amount, price)
                for p in plan.participations
                for amount, price in _place(programme, p)
            ),
            *((j.journey_id, j.fare + j.lodging, _travel(programme, j)) for j in plan.journeys),
            *((d.delegation_id, d.total, _party(programme, d)) for d in plan.delegations),
        ]
        for name, paid, price in costs:
            if paid != price:
                yield self.broken(label(name), abs(to_fen(paid - price)), said=paid, reckoned=price)


def _score(programme: Programme, p: Participation) -> tuple[int, int]:
    """Value as the participation says and as it should be; invitations have no application to score."""
    application = programme.application.get(p.application_id)
    if application is None:
        return p.value, participation_value(programme, p.score, p.booths)
    parts = {name: points for name, points in p.parts if points}
    same = parts == {name: points for name, points in score_parts(programme, application).items() if points}
    value = participation_value(programme, score(programme, application), p.booths)
    return (p.value, value) if same or not p.parts else (p.value, -1)


def _place(programme: Programme, p: Participation) -> Iterator[tuple[Decimal, Decimal]]:
    """Each line of what a place costs as the participation says, and as it should be."""
    said = dict(p.other_cost)
    prices = other_costs(programme, p.firm_id, p.phase_id, p.booths, p.people)
    yield p.stand_cost, stand_cost(programme, p.phase_id, p.stand, p.booths)
    for line in PARTICIPATION_LINES[1:]:
        yield said.get(line.value, Decimal(0)), prices.get(line, Decimal(0))


def _travel(programme: Programme, j: Journey) -> Decimal:
    home = programme.home(programme.firm[j.firm_id].zone_id)
    return sum(journey_cost(programme, home, j.phases, j.depart, j.return_, j.people), Decimal(0))


def _party(programme: Programme, d: Delegation) -> Decimal:
    if d.regime is Regime.HOME:
        return Decimal(0)
    return sum(party_cost(programme, d.home, d.stops, d.depart, d.return_, d.officials).values(), Decimal(0))
