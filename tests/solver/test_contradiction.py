"""Rows that collide are found by bounds or by prices, and those found do collide."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array

from fairplanner.solver.contradiction import by_bounds, by_prices
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import SHARED, Model

EFFORT = Effort(10, 2.0)


def a_model(matrix: NDArray[np.int64], low: list[int], high: list[int], upper: list[int]) -> Model:
    """Columns from 0 to `upper`, rows between `low` and `high`."""
    m, n = matrix.shape
    names = tuple(str(i) for i in range(m))
    return Model(
        {}, np.zeros(n, np.int64), np.array(upper, np.int64), np.zeros(n, np.int64), csr_array(matrix),
        np.array(low, np.int64), np.array(high, np.int64), np.ones(m, np.int64), names, names, (), np.full(n, SHARED),
    )  # fmt: skip


def test_only_rows_that_take_part_are_named() -> None:
    # x0 >= 1; x1 >= x0; x1 <= 0; and x2 + x3 <= 1, which has nothing to do with it
    matrix = np.array([[1, 0, 0, 0], [-1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1]])
    model = a_model(matrix, [1, 0, 0, 0], [1, 1, 0, 1], [1, 1, 1, 1])
    found = by_bounds(model)
    assert found is not None
    assert found.tolist() == [0, 1, 2]


def test_a_row_without_columns_that_asks_for_something_is_named_alone() -> None:
    model = a_model(np.array([[0, 0], [1, 1]]), [1, 0], [1, 1], [1, 1])
    found = by_bounds(model)
    assert found is not None
    assert found.tolist() == [0]


def test_prices_find_three_wishes_for_two_places() -> None:
    # no bound follows from any one row: two of three wishes can be had
    matrix = np.array([[1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1], [1, 1, 1, 1, 1, 1]])
    model = a_model(matrix, [1, 1, 1, 0], [2, 2, 2, 2], [1] * 6)
    assert by_bounds(model) is None
    found = by_prices(model)
    assert found is not None
    assert found.tolist() == [0, 1, 2, 3]


def test_nothing_is_named_where_a_point_is_there() -> None:
    model = a_model(np.array([[1, 1], [1, -1]]), [1, 0], [2, 0], [1, 1])
    assert by_bounds(model) is None
    assert by_prices(model) is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_named_collides(data: st.DataObject) -> None:
    m, n = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 5))
    cell = st.integers(-4, 4)
    matrix = np.array(data.draw(st.lists(st.lists(cell, min_size=n, max_size=n), min_size=m, max_size=m)))
    low = data.draw(st.lists(st.integers(-6, 6), min_size=m, max_size=m))
    high = [a + data.draw(st.integers(0, 3)) for a in low]
    model = a_model(matrix, low, high, data.draw(st.lists(st.integers(0, 5), min_size=n, max_size=n)))
    for find in (by_bounds, by_prices):
        rows = find(model)
        if rows is not None:
            assert search(model.only(rows), EFFORT).infeasible
