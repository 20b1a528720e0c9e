"""Labels that are written when they are read say what the contract says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fairplanner.rules.contract import label
from fairplanner.rules.helpers import labels_of
from fairplanner.rules.names import Joined, Names, Same, chained, picked

ROWS = pd.DataFrame({"firm": ["f1", "f2", "f3"], "phase": ["q1", "", "q3"], "turn": [1, 2, 3]})
TOLD = [label("f1", "q1", 1, "taken"), label("f2", "", 2, "taken"), label("f3", "q3", 3, "taken")]


def names() -> Names:
    return labels_of(ROWS, ["firm", "phase", "turn"], last="taken")


def test_labels_are_those_of_the_contract_one_by_one_and_all_at_once() -> None:
    assert list(names()) == TOLD
    assert [names()[i] for i in range(3)] == TOLD
    assert names()[-1] == TOLD[-1]
    assert names()[1:] == tuple(TOLD[1:])
    assert names() == TOLD
    assert names() != TOLD[:2]


def test_a_word_may_stand_before_them() -> None:
    assert list(labels_of(ROWS[:1], ["firm"], first="visit cap")) == [label("visit cap", "f1")]


def test_nothing_stands_beyond_the_last_label() -> None:
    with pytest.raises(IndexError):
        names()[3]


def test_labels_keep_what_was_said_when_the_frame_changes() -> None:
    rows = ROWS.copy()
    kept = labels_of(rows, ["firm"])
    rows.loc[0, "firm"] = "other"
    assert kept[0] == "f1"


def test_some_of_some_of_the_names_are_picked() -> None:
    some = picked(picked(names(), np.array([2, 0, 0])), np.array([0, 2]))
    assert list(some) == [TOLD[2], TOLD[0]]


def test_names_stand_one_after_another() -> None:
    both = chained(names(), [], Same("x", 2), ["y"])
    assert (len(both), list(both)) == (6, [*TOLD, "x", "x", "y"])
    assert [both[i] for i in (2, 3, 5)] == [TOLD[2], "x", "y"]


def test_no_rows_have_no_labels() -> None:
    assert list(Joined(0, [np.array([], dtype=object), "served"])) == []
    assert list(chained()) == []
