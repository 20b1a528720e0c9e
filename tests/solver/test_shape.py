"""Who owns what no table has: a column that firms ask for belongs to the one without which it cannot rise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.rules.excuses import queue_of
from fairplanner.rules.rank_respected import SERVED
from fairplanner.solver.model import SHARED, build
from fairplanner.solver.shape import NOBODY, spread, tightened
from tests import builders as b
from tests.solver.firms import MANY

Row = tuple[dict[int, int], int, int]
FIRMS = ("f1", "f2", "f3")


def owners(group: list[int], rows: list[Row], shared: slice = slice(0, 0)) -> list[int]:
    """Who owns each of these columns of 0 or 1 (-2: nobody's) once rows have been looked at."""
    matrix = np.zeros((len(rows), len(group)), np.int64)
    for i, (row, _, _) in enumerate(rows):
        matrix[i, list(row)] = list(row.values())
    low, high = (np.array([row[k] for row in rows], np.int64) for k in (1, 2))
    lower, upper = np.zeros(len(group), np.int64), np.ones(len(group), np.int64)
    made = tightened(csr_array(matrix), low, high, lower, upper)
    return [int(g) for g in spread(made, lower, upper, np.array(group, np.int64), shared)]


@pytest.mark.parametrize("order", [("f3", "f2", "f1"), ("f2", "f3", "f1"), ("f1", "f2", "f3")])
def test_who_is_served_belongs_to_the_firm_that_serves_not_to_one_behind(order: tuple[str, ...]) -> None:
    """One fair at home, and one abroad, where firms that no delegation takes are excused."""
    asked = [b.application(f, q, score=90.0 - k) for k, f in enumerate(order) for q in ("abroad-1-1", "expo-1-1")]
    choices = (b.choice("abroad", policy="rank", least_firms=2),)
    problem = pose(b.a_programme(applications=tuple(asked), choices=choices))
    ahead = queue_of(problem).ahead["firm"].tolist()
    assert ahead == [*order[:2]] * 2
    model = build(problem, RULES)
    assert [model.firms[g] for g in model.group[model.blocks[SERVED]]] == ahead


@pytest.mark.parametrize("serves", [0, 1])
@pytest.mark.parametrize("turned", [1, -1])
def test_where_several_ask_for_a_column_it_goes_to_the_one_without_which_it_cannot_rise(
    serves: int, turned: int
) -> None:
    """Column 2 only with what one firm has (0 or 1), and what the other has only with it; upper ends, or lower ones."""
    pairs = [(2, serves), (1 - serves, 2)]
    rows: list[Row] = [({a: turned, b: -turned}, *((-MANY, 0) if turned > 0 else (0, MANY))) for a, b in pairs]
    assert owners([0, 1, NOBODY], rows) == [0, 1, serves]
    assert owners([0, 1, NOBODY], rows[::-1]) == [0, 1, serves]


def test_where_firms_only_ask_for_a_column_the_first_gets_it_and_where_nobody_does_none() -> None:
    assert owners([1, 0, NOBODY, NOBODY], [({0: 1, 2: -1}, -MANY, 0), ({1: 1, 2: -1}, -MANY, 0)]) == [1, 0, 0, SHARED]


def test_rows_of_several_firms_have_no_say() -> None:
    assert owners([0, 1, NOBODY], [({2: 1, 0: -1, 1: -1}, -MANY, 0)]) == [0, 1, SHARED]
    assert owners([0, 1, NOBODY], [({2: 1, 0: -1, 1: -1}, -MANY, 0), ({1: 1, 2: -1}, -MANY, 0)]) == [0, 1, 1]


def test_a_column_goes_where_one_goes_that_it_cannot_rise_without() -> None:
    """3 only with 2, and 2 only with what the second firm has."""
    assert owners([0, 1, NOBODY, NOBODY], [({3: 1, 2: -1}, -MANY, 0), ({2: 1, 1: -1}, -MANY, 0)]) == [0, 1, 1, 1]


def test_what_is_said_to_be_shared_stays_so() -> None:
    assert owners([NOBODY, 0], [({0: 1, 1: -1}, -MANY, 0)], slice(0, 1)) == [SHARED, 0]
