"""What every rule starts from."""

from __future__ import annotations

import pytest

from fairplanner.domain.plan import Violation
from fairplanner.pose.posing import pose
from fairplanner.rules.base import Law
from tests import builders as b
from tests.rules.plans import plan


def test_a_law_has_no_columns_and_no_rows_and_must_judge() -> None:
    programme = b.a_programme()
    problem = pose(programme)
    assert (list(Law().columns(problem)), list(Law().rows(problem))) == ([], [])
    with pytest.raises(NotImplementedError):
        list(Law().check(programme, plan(programme)))


def test_facts_of_a_violation_are_words_in_order() -> None:
    assert Law().broken("x", 2, most=3, have=5) == Violation("", "x", 2, (("have", "5"), ("most", "3")))
