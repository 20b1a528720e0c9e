"""Of plans worth the same, the one that differs least from another plan: what nobody asked to change stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, vstack

from fairplanner.domain.plan import Plan
from fairplanner.rules import RULES
from fairplanner.rules.contract import Rule
from fairplanner.rules.names import chained
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver.branch import branch
from fairplanner.solver.exact import Effort
from fairplanner.solver.extract import plan_of
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.previous import previous_point
from fairplanner.solver.result import gap_between
from fairplanner.solver.solve import judge
from fairplanner.solver.tidy import settled, without_needless
from fairplanner.solver.unplaced import told, unplaced

WEIGHT = {"delegations": 20, "participations": 20, "claims": 3, "journeys": 2}
"""What differs counts: a delegation or a place far more than which days somebody travels or which subsidy is claimed."""
NODES, GAP = 100, 0.01
"""Effort; the share of the likeness that may be left to chance."""
SETTLE = Effort(10.0, 1.0)


def closest(problem: Problem, plan: Plan, to: Plan, *, seconds: float = 10, rules: Sequence[Rule] = RULES) -> Plan:
    """The plan nearest to `to` among those worth at least `plan`, made only of what one of the two has; `plan` where none is.

    Its bound is that of `plan`. Reproducible: so many nodes, the clock in an emergency only. Raises PlanBroken as `solve` does.
    """
    model = build(problem, rules)
    was, now = (previous_point(problem, model, x) for x in (to, plan))
    likeness = _likeness(model, was)
    found = branch(_near(model, likeness, was, now, plan.value), seconds, NODES, GAP)
    if found.point is None:
        return plan
    point = settled(model, without_needless(model, found.point), SETTLE)
    if model.value(point) < plan.value or likeness @ point <= likeness @ now:
        return plan
    made = _written(problem, model, point, plan, is_repeatable=found.repeatable)
    judge(problem, rules, made, model.value(point))
    return made.model_copy(update={"excluded": told(problem.excluded, unplaced(problem, made))})


def _likeness(model: Model, was: Ints) -> Ints:
    """What each column (n) counts: for the likeness where the other plan has it, against it where not."""
    weight = np.zeros(len(model.gain), np.int64)
    for name, each in WEIGHT.items():
        weight[model.blocks[name]] = each
    return weight * (2 * was - 1)


def _near(model: Model, likeness: Ints, was: Ints, now: Ints, least: int) -> Model:
    """The model of what either has, worth at least so much, that seeks the likeness."""
    upper = model.upper.copy()
    for name in DECIDED:
        if name != "cuts":
            place = model.blocks[name]
            upper[place] = np.where((was[place] == 0) & (now[place] == 0), model.lower[place], upper[place])
    return replace(
        model, upper=upper, gain=likeness, matrix=csr_array(vstack([model.matrix, csr_array(model.gain[None, :])])),
        row_lower=np.append(model.row_lower, least), row_upper=np.append(model.row_upper, max(model.reach, least)),
        scale=np.append(model.scale, 1), rules=chained(model.rules, ["value"]), labels=chained(model.labels, ["value"]),
    )  # fmt: skip


def _written(problem: Problem, model: Model, point: Ints, plan: Plan, *, is_repeatable: bool) -> Plan:
    value = model.value(point)
    bound = max(value, model.reach if plan.bound is None else plan.bound)
    return plan_of(
        problem, model.vectors(point), status="optimal" if bound == value else "feasible", bound=bound,
        gap=gap_between(value, bound), engine=plan.engine, reproducible=plan.reproducible and is_repeatable,
    )  # fmt: skip
