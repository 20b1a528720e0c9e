"""Assumptions as they are typed, and cells as they are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fairplanner.domain.assuming import Assumption, cell_text, key_text
from fairplanner.domain.kinds import Status
from fairplanner.domain.tables import TABLES
from tests.builders import application, fund

TABLE = {table.name: table for table in TABLES}


@pytest.mark.parametrize(
    ("assumption", "typed"),
    [
        (Assumption("funds", "F1", "amount", "342000"), "funds/F1.amount=342000"),
        (Assumption("decisions", "D3", "", "-"), "decisions/D3=-"),
        (Assumption("programme", "", "value.delegation", "3"), "programme.value.delegation=3"),
        (Assumption("posts", "p9", "", "+", cells=(("skill", "leader"),)), 'posts/p9=+{"skill": "leader"}'),
    ],
)
def test_an_assumption_is_printed_as_it_may_be_typed(assumption: Assumption, typed: str) -> None:
    assert str(assumption) == typed


def test_a_pin_that_nobody_decided_is_printed_short() -> None:
    cells = (("firm_id", "f1"), ("kind", "must-go"), ("phase_id", "expo-1-1"))
    assert str(Assumption("decisions", "assumed:must-go:f1@expo-1-1", "", "+", cells=cells)) == "must-go:f1@expo-1-1"


def test_a_key_joins_its_columns_and_marks_a_blank_one() -> None:
    assert key_text(TABLE["applications"], application()) == "f1/expo-1-1/-"
    assert key_text(TABLE["funds"], fund("F1")) == "F1"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "yes"), (False, "no"), (Decimal("342000.00"), "342000"), (Decimal("0.50"), "0.5"), (0.15, "0.15"),
        (3, "3"), (date(2025, 4, 1), "2025-04-01"), (Status.HELD, "held"), ((5, 8, 10), "5;8;10"), ((), ""), (1e-7, "0.0000001"),
        (Decimal("1E+5"), "100000"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_it_stands_in_a_cell(value: object, text: str) -> None:
    assert cell_text(value) == text
