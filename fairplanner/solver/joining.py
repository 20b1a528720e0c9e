"""The best that one firm can still get while everybody else keeps exactly what a plan gives them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Plan
from fairplanner.rules import RULES
from fairplanner.rules.reckon.value import plan_value
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver.completing import with_choices
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.previous import previous_point
from fairplanner.solver.rest import best_of
from fairplanner.solver.result import Found
from fairplanner.solver.solve import judge, written
from fairplanner.solver.tidy import settled, without_needless
from fairplanner.solver.unplaced import told, unplaced

EFFORT = Effort(seconds=10, work=1.0, gap=0.0)
"""One firm's year: a few dozen columns."""


@dataclass(frozen=True)
class Joined:
    """A checked plan with the firm's new places; `value` and `before`: with them and without, thousandths of a point."""

    plan: Plan
    value: int
    before: int


class Joining:
    """One posed programme (the firm's applications in it) and a plan of all others; the model is built once."""

    def __init__(self, problem: Problem, plan: Plan, firm_id: str) -> None:
        self.problem, self.plan, self.firm_id = problem, plan, firm_id
        self.model = build(problem, RULES)
        self._point = previous_point(problem, self.model, plan)
        self._fixed = self._kept()

    def best(self, applications: Collection[str]) -> Joined | None:
        """The best of these applications of the firm, as many as go together; None where no choice of them goes: with the firm
        in a published order the plan can no longer stand as it is.

        The firm keeps the places that it has. Its journeys and subsidies are chosen anew, and at home a standing delegation
        that costs nothing may join. Raises PlanBroken where `check` condemns the plan.
        """
        found = self._found(set(applications))
        if found is None:
            return None
        fixed = settled(self.model, without_needless(self.model, found), EFFORT)
        value = self.model.value(fixed)
        return Joined(self._plan(fixed, value), value, self.before)

    def gain(self, application: str) -> int | None:
        """What one application alone adds, thousandths of a point; None where it cannot be had without another."""
        found = self._found({application}, must=True)
        return None if found is None else self.model.value(found) - self.before

    @cached_property
    def before(self) -> int:
        """What the plan is worth without the firm's new places."""
        return plan_value(self.problem.programme, self.plan)

    def _kept(self) -> NDArray[np.bool_]:
        """Columns that stay as they are: all that is decided but of the firm's, and standing delegations at home."""
        fixed = np.zeros(len(self.model.gain), bool)
        for name in DECIDED:
            fixed[self.model.blocks[name]] = True
            if name != "delegations":
                own = (self.problem.table(name)["firm"] == self.firm_id).to_numpy()
                fixed[self.model.blocks[name]] &= ~own
        d, going = self.problem.delegations, self._point[self.model.blocks["delegations"]] > 0
        may_join = (d["regime"] == Regime.HOME.value) & (d["cost"] == 0) & ~going
        fixed[self.model.blocks["delegations"]] &= ~may_join.to_numpy()
        return fixed

    def _found(self, applications: set[str], *, must: bool = False) -> Ints | None:
        places = self.problem.participations
        own = (places["firm"] == self.firm_id).to_numpy()
        block = self.model.blocks["participations"]
        has = self._point[block] > 0
        asked = places["application"].isin(applications).to_numpy()
        upper, lower = self.model.upper.copy(), self.model.lower.copy()
        upper[block] = np.where(own & ~asked & ~has, 0, upper[block])
        lower[block] = np.where(own & has, 1, lower[block])
        model = replace(self.model, upper=upper, lower=lower)
        if must:
            model = _one_of(model, block.start + np.flatnonzero(own & asked))
        return best_of(model, self._point, self._fixed, lambda part, hint: search(part, EFFORT, hint)).point

    def _plan(self, point: Ints, value: int) -> Plan:
        plan = written(self.problem, self.model, Found(point, None), "joined")
        judge(self.problem, RULES, plan, value)
        return plan.model_copy(update={"excluded": told(self.problem.excluded, unplaced(self.problem, plan))})


def _one_of(model: Model, columns: Ints) -> Model:
    """The model with the row that one of these columns is 1."""
    return with_choices(model, [columns], 1)
