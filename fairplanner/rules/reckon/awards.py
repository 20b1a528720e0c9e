"""Awards of which a part is paid in the next year only where a target is met (Guizhou 2023: 80 % in advance, 20 % if met)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from fairplanner.domain.kinds import Counts, Regime
from fairplanner.domain.money import Award
from fairplanner.domain.plan import Plan
from fairplanner.domain.planning import Target
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.applications import standing
from fairplanner.rules.reckon.money import FEN
from fairplanner.rules.reckon.points import worth
from fairplanner.rules.reckon.targets import matches


@dataclass(frozen=True)
class AtStake:
    """An award as a plan leaves it: the part in advance, the rest, whether its target can be and is reached."""

    award: Award
    advance: Decimal
    rest: Decimal
    reachable: bool
    met: bool


def rest_of(award: Award) -> Decimal:
    """The part that is paid in the next year, in whole fen."""
    return award.amount - advance_of(award)


def advance_of(award: Award) -> Decimal:
    """The part that is paid in the year itself, in whole fen, half up."""
    return (award.amount * Decimal(str(award.advance))).quantize(FEN, ROUND_HALF_UP)


def points_at_stake(award: Award) -> int:
    """What the rest is worth, thousandths of a point."""
    return worth(rest_of(award), award.points_per_1000)


def most_reachable(programme: Programme, target: Target) -> int:
    """What the target could count at the very most, were every standing application given all it asks for.

    Counted in words, without limits of money, quotas or days: a target above it is out of anybody's reach.
    """
    open_ = standing(programme)
    phases = {q for q in {a.phase_id for a in open_} if matches(programme, target, q)}
    below = {z for z in programme.zone if programme.is_within(z, target.zone_id)}
    asked = [a for a in open_ if a.phase_id in phases and programme.firm[a.firm_id].zone_id in below]
    phases = {a.phase_id for a in asked}
    match target.counts:
        case Counts.PARTICIPATIONS:
            most = len(asked)
        case Counts.FIRMS:
            most = len({a.firm_id for a in asked})
        case Counts.BOOTHS:
            most = sum(a.booths for a in asked)
        case Counts.FAIRS:
            most = len({programme.phase[q].fair_id for q in phases})
        case _:
            most = _delegations(programme, target)
    return target.already + most


def _delegations(programme: Programme, target: Target) -> int:
    """One delegation of each sending zone at each phase that counts."""
    zones = [z for z in programme.zones if z.sends and programme.is_within(z.zone_id, target.zone_id)]
    phases = [q.phase_id for q in programme.in_window() if matches(programme, target, q.phase_id)]
    if target.counts is Counts.DELEGATIONS:
        phases = [q for q in phases if programme.regime(q) is not Regime.HOME]
    else:
        phases = [q for q in phases if programme.fair[programme.phase[q].fair_id].promotes]
    return len(zones) * len(phases)


def is_reachable(programme: Programme, award: Award) -> bool:
    """Whether the award's target is within anybody's reach; invitations widen it beyond what can be said."""
    return _is_reachable(programme, award.target_id)


@remembered
def _is_reachable(programme: Programme, target_id: str) -> bool:
    target = next(t for t in programme.targets if t.target_id == target_id)
    return programme.settings.invite or most_reachable(programme, target) >= target.at_least


def at_stake(programme: Programme, plan: Plan) -> tuple[AtStake, ...]:
    """Every award of the programme under a plan, in order of id."""
    short = {r.target_id: r.short for r in plan.targets}
    return tuple(
        AtStake(a, advance_of(a), rest_of(a), is_reachable(programme, a), not short.get(a.target_id, 1))
        for a in sorted(programme.awards, key=lambda a: a.award_id)
    )


def lost_points(programme: Programme, plan: Plan) -> int:
    """Points lost for awards whose target could have been reached and is not, thousandths of a point."""
    return sum(points_at_stake(x.award) for x in at_stake(programme, plan) if x.reachable and not x.met)
