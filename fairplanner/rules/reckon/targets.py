"""How far targets are reached by what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from fairplanner.domain.kinds import Counts, Regime
from fairplanner.domain.plan import Delegation, Participation, Reached
from fairplanner.domain.planning import Target
from fairplanner.domain.programme import Programme


def matches(programme: Programme, target: Target, phase_id: str) -> bool:
    """Whether a phase is one of those that the target looks at (fair, market class, outside the mainland)."""
    if target.fair_id and programme.phase[phase_id].fair_id != target.fair_id:
        return False
    if target.market_class and programme.market_class(phase_id) != target.market_class:
        return False
    return not target.abroad_only or programme.regime(phase_id) is not Regime.HOME


def count(
    programme: Programme,
    target: Target,
    delegations: Sequence[Delegation],
    places: Mapping[str, Sequence[Participation]],
) -> int:
    """What the target counts, for its zone and all below: firms by their own zone, delegations by their sponsor.

    participations (`places`: by the zone of the firm), firms and fairs (each once), booths; delegations that travel (not
    standing bodies at home); promotion-trips: delegations, wherever they go, with a stop at a fair that counts as promotion.
    """
    there = {q for q in programme.phase if matches(programme, target, q)}
    if target.counts in (Counts.DELEGATIONS, Counts.PROMOTION_TRIPS):
        return _sent(programme, target, delegations, there)
    below = (z for z in places if programme.is_within(z, target.zone_id))
    own = [p for z in below for p in places[z] if p.phase_id in there]
    if target.counts is Counts.PARTICIPATIONS:
        return len(own)
    if target.counts is Counts.FIRMS:
        return len({p.firm_id for p in own})
    if target.counts is Counts.BOOTHS:
        return sum(p.booths for p in own)
    return len({programme.phase[p.phase_id].fair_id for p in own})


def _sent(programme: Programme, target: Target, delegations: Sequence[Delegation], there: Collection[str]) -> int:
    own = [d for d in delegations if programme.is_within(d.sponsor, target.zone_id)]
    stops = [(d, phases) for d in own if (phases := [s.phase_id for s in d.stops if s.phase_id in there])]
    if target.counts is Counts.DELEGATIONS:
        return sum(d.regime is not Regime.HOME for d, _ in stops)
    return sum(any(programme.fair[programme.phase[q].fair_id].promotes for q in phases) for _, phases in stops)


def reached(
    programme: Programme, delegations: Sequence[Delegation], participations: Sequence[Participation]
) -> tuple[Reached, ...]:
    """Every target of the programme: what is reached (with what was done outside the plan) and what is wanted."""
    places: dict[str, list[Participation]] = defaultdict(list)
    for p in participations if programme.targets else ():
        places[programme.firm[p.firm_id].zone_id].append(p)
    return tuple(
        Reached(
            target_id=t.target_id,
            reached=t.already + count(programme, t, delegations, places),
            wanted=t.at_least,
        )
        for t in programme.targets
    )
