"""One place an application."""

from __future__ import annotations

from fairplanner.rules.one_place import OnePlace
from tests import builders as b
from tests.rules.plans import broken, place

RULE = OnePlace()


def test_places_of_two_applications_are_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), place("f2")) == []


def test_a_second_place_for_one_application_is_broken() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), place("f1", sponsor="east")) == [("f1/expo-1-1/-", 1)]
