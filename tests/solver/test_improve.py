"""First plans: firms never break what is theirs alone, and sums are those of the point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.solver.improve import Improver
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.relax import relax
from fairplanner.solver.start import first_plan
from tests.solver.heard import SHAPES, a_model, any_point, best_point

Shape = tuple[int, int, int, int, int]


def always() -> bool:
    return True


def never() -> bool:
    return False


def made_of(model: Model, start: Ints | None = None, alive: object = always) -> Improver:
    relaxed = relax(model)
    shared = relaxed.prices * (model.row_group == SHARED)
    return first_plan(Pricer(model, relaxed.prices), shared, relaxed.point, start, alive)  # type: ignore[arg-type]


def is_sound(made: Improver) -> bool:
    """Whether the point lies in its box, each firm keeps its own rows, and the sums are those of the point."""
    model, x = made.model, made.answers.point
    own = model.row_group != SHARED
    sums = (model.matrix @ x)[own]
    inside = (x >= model.lower).all() and (x <= model.upper).all()
    kept = (sums >= model.row_lower[own]).all() and (sums <= model.row_upper[own]).all()
    return bool(inside and kept and (made.answers.sums == made.pricer.usage @ x).all())


@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES)
def test_a_first_plan_keeps_what_is_a_firms_own_and_says_which_shared_rows_it_breaks(shape: Shape) -> None:
    model = a_model(*shape)
    made = made_of(model)
    assert is_sound(made)
    assert model.is_kept(made.answers.point) == (len(made.broken()) == 0)
    if not len(made.broken()):
        assert made.value() <= model.value(best_point(model))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_an_earlier_plan_is_put_right_as_far_as_it_goes(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    best = best_point(model)
    gone = best.copy()
    place = model.blocks["delegations"]
    gone[place] *= np.random.default_rng(seed).integers(0, 2, place.stop - place.start)
    made = made_of(model, gone)
    assert is_sound(made)
    assert model.is_kept(made.answers.point) == (len(made.broken()) == 0)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES)
def test_the_best_plan_is_left_as_good_as_it_is(shape: Shape) -> None:
    model = a_model(*shape)
    best = best_point(model)
    made = made_of(model, best)
    assert model.is_kept(made.answers.point)
    assert made.value() == model.value(best)


def test_delegations_that_no_firm_fills_are_closed() -> None:
    model = a_model(4, 4, 7, 2, 3)
    made = made_of(model, model.lower.copy())
    place = model.blocks["delegations"]
    assert not len(made.broken())
    idle = made.answers.point
    idle[place] = 1
    made.answers.set(idle)
    short = len(made.broken())
    assert short
    assert made.close_short() > 0
    assert len(made.broken()) < short
    assert is_sound(made)


@pytest.mark.parametrize("start", [None, 5])
def test_where_there_is_no_time_it_is_sound_all_the_same(start: int | None) -> None:
    model = a_model(6, 4, 3, 2, 2)
    made = made_of(model, None if start is None else model.lower.copy(), never)
    assert is_sound(made)


def test_the_same_model_gets_the_same_plan() -> None:
    one, other = (made_of(a_model(6, 4, 3, 2, 2)).answers.point.tobytes() for _ in range(2))
    assert one == other


@settings(max_examples=10, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_a_point_without_sense_never_makes_it_fail(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    made = made_of(model, any_point(model, seed))
    x = made.answers.point
    assert (x >= model.lower).all()
    assert (x <= model.upper).all()
    assert (made.answers.sums == made.pricer.usage @ x).all()
