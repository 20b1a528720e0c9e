"""The budget of an official party, worked by hand; the Singapore figures are those of 财行〔2017〕434号 (220, 55, 40 USD)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fairplanner.domain.kinds import CostLine, Regime
from fairplanner.domain.money import Fare, Rate
from fairplanner.domain.packs import Cite, Pack, PackChoice, TravelRules
from fairplanner.domain.plan import Stop
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.tariff import GridLine, days_over_tariff, party_cost, party_grid
from tests import builders as b

PUBLIC = (CostLine.LODGING, CostLine.MEALS, CostLine.INCIDENTALS)
FIVE_DAYS = (date(2025, 3, 17), date(2025, 3, 21))
LION = Stop(phase_id="abroad-1-1", arrive=date(2025, 3, 17), leave=date(2025, 3, 20))
RATE = Rate(currency="USD", rate=Decimal("7.1234"), on=date(2025, 1, 2), **b.SAMPLE)
SINGAPORE = {"meals": Decimal(55), "incidentals": Decimal(40), "currency": "USD"}
FARES = (
    Fare(from_place="hills", to_place="lion", hours=6, return_fare=Decimal(3000), **b.SAMPLE),
    Fare(from_place="hills", to_place="harbour", hours=4, return_fare=Decimal(1000), **b.SAMPLE),
    Fare(from_place="harbour", to_place="lion", hours=4, return_fare=Decimal(2001), **b.SAMPLE),
)


def travel_pack(**rules: Any) -> Pack:
    cite = Cite(title="a notice", confidence="sourced", reading="first-hand")
    return Pack(
        pack_id="travel-rules", name_zh="规定", name_en="rules", jurisdiction_zh="国", jurisdiction_en="land", source="n",
        sources={"n": cite}, travel=TravelRules(regimes=tuple(Regime), **rules),
    )  # fmt: skip


def programme(
    currency: str = "USD", lodging_by: str = "", rules: dict[str, Any] | None = None, **tables: Any
) -> Programme:
    chosen = PackChoice(id="travel-rules", lodging_by=lodging_by)
    base = {
        "settings": b.settings(currency=currency, packs=(chosen,)),
        "packs": (travel_pack(**(rules or {"car_share": Decimal("0.40")})),),
        "stays": (b.stay(), b.stay("lion", 220, **SINGAPORE)),
        "rates": (RATE,),
        "fares": FARES,
    }
    return b.a_programme(**(base | tables))


def cost(of: Programme, stops: Sequence[Stop] = (LION,), dates: tuple[date, date] = FIVE_DAYS) -> Decimal:
    lines = party_cost(of, "hills", tuple(stops), *dates, 3)
    return sum((lines[line] for line in PUBLIC), Decimal(0))


def grid(of: Programme, stops: Sequence[Stop] = (LION,), dates: tuple[date, date] = FIVE_DAYS) -> tuple[GridLine, ...]:
    return party_grid(of, "hills", tuple(stops), *dates, 3)


def test_three_people_in_singapore_for_five_days_cost_4065_usd_by_nights() -> None:
    assert cost(programme()) == Decimal("4065.00")


def test_they_cost_4725_usd_by_days() -> None:
    assert cost(programme(lodging_by="days")) == cost(programme(rules={"lodging_by": "days"})) == Decimal("4725.00")


def test_with_a_hired_car_they_cost_3705_usd_by_nights() -> None:
    assert cost(programme(choices=(b.choice("abroad", car=True),))) == Decimal("3705.00")


def test_a_car_changes_nothing_where_no_pack_says_so() -> None:
    plain = {"settings": b.settings(currency="USD"), "packs": ()}
    assert cost(programme(choices=(b.choice("abroad", car=True),), **plain)) == Decimal("4065.00")


def test_what_the_host_pays_costs_nothing_and_stands_in_the_grid() -> None:
    lines = (CostLine.MEALS, CostLine.INCIDENTALS)
    hosted = programme(choices=(b.choice("abroad", hosted=lines),))
    assert cost(hosted) == Decimal("2640.00")
    assert [(line.line, line.share, line.foreign) for line in grid(hosted)[2:]] == [
        (CostLine.MEALS, 0, 0),
        (CostLine.INCIDENTALS, 0, 0),
    ]


def test_the_grid_has_the_printed_columns_and_the_day_of_the_rate() -> None:
    fare, lodging, meals, incidentals = grid(programme("CNY", choices=(b.choice("abroad", car=True),)))
    assert (fare.standard, fare.people, fare.unit, fare.currency, fare.on, fare.amount) == (
        3000,
        3,
        "journey",
        "CNY",
        None,
        9000,
    )
    assert (lodging.standard, lodging.people, lodging.count, lodging.unit) == (220, 3, 4, "nights")
    assert (lodging.foreign, lodging.rate, lodging.on) == (2640, RATE.rate, RATE.on)
    assert lodging.amount == Decimal("18805.78")  # 2,640 × 7.1234 = 18,805.776
    assert (meals.count, meals.unit, meals.amount) == (5, "days", Decimal("5876.81"))  # 825 × 7.1234 = 5,876.805
    assert (incidentals.share, incidentals.foreign) == (Decimal("0.40"), 240)
    assert incidentals.amount == Decimal("1709.62")  # 240 × 7.1234 = 1,709.616


@pytest.mark.parametrize("lodging_by", ["nights", "days"])
def test_lines_add_up_exactly_to_what_the_plan_carries(lodging_by: str) -> None:
    far = (b.stay("harbour", 333, meals=Decimal("33.33")), b.stay("lion", 220, **SINGAPORE))
    rate = RATE.model_copy(update={"rate": Decimal("7.12345")})
    of = programme("CNY", lodging_by, stays=far, rates=(rate,))
    stops = (LION, Stop(phase_id="expo-1-1", arrive=date(2025, 3, 20), leave=date(2025, 3, 24)))
    lines, total = (
        grid(of, stops, (date(2025, 3, 17), date(2025, 3, 25))),
        cost(of, stops, (date(2025, 3, 17), date(2025, 3, 25))),
    )
    exact = sum((line.exact * line.rate for line in lines if line.line is CostLine.MEALS), Decimal(0))
    meals = sum((line.amount for line in lines if line.line is CostLine.MEALS), Decimal(0))
    assert abs(meals - exact) <= Decimal("0.005")
    assert sum((line.amount for line in lines if line.line in PUBLIC), Decimal(0)) == total
    assert all(abs(line.amount - line.exact * line.rate) < Decimal("0.01") for line in lines)


def test_a_chain_pays_each_stop_at_its_own_rates_until_the_next_begins() -> None:
    stops = (LION, Stop(phase_id="expo-1-1", arrive=date(2025, 3, 20), leave=date(2025, 3, 24)))
    lines = grid(programme("CNY"), stops, (date(2025, 3, 17), date(2025, 3, 25)))
    assert [(x.line, x.place_id, x.standard) for x in lines[:2]] == [
        (CostLine.FARE, "", 2000),
        (CostLine.FARE, "harbour", Decimal("1000.5")),
    ]
    counts = [(x.place_id, x.count) for x in lines if x.line in (CostLine.LODGING, CostLine.MEALS)]
    assert counts == [("lion", 3), ("lion", 3), ("harbour", 5), ("harbour", 6)]


def dalian(start: date, end: date) -> Programme:
    at = b.phase("expo", 1, start=start, end=end)
    peak = b.stay("harbour", 350, peak_months=(7, 8, 9), peak_lodging=Decimal(420))
    return programme("CNY", phases=(at,), stays=(peak,), applications=(), quotas=(), prices=(), choices=())


@pytest.mark.parametrize(("month", "night"), [(5, 350), (8, 420)])
def test_nights_in_dalian_are_dearer_in_august_than_in_may(month: int, night: int) -> None:
    of = dalian(date(2025, month, 6), date(2025, month, 8))
    stop = Stop(phase_id="expo-1-1", arrive=date(2025, month, 5), leave=date(2025, month, 8))
    lines = party_cost(of, "hills", (stop,), date(2025, month, 5), date(2025, month, 9), 2)
    assert (lines[CostLine.LODGING], lines[CostLine.MEALS], lines[CostLine.INCIDENTALS]) == (night * 4 * 2, 1000, 800)


def test_a_stay_over_the_turn_of_the_season_has_a_line_for_each() -> None:
    of = dalian(date(2025, 6, 29), date(2025, 7, 2))
    stop = Stop(phase_id="expo-1-1", arrive=date(2025, 6, 28), leave=date(2025, 7, 2))
    lodging = [x for x in grid(of, (stop,), (date(2025, 6, 28), date(2025, 7, 3))) if x.line is CostLine.LODGING]
    assert [(x.standard, x.count, x.peak) for x in lodging] == [(350, 3, False), (420, 2, True)]


def test_a_place_without_rates_leaves_the_fare_alone() -> None:
    assert [x.line for x in grid(programme(stays=()))] == [CostLine.FARE]
    assert cost(programme(stays=())) == 0


def test_days_beyond_those_of_the_tariff_are_counted() -> None:
    of = programme(rules={"most_tariff_days": 14})
    assert days_over_tariff(of, (LION,), date(2025, 3, 7), date(2025, 3, 20)) == 0
    assert days_over_tariff(of, (LION,), date(2025, 3, 7), date(2025, 3, 22)) == 2
    assert days_over_tariff(programme(), (LION,), date(2025, 3, 1), date(2025, 3, 31)) == 0
