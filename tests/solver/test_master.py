"""The master: years found so far under shared rows, or some of those, and one year each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.solver.exact import Effort, search
from fairplanner.solver.master import master_of
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.pool import Pool
from tests.solver.heard import SHAPES, a_model, a_pricer, best_point, some_plan

Shape = tuple[int, int, int, int, int]


def a_pool(model: Model) -> Pool:
    """Of each firm its years in the best plan and in a poor one."""
    made = Pool(a_pricer(model))
    for point in (best_point(model), some_plan(model)):
        made.add(np.arange(made.pricer.firms), point[made.pricer.blocks.column])
    return made


def point_of(pool: Pool, chosen: Ints, master: Ints) -> Ints:
    """What a point of the master says of the model's columns."""
    n = len(chosen)
    made = np.asarray(pool.points[chosen[master[:n] > 0]].sum(axis=0)).ravel()
    made[pool.pricer.others] = master[n:]
    return made


@pytest.mark.slow
@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES)
def test_over_all_rows_its_best_point_is_the_best_plan_of_the_years_it_has(shape: Shape) -> None:
    model = a_model(*shape)
    pool = a_pool(model)
    every = np.arange(len(pool))
    master = master_of(pool, every)
    found = search(master, Effort(20, 20.0, 0.0)).point
    assert found is not None
    x = point_of(pool, every, found)
    assert model.is_kept(x)
    assert master.value(found) == model.value(x) == model.value(best_point(model))


@pytest.mark.slow
@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_over_some_rows_it_is_the_whole_one_without_the_others(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    pool = a_pool(model)
    dice = np.random.default_rng(seed)
    every, shared, firms = np.arange(len(pool)), len(pool.pricer.shared), pool.pricer.firms
    rows = np.flatnonzero(dice.random(shared) < 0.5)
    whole, part = master_of(pool, every), master_of(pool, every, rows)
    kept = np.append(rows, shared + np.arange(firms))
    assert part.size == (len(rows) + firms, whole.size[1])
    assert (part.matrix.toarray() == whole.matrix.toarray()[kept]).all()
    assert part.row_lower.tolist() == whole.row_lower[kept].tolist()
    assert part.row_upper.tolist() == whole.row_upper[kept].tolist()
    assert part.gain.tolist() == whole.gain.tolist()


@pytest.mark.parametrize("count", [0, 1])
def test_over_no_row_or_one_each_firm_still_has_one_year(count: int) -> None:
    model = a_model(6, 4, 3, 2, 2)
    pool = a_pool(model)
    every = np.arange(len(pool))
    found = search(master_of(pool, every, np.arange(count)), Effort(20, 20.0, 0.0)).point
    assert found is not None
    assert np.bincount(pool.firm[found[: len(pool)] > 0], minlength=pool.pricer.firms).tolist() == [1] * 6


def test_only_years_that_are_chosen_are_in_it() -> None:
    model = a_model(6, 4, 3, 2, 2)
    pool = a_pool(model)
    assert len(pool) > pool.pricer.firms
    first = np.unique(pool.firm, return_index=True)[1]
    master = master_of(pool, first)
    assert master.size[1] == len(first) + len(pool.pricer.others)
    assert master.gain[: len(first)].tolist() == pool.gain[first].tolist()
