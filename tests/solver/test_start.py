"""An earlier plan begun with: what was decided stays where it can, what follows from it is said again, the rest is put right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.rules.tables import DECIDED
from fairplanner.solver.improve import Improver
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.start import given_up, gone_on, say_again
from tests.solver.firms import MANY, by_hand
from tests.solver.heard import SHAPES, a_model, a_pricer, best_point, breach
from tests.solver.test_improve import always, is_sound, never
from tests.solver.test_mend import too_many

Shape = tuple[int, int, int, int, int]
WORTH = 50_000


def only_decided(model: Model, x: Ints) -> Ints:
    """What a plan tells of a point: decisions, and nothing of what rules count."""
    decided = np.zeros(len(x), bool)
    for name in DECIDED:
        decided[model.blocks[name]] = True
    return np.where(decided, x, model.lower)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(SHAPES)
def test_a_plan_that_keeps_all_rows_is_worth_no_less_afterwards(shape: Shape) -> None:
    model = a_model(*shape)
    best = best_point(model)
    for way in (gone_on, given_up):
        made = way(a_pricer(model), best, always)
        assert model.is_kept(made.answers.point)
        assert made.value() == model.value(best)


def test_what_follows_from_decisions_is_said_again() -> None:
    """Two firms in an order: the second has its place only where it is said that the first has one."""
    rows = [({2: 1, 0: -1}, -MANY, 0), ({1: 1, 2: -1}, -MANY, 0)]
    model = by_hand([0, 0, 4], [0, 1, 0], [WORTH, WORTH, 0], rows)
    made = gone_on(a_pricer(model), only_decided(model, np.array([1, 1, 1])), always)
    assert made.answers.point.tolist() == [1, 1, 1]


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_what_is_said_again_changes_no_decision_and_keeps_own_rows(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    x = only_decided(model, too_many(model, seed))
    made = Improver(a_pricer(model), x)
    say_again(made)
    assert is_sound(made)
    assert (only_decided(model, made.answers.point) == x).all()
    assert not breach(model, made.answers.point)[model.row_group != SHARED].any()


def test_what_was_decided_is_not_given_up_for_something_better() -> None:
    """One place of two: fines and leads alone take nobody's place away."""
    model = by_hand([0, 0], [0, 1], [WORTH, WORTH + 1], [({0: 1, 1: 1}, 0, 1)])
    assert gone_on(a_pricer(model), np.array([1, 0]), always).answers.point.tolist() == [1, 0]


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_own_rows_stay_kept_and_firms_give_up_what_they_break_together(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    x = too_many(model, seed)
    near, less = (way(a_pricer(model), x, always) for way in (gone_on, given_up))
    for made in (near, less):
        assert is_sound(made)
        assert not breach(model, made.answers.point)[model.row_group != SHARED].any()
    assert len(less.broken()) <= max(len(near.broken()), 1)


@pytest.mark.parametrize("way", [gone_on, given_up])
def test_without_time_it_is_sound_all_the_same(way: object) -> None:
    model = a_model(6, 4, 3, 2, 2)
    made = way(a_pricer(model), too_many(model, 1), never)  # type: ignore[operator]
    assert is_sound(made)
