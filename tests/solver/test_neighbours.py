"""Neighbourhoods: what is free may move, all else stays, and each step is a kept and better plan or none."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array

from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.neighbours import Neighbourhoods, Walk, part_of
from fairplanner.solver.pricing import Pricer
from tests.solver.heard import SHAPES, a_model, best_point

Shape = tuple[int, int, int, int, int]


def a_pricer(model: Model) -> Pricer:
    return Pricer(model, np.zeros(model.size[0]))


def some_plan(model: Model) -> Ints:
    """A kept point that is worth as little as any."""
    worst = Model(**{**vars_of(model), "gain": -model.gain})
    return best_point(worst)


def vars_of(model: Model) -> dict[str, object]:
    return {name: getattr(model, name) for name in Model.__dataclass_fields__}


def near(model: Model, size: int = 1_500, seed: int = 0) -> Neighbourhoods:
    return Neighbourhoods(a_pricer(model), size, np.random.default_rng(seed))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_every_point_of_a_part_put_into_the_plan_keeps_the_whole(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    x = some_plan(model)
    free = np.flatnonzero(np.random.default_rng(seed).random(model.size[1]) < 0.6)
    if not len(free):
        return
    part, rows = part_of(model, csc_array(model.matrix), x, free)
    assert part.is_kept(x[free])
    assert part.size[0] == len(rows)
    found = search(part, Effort(20, 5.0, 0.0)).point
    assert found is not None
    made = x.copy()
    made[free] = found
    assert model.is_kept(made)
    assert model.value(made) - model.value(x) == part.value(found) - part.value(x[free]) >= 0


def test_where_a_row_is_broken_it_may_not_get_worse_and_is_put_right_first() -> None:
    model = a_model(4, 4, 7, 2, 2)
    x = some_plan(model)
    place = model.blocks["delegations"]
    x[place] = 1
    sums = model.matrix @ x
    off = np.maximum(model.row_lower - sums, 0) + np.maximum(sums - model.row_upper, 0)
    assert off.any()
    part, _ = part_of(model, csc_array(model.matrix), x, np.arange(model.size[1]))
    found = search(part, Effort(20, 5.0, 0.0)).point
    assert found is not None
    assert model.is_kept(found)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 20))
def test_free_are_all_columns_of_the_firms_and_whatever_nobody_owns_that_meets_them(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    made = near(model, seed=seed)
    for row in range(len(made.pricer.shared)):
        firms = made.around(row)
        if not len(firms):
            continue
        free = made.free(firms)
        mine = np.isin(model.group, firms)
        assert np.isin(np.flatnonzero(mine), free).all()
        touched = np.diff(made.pricer.usage[:, np.flatnonzero(mine)].indptr) > 0
        meets = (abs(made.pricer.usage[np.flatnonzero(touched)]).sum(axis=0) > 0) & (model.group < 0)
        assert free.tolist() == np.flatnonzero(mine | meets).tolist()


def test_a_neighbourhood_is_about_as_large_as_it_is_asked_to_be() -> None:
    model = a_model(14, 5, 3, 2, 2)
    longest = int(np.diff(a_pricer(model).blocks.at).max())
    for size in (20, 60, 100_000):
        made = near(model, size)
        for row in made.rows.tolist():
            firms = made.around(row)
            columns = int(np.isin(model.group, firms).sum())
            assert columns < size + longest
            assert (np.diff(firms) > 0).all()


@settings(max_examples=10, deadline=None, derandomize=True)
@given(SHAPES)
def test_a_walk_tells_of_kept_plans_alone_each_better_than_the_one_before(shape: Shape) -> None:
    model = a_model(*shape)
    x, told = some_plan(model), []
    walk = Walk(a_pricer(model), x, lambda: True, told.append)
    walk.steps(6, 0)
    values = [model.value(point) for point in (x, *told)]
    assert all(model.is_kept(point) for point in told)
    assert all(after > before for before, after in pairwise(values))
    assert values[-1] == model.value(walk.x) <= model.value(best_point(model))
    assert (walk.sums == walk.pricer.usage @ walk.x).all()


@pytest.mark.parametrize("shape", [(6, 4, 3, 2, 2), (3, 4, 2034, 2, 1), (4, 4, 0, 2, 2)])
def test_where_one_neighbourhood_holds_the_whole_programme_a_walk_finds_the_best_plan(shape: Shape) -> None:
    model = a_model(*shape)
    walk = Walk(a_pricer(model), some_plan(model), lambda: True, lambda x: None)
    walk.steps(8, 0)
    assert model.value(walk.x) == model.value(best_point(model))


@pytest.mark.parametrize("shape", [(3, 1, 9807, 2, 3), (4, 4, 0, 2, 2)])
def test_a_plan_that_breaks_rows_is_put_right(shape: Shape) -> None:
    model = a_model(*shape)
    x = some_plan(model)
    x[model.blocks["delegations"]] = 1
    told: list[Ints] = []
    walk = Walk(a_pricer(model), x, lambda: True, told.append)
    assert walk.breach(walk.sums) > 0
    walk.steps(8, 0)
    assert walk.breach(walk.sums) == 0
    assert all(model.is_kept(point) for point in told)


def test_a_step_on_top_of_what_another_has_moved_is_not_taken() -> None:
    model = a_model(6, 4, 3, 2, 2)
    x, best = some_plan(model), best_point(model)
    walk = Walk(a_pricer(model), x, lambda: True, lambda point: None)
    moved = np.flatnonzero(best != x)
    assert len(moved)
    other = x.copy()
    other[moved[0]] = best[moved[0]]
    assert not walk._take(other, best) or len(moved) == 1
    assert walk._take(x, best)
    assert model.value(walk.x) == model.value(best)
    assert not walk._take(best, x), "what is worth less is not taken"


def test_the_same_steps_lead_to_the_same_plan() -> None:
    model = a_model(12, 5, 3, 2, 2)
    ends = []
    for _ in range(2):
        walk = Walk(a_pricer(model), some_plan(model), lambda: True, lambda x: None)
        walk.steps(5, 7)
        ends.append(walk.x.tobytes())
    assert ends[0] == ends[1]


def test_where_no_time_is_left_nothing_moves() -> None:
    model = a_model(6, 4, 3, 2, 2)
    late = Walk(a_pricer(model), some_plan(model), lambda: False, lambda x: None)
    late.run(0)
    late.steps(5, 0)
    assert late.moves == 0
