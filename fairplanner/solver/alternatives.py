"""Clearly different plans of nearly equal value, for a committee to choose from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array, vstack

from fairplanner.domain.plan import Plan
from fairplanner.rules import RULES
from fairplanner.rules.names import chained
from fairplanner.rules.tables import Problem
from fairplanner.solver.engines import run
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.extract import plan_of
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.previous import previous_point
from fairplanner.solver.result import gap_between
from fairplanner.solver.solve import judge
from fairplanner.solver.tidy import settled

REFIT_SECONDS, REFIT_WORK = 20, 5.0
"""Time and work to find the best journeys and claims for given delegations and places."""
DELEGATION, PLACE = 1000, 1
"""What a delegation and a place that differ count: delegations first, places only between equal ones."""


@dataclass(frozen=True)
class Alternative:
    """A plan, how many delegations and places differ from the nearest plan before it, and the engine's share of proof."""

    plan: Plan
    delegations: int
    places: int


def alternatives(
    problem: Problem, plan: Plan, wanted: int, *, within: float = 0.01, seconds: float = 60, reproducible: bool = True,
    workers: int = 8, tell: Callable[[int], None] | None = None,
) -> tuple[Alternative, ...]:  # fmt: skip
    """Up to `wanted` further plans, each worth at least (1 - within) of `plan` and as far as can be from all before it.

    Distance counts delegations that differ, then places. Fewer come back where no other plan is worth enough. Raises
    PlanBroken where `check` condemns one, ValueError for a plan that was changed by hand: it has no bound.
    """
    if plan.bound is None:
        raise ValueError("a plan that was changed by hand has no bound to hold others against")
    model = build(problem, RULES)
    points = [previous_point(problem, model, plan)]
    floor = plan.value - round(abs(plan.value) * within)
    made: list[Alternative] = []
    for n in range(wanted):
        if tell:
            tell(n + 1)
        found, engine, _ = run(_farthest(model, points, floor), seconds, 0.02, reproducible, workers, None)
        if found.interrupted or found.point is None or (far := _distance(model, points, found.point)) == (0, 0):
            break
        point = found.point[: len(model.gain)]
        points.append(point)
        made.append(Alternative(_written(problem, model, point, plan.bound, engine, found.repeatable), *far))
    return tuple(made)


def _weights(model: Model) -> Ints:
    weight = np.zeros(len(model.gain), np.int64)
    weight[model.blocks["delegations"]], weight[model.blocks["participations"]] = DELEGATION, PLACE
    return weight


def _farthest(model: Model, points: list[Ints], floor: int) -> Model:
    """Maximise the distances to all points together, keeping the value."""
    weight = _weights(model)
    gain = sum((weight * (1 - 2 * p) for p in points), np.zeros_like(weight))
    return replace(
        model, gain=gain, matrix=csr_array(vstack([model.matrix, csr_array(model.gain[None, :])])),
        row_lower=np.append(model.row_lower, floor), row_upper=np.append(model.row_upper, max(model.reach, floor)),
        scale=np.append(model.scale, 1), rules=chained(model.rules, ["value"]), labels=chained(model.labels, ["value"]),
    )  # fmt: skip


def _distance(model: Model, points: list[Ints], point: Ints) -> tuple[int, int]:
    """Delegations and places that differ from the nearest of the points."""
    blocks = [model.blocks["delegations"], model.blocks["participations"]]
    return min(
        (int(abs(point[blocks[0]] - p[blocks[0]]).sum()), int(abs(point[blocks[1]] - p[blocks[1]]).sum()))
        for p in points
    )


def _written(problem: Problem, model: Model, point: Ints, bound: int, engine: str, repeatable: bool) -> Plan:
    """The best plan with these delegations and places, written down and judged; `bound` is the first plan's."""
    lower, upper = model.lower.copy(), model.upper.copy()
    for name in ("delegations", "participations"):
        place = model.blocks[name]
        lower[place] = upper[place] = point[place]
    found = search(replace(model, lower=lower, upper=upper), Effort(REFIT_SECONDS, REFIT_WORK), hint=point)
    # a refit that ended early, and the farthest plan itself, may count more lost to cuts than is: nothing paid for it there
    fixed = settled(model, point if found.point is None else found.point, Effort(REFIT_SECONDS))
    value = model.value(fixed)
    plan = plan_of(
        problem, model.vectors(fixed), status="feasible", bound=max(bound, value), gap=gap_between(value, bound),
        engine=engine, reproducible=repeatable,
    )  # fmt: skip
    judge(problem, RULES, plan, value)
    return plan
