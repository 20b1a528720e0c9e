"""What stands in the way of a place, by label: the plan is written down with that place added, and judged by every rule."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Violation
from fairplanner.errors import Blame
from fairplanner.explain.again import Base
from fairplanner.explain.reasons.answers import Obstacle
from fairplanner.rules import RULES, check
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import hosted, visited
from fairplanner.solver import plan_of
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.previous import previous_point

WAYS = 4
"""Ways of getting there that are tried: alone, and by the cheapest longer journeys."""
NOT_LIMITS = frozenset({"plan-value", "least-disruption"})
"""Rules that say what a plan is worth; a plan that was only written down, not planned, may break them."""


def obstacles(base: Base, application_id: str) -> tuple[Obstacle, ...]:
    """What the plan would break with the smallest place of the application added and nothing else changed, of the ways of
    getting there the one with least; () where that breaks nothing, or where no place could be posed."""
    rows = base.problem.participations
    own = rows[rows["application"] == application_id].sort_values(["booths", "participation"], kind="stable")
    if own.empty:
        return ()
    model = model_of(base.problem)
    point = previous_point(base.problem, model, base.plan)
    made = [_broken(base, model, plan) for plan in _points(base, model, point, own)]
    fewest = min(made, key=lambda broken: (len(broken), broken), default=())
    return tuple(Obstacle(Blame(v.rule, v.label, v.amount)) for v in fewest)


@once
def model_of(problem: Problem) -> Model:
    """The model of a problem, built once."""
    return build(problem, RULES)


def _broken(base: Base, model: Model, point: Ints) -> tuple[Violation, ...]:
    plan = plan_of(base.problem, model.vectors(point), engine="added")
    found = [v for v in check(base.programme, plan) if v.rule not in NOT_LIMITS]
    # where a pool is too small, that a party lacks a name from it says nothing more
    pools = any(v.rule == "staff" and "@" not in v.label for v in found)
    return tuple(v for v in found if not (pools and v.rule == "staff" and "@" in v.label))


def _points(base: Base, model: Model, point: Ints, own: pd.DataFrame) -> Iterator[Ints]:
    """The plan with the smallest place of each sponsor that hosts there, or of each that could, by each way there."""
    problem, first = base.problem, own.iloc[0]
    smallest = own[own["booths"] == first["booths"]]
    hosts = _hosts(problem, model, point, str(first["phase"]))
    there = smallest[smallest["sponsor"].isin(hosts)]
    for row in (there if len(there) else smallest).index[:2]:
        for way in _ways(problem, str(first["firm"]), str(first["phase"])):
            made = point.copy()
            made[model.blocks["participations"].start + row] = 1
            _take(problem, model, made, way, str(first["firm"]))
            if not len(there):
                _send(problem, model, made, str(problem.participations["sponsor"][row]), str(first["phase"]))
            yield made


def _hosts(problem: Problem, model: Model, point: Ints, phase_id: str) -> set[str]:
    stops = hosted(problem)
    going = point[model.blocks["delegations"]][stops["column"].to_numpy(np.int64)] > 0
    return set(stops["sponsor"][going & (stops["phase"] == phase_id).to_numpy()])


def _ways(problem: Problem, firm_id: str, phase_id: str) -> list[int]:
    """Journeys of the firm through the phase: fewest phases first, then cheapest."""
    visits = visited(problem)
    rows = visits["column"][(visits["firm"] == firm_id) & (visits["phase"] == phase_id)].unique()
    j = problem.journeys.iloc[rows]
    order = j.assign(cost=j["fare"] + j["lodging"]).sort_values(["phases", "cost"], kind="stable")
    return [int(n) for n in order.index[:WAYS]]


def _take(problem: Problem, model: Model, point: Ints, way: int, firm_id: str) -> None:
    """The firm makes the journey; others of its journeys whose phases it goes through are not made."""
    visits = visited(problem)
    own = visits[visits["firm"] == firm_id]
    through = set(own["phase"][own["column"] == way])
    start = model.blocks["journeys"].start
    for column in own["column"].unique().tolist():
        if set(own["phase"][own["column"] == column]) <= through:
            point[start + column] = 0
    point[start + way] = 1


def _send(problem: Problem, model: Model, point: Ints, sponsor: str, phase_id: str) -> None:
    """The cheapest delegation of the sponsor that stops there goes."""
    stops = hosted(problem)
    rows = stops["column"][(stops["sponsor"] == sponsor) & (stops["phase"] == phase_id)]
    costs = problem.delegations["cost"].iloc[rows.to_numpy(np.int64)]
    if len(costs):
        point[model.blocks["delegations"].start + int(costs.sort_values(kind="stable").index[0])] = 1
