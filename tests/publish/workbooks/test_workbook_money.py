"""Sheets on money: what stands in them is the view's, and every printed column adds up to its printed total."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.publish.press import Press
from fairplanner.publish.workbooks import workbook_money
from fairplanner.publish.workbooks.workbook import plan_workbook
from fairplanner.publish.workbooks.xlsx import HEADER_ROW, NOT_SUMMED, Kind
from tests.programmes.packs_plan import packs_plan
from tests.publish.reading import sheets_of


def press(lang: str = "zh") -> Press:
    return Press(*packs_plan(), lang)


def test_a_row_of_costs_adds_up_across_and_the_sheet_down() -> None:
    grid = workbook_money.visits(press())
    heads = [c.header for c in grid.columns]
    lines, cost, entitled = heads.index("展位（元）"), heads.index("费用合计（元）"), heads.index("应得补贴（元）")
    for row in grid.rows:
        amounts = [Decimal(str(x)) for x in row[lines : cost + 5]]
        assert sum(amounts[:6]) == amounts[6]
        assert amounts[7] - amounts[8] == amounts[9]
        assert amounts[6] - amounts[9] == amounts[10]
    assert grid.totals()[entitled] == sum((c.entitled for c in press().plan.claims), Decimal(0))


def test_a_row_says_why_subsidies_are_not_claimed() -> None:
    grid = workbook_money.visits(press())
    assert grid.columns[-1].header == "未申报原因"
    (row,) = [r for r in grid.rows if r[1] == "示例企业03" and "东盟" in str(r[3])]
    assert row[-1] == "特装补贴：可申报 8,000.00，每企业全年补贴上限（限 15,000.00）只余 0.00"


def test_the_reckoning_names_caps_limits_and_marks() -> None:
    rows = [row for row in workbook_money.claims(press()).rows if row[1] == "示例企业03" and row[3] == "展位费补贴"]
    ((_, _, _, _, fund, base, rate, turn, steps, entitled, cut, by, paid, remark),) = rows
    assert (fund, base, rate, turn, entitled, cut, paid) == ("示例外贸资金", 40_000, 70, 1, 24_000, 9_000, 15_000)
    assert (steps, by) == ("受每展位（9 ㎡）限额，为 24,000.00", "每企业全年补贴上限（限 15,000.00）")
    assert remark == "假定 2024-12-31 之后继续有效"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_printed_column_of_every_sheet_adds_up(lang: str) -> None:
    names = {
        "zh": ("费用与补贴", "补贴测算", "资金季度", "考核奖励"),
        "en": ("Costs and subsidies", "Subsidies reckoned", "Funds by quarter", "Awards"),
    }
    sheets, added = sheets_of(plan_workbook(press(lang))), 0
    for name in names[lang]:
        body, last = sheets[name][HEADER_ROW:-1], sheets[name][-1]
        for column in range(1, len(last)):
            values = [row[column] for row in body if isinstance(row[column], (int, float))]
            if values and last[column] != NOT_SUMMED:
                assert Decimal(str(last[column])) == sum((Decimal(str(v)) for v in values), Decimal(0)), name
                added += 1
    assert added >= 18


def test_quarters_carry_over_what_is_left() -> None:
    rows = [row for row in workbook_money.quarters(press()).rows if row[0] == "示例外贸资金"]
    assert [row[2] for row in rows] == ["2025Q2", "2025Q3"]
    assert rows[0][6] == rows[1][3]
    kinds = [c.kind for c in workbook_money.quarters(press()).columns]
    assert (kinds[3], kinds[6]) == (Kind.FIGURE, Kind.FIGURE)


def test_sources_stand_row_by_row_without_a_total() -> None:
    grid = workbook_money.sources(press("en"))
    assert grid.total == ""
    assert ("Sample province, stands: stand fee", "cap for each booth of 9 ㎡", "12,000.00 CNY") in [
        r[:3] for r in grid.rows
    ]
