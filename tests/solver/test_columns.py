"""Column generation: whatever the prices it began with, its bound holds and never gets worse."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.solver.columns import Columns
from fairplanner.solver.model import SHARED, Model
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.relax import relax
from tests.solver.heard import SHAPES, a_model, any_point, best_point

Shape = tuple[int, int, int, int, int]


def rounds_of(columns: Columns, most: int) -> list[float]:
    """The bound after each round, until there is no more to learn."""
    told = []
    for _ in range(most):
        going = columns.round(1.0)
        told.append(columns.proof())
        if not going:
            break
    return told


def begun(model: Model) -> tuple[Columns, float]:
    relaxed = relax(model)
    made = Columns(Pricer(model, relaxed.prices), relaxed.prices, relaxed.bound, best_point(model))
    return made, relaxed.bound


@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000), st.sampled_from([0.0, 1.0, 1e4, 1e7]))
def test_from_any_prices_and_any_point_every_round_proves_a_bound_that_holds(
    shape: Shape, seed: int, size: float
) -> None:
    model = a_model(*shape)
    value = model.value(best_point(model))
    prices = np.random.default_rng(seed).normal(0, 1, model.size[0]) * size
    told = rounds_of(Columns(Pricer(model, prices), prices, np.inf, any_point(model, seed)), 4)
    assert all(bound >= value for bound in told)
    assert all(after <= before for before, after in pairwise(told))


@pytest.mark.slow
@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES)
def test_prices_of_the_relaxation_lead_to_a_bound_no_worse_than_its_own(shape: Shape) -> None:
    model = a_model(*shape)
    value = model.value(best_point(model))
    columns, relaxed = begun(model)
    told = rounds_of(columns, 40)
    assert value <= told[-1] <= relaxed
    assert len(told) < 40, "it ends by itself"
    assert not columns.round(1.0), "and stays so"


def test_bounds_fall_where_it_begins_without_prices() -> None:
    model = a_model(12, 5, 3, 2, 2)
    nothing = np.zeros(model.size[0])
    told = rounds_of(Columns(Pricer(model, nothing), nothing, np.inf, best_point(model)), 25)
    assert told[-1] < told[0]


def test_a_bound_lies_on_the_grid_of_the_gains() -> None:
    columns, _ = begun(a_model(5, 3, 11, 2, 2))
    model = columns.pricer.model
    rounds_of(columns, 3)
    grid = int(np.gcd.reduce(model.gain))
    assert columns.proof() % grid == 0
    coarse = a_model(5, 3, 11, 2, 2)
    object.__setattr__(coarse, "gain", coarse.gain // 1000 * 1000)
    wide, _ = begun(coarse)
    rounds_of(wide, 3)
    assert wide.proof() % 1000 == 0
    assert wide.proof() >= coarse.value(best_point(coarse))


def test_prices_are_told_for_shared_rows_alone_and_the_best_ones_prove_the_bound() -> None:
    columns, _ = begun(a_model(12, 5, 3, 2, 2))
    model = columns.pricer.model
    rounds_of(columns, 6)
    assert columns.best[model.row_group == SHARED].any()
    assert not columns.best[model.row_group != SHARED].any()
    priced = columns.pricer.price(columns.best, np.full(columns.pricer.firms, -1e30), 20_000, 0.0)
    assert priced.bound <= columns.bound + 1e-6 * abs(columns.bound)


@pytest.mark.parametrize("seed", range(3))
def test_years_of_a_point_are_taken_up_once(seed: int) -> None:
    columns, _ = begun(a_model(6, 4, seed, 2, 2))
    before = len(columns.pool)
    assert before == columns.pricer.firms
    columns.add(best_point(columns.pricer.model))
    assert len(columns.pool) == before


def test_the_same_model_takes_the_same_road() -> None:
    one, other = (begun(a_model(12, 5, 3, 2, 2))[0] for _ in range(2))
    assert rounds_of(one, 5) == rounds_of(other, 5)
    assert one.best.tobytes() == other.best.tobytes()


def test_the_master_holds_rows_that_have_a_price_or_that_its_point_would_break_and_no_others() -> None:
    columns, _ = begun(a_model(12, 5, 3, 2, 2))
    was = columns.active.copy()
    assert not was.any()
    columns.round(1.0)
    priced = np.abs(columns.best[columns.pricer.shared]) > 0.01 * columns.typical
    assert priced.any()
    assert columns.active[priced].all(), "from the first round on"
    rounds_of(columns, 30)
    assert 0 < columns.active.sum() < len(columns.active)
    dear = np.abs(columns.best[columns.pricer.shared]) > 0.01 * columns.typical
    assert columns.active[dear].all()


@pytest.mark.slow
def test_rows_that_the_master_missed_come_in_and_none_is_missed_in_the_end() -> None:
    model = a_model(12, 5, 3, 2, 2)
    nothing = np.zeros(model.size[0])
    columns = Columns(Pricer(model, nothing), nothing, np.inf, best_point(model))
    held = []
    for _ in range(200):
        going = columns.round(1.0)
        held.append(columns.active.copy())
        if not going:
            break
    assert not going
    assert held[0].any(), "without any prices what its point breaks comes in"
    assert held[-1].sum() > held[0].sum()
    assert all((before <= after).all() for before, after in pairwise(held)), "what is in it stays"
    assert not columns._missed(columns._near()).any()
    assert columns.proof() == pytest.approx(rounds_of(begun(model)[0], 60)[-1], rel=1e-3), (
        "no worse than from good prices"
    )


@pytest.mark.parametrize("shape", [(12, 5, 3, 2, 2), (6, 4, 3, 2, 2), (5, 3, 11, 2, 2)])
def test_a_part_of_the_rows_leads_to_the_bound_of_all(shape: Shape) -> None:
    model = a_model(*shape)
    part, _ = begun(model)
    whole, _ = begun(model)
    whole.active[:] = True
    ends = [rounds_of(columns, 60)[-1] for columns in (part, whole)]
    assert min(ends) >= model.value(best_point(model))
    assert ends[0] == pytest.approx(ends[1], rel=1e-3)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(SHAPES)
def test_what_the_master_wants_is_one_year_of_each_firm_that_keeps_its_own_rows(shape: Shape) -> None:
    model = a_model(*shape)
    columns, _ = begun(model)
    rounds_of(columns, 2)
    wanted = columns.whole()
    assert wanted.shape == model.gain.shape
    pool, pricer = columns.pool, columns.pricer
    for f in range(pricer.firms):
        mine = np.flatnonzero(model.group == f)
        years = pool.points[pool.firm == f][:, mine].toarray()
        assert (years == wanted[mine]).all(axis=1).any()
        chosen = np.flatnonzero(pool.firm[columns._chosen] == f)
        most = chosen[columns.weights[chosen] >= columns.weights[chosen].max() - 1e-9]
        best = pool.points[columns._chosen[most]][:, mine].toarray()
        assert (best == wanted[mine]).all(axis=1).any(), "the one it wants most"
    own = model.row_group != SHARED
    sums = (model.matrix @ wanted)[own]
    assert ((model.row_lower[own] <= sums) & (sums <= model.row_upper[own])).all()
    assert (wanted[pricer.others] == columns.wanted).all()


def test_years_to_change_to_are_those_worth_most_at_the_masters_prices_so_many_a_firm() -> None:
    columns, _ = begun(a_model(12, 5, 3, 2, 2))
    rounds_of(columns, 6)
    pool = columns.pool
    worth = pool.gain - pool.asked @ columns.prices[columns.pricer.shared]
    had = np.bincount(pool.firm, minlength=12)
    assert had.max() > 2
    for most in (1, 2, 100):
        years = columns.years(most)
        assert np.bincount(years.firm, minlength=12).tolist() == np.minimum(had, most).tolist()
        for f in range(12):
            mine = years.point[years.firm == f]
            told = np.sort(np.asarray(mine @ columns.pricer.left(columns.prices)))
            assert told == pytest.approx(np.sort(worth[pool.firm == f])[-most:], abs=1e-6)
