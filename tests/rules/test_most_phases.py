"""Most phases of a firm."""

from __future__ import annotations

from fairplanner.rules.most_phases import MostPhases
from tests import builders as b
from tests.rules.plans import broken, journey

RULE = MostPhases()


def test_as_many_phases_as_the_firm_says_are_kept() -> None:
    programme = b.a_programme(firms=(b.firm("f1", max_phases=2), b.firm("f2"), b.firm("f3")))
    assert broken(RULE, programme, journey("f1", "expo-1-1", "expo-1-2")) == []


def test_each_phase_more_is_counted() -> None:
    programme = b.a_programme(firms=(b.firm("f1", max_phases=1), b.firm("f2"), b.firm("f3")))
    assert broken(RULE, programme, journey("f1", "expo-1-1", "expo-1-2"), journey("f1", "abroad-1-1")) == [("f1", 2)]
