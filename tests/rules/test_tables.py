"""Frames of a problem."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairplanner.pose.posing import pose
from fairplanner.rules.tables import SCHEMAS, frame
from tests import builders as b


def test_a_frame_has_the_columns_and_kinds_of_its_schema_even_when_empty() -> None:
    for name, schema in SCHEMAS.items():
        made = frame(name, [])
        assert list(made.columns) == list(schema)
        assert all(kind == "str" or made[column].dtype == kind for column, kind in schema.items())


def test_a_problem_refuses_a_frame_with_other_columns() -> None:
    problem = pose(b.a_programme())
    with pytest.raises(ValueError, match="journeys"):
        replace(problem, journeys=problem.journeys.drop(columns="gain"))
