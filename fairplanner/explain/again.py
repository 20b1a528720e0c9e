"""The base of every answer, and planning again under assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import Prices
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.explain.assuming import assumed, pinned
from fairplanner.explain.touched import touched
from fairplanner.pose import pose
from fairplanner.rules.tables import Problem
from fairplanner.solver import Solved, closest, gap_between, nearby, solve

AROUND = 0.1
"""Share of the seconds for making a plan anew around what is assumed."""
__all__ = ["Base", "again", "base_of", "nearest", "pinned"]


@dataclass(frozen=True, eq=False)
class Base:
    """A programme, the problem posed from it, its plan, and that plan's prices where they are known."""

    programme: Programme
    problem: Problem
    plan: Plan
    prices: Prices | None = None


def base_of(programme: Programme, plan: Plan, prices: Prices | None = None) -> Base:
    """Pose once what every answer about a plan begins from."""
    return Base(programme, pose(programme), plan, prices)


def again(
    base: Base, assumptions: Sequence[Assumption], *, seconds: float = 30, gap: float | None = None,
    pins: Sequence[Assumption] = (), near: bool = False,
) -> Solved:  # fmt: skip
    """Pose the programme in which the assumptions (and pins) hold, and plan again beginning from the base's plan.

    `near`: of plans worth the same the one that differs least from the base's, so that nothing is told as a change that is
    only chance; of a large year, where much is not proven, the base's made anew around what is assumed if that is worth as
    much. Reproducible; `gap` as a
    fraction (default: the programme's). Raises CatalogueError for an assumption that does not fit, NoPlan where nothing can
    keep every rule.
    """
    said = (*assumptions, *pins)
    problem = pose(assumed(base.programme, said))
    try:
        solved = solve(problem, seconds=seconds, gap=gap, previous=base.plan, prices=base.prices)
    except NoPlan as error:
        stands = _around(base, problem, said, seconds) if near and error.status == "unknown" else None
        if stands is None:
            raise
        # that nothing better was found is the clock's doing
        return replace(stands, plan=stands.plan.model_copy(update={"reproducible": False}))
    return nearest(base, problem, said, solved, seconds) if near else solved


def nearest(base: Base, problem: Problem, said: Sequence[Assumption], solved: Solved, seconds: float) -> Solved:
    """The solved plan, as near to the base's as it can be.

    Where much of it is not proven, the base's, made anew around what is assumed: two large plans found by search differ
    everywhere, whatever is assumed. It is taken where the other one is better by no more than what is open of the base
    itself; of money or weights, which are about everything, only where the other one is not better.
    """
    target = problem.programme.settings.gap
    local = _around(base, problem, said, seconds) if (solved.plan.gap or 0) > target else None
    is_everywhere = touched(base.programme, said).is_nothing
    open_ = 0 if is_everywhere or base.plan.bound is None else base.plan.bound - base.plan.value
    if local is None or local.plan.value + open_ < solved.plan.value:
        return replace(solved, plan=closest(problem, solved.plan, base.plan))
    bound = max(local.plan.value, min(b for b in (local.plan.bound, solved.plan.bound) if b is not None))
    proven = {"bound": bound, "gap": gap_between(local.plan.value, bound)}
    repeatable = local.plan.reproducible and solved.plan.reproducible
    return replace(local, plan=local.plan.model_copy(update=proven | {"reproducible": repeatable}))


def _around(base: Base, problem: Problem, said: Sequence[Assumption], seconds: float) -> Solved | None:
    """The base's plan, made anew only around what is assumed and where it can no longer be kept."""
    about = touched(base.programme, said)
    # of a fair that is not held any more nobody is known to have asked for it
    there = {p.firm_id for p in base.plan.participations if p.phase_id in about.phases}
    try:
        return nearby(
            problem, base.plan, firms={*about.firms, *there}, phases=about.phases, zones=about.zones, prices=base.prices,
            seconds=max(1.0, seconds * AROUND),
        )  # fmt: skip
    except NoPlan:
        return None
