"""Enough of a large programme to see that a plan is possible: what people demand, and the easiest fairs to reach floors with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from fairplanner.domain.kinds import Counts, DecisionKind, Policy, Regime
from fairplanner.domain.planning import Application, Target
from fairplanner.domain.programme import Programme
from fairplanner.explain.conflicts.pins import standing
from fairplanner.rules.reckon.asking import is_usable
from fairplanner.rules.reckon.kept import held
from fairplanner.rules.reckon.places import quota_pack, quotas_at
from fairplanner.rules.reckon.targets import matches
from fairplanner.rules.tables import DECIDED, Problem

LARGE = 8_000
"""Decisions of a problem above which a plan is sought among what is enough (guizhou-2025 has 5,500; a thousand firms at 120
phases 28,000, of which the best plan takes a minute)."""
MOST = 9
"""Tenths of all that could count beyond which fairs are not added: the last firm may ask for one fair only."""
TIMES = (2, 4)
"""Times what a floor wants that its fairs could count, one after the other until a plan is found."""


def is_large(problem: Problem) -> bool:
    """Whether there is so much to decide that only what is enough is looked at; not where firms are invited."""
    return size(problem) > LARGE and not problem.programme.settings.invite


def size(problem: Problem) -> int:
    """How much there is to decide."""
    return sum(len(problem.table(name)) for name in DECIDED)


def enough(programme: Programme, times: int) -> frozenset[str]:
    """Applications (by id) that decisions, kept places and permits need, and so many fairs that floors can be reached `times` over.

    Fairs come whole, since whoever is placed lower must not pass those before it. A plan made of these alone leaves all
    others at home: it uses no more of any limit than it says, and every rule can judge it.
    """
    whole, single = _phases(programme), {(d.firm_id, d.phase_id) for d in standing(programme) if d.firm_id}
    kept = held(programme)
    for target in programme.targets:
        if target.floor and target.at_least > target.already:
            whole |= _easiest(programme, target, times)
    return frozenset(
        a.application_id
        for a in programme.applications
        if a.phase_id in whole or (a.firm_id, a.phase_id) in single or a.application_id in kept
    )


def only(programme: Programme, applications: Collection[str]) -> Programme:
    """The programme with these applications alone, and nothing left of what was worked out of the other one."""
    values = {name: getattr(programme, name) for name in Programme.model_fields}
    rows = tuple(a for a in programme.applications if a.application_id in applications)
    return Programme.model_construct(None, **(values | {"applications": rows, "digest": ""}))


def _phases(programme: Programme) -> set[str]:
    """Phases at which other firms are needed too: for a zone's delegation, a permit, a least size, or an allotment."""
    must = [d for d in standing(programme) if d.kind is not DecisionKind.MUST_NOT]
    found = {d.phase_id for d in must if d.zone_id} | {q for a in programme.approvals for q in a.phases}
    pinned = {d.phase_id for d in must} | {programme.application[name].phase_id for name in held(programme)}
    known = pinned & set(programme.phase)
    return found | {q for q in known if programme.least_firms(q) > 0 or quota_pack(programme, q) is not None}


def _easiest(programme: Programme, target: Target, times: int) -> set[str]:
    """Phases that a target counts, those with least in the way first, until they could count what it wants so many times over."""
    asked: dict[str, list[Application]] = defaultdict(list)
    for a in programme.applications:
        own = programme.is_within(programme.firm[a.firm_id].zone_id, target.zone_id)
        if own and matches(programme, target, a.phase_id) and is_usable(programme, a.phase_id):
            asked[a.phase_id].append(a)
    missing = target.at_least - target.already
    most = _count(programme, target, [a for own in asked.values() for a in own])
    wanted = max(missing, min(times * missing, MOST * most // 10))
    chosen: set[str] = set()
    for phase_id in sorted(asked, key=lambda q: (_in_the_way(programme, q), -len(asked[q]), q)):
        if _count(programme, target, [a for q in chosen for a in asked[q]]) >= wanted:
            break
        chosen.add(phase_id)
    return chosen


def _in_the_way(programme: Programme, phase_id: str) -> int:
    """How much a place at a phase hangs on: a delegation abroad, a published order, quotas."""
    away = programme.regime(phase_id) is not Regime.HOME
    ranked = programme.policy(phase_id) is not Policy.OPTIMISE
    return 4 * away + 2 * ranked + bool(quotas_at(programme, phase_id))


def _count(programme: Programme, target: Target, asked: Collection[Application]) -> int:
    """What applications could count towards a target, delegations as one a phase."""
    match target.counts:
        case Counts.FIRMS:
            return len({a.firm_id for a in asked})
        case Counts.PARTICIPATIONS:
            return len(asked)
        case Counts.BOOTHS:
            return sum(a.booths for a in asked)
        case Counts.FAIRS:
            return len({programme.phase[a.phase_id].fair_id for a in asked})
        case _:
            return len({a.phase_id for a in asked})
