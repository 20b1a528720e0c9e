"""A firm goes inside one delegation."""

from __future__ import annotations

from fairplanner.rules.one_delegation import OneDelegation
from tests import builders as b
from tests.rules.plans import broken, place

RULE = OneDelegation()


def test_two_sections_with_one_sponsor_are_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1", section_id="expo-tea"), place("f1", section_id="expo-ore")) == []


def test_two_sections_with_two_sponsors_are_broken() -> None:
    parts = (place("f1", section_id="expo-tea"), place("f1", section_id="expo-ore", sponsor="east"))
    assert broken(RULE, b.a_programme(), *parts) == [("f1 · expo-1-1", 1)]


def test_different_sponsors_at_different_phases_are_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), place("f1", "expo-1-2", sponsor="east")) == []
