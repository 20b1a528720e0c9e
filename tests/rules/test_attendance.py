"""Being there: places and journeys match."""

from __future__ import annotations

from fairplanner.rules.attendance import Attendance
from tests import builders as b
from tests.rules.plans import broken, journey, place

RULE = Attendance()


def test_a_place_with_its_journey_is_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), journey("f1", "expo-1-1")) == []


def test_a_place_without_a_journey_is_broken() -> None:
    assert broken(RULE, b.a_programme(), place("f1")) == [("f1 · expo-1-1", 1)]


def test_a_journey_without_a_place_is_broken_at_that_phase_only() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), journey("f1", "expo-1-1", "expo-1-2")) == [("f1 · expo-1-2", 1)]


def test_two_sections_need_one_journey() -> None:
    places = (place("f1", section_id="expo-tea"), place("f1", section_id="expo-ore"))
    assert broken(RULE, b.a_programme(), *places, journey("f1", "expo-1-1")) == []


def test_two_journeys_to_one_phase_are_one_too_many() -> None:
    journeys = (journey("f1", "expo-1-1"), journey("f1", "expo-1-1", journey_id="again"))
    places = (place("f1", section_id="expo-tea"), place("f1", section_id="expo-ore"))
    assert broken(RULE, b.a_programme(), *places, *journeys) == [("f1 · expo-1-1", 1)]
