"""What is open once columns are fixed: nothing possible is cut off, and the best completion is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from fairplanner.rules.tables import DECIDED
from fairplanner.solver.exact import search
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.rest import completed, propagated
from tests.solver.test_exact import QUICK, a_model


def fixed_by(model: Model) -> np.ndarray:
    """Columns of the decided tables."""
    fixed = np.zeros(len(model.gain), bool)
    for name in DECIDED:
        fixed[model.blocks[name]] = True
    return fixed


def rows(seed: int) -> tuple[csr_array, Ints, Ints, Ints, Ints]:
    """Five columns of 0 to 3 in four rows, all with a point inside."""
    dice = np.random.default_rng(seed)
    matrix = csr_array(dice.integers(-3, 4, (4, 5)) * (dice.random((4, 5)) < 0.6))
    inside = matrix @ dice.integers(0, 4, 5)
    slack = dice.integers(0, 3, 4)
    return matrix, inside - slack, inside + slack, np.zeros(5, np.int64), np.full(5, 3, np.int64)


@pytest.mark.parametrize("seed", range(30))
def test_propagation_keeps_every_point_of_the_rows(seed: int) -> None:
    matrix, low, high, lower, upper = rows(seed)
    box = np.stack(np.meshgrid(*[np.arange(4)] * 5), -1).reshape(-1, 5)
    sums = (matrix @ box.T).T
    points = box[((sums >= low) & (sums <= high)).all(axis=1)]
    new_lower, new_upper = propagated(matrix, low, high, lower, upper)
    assert (points >= new_lower).all()
    assert (points <= new_upper).all()


def test_propagation_says_where_no_point_is_left() -> None:
    matrix = csr_array(np.array([[2, 2]]))
    low, high = propagated(matrix, np.array([9]), np.array([9]), np.zeros(2, np.int64), np.full(2, 2, np.int64))
    assert (low > high).any()


@pytest.mark.parametrize("seed", range(6))
def test_the_best_completion_is_that_of_the_exact_engine(seed: int) -> None:
    model = a_model(seed)
    best = search(model, QUICK).point
    assert best is not None
    fixed = fixed_by(model)
    lower, upper = np.where(fixed, best, model.lower), np.where(fixed, best, model.upper)
    whole = search(replace(model, lower=lower, upper=upper), QUICK).point
    guess = np.where(fixed, best, model.upper)
    made = completed(model, guess, fixed, QUICK)
    assert whole is not None
    assert made is not None
    assert model.value(made) == model.value(whole)
    assert made[fixed].tolist() == best[fixed].tolist()


def test_decisions_that_break_a_row_have_no_completion() -> None:
    model = a_model(2)
    everything = np.ones(len(model.gain), np.int64)
    assert completed(model, everything, fixed_by(model), QUICK) is None


def test_what_no_simple_point_completes_goes_to_the_exact_engine() -> None:
    """x + y = 1 between two columns that are worth different amounts: neither all low nor all high keeps it."""
    model = a_model(1)
    small = replace(
        model, blocks={}, lower=np.zeros(2, np.int64), upper=np.ones(2, np.int64), gain=np.array([2, 1]),
        matrix=csr_array(np.array([[1, 1]])), row_lower=np.array([1]), row_upper=np.array([1]), scale=np.array([1]),
        rules=("one",), labels=("one",), firms=(), group=np.zeros(2, np.int64),
    )  # fmt: skip
    made = completed(small, np.array([0, 0]), np.zeros(2, bool), QUICK)
    assert made is not None
    assert made.tolist() == [1, 0]
