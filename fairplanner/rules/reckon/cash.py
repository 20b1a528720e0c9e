"""What leaves which fund in which quarter: official parties when they depart, claims when they are paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.plan import Claim, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.dates import quarter
from fairplanner.rules.reckon.eligibility import paid_day


@dataclass(frozen=True)
class Outflow:
    """An amount that leaves a fund: for which zone (a party's sponsor, a firm's own), in which quarter, for which line."""

    fund_id: str
    zone_id: str
    quarter: str
    line: str
    amount: Decimal


def _paid(programme: Programme, claim: Claim) -> tuple[str, str]:
    """Quarter and line of a claim; of a subsidy that is not in force, the quarter in which the fair ends and its stand."""
    subsidy = programme.subsidy.get(claim.subsidy_id)
    if subsidy is None:
        end = programme.phase[claim.phase_id].end
        return (quarter(end) if end else ""), "stand"
    return quarter(paid_day(programme, subsidy, claim.phase_id)), subsidy.lines[0].value


def outflows(programme: Programme, plan: Plan) -> Iterator[Outflow]:
    """Everything that the plan draws, one row each."""
    for d in plan.delegations:
        for line, amount in d.cost:
            yield Outflow(d.fund_id, d.sponsor, quarter(d.depart), line, amount)
    for c in plan.claims:
        when, line = _paid(programme, c)
        yield Outflow(c.fund_id, programme.firm[c.firm_id].zone_id, when, line, c.amount)
