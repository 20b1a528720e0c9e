"""Relaxation: any prices prove a bound that holds, PDLP's prove a tight one, and the same asks give the same bits."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from fairplanner.solver.model import Model
from fairplanner.solver.polish import polished
from fairplanner.solver.relax import bound_of, one_sided, reduced, relax
from tests.solver.heard import a_model, best_point

ROOT = Path(__file__).parent.parent.parent

problems = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000), st.integers(1, 2), st.integers(0, 3))


def relaxation_of(model: Model) -> float:
    """Its value by another method, every row as two plain inequalities."""
    matrix = model.matrix.toarray().astype(float)
    found = linprog(
        -model.gain.astype(float),
        A_ub=np.vstack([matrix, -matrix]),
        b_ub=np.append(model.row_upper, -model.row_lower).astype(float),
        bounds=list(zip(model.lower.tolist(), model.upper.tolist(), strict=True)),
        method="highs-ipm",
    )
    assert found.status == 0
    return -float(found.fun or 0.0)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems, st.integers(0, 1000))
def test_any_prices_prove_a_bound_that_holds(shape: tuple[int, int, int, int, int], seed: int) -> None:
    model = a_model(*shape)
    value = model.value(best_point(model))
    dice = np.random.default_rng(seed)
    for size in (0.0, 1e-6, 1.0, 1e4, 1e12, 1e200):
        prices = dice.normal(0.0, 1.0, model.size[0]) * size * dice.integers(0, 2, model.size[0])
        assert bound_of(model, prices) >= value


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems)
def test_the_prices_of_pdlp_prove_nearly_the_value_of_the_relaxation(shape: tuple[int, int, int, int, int]) -> None:
    model = a_model(*shape)
    value = relaxation_of(model)
    room = 1e-4 * max(1.0, abs(value), float(np.abs(model.gain).max(initial=0)))
    for relaxed in (relax(model), relax(model, exact=-1, tolerance=1e-6)):
        assert value - 1e-6 * abs(value) - 1e-3 <= relaxed.bound <= value + room
        assert relaxed.bound == bound_of(model, relaxed.prices)
        assert (relaxed.point >= model.lower).all()
        assert (relaxed.point <= model.upper).all()


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems, st.integers(0, 1000), st.integers(0, 4))
def test_polishing_never_loosens_a_bound_and_pays_no_end_that_cannot_bind(
    shape: tuple[int, int, int, int, int], seed: int, size: int
) -> None:
    model = a_model(*shape)
    prices = np.random.default_rng(seed).normal(0.0, 1.0, model.size[0]) * 10.0**size
    bounds = [bound_of(model, polished(model, prices, passes)) for passes in range(4)]
    assert bounds[0] <= bound_of(model, prices) + 1e-6 * abs(bounds[0])
    for before, after in pairwise(bounds):
        assert after <= before + 1e-6 * abs(before)
    made = polished(model, prices)
    assert (one_sided(model, made) == made).all()


def test_one_price_alone_is_put_where_the_bound_is_least() -> None:
    model = a_model(3, 3, 5, 1, 2)
    row = int(np.argmax(np.diff(model.matrix.indptr)))
    only = model.only(np.array([row]))
    tried = np.linspace(-200_000, 200_000, 4_001)
    least = min(bound_of(only, np.array([price])) for price in tried)
    assert bound_of(only, polished(only, np.zeros(1))) <= least + 1e-6 * abs(least)


def test_it_begins_where_it_ended_and_gives_the_same_bits_with_one_thread_or_two() -> None:
    model = a_model(4, 4, 7, 2, 2)
    one, two = (relax(model, threads=threads, exact=-1) for threads in (1, 2))
    assert (one.prices.tobytes(), one.point.tobytes()) == (two.prices.tobytes(), two.point.tobytes())
    again = relax(model, start=one)
    assert again.iterations <= one.iterations
    assert again.bound <= one.bound


def test_prices_begun_with_are_kept_where_there_is_no_time_to_better_them() -> None:
    model = a_model(4, 4, 7, 2, 2)
    best = relax(model)
    assert relax(model, start=best, iterations=1).bound <= best.bound
    cut = relax(model, exact=-1, tolerance=0.0, stop=lambda: True, iterations=10_000_000, seconds=60.0)
    assert cut.iterations < 10_000_000
    assert cut.bound >= best.bound - 1e-6 * abs(best.bound)


INTERRUPTED = """
import os, signal, sys
from threading import Timer
from fairplanner.solver.relax import Halted, bound_of, relax
from tests.solver.heard import a_model

model = a_model(4, 4, 7, 2, 2)
Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    relax(model, exact=-1, tolerance=0.0, iterations=2_000_000_000, seconds=60.0)
except Halted as halted:
    assert halted.relaxed.iterations > 0
    assert halted.relaxed.bound == bound_of(model, halted.relaxed.prices)
    print("halted")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a signal is sent")
def test_ctrl_c_ends_it_and_what_it_had_come_to_is_told() -> None:
    """In a process of its own: a signal that comes too late would end the one that tests."""
    done = subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False
    )
    assert done.stdout.split() == ["halted"], done.stderr


def test_the_reduced_gain_of_no_prices_is_the_gain() -> None:
    model = a_model(2, 2, 3, 1, 2)
    assert (reduced(model, np.zeros(model.size[0])) == model.gain).all()
