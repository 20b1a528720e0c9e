"""A part of a model: its points put back keep the whole, and only what was broken may stay broken, for a fine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array, csr_array

from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.part import Moves, part_of, units
from tests.solver.firms import by_hand
from tests.solver.heard import SHAPES, a_model, any_point, breach, some_plan

Shape = tuple[int, int, int, int, int]
DEAR = 10_000_000


def a_part(model: Model, x: Ints, free: Ints, fine: int = DEAR, *, loose: bool = False) -> Model:
    return part_of(model, csc_array(model.matrix), x, free, units(model), np.full(model.size[0], fine), loose)


def best_of(part: Model) -> Ints:
    found = search(part, Effort(20, 5.0, 0.0)).point
    assert found is not None
    return found


def put_back(x: Ints, free: Ints, point: Ints) -> Ints:
    made = x.copy()
    made[free] = point[: len(free)]
    return made


def some_columns(model: Model, seed: int) -> Ints:
    return np.append(0, 1 + np.flatnonzero(np.random.default_rng(seed).random(model.size[1] - 1) < 0.6))


def in_rows(model: Model, free: Ints) -> Ints:
    """Rows that some of these columns are in."""
    return np.flatnonzero(np.diff(model.matrix[:, free].tocsr().indptr))


@pytest.mark.slow
@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_every_point_of_a_part_put_into_a_plan_keeps_the_whole(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    x = some_plan(model)
    free = some_columns(model, seed)
    part = a_part(model, x, free)
    assert part.size == (len(in_rows(model, free)), len(free)), "no way out where nothing is broken"
    assert part.is_kept(x[free])
    found = best_of(part)
    made = put_back(x, free, found)
    assert model.is_kept(made)
    assert model.value(made) - model.value(x) == part.value(found) - part.value(x[free]) >= 0


@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_each_broken_row_has_ways_out_of_its_whole_breach_in_units_of_its_own_and_at_its_fine(
    shape: Shape, seed: int
) -> None:
    model = a_model(*shape)
    x, free = any_point(model, seed), some_columns(model, seed)
    fine, unit, n = np.random.default_rng(seed).integers(1, DEAR, model.size[0]), units(model), len(free)
    part = part_of(model, csc_array(model.matrix), x, free, unit, fine)
    rows, off = in_rows(model, free), breach(model, x)
    ways, most = part.matrix[:, n:], part.upper[n:]
    assert not part.lower[n:].any()
    assert (np.diff(ways.tocsc().indptr) == 1).all(), "a way out is out of one row"
    assert (abs(ways) @ most == off[rows]).all(), "all together take the breach exactly"
    for way, row in enumerate(rows[ways.tocsc().indices]):
        assert part.gain[n + way] == -fine[row]
    taken = -np.bincount(ways.tocsc().indices, part.gain[n:] * most, len(rows))
    assert (taken == fine[rows] * -(-off[rows] // unit[rows])).all(), "a fine for each unit begun"
    as_it_is = np.append(x[free], most)
    assert part.is_kept(as_it_is), "the point itself, all ways out taken"
    for way in range(len(most)):
        less = as_it_is.copy()
        less[n + way] -= 1
        assert not part.is_kept(less), "each is needed"


def test_a_breach_of_more_than_a_unit_is_whole_units_and_a_rest() -> None:
    model = by_hand([0, 0, 0], [0, 1, 2], [5, 5, 5], [({0: 3, 1: 3, 2: 2}, 0, 1)])
    part = a_part(model, np.ones(3, np.int64), np.array([0, 1]), fine=9)
    assert part.matrix.toarray().tolist() == [[3, 3, -3, -1]]
    assert (part.upper.tolist(), part.gain.tolist()) == ([1, 1, 2, 1], [5, 5, -9, -9])


@pytest.mark.slow
@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_what_is_kept_stays_kept_and_what_is_broken_gets_no_worse(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    x, free = any_point(model, seed), some_columns(model, seed)
    made = put_back(x, free, best_of(a_part(model, x, free, fine=1)))
    assert (breach(model, made) <= breach(model, x)).all()


@pytest.mark.parametrize("shape", [(4, 4, 7, 2, 2), (3, 1, 9807, 2, 3), (4, 4, 0, 2, 2)])
def test_where_all_may_move_and_fines_are_high_all_is_put_right(shape: Shape) -> None:
    model = a_model(*shape)
    x = some_plan(model)
    x[model.blocks["delegations"]] = 1
    assert breach(model, x).any()
    free = np.arange(model.size[1])
    assert model.is_kept(put_back(x, free, best_of(a_part(model, x, free))))


def two_firms_on_one_stand() -> Model:
    """Both want it, one place each and one journey each, which needs its place."""
    return by_hand(
        [0, 0, 1, 1], [0, 1, 0, 1], [50, 30, 1, 1],
        [({0: 1, 1: 1}, 0, 1), ({2: 1, 0: -1}, -1, 0), ({3: 1, 1: -1}, -1, 0)],
    )  # fmt: skip


@pytest.mark.parametrize(("fine", "stays"), [(20, True), (40, False)])
def test_what_costs_more_than_its_fine_stays_broken(fine: int, stays: bool) -> None:
    model = two_firms_on_one_stand()
    x, free = np.array([1, 1, 0, 0]), np.array([1])
    made = put_back(x, free, best_of(a_part(model, x, free, fine=fine)))
    assert bool(made[1]) == stays
    assert bool(breach(model, made).any()) == stays


def test_loose_lets_a_row_others_are_in_be_broken_by_one_unit_and_no_row_else() -> None:
    model = two_firms_on_one_stand()
    x, mine = np.array([1, 0, 0, 0]), np.array([1, 3])
    assert put_back(x, mine, best_of(a_part(model, x, mine, fine=1))).tolist() == x.tolist()
    part = a_part(model, x, mine, fine=1, loose=True)
    assert part.size[1] == len(mine) + 2, "the stand, up and down; not the row that is the firm's own"
    made = put_back(x, mine, best_of(part))
    assert made.tolist() == [1, 1, 0, 1]
    assert breach(model, made).tolist() == [1, 0, 0]
    both = np.array([0, 1])
    assert a_part(model, x, both, loose=True).size[1] == len(both), "whoever is in it may move"


@pytest.mark.slow
@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_loose_or_not_own_rows_stay_kept(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    x, free = some_plan(model), some_columns(model, seed)
    made = put_back(x, free, best_of(a_part(model, x, free, fine=1, loose=True)))
    off = breach(model, made)
    assert not off[model.row_group != SHARED].any()
    assert (off <= units(model)).all()


def test_a_row_is_counted_in_units_of_its_largest_coefficient() -> None:
    model = by_hand([0, 0], [0, 1], [5, 5], [({0: 3, 1: -7}, -10, 0), ({0: 1, 1: 1}, 0, 1)])
    assert units(model).tolist() == [7, 1]


def test_moves_are_the_last_columns_count_in_shared_rows_alone_and_are_one_a_firm() -> None:
    """Two firms want the one stand; the second may come in one way or another, or stay away."""
    model = by_hand([0, 0, 0], [0, 1, 1], [50, 30, 40], [({0: 1, 1: 2, 2: 1}, 0, 2), ({1: 1, 2: 1}, 0, 1)])
    moves = Moves(csr_array(np.array([[0, 1, 0], [0, 0, 1]])), np.array([1, 1]))
    x, free = np.zeros(3, np.int64), np.array([0])
    part = part_of(model, csc_array(model.matrix), x, free, units(model), np.full(2, 9), False, moves)
    assert part.matrix.toarray().tolist() == [[1, 2, 1], [0, 1, 1]]
    assert (part.gain.tolist(), part.upper.tolist()) == ([50, 30, 40], [1, 1, 1])
    assert (part.row_lower.tolist(), part.row_upper.tolist()) == ([0, 0], [2, 1])
    assert best_of(part).tolist() == [1, 0, 1]
    taken = np.array([0, 1, 0])
    back = Moves(csr_array(np.array([[0, -1, 0], [0, -1, 1]])), np.array([1, 1]))
    part = part_of(model, csc_array(model.matrix), taken, free, units(model), np.full(2, 9), False, back)
    assert part.matrix.toarray().tolist() == [[1, -2, -1], [0, 1, 1]]
    assert (part.gain.tolist(), part.row_upper.tolist()) == ([50, -30, 10], [0, 1])
