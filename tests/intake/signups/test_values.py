"""Cells of sign-ups as people write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.sheet import Cell
from fairplanner.intake.signups.records import Given
from fairplanner.intake.signups.values import least_of, moment_of, personal_in, value_of, without_stand


def cell(value: Cell, title: str = "", unit: str = "") -> Given:
    return Given(value, "x", 2, 3, title, unit)


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("booths", 2, 2), ("booths", "２个", 2), ("booths", "2个标摊", 2), ("booths", "1-2个", 2), ("booths", "36㎡", 4),
        ("booths", "无", 0), ("booths", "两个", 2), ("least_booths", "1—2", 1), ("area", 36, 4), ("area", "18平方米", 2),
        ("people", "3人", 3), ("people", "三名", 3), ("people", "约4人", 4), ("export_usd", "1,200.50", Decimal("1200.5")),
        ("received", datetime(2025, 1, 2, 8, 30), date(2025, 1, 2)), ("received", "2025/1/2 10:05:33", date(2025, 1, 2)),
        ("received", "2025年1月2日", date(2025, 1, 2)), ("exhibits", "茶┋茶具", "茶、茶具"), ("role", "采购", "buy"),
        ("preference", "第三志愿", 3), ("preference", 2, 2), ("people", "2-3人", 3), ("kind", "生产", "producer"), ("kind", "流通企业", "trader"),
    ],
)  # fmt: skip
def test_a_cell_says(field: str, said: Cell, value: object) -> None:
    assert value_of(field, cell(said)) == value


@pytest.mark.parametrize(
    ("field", "said", "what"),
    [
        ("booths", "9" * 5000, "number-big"), ("booths", 1e18, "number-big"), ("staff", "1-" + "9" * 5000, "number-big"),
        ("area", "9" * 400, "signup-area"), ("area", "9" * 400 + "㎡", "signup-area"),
        ("booths", "若干", "signup-count"), ("booths", 1.5, "whole-number"), ("booths", True, "whole-number"),
        ("area", 20, "signup-area"), ("people", 0, "too-small"), ("booths", -1, "too-small"), ("role", "路过", "not-listed"),
        ("received", "2025/13/2 10:05", "date-none"), ("export_usd", "很多", "number"), ("fair", "x", "not-valid"),
    ],
)  # fmt: skip
def test_what_is_not_understood_says_why(field: str, said: Cell, what: str) -> None:
    with pytest.raises(BadCellError) as caught:
        value_of(field, cell(said))
    assert caught.value.what == what


def test_money_is_in_the_unit_of_its_header_else_of_its_page() -> None:
    assert value_of("export_usd", cell(12.5, "上年出口额（万美元）")) == Decimal(125_000)
    assert value_of("export_usd", cell(12.5, "上年出口额", "万美元")) == Decimal(125_000)
    assert value_of("export_usd", cell("12.5万美元", "上年出口额", "万元")) == Decimal(125_000)
    with pytest.raises(BadCellError, match="unit-other-above"):
        value_of("export_usd", cell(12.5, "上年出口额", "万元"))


@given(st.integers(0, 50), st.integers(0, 50))
def test_of_a_range_the_greater_is_wanted_and_the_lesser_is_least(one: int, other: int) -> None:
    text = cell(f"{one}-{other}个")
    assert value_of("booths", text) == other
    assert least_of(text) == (one if one < other else None)


def test_the_minute_of_a_submission_is_kept() -> None:
    assert moment_of(cell("2025/1/2 10:05:33")) == datetime(2025, 1, 2, 10, 5, 33)
    assert moment_of(cell("2025-01-02")) == datetime(2025, 1, 2)


@pytest.mark.parametrize(
    "text", ["联系13800138000", "张三 0851-12345678", "a.b@example.com", "身份证11010119900307001X", "护照 E12345678"]
)
def test_what_planning_does_not_hold_is_found(text: str) -> None:
    assert personal_in(cell(text))


@pytest.mark.parametrize("text", ["茶叶、茶具", "2025年出口1380万美元", "编号 A12", "面积36平方米"])
def test_what_is_no_number_of_a_person_is_left(text: str) -> None:
    assert personal_in(cell(text)) == ""


def test_who_buys_and_asks_for_no_stand_gets_none() -> None:
    assert without_stand({"role": "buy"}) == {"role": "buy", "stand": "none", "booths": 0, "least_booths": 0}
    assert without_stand({"role": "buy", "booths": 1}) == {"role": "buy", "booths": 1}
    assert without_stand({"booths": 0}) == {"booths": 0, "least_booths": 0}
    assert without_stand({"role": "exhibit"}) == {"role": "exhibit"}
