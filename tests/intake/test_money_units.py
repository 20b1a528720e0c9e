"""Units of money: what the header says counts before what the sheet says, and a cell's own unit before both."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.intake.cells import BadCellError
from fairplanner.intake.columns import columns_of
from fairplanner.intake.money_units import scaled, worth
from fairplanner.intake.sheet import BY_NAME

FIRM = columns_of(BY_NAME["firms"])


@pytest.mark.parametrize(
    ("field", "header", "unit", "by"),
    [
        ("own_money", "自有预算", "万元", 10_000),
        ("own_money", "自有预算（元）", "万元", 1),
        ("own_money", "自有预算（万元）", "", 10_000),
        ("export_usd", "出口额", "万美元", 10_000),
        ("export_usd", "出口额（万美元）", "万元", 10_000),
        ("staff", "职工人数", "万元", 1),
        ("own_money", "自有预算", "", 1),
    ],
)
def test_a_column_is_worth_what_its_header_or_its_sheet_says(field: str, header: str, unit: str, by: int):
    assert worth(FIRM[field], header, unit) == by


def test_columns_with_a_currency_of_their_own_take_any_unit():
    assert worth(columns_of(BY_NAME["costs"])["amount"], "金额", "万美元") == 10_000


def test_another_currency_is_refused():
    with pytest.raises(BadCellError, match="unit-other"):
        worth(FIRM["own_money"], "自有预算（万美元）", "")


def test_a_sheet_in_another_currency_over_a_column_that_states_none_is_refused():
    # read as dollars, 单位：万元 would make every export figure wrong without a word
    with pytest.raises(BadCellError, match="unit-other-above"):
        worth(FIRM["export_usd"], "上年出口额", "万元")


def test_numbers_are_multiplied_once_and_cells_with_a_unit_of_their_own_never():
    assert scaled(Decimal("12.5"), 12.5, Decimal(10_000)) == Decimal(125_000)
    assert scaled(Decimal(120_000), "12万元", Decimal(10_000)) == Decimal(120_000)
    assert scaled("text", "text", Decimal(10_000)) == "text"
    assert str(scaled(Decimal("0.00125"), 0.00125, Decimal(10_000))) == "12.5"
