"""What stands beside a table: totals, remarks and units are known in the forms people write, and firms are never taken for them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.intake.sheets.asides import (
    is_alone,
    is_remark,
    is_total,
    may_be_aside,
    money_unit,
    unit_in,
    unit_said,
    year_said,
)


@pytest.mark.parametrize(
    "cell", ["合计", "合  计", "小计：", "总计（家）", "合计：35家", "Total", "Sub-total", "　合计"]
)
def test_totals_are_known(cell: str):
    assert is_total([None, cell, 3])
    assert may_be_aside([None, cell, 3])


@pytest.mark.parametrize(
    "cells", [["合计科技有限公司"], ["Summit"], ["总计（贵州）有限公司"], [3, "合计"], ["a", "b", "c", "合计"], [None]]
)
def test_rows_of_data_are_no_totals(cells: list[object]):
    assert not is_total(cells)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cells",
    [
        ["备注：不含税"],
        ["填表说明：1.如实填写"],
        ["填表人：", None, "审核人：李"],
        ["注1：示例"],
        ["※备注：a", "※备注：a"],
        ["Note: x"],
        ["（注：不含税）"],
        ["（续表）"],
    ],
)
def test_remarks_are_known(cells: list[str | None]):
    assert is_remark(cells)
    assert may_be_aside(cells)


@pytest.mark.parametrize("cells", [["F1", "备注"], ["注塑机械有限公司"], ["Notebook Ltd"], ["日期", "2027-04-15"], []])
def test_rows_of_data_are_no_remarks(cells: list[str]):
    assert not is_remark(cells)


def test_one_text_alone_is_a_line_of_a_remark_also_where_it_was_merged():
    assert is_alone([None, "2.第二条", "2.第二条"])
    assert not is_alone(["a", "b"])
    assert not is_alone([3])


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "万元"),
        ("（金额单位:人民币万元）", "人民币万元"),
        ("单位: 元", "元"),
        ("填报单位：示例 单位：千元", "千元"),
        ("Unit: CNY thousand", "CNY thousand"),
        ("Unit: RMB 10,000", "RMB 10,000"),
        ("Register (amounts in 10,000 yuan)", "10,000 yuan"),
        ("(in thousands of yuan)", "thousands of yuan"),
        ("单位：人民币 万元", "人民币 万元"),
        ("Fairs in Guizhou, 10,000 visitors", ""),
        ("填报单位：示例商务局", ""),
        ("单位：家", ""),
    ],
)
def test_the_unit_of_money_is_read_and_no_other_unit(line: str, unit: str):
    assert unit_said([["示例表", None], [line, line]]) == unit


@pytest.mark.parametrize(
    ("unit", "worth"),
    [
        ("元", (1, "")),
        ("万元", (10_000, "")),
        ("人民币万元", (10_000, "")),
        ("亿元", (10**8, "")),
        ("万美元", (10_000, "USD")),
        ("RMB 10,000", (10_000, "")),
        ("CNY thousand", (1000, "")),
        ("thousand yuan", (1000, "")),
        ("10,000 yuan", (10_000, "")),
        ("in 10,000 yuan", (10_000, "")),
        ("10,000元", (10_000, "")),
        ("US$ million", (10**6, "USD")),
    ],
)
def test_units_are_worth_what_they_say(unit: str, worth: tuple[int, str]):
    assert money_unit(unit) == (Decimal(worth[0]), worth[1])


def test_a_header_may_state_the_unit_in_brackets():
    assert unit_in("金额（单位：万元）").lstrip("：:") == "万元"
    assert unit_in("出口额(万美元)") == "万美元"
    assert unit_in("Turnover (10,000 yuan)") == "10,000 yuan"
    assert unit_in("金额（万元,含税）") == "万元"
    assert unit_in("面积（㎡）") == unit_in("金额") == ""
    assert money_unit("家") is None


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2027年度境外展会计划表", 2027),
        ("（2026年11月编制）２０２７年度计划", 2027),
        ("Plan 2027 (as of 2026-11-23)", 2027),
        ("2026-2027年计划", 0),
        ("2026年—2027年", 0),
        ("填表日期：2026.11.3", 0),
        ("第137届", 0),
    ],
)
def test_a_title_speaks_of_one_year_or_of_none(title: str, year: int):
    assert year_said([title]) == year
