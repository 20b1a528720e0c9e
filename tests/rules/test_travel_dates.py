"""Dates and travel."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.plan import Stop
from fairplanner.rules.travel_dates import TravelDates
from tests import builders as b
from tests.rules.plans import broken, delegation, journey, own_journey, place, standing_body

RULE = TravelDates()


def test_reckoned_journeys_and_delegations_are_kept() -> None:
    programme = b.a_programme()
    assert (
        broken(RULE, programme, own_journey(programme, "f1", "expo-1-1"), place("f1"), delegation(), standing_body())
        == []
    )


def test_a_journey_that_misses_set_up_is_broken() -> None:
    programme = b.a_programme()
    trip = own_journey(programme, "f1", "expo-1-1").model_copy(update={"depart": date(2025, 4, 14)})
    assert broken(RULE, programme, trip, place("f1")) == [("f1:expo-1-1", 1)]


def test_a_journey_back_before_the_strike_is_broken() -> None:
    programme = b.a_programme()
    trip = own_journey(programme, "f1", "expo-1-1").model_copy(update={"return_": date(2025, 4, 19)})
    assert broken(RULE, programme, trip, place("f1")) == [("f1:expo-1-1", 1)]


def test_phases_out_of_order_are_broken() -> None:
    early = {"depart": date(2025, 4, 1), "return_": date(2025, 5, 9)}
    assert broken(RULE, b.a_programme(), journey("f1", "expo-1-1", "expo-1-2", **early)) == []
    assert broken(RULE, b.a_programme(), journey("f1", "expo-1-2", "expo-1-1", **early)) == [
        ("f1:expo-1-2+expo-1-1", 1)
    ]


def test_a_phase_without_dates_is_broken() -> None:
    programme = b.a_programme(phases=(b.phase("expo", 1, start=None, end=None, status="unknown"),), applications=())
    found = broken(RULE, programme, place("f1"), journey("f1", "expo-1-1"), standing_body())
    assert found == [("f1/expo-1-1/-@prov", 1), ("f1:expo-1-1", 1), ("prov:expo-1-1", 1)]


def test_a_phase_outside_the_window_is_broken() -> None:
    programme = b.a_programme(settings=b.settings(window_from=date(2025, 5, 1)))
    assert broken(RULE, programme, standing_body()) == [("prov:expo-1-1", 1)]


def test_officials_who_arrive_before_they_can_are_broken() -> None:
    stop = Stop(phase_id="abroad-1-1", arrive=date(2025, 3, 17), leave=date(2025, 3, 20))
    assert broken(RULE, b.a_programme(), delegation(stops=(stop,), depart=date(2025, 3, 18))) == [
        ("prov:abroad-1-1", 2)
    ]
    assert broken(RULE, b.a_programme(), delegation(stops=(stop,), return_=date(2025, 3, 20))) == [
        ("prov:abroad-1-1", 1)
    ]


def test_a_delegation_under_the_wrong_regime_is_broken() -> None:
    assert broken(RULE, b.a_programme(), delegation(regime="hkmo")) == [("prov:abroad-1-1", 1)]
