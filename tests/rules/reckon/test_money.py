"""Prices, journeys, official parties, claims: worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fairplanner.domain.kinds import CostLine, StandKind
from fairplanner.domain.money import Fare, Rate
from fairplanner.domain.reference import Membership
from fairplanner.rules.reckon import money as m
from tests import builders as b

FARES = (
    Fare(from_place="hills", to_place="lion", hours=6, return_fare=Decimal(3000), **b.SAMPLE),
    Fare(from_place="hills", to_place="harbour", hours=4, return_fare=Decimal(1000), **b.SAMPLE),
    Fare(from_place="harbour", to_place="lion", hours=4, return_fare=Decimal(2001), **b.SAMPLE),
)


def test_fen_are_rounded_half_up_and_back() -> None:
    assert (m.to_fen(Decimal("10.005")), m.to_fen(Decimal("10.004"))) == (1001, 1000)
    assert m.from_fen(1001) == Decimal("10.01")


def test_a_price_of_the_phase_goes_before_one_of_the_fair_and_foreign_money_is_exchanged() -> None:
    rate = Rate(currency="SGD", rate=Decimal("5.333"), on=date(2025, 1, 1), **b.SAMPLE)
    prices = (b.price(), b.price(per_booth=100, phase_id="expo-1-2", currency="SGD"))
    programme = b.a_programme(prices=prices, rates=(rate,))
    assert m.stand_price(programme, "expo-1-1", StandKind.STANDARD) == 10_000
    assert m.stand_cost(programme, "expo-1-2", StandKind.STANDARD, 3) == Decimal("1599.90")
    assert m.stand_price(programme, "expo-1-1", StandKind.RAW) is None
    assert m.stand_cost(programme, "expo-1-1", StandKind.NONE, 0) == 0


def test_a_currency_without_a_rate_is_an_error() -> None:
    with pytest.raises(KeyError):
        m.rate_of(b.a_programme(), "EUR")


def test_a_chain_pays_half_of_each_legs_return_fare() -> None:
    programme = b.a_programme(fares=FARES)
    assert m.chain_fare(programme, "hills", ["lion"]) == 3000
    assert m.chain_fare(programme, "hills", ["harbour", "lion"]) == Decimal("3000.5")


def test_a_firms_journey_lodges_every_night_at_the_dearest_city() -> None:
    programme = b.a_programme(fares=FARES)
    dates = (date(2025, 3, 15), date(2025, 3, 22))
    assert m.journey_cost(programme, "hills", ("abroad-1-1",), *dates, 2) == (6000, 7 * 900 * 2)
    assert m.journey_cost(programme, "hills", ("abroad-1-1", "expo-1-1"), *dates, 1)[1] == 7 * 900
    assert m.journey_cost(programme, "harbour", ("expo-1-1",), *dates, 2) == (0, 0)


def test_a_scheme_pays_only_zones_that_stand_in_it_that_year() -> None:
    fund = b.fund("trade", "trade-development", pays=("stand",), scheme="pilot")
    member = Membership(zone_id="east", scheme="pilot", year=2025, member=True, **b.SAMPLE)
    programme = b.a_programme(funds=(b.fund(), fund), memberships=(member,))
    day = date(2025, 4, 1)
    assert m.may_pay(programme, "trade", "east", CostLine.STAND, day)
    assert not m.may_pay(programme, "trade", "west", CostLine.STAND, day)
    assert not m.may_pay(programme, "trade", "east", CostLine.FARE, day)
    assert not m.may_pay(programme, "trade", "east", CostLine.STAND, date(2026, 1, 1))


def test_other_costs_are_prices_a_firm_a_booth_or_a_person() -> None:
    rate = Rate(currency="SGD", rate=Decimal("5.333"), on=date(2025, 1, 1), **b.SAMPLE)
    costs = (
        b.cost("fitout", 100, per="booth", currency="SGD"), b.cost("freight", 700), b.cost("fees", 25, per="person"),
        b.cost("fees", 999, fair_id="expo"),
    )  # fmt: skip
    programme = b.a_programme(costs=costs, rates=(rate,))
    assert m.other_costs(programme, "f1", "abroad-1-1", 3, 2) == {
        CostLine.FITOUT: Decimal("1599.90"), CostLine.FREIGHT: 700, CostLine.FEES: 50,
    }  # fmt: skip
    assert m.other_costs(programme, "f1", "expo-1-2", 3, 2) == {CostLine.FEES: 999}
    with pytest.raises(KeyError):
        m.other_costs(b.a_programme(costs=costs), "f1", "abroad-1-1", 1, 1)


def test_the_most_specific_row_of_a_line_counts_the_firm_before_the_phase() -> None:
    costs = [
        b.cost("fees", amount, fair_id="expo", firm_id=firm_id, phase_id=phase_id)
        for amount, firm_id, phase_id in ((1, "", ""), (2, "", "expo-1-2"), (3, "f1", ""), (4, "f2", "expo-1-2"))
    ]
    costs.append(b.cost("freight", 9, fair_id="expo"))
    for order in (costs, costs[::-1]):
        programme = b.a_programme(costs=tuple(order))
        asked = [("f3", "expo-1-1"), ("f3", "expo-1-2"), ("f1", "expo-1-2"), ("f2", "expo-1-2"), ("f2", "expo-1-1")]
        found = [m.other_costs(programme, f, q, 1, 1) for f, q in asked]
        assert [x[CostLine.FEES] for x in found] == [1, 2, 3, 4, 1]
        assert {x[CostLine.FREIGHT] for x in found} == {9}
