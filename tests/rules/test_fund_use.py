"""What a fund may pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairplanner.domain.reference import Membership
from fairplanner.rules.fund_use import FundUse
from tests import builders as b
from tests.rules.plans import broken, claim, delegation, place, plan, standing_body
from tests.rules.reckon.test_funds import LIST

RULE = FundUse()


def test_a_delegation_paid_from_a_travel_fund_is_kept() -> None:
    assert broken(RULE, b.a_programme(), delegation(), claim()) == []


def test_money_never_moves_between_natures() -> None:
    assert broken(RULE, b.a_programme(), delegation(fund_id="trade")) == [("prov:abroad-1-1", 1)]
    programme = b.a_programme(subsidies=(b.subsidy(fund_id="travel"),))
    assert broken(RULE, programme, claim(fund_id="travel")) == [("f1/abroad-1-1$half", 1)]


def test_a_fund_pays_only_its_lines() -> None:
    programme = b.a_programme(funds=(b.fund(pays=("fare",)),))
    lines = (("fare", Decimal(1)), ("meals", Decimal(1)))
    assert broken(RULE, programme, delegation(cost=lines)) == [("prov:abroad-1-1", 1)]


def test_a_fund_pays_only_within_its_period_by_the_day_of_departure() -> None:
    assert broken(RULE, b.a_programme(funds=(b.fund(period_from=date(2025, 3, 17)),)), delegation()) == []
    assert broken(RULE, b.a_programme(funds=(b.fund(period_from=date(2025, 3, 18)),)), delegation()) == [
        ("prov:abroad-1-1", 1)
    ]


def test_a_fund_serves_its_zone_and_those_below() -> None:
    programme = b.a_programme(funds=(b.fund(zone_id="east"),))
    assert broken(RULE, programme, delegation("east")) == []
    assert broken(RULE, programme, delegation("prov")) == [("prov:abroad-1-1", 1)]


def test_a_cost_with_no_fund_is_broken_and_no_cost_needs_none() -> None:
    assert broken(RULE, b.a_programme(), delegation(fund_id="")) == [("prov:abroad-1-1", 1)]
    assert broken(RULE, b.a_programme(), standing_body()) == []


def test_stands_from_money_whose_list_does_not_name_them_are_refused_with_the_quote() -> None:
    funds = (b.fund("trade", "trade-development", pays=("stand",), scheme="upgrade"), b.fund())
    member = Membership(zone_id="east", scheme="upgrade", year=2025, member=True, **b.SAMPLE)
    base = b.a_programme(funds=funds, memberships=(member,))
    assert broken(RULE, base, place("f1", "abroad-1-1"), claim()) == []
    refused = base.model_copy(update={"packs": (LIST,)})
    assert broken(RULE, refused, place("f1", "abroad-1-1"), claim()) == [("f1/abroad-1-1$half", 1)]
    (said,) = RULE.check(refused, plan(refused, claim()))
    assert dict(said.facts)["quote"] == "人才培训等"
