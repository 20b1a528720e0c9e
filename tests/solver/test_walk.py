"""The walk: kept plans alone are told, each better than the last, and what is broken is put right for ever higher fines."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from fairplanner.solver import walk as walking
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.walk import FINE, HIGHEST, Walk
from tests.solver.firms import by_hand
from tests.solver.heard import SHAPES, a_model, a_pricer, best_point, breach, some_plan

Shape = tuple[int, int, int, int, int]


def a_walk(model: Model, x: Ints, told: list[Ints] | None = None, *, alive: bool = True) -> Walk:
    return Walk(a_pricer(model), x, lambda: alive, (told if told is not None else []).append)


def with_all_delegations(model: Model) -> Ints:
    """A plan of little worth with delegations that nobody joins: it breaks rows."""
    x = some_plan(model)
    x[model.blocks["delegations"]] = 1
    assert breach(model, x).any()
    return x


@settings(max_examples=10, deadline=None, derandomize=True)
@given(SHAPES)
def test_kept_plans_alone_are_told_each_better_than_the_one_before(shape: Shape) -> None:
    model = a_model(*shape)
    x, told = some_plan(model), []
    walk = a_walk(model, x, told)
    walk.steps(6, 0)
    values = [model.value(point) for point in (x, *told)]
    assert all(model.is_kept(point) for point in told)
    assert all(after > before for before, after in pairwise(values))
    assert values[-1] == model.value(walk.x) <= model.value(best_point(model))
    assert (walk.sums == walk.pricer.usage @ walk.x).all()
    assert len(told) == walk.moves


@pytest.mark.parametrize("shape", [(6, 4, 3, 2, 2), (3, 4, 2034, 2, 1), (4, 4, 0, 2, 2)])
def test_where_one_neighbourhood_holds_the_whole_programme_the_best_plan_is_found(shape: Shape) -> None:
    model = a_model(*shape)
    walk = a_walk(model, some_plan(model))
    walk.steps(12, 0)
    assert model.value(walk.x) == model.value(best_point(model))


@pytest.mark.parametrize("shape", [(3, 1, 9807, 2, 3), (4, 4, 0, 2, 2), (4, 4, 7, 2, 2)])
def test_a_plan_that_breaks_rows_is_put_right(shape: Shape) -> None:
    model = a_model(*shape)
    told: list[Ints] = []
    walk = a_walk(model, with_all_delegations(model), told)
    assert not walk.is_kept
    assert walk.fines(walk.sums) > 0
    walk.steps(12, 0)
    assert walk.is_kept
    assert walk.fines(walk.sums) == 0
    assert model.is_kept(walk.x)
    assert told
    assert all(model.is_kept(point) for point in told)


def test_it_goes_on_from_where_it_is_told_to_jump() -> None:
    model = a_model(6, 4, 3, 2, 2)
    best = best_point(model)
    walk = a_walk(model, with_all_delegations(model))
    walk.jump(best)
    assert walk.is_kept
    assert (walk.sums == walk.pricer.usage @ best).all()
    walk.steps(3, 0)
    assert model.value(walk.x) == model.value(best)
    walk.x[:] = 0
    assert best.any(), "a point of its own"


def test_a_step_on_top_of_what_another_has_moved_is_not_taken() -> None:
    model = a_model(6, 4, 3, 2, 2)
    x, best = some_plan(model), best_point(model)
    moved = np.flatnonzero(best != x)
    assert len(moved) > 1
    walk = a_walk(model, x)
    other = x.copy()
    other[moved[0]] = best[moved[0]]
    walk.jump(other)
    assert not walk._take(x, best), "one column is no longer where it was when this step was looked for"
    assert np.array_equal(walk.x, other)
    walk.jump(x)
    assert walk._take(x, best)
    assert model.value(walk.x) == model.value(best)
    assert not walk._take(best, x), "what is worth less is not taken"
    assert walk.moves == 1


def test_a_column_that_another_has_moved_is_not_moved_again() -> None:
    model = by_hand([0, 0], [0, 1], [50, 30], [({0: 1, 1: 1}, 0, 3)])
    nothing, both = np.zeros(2, np.int64), np.ones(2, np.int64)
    walk = a_walk(model, nothing)
    assert walk._take(nothing, np.array([1, 0]))
    assert not walk._take(nothing, both)
    assert walk.x.tolist() == [1, 0]
    assert walk.sums.tolist() == [1]
    assert walk._take(np.array([1, 0]), both)


def test_a_step_that_would_break_the_firms_own_rows_after_anothers_is_not_taken() -> None:
    one_place = ({0: 1, 1: 1}, 0, 1)
    model = by_hand([0, 0, 0], [0, 0, 1], [50, 30, 40], [one_place, ({0: 1, 1: 1, 2: 1}, 0, 3)])
    x = np.zeros(3, np.int64)
    one, other = (np.eye(3, dtype=np.int64)[k] for k in (0, 1))
    walk = a_walk(model, x)
    assert walk._take(x, one)
    assert not walk._take(x, other), "the same firm, another column: it was free when this step was looked for"
    assert walk.x.tolist() == [1, 0, 0]
    assert walk._take(x, np.array([0, 0, 1])), "another firm, in the same shared row"
    assert walk.x.tolist() == [1, 0, 1]


def test_a_step_is_worth_its_gain_less_the_fines_it_makes() -> None:
    model = by_hand([0, 0], [0, 1], [FINE - 1, FINE + 1], [({0: 1, 1: 1}, 0, 0)])
    nothing = np.zeros(2, np.int64)
    told: list[Ints] = []
    walk = a_walk(model, nothing, told)
    assert not walk._take(nothing, np.array([1, 0]))
    assert walk._take(nothing, np.array([0, 1]))
    assert not told, "a plan that breaks rows is not told"
    walk.fine[:] = FINE + 2
    assert walk._take(np.array([0, 1]), nothing), "a loss less than the fine that is saved"
    assert [point.tolist() for point in told] == [[0, 0]]


def test_fines_are_counted_in_whole_units_of_each_row() -> None:
    model = by_hand([0, 0], [0, 1], [1, 1], [({0: 3, 1: 2}, 0, 0)])
    walk = a_walk(model, np.zeros(2, np.int64))
    assert [walk.fines(np.array([s])) for s in (0, 1, 3, 5, -4)] == [0, FINE, FINE, 2 * FINE, 2 * FINE]


def test_fines_rise_where_a_row_stays_broken_and_nowhere_else() -> None:
    """Of two places the first row wants three."""
    model = by_hand([0, 0, 0, 0], [0, 1, 2, 3], [1, 1, 1, 1], [({0: 1, 1: 1}, 3, 9), ({2: 1, 3: 1}, 0, 1)])
    told: list[Ints] = []
    walk = a_walk(model, np.zeros(4, np.int64), told)
    rises = [int(walk.fine[0])]
    for n in range(6):
        walk.steps(3, n)
        rises.append(int(walk.fine[0]))
    assert all(before <= after <= HIGHEST for before, after in pairwise(rises))
    assert rises[0] == FINE
    assert rises[-1] == HIGHEST
    assert walk.fine[1] == FINE
    assert walk.x[:2].tolist() == [1, 1], "as near as it gets"
    assert not told


def test_the_same_steps_lead_to_the_same_plan() -> None:
    model = a_model(12, 5, 3, 2, 2)
    ends = []
    for _ in range(2):
        walk = a_walk(model, some_plan(model))
        walk.steps(5, 7)
        assert walk.moves
        assert not walk.late
        ends.append(walk.x.tobytes())
    assert ends[0] == ends[1]


def test_steps_that_the_clock_ended_are_said_to_be_late(monkeypatch: pytest.MonkeyPatch) -> None:
    model = a_model(12, 5, 3, 2, 2)
    walk = a_walk(model, some_plan(model))
    monkeypatch.setattr(walking, "PATIENCE", 0.0)
    walk.steps(3, 0)
    assert walk.late


def test_where_no_time_is_left_nothing_moves() -> None:
    model = a_model(6, 4, 3, 2, 2)
    x = some_plan(model)
    walk = a_walk(model, x, alive=False)
    walk.run(0)
    walk.steps(5, 0)
    assert walk.moves == 0
    assert np.array_equal(walk.x, x)


def test_where_firms_share_nothing_there_is_nowhere_to_walk() -> None:
    model = by_hand([0, 0], [0, 1], [1, 1], [({0: 1}, 0, 0), ({1: 1}, 0, 0)])
    walk = a_walk(model, np.zeros(2, np.int64))
    walk.run(0)
    assert walk.moves == 0


def test_it_tells_what_it_keeps_and_how_much_it_breaks() -> None:
    model = by_hand([0, 0], [0, 1], [5, 7], [({0: 1, 1: 1}, 0, 1)])
    walk = a_walk(model, np.array([1, 1]))
    assert (walk.short, walk.is_kept, walk.kept()) == (1, False, None)
    walk.jump(np.array([0, 1]))
    kept = walk.kept()
    assert (walk.short, walk.is_kept) == (0, True)
    assert kept is not None
    kept[:] = 0
    assert walk.x.tolist() == [0, 1], "what is told is a copy"
