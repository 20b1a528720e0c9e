"""The printed budget of an official party: the grid of the form, adding up to what the plan says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fairplanner.domain.kinds import CostLine
from fairplanner.domain.money import Rate
from fairplanner.domain.packs import TravelRules
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.money.budget_grid import budget_rows
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.sheets.briefing import briefing
from fairplanner.rules.reckon.tariff import party_cost
from tests import builders as b
from tests.publish import plans

RATE = Rate(currency="USD", rate=Decimal("7.1234"), on=date(2024, 11, 20), **b.SAMPLE)
LION = b.stay("lion", 220, meals=Decimal(55), incidentals=Decimal(40), currency="USD", source="财行〔2013〕516号")


def singapore(rules: TravelRules | None = None, **tables: Any) -> tuple[Programme, Plan]:
    """The plan's party abroad at the rates of the tariff, its cost as reckoned."""
    law = rules or TravelRules(car_share=Decimal("0.40"), most_tariff_days=14)
    chosen = {"settings": b.settings(packs=(b.pack_choice(),)), "packs": (b.pack(travel=law),)}
    programme = plans.programme(**({"stays": (b.stay(), LION), "rates": (RATE,)} | chosen | tables))
    d = plans.abroad()
    lines = party_cost(programme, d.home, d.stops, d.depart, d.return_, d.officials)
    cost = tuple((line.value, amount) for line, amount in sorted(lines.items()) if amount)
    return programme, plans.plan(delegations=(plans.abroad(cost=cost), plans.at_home()))


def sheet_of(lang: str = "zh", **changes: Any) -> Sheet:
    press = Press(*singapore(**changes), lang)
    return briefing(press, press.parties[0])


def section(sheet: Sheet, key: str) -> Section:
    return next(s for s in sheet.sections if s.key == key)


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    table = section(sheet, "budget").table
    assert table is not None
    return list(table.rows)


def money(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def test_the_grid_has_the_columns_of_the_form() -> None:
    table = section(sheet_of(), "budget").table
    assert table is not None
    assert table.headers == ("项目", "币种", "标准", "人数", "天数", "外币", "汇率（日期）", "人民币（元）")
    assert table.rows[1] == (
        "住宿费：lion",
        "美元",
        "220.00",
        "3",
        "4 晚",
        "2,640.00",
        "7.1234\n（2024-11-20）",
        "18,805.78",
    )
    assert table.rows[2][4] == "5 天"
    assert {len(row) for row in table.rows} == {len(table.headers), len(table.total), len(table.widths)} == {8}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_last_column_adds_up_to_the_public_money_of_the_plan(lang: str) -> None:
    sheet, (_, plan) = sheet_of(lang), singapore()
    table = section(sheet, "budget").table
    assert table is not None
    assert sum(money(row[-1]) for row in table.rows) == money(table.total[-1]) == plan.delegations[0].total
    costs = section(sheet, "costs").table
    assert costs is not None
    assert money(costs.rows[0][2]) == plan.delegations[0].total


@pytest.mark.parametrize(
    ("by", "shown", "said"), [("nights", "4 晚", "住宿费按晚计"), ("days", "5 天", "住宿费按天计")]
)
def test_it_says_how_lodging_is_counted_and_whose_rates_they_are(by: str, shown: str, said: str) -> None:
    sheet = sheet_of(rules=TravelRules(lodging_by=by))
    assert rows_of(sheet)[1][4] == shown
    note = section(sheet, "budget").note
    assert note.startswith(said)
    assert "标准依据：财行〔2013〕516号" in note


def test_what_the_host_pays_and_a_car_are_named() -> None:
    choices = (b.choice("abroad", hosted=(CostLine.MEALS,), car=True),)
    rows = rows_of(sheet_of("en", choices=choices))
    assert rows[2][0] == "Meals: lion (paid by the host)"
    assert rows[2][-1] == "0.00"
    assert rows[3][0] == "Incidentals: lion (transport provided or a car hired: 40 % of the rate)"
    assert rows[3][5] == "240.00"


def test_a_party_beyond_the_days_of_the_tariff_is_flagged_twice() -> None:
    sheet = sheet_of(rules=TravelRules(most_tariff_days=3))
    assert "在外 5 天，超过标准适用的 3 天" in section(sheet, "budget").note
    assert any("另行核定" in item for item in section(sheet, "risks").items)


def test_a_plan_made_under_other_rates_is_printed_as_it_was_decided() -> None:
    programme, _ = singapore()
    press = Press(programme, plans.plan(), "zh")
    sheet = briefing(press, press.parties[0])
    assert [s.key for s in sheet.sections if s.key == "budget"] == []
    costs = section(sheet, "costs").table
    assert costs is not None
    assert [row[1] for row in costs.rows[:4]] == ["交通", "公杂", "住宿", "伙食"]


def test_the_workbook_has_every_line_and_adds_up_to_all_public_money() -> None:
    programme, plan = singapore()
    rows = budget_rows(Press(programme, plan, "zh"))
    assert len(rows) == 4
    assert sum(row[-1] for row in rows) == sum(d.total for d in plan.delegations)  # type: ignore[misc]
    (row,) = budget_rows(Press(programme, plans.plan(), "zh"))
    assert row[-1] == plans.abroad().total
