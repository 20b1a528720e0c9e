"""Distances, hours, fares, and days of leaving and arriving."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fairplanner.domain.money import Fare
from fairplanner.rules.reckon.travel import (
    arrives_on,
    can_follow,
    great_circle_km,
    home_on,
    journey_hours_and_fare,
    leave_by,
)
from tests import builders as b


def test_a_quarter_of_the_equator() -> None:
    assert great_circle_km(0, 0, 0, 90) == pytest.approx(10_007.5, abs=0.1)


def test_staying_costs_nothing_and_a_fare_of_the_table_overrides_the_estimate_both_ways() -> None:
    fare = Fare(from_place="hills", to_place="lion", hours=5, return_fare=Decimal(1234), **b.SAMPLE)
    programme = b.a_programme(fares=(fare,))
    assert journey_hours_and_fare(programme, "hills", "hills") == (0.0, 0)
    assert journey_hours_and_fare(programme, "lion", "hills") == (5, Decimal(1234))


def test_a_flight_is_reckoned_from_its_distance() -> None:
    hours, fare = journey_hours_and_fare(b.a_programme(), "hills", "harbour")
    km = great_circle_km(26.6, 106.7, 23.1, 113.3)
    assert hours == pytest.approx(km / 750 + 4)
    assert fare == Decimal(round(600 + km * 0.9))


def test_people_take_the_train_for_a_short_way_in_one_country() -> None:
    near = b.place("valley", 26.6, 108.7)
    programme = b.a_programme(places=(*b.a_programme().places, near))
    km = great_circle_km(26.6, 106.7, 26.6, 108.7)
    assert journey_hours_and_fare(programme, "hills", "valley") == (
        pytest.approx(km / 150 + 1),
        Decimal(round(km * 0.95)),
    )


def test_one_arrives_on_a_later_day_across_zones_and_midnight() -> None:
    programme = b.a_programme(
        places=(*b.a_programme().places, b.place("west-coast", 34.0, -118.2, "SG", "America/Los_Angeles"))
    )
    assert arrives_on(programme, "hills", "harbour", date(2025, 4, 11)) == date(2025, 4, 11)
    assert home_on(programme, "harbour", "hills", date(2025, 4, 20)) == date(2025, 4, 21)
    assert arrives_on(programme, "hills", "west-coast", date(2025, 4, 11)) == date(2025, 4, 11)
    assert home_on(programme, "west-coast", "hills", date(2025, 4, 11)) == date(2025, 4, 13)


def test_one_leaves_as_late_as_one_can() -> None:
    programme = b.a_programme()
    assert leave_by(programme, "hills", "harbour", date(2025, 4, 12)) == date(2025, 4, 11)
    assert leave_by(programme, "harbour", "harbour", date(2025, 4, 12)) == date(2025, 4, 12)


def test_in_one_city_the_next_day_is_enough_and_elsewhere_a_day_of_travel_lies_between() -> None:
    programme = b.a_programme()
    assert can_follow(programme, "harbour", date(2025, 4, 1), "harbour", date(2025, 4, 2))
    assert not can_follow(programme, "harbour", date(2025, 4, 1), "lion", date(2025, 4, 2))
    assert can_follow(programme, "harbour", date(2025, 4, 1), "lion", date(2025, 4, 3))
