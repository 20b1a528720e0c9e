"""A repair is not believed but tried: the assumed programme is posed and solved, and its plan judged by every rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.explain.assuming import assumed
from fairplanner.explain.conflicts.demand import enough, only
from fairplanner.pose import pose
from fairplanner.rules import RULES, check
from fairplanner.rules.reckon.value import plan_value
from fairplanner.rules.tables import Problem
from fairplanner.solver import plan_of
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import build

EFFORT = Effort(seconds=20, work=2.0, gap=0.002)
"""For one repair: enough to see whether a plan is possible and roughly what it is worth."""


@dataclass(frozen=True)
class Trial:
    """A programme tried: the problem that was posed of it, and the plan found, None where there is none.

    `infeasible`: it is known that what was tried has no plan (of what is enough, which may be too little).
    """

    problem: Problem
    plan: Plan | None
    infeasible: bool = False


def tried(programme: Programme, assumptions: Sequence[Assumption] = (), *, times: int | None = None) -> Trial:
    """Pose and solve under assumptions: the best plan that is found. With `times` any plan will do, and is sought among what is
    enough (`explain.demand`); it is judged by the whole programme all the same.

    Raises CatalogueError for an assumption that does not fit.
    """
    there = assumed(programme, assumptions) if assumptions else programme
    problem = pose(there if times is None else only(there, enough(there, times)))
    model = build(problem, RULES)
    found = search(model if times is None else replace(model, gain=0 * model.gain), EFFORT)
    if found.point is None:
        return Trial(problem, None, found.infeasible)
    plan = plan_of(problem, model.vectors(found.point), engine="exact", reproducible=found.repeatable)
    plan = plan.model_copy(update={"value": plan_value(there, plan)})
    return Trial(problem, plan if not check(there, plan) else None)
