"""What a plan is worth, in thousandths of a point (whole numbers), by the words of `value` in programme.toml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from fairplanner.domain.plan import Claim, Delegation, Journey, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.awards import lost_points
from fairplanner.rules.reckon.disturbance import disturbance_points
from fairplanner.rules.reckon.fairness import fairness_points
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.reckon.points import FEN_PER_1000, milli, worth


def participation_value(programme: Programme, score: float, booths: int) -> int:
    """Score, plus the stated share of it for each booth after the first."""
    further = milli(programme.settings.value.further_booth)
    return milli(score) + milli(score) * max(0, booths - 1) * further // 1000


def cost_value(programme: Programme, cost: Decimal) -> int:
    """Points that a cost takes away."""
    return worth(cost, programme.settings.value.cost_per_1000)


def claim_value(programme: Programme, amount: Decimal) -> int:
    """Points that money is worth which a claim alone is entitled to."""
    return worth(amount, programme.settings.value.claim_per_1000)


def cut_value(programme: Programme, amount: Decimal) -> int:
    """Points lost by what is cut of a cell of claims (one subsidy, firm and phase, or year); part of a unit counts whole."""
    return -(-to_fen(amount) * milli(programme.settings.value.claim_per_1000) // FEN_PER_1000)


def cuts_value(programme: Programme, claims: Iterable[Claim]) -> int:
    """Points lost by all cuts, cell by cell; a subsidy rounded over the year has one cell a firm."""
    cuts: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for c in claims:
        subsidy = programme.subsidy.get(c.subsidy_id)
        yearly = subsidy is not None and subsidy.round_at == "year"
        cuts[c.subsidy_id, c.firm_id, "" if yearly else c.phase_id] += c.cut
    return sum(cut_value(programme, cut) for cut in cuts.values())


def steps_up(programme: Programme, zone_id: str, sponsor: str) -> int:
    """Levels between a firm's own zone and the zone it goes with; 0 for a zone that is not above its own."""
    above = programme.zones_above(zone_id)
    return above.index(sponsor) if sponsor in above else 0


def gain(programme: Programme, part: Participation | Journey | Delegation | Claim) -> int:
    """What one decision adds to the value of a plan; a claim what it is entitled to alone (`cuts_value` takes off the rest)."""
    if isinstance(part, Participation):
        up = steps_up(programme, programme.firm[part.firm_id].zone_id, part.sponsor)
        points = participation_value(programme, part.score, part.booths) - up * milli(programme.settings.value.step_up)
        return points - cost_value(programme, part.cost)
    if isinstance(part, Journey):
        return -cost_value(programme, part.fare + part.lodging)
    if isinstance(part, Delegation):
        return -cost_value(programme, part.total) - milli(programme.settings.value.delegation)
    return claim_value(programme, part.entitled)


def shortfall_value(programme: Programme, plan: Plan) -> int:
    """Points lost for targets not reached (floors cost nothing: they are kept)."""
    wanted = {t.target_id: t for t in programme.targets}
    return sum(milli(wanted[r.target_id].points) * r.short for r in plan.targets if not wanted[r.target_id].floor)


def plan_value(programme: Programme, plan: Plan) -> int:
    """Value of a plan: the gains of all its decisions less what is cut of claims, the shortfall of its targets, unevenness, and
    what it takes from people who had it before."""
    parts: list[Participation | Journey | Delegation | Claim] = [*plan.participations, *plan.journeys]
    parts += [*plan.delegations, *plan.claims]
    lost = cuts_value(programme, plan.claims) + shortfall_value(programme, plan)
    lost += lost_points(programme, plan) + fairness_points(programme, plan)
    lost += disturbance_points(programme, plan)
    return sum(gain(programme, part) for part in parts) - lost
