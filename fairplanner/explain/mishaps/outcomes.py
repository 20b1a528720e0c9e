"""What a scenario does to a plan: what breaks by the dates, what is left of it, and what planning again would save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.errors import Blame, NoPlan
from fairplanner.explain.assuming import assumed
from fairplanner.explain.mishaps.scenarios import Scenario
from fairplanner.explain.mishaps.shaken import Known, known, shaken
from fairplanner.pose import pose
from fairplanner.rules.tables import Problem
from fairplanner.solver import Solved, nearby, solve
from fairplanner.solver.remains import remains, stage_of

MOST_WHOLE = 4_000
"""Participations that can be chosen, up to which planning again means the whole plan; above that, what the fairs have to do with."""


class Depth(StrEnum):
    """How far each scenario is looked into; each also does what stands before it."""

    DATES = "dates"
    LEFT = "left"
    AGAIN = "again"


@dataclass(frozen=True)
class Left:
    """What is left of a plan: worth in thousandths of a point, places (participation ids) and (zone, phase) that are lost, and
    what people demand and cannot have."""

    value: int
    places: tuple[str, ...]
    hosts: tuple[tuple[str, str], ...]
    given_up: tuple[Blame, ...]


@dataclass(frozen=True)
class Anew:
    """The plan made again: worth in thousandths of a point (None: none was found), whether all of it was planned again or only
    what the fairs have to do with, and participations that are new in it."""

    value: int | None
    whole: bool
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What one scenario does. `parties` and `journeys`: delegations and journeys on other days; `violations`: what the plan would
    break if everybody kept to it."""

    name: str
    weight: int
    parties: tuple[str, ...]
    journeys: tuple[str, ...]
    violations: tuple[Violation, ...]
    left: Left | None = None
    anew: Anew | None = None

    @property
    def why(self) -> Mapping[str, int]:
        """How many violations each rule has, by rule in order of key."""
        rules = [v.rule for v in self.violations]
        return {rule: rules.count(rule) for rule in sorted(set(rules))}

    @property
    def breaks(self) -> bool:
        """Whether anything cannot stay as it was decided."""
        return bool(self.violations) or (self.left is not None and bool(self.left.places or self.left.hosts))


@dataclass(frozen=True, eq=False)
class Held:
    """A plan and its programme with what every scenario is compared with: what it breaks already, and its worth by the same
    reckoning as what is left of it (thousandths of a point; None where that is not asked for)."""

    programme: Programme
    plan: Plan
    known: Known
    value: int | None

    def bare(self) -> Held:
        """The same without what was worked out of the programme on the way."""
        values = {name: getattr(self.programme, name) for name in Programme.model_fields}
        return replace(self, programme=Programme.model_construct(None, **values))


def held(programme: Programme, plan: Plan, depth: Depth) -> Held:
    """A plan made ready for scenarios."""
    value = None if depth is Depth.DATES else remains(stage_of(pose(programme)), plan, phases=()).value
    return Held(programme, plan, known(programme, plan), value)


def outcome(base: Held, scenario: Scenario, depth: Depth, seconds: float) -> Outcome:
    """What one scenario does to a plan; `seconds`: for planning again."""
    programme = assumed(base.programme, scenario.assumptions)
    found = shaken(base.programme, programme, base.plan, base.known)
    problem = None if depth is Depth.DATES else pose(programme)
    return Outcome(
        scenario.name, scenario.weight, found.parties, found.journeys, found.violations,
        None if problem is None else left_of(problem, base.plan, scenario),
        _anew(problem, base.plan, scenario.phases, seconds) if problem is not None and depth is Depth.AGAIN else None,
    )  # fmt: skip


def left_of(problem: Problem, plan: Plan, scenario: Scenario) -> Left:
    """What a scenario that is posed leaves of a plan; where it only changes fairs, who has no part in them keeps what it has."""
    found = remains(stage_of(problem), plan, phases=scenario.only)
    kept = {name.rpartition("#")[0] for name in found.participations}
    places = tuple(p.participation_id for p in plan.participations if p.participation_id.rpartition("#")[0] not in kept)
    hosts = {(d.sponsor, s.phase_id) for d in plan.delegations for s in d.stops} - set(found.hosts)
    return Left(found.value, places, tuple(sorted(hosts)), found.given_up)


def _anew(problem: Problem, plan: Plan, phases: Sequence[str], seconds: float) -> Anew:
    whole = len(problem.participations) <= MOST_WHOLE or not phases
    try:
        made = _solved(problem, plan, phases, seconds, whole=whole)
    except NoPlan:
        return Anew(None, whole)
    before = {p.participation_id for p in plan.participations}
    places = (p.participation_id for p in made.plan.participations)
    return Anew(made.plan.value, whole, tuple(x for x in places if x not in before))


def _solved(problem: Problem, plan: Plan, phases: Sequence[str], seconds: float, *, whole: bool) -> Solved:
    if whole:
        return solve(problem, seconds=seconds, previous=plan)
    # of a fair that is off the problem knows nothing: who was to go there is named
    firms = sorted({p.firm_id for p in plan.participations if p.phase_id in phases})
    return nearby(problem, plan, firms=firms, phases=phases, seconds=seconds)
