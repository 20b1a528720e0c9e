"""The nine helpers give the rows that their names promise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fairplanner.pose.posing import pose
from fairplanner.rules import helpers as h
from fairplanner.rules.contract import NO_LIMIT, Rows, label
from tests import builders as b

SIZES = {"journeys": 3, ("mine", "own"): 2}


def row(rows: Rows, number: int = 0) -> dict[object, list[int]]:
    return {block: matrix.toarray()[number].tolist() for block, matrix in rows.terms.items()}


def bounds(rows: Rows) -> list[tuple[int, int]]:
    return list(zip(rows.lower.tolist(), rows.upper.tolist(), strict=True))


def test_at_most_bounds_each_row_from_above() -> None:
    rows = h.at_most(["a", "b"], {"journeys": [([0, 0, 1], [0, 2, 1], [5, 7, 1])]}, [9, 2], SIZES)
    assert (row(rows), row(rows, 1)) == ({"journeys": [5, 0, 7]}, {"journeys": [0, 1, 0]})
    assert bounds(rows) == [(-NO_LIMIT, 9), (-NO_LIMIT, 2)]


def test_entries_that_meet_in_one_cell_are_added() -> None:
    rows = h.at_most(["a"], {"journeys": [([0, 0], [1, 1], 2), ([0], [1], 3)]}, 1, SIZES)
    assert row(rows) == {"journeys": [0, 7, 0]}


def test_at_least_and_exactly_bound_as_they_say() -> None:
    entries = {"journeys": [([0], [0], 1)]}
    assert bounds(h.at_least(["a"], entries, 4, SIZES)) == [(4, NO_LIMIT)]
    assert bounds(h.exactly(["a"], entries, 4, SIZES)) == [(4, 4)]


def test_implies_puts_the_right_side_on_the_left() -> None:
    rows = h.implies(
        ["a"], {"journeys": [([0], [0], 2)]}, {"journeys": [([0], [1], 1)], ("mine", "own"): [([0], [1], 3)]}, SIZES
    )
    assert row(rows) == {"journeys": [2, -1, 0], ("mine", "own"): [0, -3]}
    assert bounds(rows) == [(-NO_LIMIT, 0)]


def test_exclusive_lets_one_of_them_be() -> None:
    assert bounds(h.exclusive(["a"], {"journeys": [([0, 0], [0, 1], 1)]}, SIZES)) == [(-NO_LIMIT, 1)]


def test_share_compares_whole_numbers() -> None:
    rows = h.share(["a"], {"journeys": [([0], [0], 1)]}, {"journeys": [([0, 0, 0], [0, 1, 2], 1)]}, (1, 3), SIZES)
    assert row(rows) == {"journeys": [-2, 1, 1]}
    assert bounds(rows) == [(-NO_LIMIT, 0)]


def test_ladder_is_soft_and_when_has_a_switch() -> None:
    rows = h.ladder(["a"], {"journeys": [([0], [0], 1)]}, 2, [(1, 10), (1, 20)], SIZES)
    assert (bounds(rows), rows.steps) == ([(2, NO_LIMIT)], ((1, 10), (1, 20)))
    bound = h.when(rows, ("mine", "own"), [1])
    assert bound.when is not None
    assert (bound.when[0], bound.when[1].tolist(), bound.steps) == (("mine", "own"), [1], rows.steps)


def spans(*rows: tuple[int, str, int, int], capacity: int = 1) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["column", "label", "start", "end"]).assign(capacity=capacity)


def test_cumulative_has_one_row_a_maximal_clique() -> None:
    rows = h.cumulative(spans((0, "f", 1, 5), (1, "f", 4, 9), (2, "f", 6, 9)), "journeys", SIZES)
    assert (row(rows), row(rows, 1)) == ({"journeys": [1, 1, 0]}, {"journeys": [0, 1, 1]})
    assert list(rows.labels) == ["f", "f"]


def test_cumulative_counts_both_ends_and_keeps_groups_apart() -> None:
    assert len(h.cumulative(spans((0, "f", 1, 5), (1, "f", 5, 9)), "journeys", SIZES).labels) == 1
    assert len(h.cumulative(spans((0, "f", 1, 5), (1, "f", 6, 9)), "journeys", SIZES).labels) == 0
    assert len(h.cumulative(spans((0, "f", 1, 5), (1, "g", 5, 9)), "journeys", SIZES).labels) == 0


def test_cumulative_leaves_out_cliques_that_fit() -> None:
    three = ((0, "f", 1, 5), (1, "f", 2, 5), (2, "f", 3, 5))
    assert bounds(h.cumulative(spans(*three, capacity=2), "journeys", SIZES)) == [(-NO_LIMIT, 2)]
    assert bounds(h.cumulative(spans(*three, capacity=3), "journeys", SIZES)) == []


@pytest.mark.parametrize("seed", range(5))
def test_cumulative_is_broken_exactly_when_a_day_has_too_many(seed: int) -> None:
    random = np.random.default_rng(seed)
    start = random.integers(0, 20, 12)
    made = spans(*((i, "f", int(s), int(s + random.integers(0, 6))) for i, s in enumerate(start)), capacity=2)
    rows = h.cumulative(made, "journeys", {"journeys": 12})
    for _ in range(50):
        x = random.integers(0, 2, 12)
        out = max(int(x[((made["start"] <= day) & (day <= made["end"])).to_numpy()].sum()) for day in range(30))
        over = (rows.terms["journeys"] @ x - rows.upper).max(initial=0) if rows.terms else 0
        assert max(0, out - 2) == over


def test_labels_of_groups_are_those_of_the_contract() -> None:
    frame = pd.DataFrame({"firm": ["f2", "f1", "f2"], "section": ["", "tea", ""]})
    numbers, keys = h.groups(frame, ["firm", "section"])
    assert numbers.tolist() == [1, 0, 1]
    assert h.labels_of(keys, ["firm", "section"]) == [label("f1", "tea"), label("f2", "")]


def test_no_entries_make_no_rows() -> None:
    empty = pd.DataFrame({"firm": [], "column": []})
    numbers, keys = h.groups(empty, ["firm"])
    rows = h.exclusive(h.labels_of(keys, ["firm"]), {"journeys": [(numbers, empty["column"], 1)]}, SIZES)
    assert (len(rows.labels), rows.terms["journeys"].shape) == (0, (0, 3))


def test_widths_are_those_of_the_tables_and_the_rules_own() -> None:
    problem = pose(b.a_programme())
    sizes = h.widths(problem, {("mine", "own"): 4})
    assert sizes["participations"] == len(problem.participations)
    assert sizes["mine", "own"] == 4
