"""Rankings: who waits for whom is read off the rows, however they are written, and nobody waits where no row says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.sparse import csr_array

from fairplanner.solver.model import Ints, Model
from fairplanner.solver.ranking import Ranking, ranking_of
from tests.solver.firms import MANY, by_hand

Row = tuple[dict[int, int], int, int]


def after(waits: int, ahead: int, *, turned: bool = False) -> Row:
    """One column only with another, written as an upper end (a - b <= 0) or as a lower one (b - a >= 0)."""
    return ({waits: -1, ahead: 1}, 0, MANY) if turned else ({waits: 1, ahead: -1}, -MANY, 0)


def saying(n: int, rows: list[Row]) -> Model:
    """So many firms, each with one column that is worth nothing."""
    return by_hand([4] * n, [*range(n)], [0] * n, rows)


def read(model: Model, columns: list[int] | None = None) -> Ranking:
    """Rankings of some columns, or of all."""
    return ranking_of(model, np.arange(len(model.gain)) if columns is None else np.array(columns, np.int64))


def of(ranking: Ranking, column: int) -> tuple[int, int]:
    """Column ahead, and place."""
    at = ranking.column.tolist().index(column)
    return int(ranking.ahead[at]), int(ranking.place[at])


def said(n: int, *columns: int) -> Ints:
    x = np.zeros(n, np.int64)
    x[list(columns)] = 1
    return x


@pytest.mark.parametrize("turned", [(False, False), (True, True), (False, True)])
def test_who_waits_for_whom_is_read_off_both_ways_of_writing_it(turned: tuple[bool, bool]) -> None:
    """2 first, then 0, then 1."""
    ranking = read(saying(3, [after(0, 2, turned=turned[0]), after(1, 0, turned=turned[1])]))
    assert ranking.column.tolist() == [0, 1, 2]
    assert [of(ranking, c) for c in (2, 0, 1)] == [(-1, 0), (2, 1), (0, 2)]


@pytest.mark.parametrize("coefficients", [{0: 7, 1: -7}, {1: -1, 0: 1}])
def test_any_coefficients_that_weigh_the_same_are_one_only_with_the_other(coefficients: dict[int, int]) -> None:
    ranking = read(saying(2, [(coefficients, -MANY, 0)]))
    assert [of(ranking, c) for c in (0, 1)] == [(1, 1), (-1, 0)]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(({0: 1, 1: 1}, 0, 1), id="one of two"),
        pytest.param(({0: 1, 1: -1}, 0, 0), id="both or none"),
        pytest.param(({0: 1, 1: -1}, -1, 1), id="says nothing"),
        pytest.param(({0: 2, 1: -1}, -MANY, 0), id="weighs more"),
        pytest.param(({0: 1, 1: -1, 2: -1}, -MANY, 0), id="one of three"),
        pytest.param(({0: 1}, 0, 0), id="alone"),
    ],
)
def test_other_rows_are_no_ranking(row: Row) -> None:
    ranking = read(saying(4, [row, after(3, 2)]))
    assert ranking.column.tolist() == [2, 3]
    assert not len(read(saying(4, [row])).column)


def test_columns_that_are_not_asked_about_are_in_no_ranking() -> None:
    model = saying(3, [after(1, 0), after(2, 1)])
    ranking = read(model, [1, 2])
    assert ranking.column.tolist() == [1, 2]
    assert [of(ranking, c) for c in (1, 2)] == [(-1, 0), (1, 1)]
    assert not len(read(model, [0, 2]).column)
    assert not len(read(model, []).column)


def test_who_is_ahead_of_several_is_ahead_of_each() -> None:
    ranking = read(saying(4, [after(1, 0), after(2, 0), after(3, 2)]))
    assert [of(ranking, c) for c in range(4)] == [(-1, 0), (0, 1), (0, 1), (2, 2)]


def test_rankings_that_nothing_binds_have_numbers_of_their_own() -> None:
    model = saying(7, [after(4, 0), after(2, 4), after(1, 5), after(6, 5)])
    ranking = read(model)
    number = dict(zip(ranking.column.tolist(), ranking.number.tolist(), strict=True))
    assert 3 not in number
    assert number[0] == number[4] == number[2]
    assert number[1] == number[5] == number[6]
    assert number[0] != number[1]
    assert ranking.of(np.array([2, 4])).tolist() == [number[0]]
    assert ranking.of(np.array([2, 6, 3])).tolist() == sorted({number[0], number[1]})
    assert not len(ranking.of(np.array([3])))


def test_next_come_those_who_are_not_said_and_wait_for_nobody_or_for_what_is_said() -> None:
    """0 then 4 then 2; 5 then 1 and 6; 3 in none."""
    ranking = read(saying(7, [after(4, 0), after(2, 4), after(1, 5), after(6, 5)]))
    for there, coming in (
        ((), [0, 5]),
        ((0,), [4, 5]),
        ((0, 4), [2, 5]),
        ((0, 4, 2, 5), [1, 6]),
        ((0, 2, 5, 6), [1, 4]),
    ):
        assert ranking.next_up(said(7, *there).__getitem__).tolist() == coming, there
    first, second = (ranking.of(np.array([c])) for c in (0, 5))
    assert ranking.next_up(said(7, 0).__getitem__, first).tolist() == [4]
    assert ranking.next_up(said(7, 0).__getitem__, second).tolist() == [5]
    assert ranking.next_up(said(7, 0).__getitem__, np.append(first, second)).tolist() == [4, 5]
    assert not len(ranking.next_up(said(7, 0).__getitem__, np.zeros(0, np.int64)))
    assert not len(ranking.next_up(np.ones(7, np.int64).__getitem__))


def test_from_behind_come_all_of_a_ranking_the_last_first() -> None:
    ranking = read(saying(7, [after(4, 0), after(2, 4), after(1, 5), after(6, 5)]))
    assert ranking.from_behind(np.array([4])).tolist() == [2, 4, 0]
    assert ranking.from_behind(np.array([5])).tolist() == [1, 6, 5], "two of one place in order of column"
    both = ranking.from_behind(np.array([0, 6])).tolist()
    assert sorted(both) == [0, 1, 2, 4, 5, 6]
    assert all(both.index(ahead) > both.index(waits) for waits, ahead in ((4, 0), (2, 4), (1, 5), (6, 5)))
    assert not len(ranking.from_behind(np.array([3])))


def test_a_model_without_columns_or_rows_has_no_rankings() -> None:
    nothing = saying(1, [])
    for model in (nothing, replace(nothing, gain=np.zeros(0, np.int64), matrix=csr_array((0, 0), dtype=np.int64))):
        ranking = read(model)
        assert not len(ranking.column)
        assert not len(ranking.next_up(np.ones(1, np.int64).__getitem__))
        assert not len(ranking.from_behind(np.zeros(0, np.int64)))


def test_a_long_ranking_has_its_places_right() -> None:
    order = np.random.default_rng(3).permutation(1_000).tolist()
    ranking = read(saying(1_000, [after(b, a, turned=b % 3 == 0) for a, b in pairwise(order)]))
    assert ranking.column.tolist() == [*range(1_000)]
    assert ranking.place[order].tolist() == [*range(1_000)]
    assert ranking.ahead[order].tolist() == [-1, *order[:-1]]
    assert len(np.unique(ranking.number)) == 1
    assert ranking.from_behind(np.array([0])).tolist() == order[::-1]


@pytest.mark.parametrize("whose", [[0, 0], [0, 4]])
def test_what_one_firm_says_and_another_s_place_waits_for_is_a_ranking_of_its_own(whose: list[int]) -> None:
    """A row in which there is something else as well is none."""
    model = by_hand([*whose, 4], [0, 1, 2], [0] * 3, [({1: 1, 2: -1}, -MANY, 0), ({0: 1, 1: 1}, 0, 1)])
    ranking = ranking_of(model, np.array([2]))
    assert (ranking.column.tolist(), ranking.ahead.tolist()) == (([2], [-1]) if whose[1] == 0 else ([], []))


def test_a_circle_has_an_end() -> None:
    assert len(read(saying(2, [after(0, 1), after(1, 0)])).column) == 2
