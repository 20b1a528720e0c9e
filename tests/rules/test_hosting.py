"""Firms go with a delegation of their sponsor."""

from __future__ import annotations

from fairplanner.rules.hosting import Hosting
from tests import builders as b
from tests.rules.plans import broken, place, standing_body

RULE = Hosting()


def test_a_place_with_its_sponsors_delegation_is_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), standing_body()) == []


def test_a_place_without_any_delegation_is_broken() -> None:
    assert broken(RULE, b.a_programme(), place("f1")) == [("prov · expo-1-1", 1)]


def test_the_delegation_of_another_zone_does_not_host() -> None:
    assert broken(RULE, b.a_programme(), place("f1", sponsor="east"), standing_body("prov")) == [("east · expo-1-1", 1)]
