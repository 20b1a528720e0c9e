"""Prices say what one unit more of a limit is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairplanner.domain.prices import Prices
from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.rules.tables import Problem
from fairplanner.solver import priced, solve
from fairplanner.solver.model import Model, build
from fairplanner.solver.previous import prices_of_all, rows_by_name
from fairplanner.solver.relax import bound_of, relax
from tests import builders as b


@pytest.fixture(scope="module")
def problem() -> Problem:
    return pose(b.a_programme(quotas=(b.quota(booths=3),), targets=(b.target("floor", at_least=2, floor=True),)))


def moved(model: Model, row: int, by: int) -> float:
    """Worth of the relaxation with one row's limits moved, in units of the row as it stands in the model."""
    low, high = model.row_lower.copy(), model.row_upper.copy()
    low[row] += by
    high[row] += by
    return relax(replace(model, row_lower=low, row_upper=high)).bound


def test_a_price_lies_between_what_one_unit_less_takes_and_one_unit_more_brings(problem: Problem) -> None:
    model = build(problem, RULES)
    told = {(r.rule, r.label, r.number): r.value for r in priced(problem).rows}
    worth = relax(model).bound
    quotas = [row for row in rows_by_name(model).itertuples() if row.rule == "booth-quota"]
    assert quotas
    for row in quotas:
        price = told.get((row.rule, row.label, row.number), 0.0) * model.scale[row.row]
        assert moved(model, row.row, 1) - worth <= price + 1 <= worth - moved(model, row.row, -1) + 2


def test_prices_of_limits_not_to_be_exceeded_are_above_nought(problem: Problem) -> None:
    values = [r.value for r in priced(problem).rows if r.rule in ("booth-quota", "fund-budget", "one-place")]
    assert values
    assert min(values) > 0


def test_prices_prove_the_bound_of_the_relaxation(problem: Problem) -> None:
    model = build(problem, RULES)
    proven = bound_of(model, prices_of_all(model, priced(problem)))
    assert proven == pytest.approx(relax(model).bound, rel=1e-6)
    assert proven >= solve(problem, gap=0).plan.value


def test_a_plan_holds_its_delegations(problem: Problem) -> None:
    plan = solve(problem, gap=0).plan
    made = priced(problem, plan)
    assert isinstance(made, Prices)
    assert made == priced(problem, plan), "the same each time"
    assert made != priced(problem)
