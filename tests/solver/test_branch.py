"""Branch and cut agrees with the exact engine, and what it says is never believed beyond its margin."""

from __future__ import annotations

import numpy as np
import pytest

from fairplanner.solver.branch import MARGIN, branch
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Model, build
from tests.solver.small import SHAPE, TinyRule, a_problem, limits, rows_of, wanted


def a_model(seed: int) -> Model:
    return build(a_problem(6, 4, seed, options=2), [*SHAPE, limits(3, 1_000_000, 3), wanted(9, 3_000)])


@pytest.mark.parametrize("seed", range(4))
def test_its_optimum_is_the_exact_one_and_its_bound_holds_with_a_small_margin(seed: int) -> None:
    model = a_model(seed)
    best = search(model, Effort(20, 5.0, 0.0))
    found = branch(model, 20, 10_000, 0.0)
    assert best.point is not None
    assert found.point is not None
    assert found.bound is not None
    assert model.is_kept(found.point)
    assert found.repeatable
    assert model.value(found.point) == model.value(best.point) <= found.bound
    assert found.bound - model.value(found.point) <= MARGIN * abs(model.value(found.point)) + 1


def test_the_same_model_gives_the_same_point_twice() -> None:
    model = a_model(11)
    first, second = (branch(model, 20, 10_000, 0.0).point for _ in range(2))
    assert first is not None
    assert second is not None
    assert np.array_equal(first, second)


def test_it_never_concludes_that_there_is_no_plan() -> None:
    problem = a_problem(2, 2)
    names = list(problem.journeys["firm"])
    never = TinyRule("never", lambda p: iter([rows_of(p, ["all"], {"journeys": (["all"] * len(names), 2)}, 3, 3)]))
    found = branch(build(problem, [*SHAPE, never]), 20, 100, 0.0)
    assert found.point is None
    assert not found.infeasible
