"""Merged cells are filled down, and across where that is asked; absurd merges cost nothing."""

from __future__ import annotations

import time

from fairplanner.intake.sheets.filling import distinct, filled, named
from tests.intake.sheets.making import page


def test_what_is_written_once_is_said_of_each():
    given = page(["a", None], ["b", "c"], merged=[(1, 1, 2, 2)])
    assert filled(given) == [(1, ["a", "a"]), (2, ["a", "a"])]
    assert filled(given, across=False) == [(1, ["a", None]), (2, ["a", "c"])]
    assert given.rows[0][1] == ["a", None], "the page itself stays as it is"


def test_rows_that_hold_only_a_part_of_a_merged_cell_stay_blank():
    assert filled(page(["a"], [], ["b"], merged=[(1, 1, 2, 1)])) == [(1, ["a"]), (3, ["b"])]


def test_merges_over_whole_columns_are_bounded():
    rows = [["a"], *(["b"] for _ in range(5000))]
    begun = time.process_time()
    found = filled(page(*rows, merged=[(1, 1, 1_048_576, 16_384)] * 200))
    assert len(found) == 5001
    assert max(len(cells) for _, cells in found) <= 200
    assert time.process_time() - begun < 5


def test_areas_are_named_as_spreadsheets_do_and_runs_count_once():
    assert named((3, 2, 5, 28)) == "B3:AB5"
    assert list(distinct(["a", "a", None, "a", "b"])) == ["a", "a", "b"]
