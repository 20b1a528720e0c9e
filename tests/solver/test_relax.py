"""Relaxation: any prices prove a bound that holds, PDLP's prove a tight one, and the same asks give the same bits."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Model, build
from fairplanner.solver.plans import prices_of
from fairplanner.solver.relax import Relaxed, bound_of, reduced, relax
from tests.solver.small import SHAPE, a_problem, limits, wanted

problems = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000), st.integers(1, 2), st.integers(0, 3))


def a_model(firms: int, phases: int, seed: int, options: int, least: int) -> Model:
    problem = a_problem(firms, phases, seed, options=options, least=least)
    return build(problem, [*SHAPE, limits(3, 1_000_000, 3), wanted(firms, 3_000)])


def best(model: Model) -> int:
    found = search(model, Effort(20, 60.0, 0.0))
    assert found.point is not None
    assert found.bound == model.value(found.point)
    return model.value(found.point)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems, st.integers(0, 1000))
def test_any_prices_prove_a_bound_that_holds(shape: tuple[int, int, int, int, int], seed: int) -> None:
    model = a_model(*shape)
    value = best(model)
    dice = np.random.default_rng(seed)
    for size in (0.0, 1e-6, 1.0, 1e4, 1e12, 1e200):
        prices = dice.normal(0.0, 1.0, model.size[0]) * size * dice.integers(0, 2, model.size[0])
        assert bound_of(model, prices) >= value


@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems)
def test_the_prices_of_pdlp_prove_nearly_the_value_of_the_relaxation(shape: tuple[int, int, int, int, int]) -> None:
    model = a_model(*shape)
    value, exact = prices_of(model)
    relaxed = relax(model, tolerance=1e-6)
    room = 1e-4 * max(1.0, abs(value), float(np.abs(model.gain).max(initial=0)))
    assert value - 1e-6 * abs(value) - 1e-3 <= relaxed.bound <= value + room
    assert bound_of(model, exact) <= value + room
    assert (relaxed.point >= model.lower).all()
    assert (relaxed.point <= model.upper).all()


def test_it_begins_where_it_ended_and_gives_the_same_bits_with_one_thread_or_two() -> None:
    model = a_model(4, 4, 7, 2, 2)
    one, two = (relax(model, threads=threads) for threads in (1, 2))
    assert (one.prices.tobytes(), one.point.tobytes(), one.bound) == (
        two.prices.tobytes(),
        two.point.tobytes(),
        two.bound,
    )
    again = relax(model, start=one)
    assert isinstance(again, Relaxed)
    assert again.iterations <= one.iterations
    assert again.bound <= one.bound + 1e-4 * abs(one.bound)


def test_the_reduced_gain_of_no_prices_is_the_gain() -> None:
    model = a_model(2, 2, 3, 1, 2)
    assert (reduced(model, np.zeros(model.size[0])) == model.gain).all()
