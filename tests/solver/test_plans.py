"""Year plans: enumerated whole, priced safely, and agreeing with the compact model."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.solver.engines import run
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Model, build
from fairplanner.solver.plans import Master, generate, surviving
from fairplanner.solver.years import all_years
from tests.solver.small import SHAPE, a_problem, limits, wanted

problems = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000), st.integers(1, 2), st.integers(0, 3))


def a_model(firms: int, phases: int, seed: int, options: int, least: int) -> Model:
    problem = a_problem(firms, phases, seed, options=options, least=least)
    return build(problem, [*SHAPE, limits(3, 1_000_000, 3), wanted(firms, 3_000)])


def best(model: Model) -> int:
    found = search(model, Effort(20, 5.0, 0.0))
    assert found.point is not None
    assert found.bound == model.value(found.point)
    return model.value(found.point)


def test_years_are_all_points_that_keep_a_firms_own_rows_best_of_equal_demands() -> None:
    model = a_model(2, 2, 3, 1, 2)
    years = all_years(model)
    for f in range(len(model.firms)):
        columns = np.flatnonzero(model.group == f)
        own, shared = model.matrix[model.row_group == f], model.matrix[model.row_group == -1]
        lower, upper = model.row_lower[model.row_group == f], model.row_upper[model.row_group == f]
        wanted_years: dict[bytes, int] = {}
        for values in product((0, 1), repeat=len(columns)):
            x = np.zeros(model.size[1], np.int64)
            x[columns] = values
            if ((own @ x >= lower) & (own @ x <= upper)).all():
                key = (shared @ x).tobytes()
                wanted_years[key] = max(wanted_years.get(key, -(10**9)), model.value(x))
        mine = years.firm == f
        demands = [(shared @ row).tobytes() for row in years.points[mine].toarray()]
        assert dict(zip(demands, years.gain[mine].tolist(), strict=True)) == wanted_years
        assert len(demands) == len(wanted_years)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems, st.integers(0, 1000))
def test_any_prices_prove_a_bound_that_holds(shape: tuple[int, int, int, int, int], seed: int) -> None:
    model = a_model(*shape)
    value = best(model)
    master = Master(model, _point(model))
    prices = np.random.default_rng(seed).normal(0, 20_000, len(master.rows))
    assert master.priced(prices).bound >= value


@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems)
def test_generated_bound_holds_and_the_core_keeps_every_better_plan(shape: tuple[int, int, int, int, int]) -> None:
    model = a_model(*shape)
    value, start = best(model), _point(model)
    master = Master(model, start)
    priced, inside = generate(master, lambda _: False, lambda _: None)
    assert priced.bound >= value
    assert len(inside) <= len(master.years)
    near, whole = surviving(priced, priced.bound - model.value(start), master.start, 10_000)
    assert whole
    found = search(master.as_model(near), Effort(20, 5.0, 0.0), master.hint(near, start))
    assert found.point is not None
    point = master.point(near, found.point)
    assert model.is_kept(point)
    assert model.value(point) == value


def test_firms_with_too_many_years_stay_compact_and_the_bound_still_holds() -> None:
    model = a_model(4, 4, 7, 2, 2)
    few = all_years(model, most=20)
    assert 0 < len(set(few.firm)) < len(model.firms)
    value = best(model)
    master = Master(model, _point(model), most=20)
    priced, _ = generate(master, lambda _: False, lambda _: None)
    assert priced.bound >= value


@pytest.mark.parametrize("seed", range(4))
def test_the_road_through_all_engines_ends_at_the_same_value_as_exact_alone(seed: int) -> None:
    model = a_model(4, 4, seed, 2, 2)
    found, _ = run(model, 20, 0.0, True, 8, None)
    assert found.point is not None
    assert model.is_kept(found.point)
    assert model.value(found.point) == found.bound == best(model)


def _point(model: Model) -> np.ndarray:
    """Some feasible point, seldom the best."""
    found = search(replace(model, gain=0 * model.gain), Effort(20, 5.0, 0.0))
    assert found.point is not None
    return found.point
