"""What every rule starts from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules.base import Law
from tests import builders as b


class Silent(Law):
    """A rule that finds nothing wrong."""

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        return iter(())


def test_a_law_has_no_columns_and_no_rows_of_its_own() -> None:
    problem = pose(b.a_programme())
    assert (list(Silent().columns(problem)), list(Silent().rows(problem))) == ([], [])


def test_a_law_must_judge() -> None:
    with pytest.raises(TypeError, match="check"):
        Law()  # type: ignore[abstract]


def test_facts_of_a_violation_are_words_in_order() -> None:
    assert Silent().broken("x", 2, most=3, have=5) == Violation("", "x", 2, (("have", "5"), ("most", "3")))
