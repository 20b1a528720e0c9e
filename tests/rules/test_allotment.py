"""Allotments, most booths of a firm, and the share of firms under the threshold."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.domain.kinds import FirmKind
from fairplanner.rules.allotment import Allotment
from tests import builders as b
from tests.rules.plans import broken, place
from tests.rules.reckon.test_allotments import handed_out

RULE = Allotment()
THRESHOLD = {"least_export_usd": {FirmKind.PRODUCER: Decimal(750_000)}, "booth_formula": False}


def test_stands_within_their_allotment_are_kept() -> None:
    assert broken(RULE, handed_out(), place("f1", booths=3), place("f2"), place("f3")) == []


def test_a_stand_larger_than_its_allotment_is_broken_by_what_is_too_much() -> None:
    assert broken(RULE, handed_out(), place("f2", booths=3)) == [("f2/expo-1-1/-", 2)]


def test_more_booths_than_one_firm_may_have_in_a_section_are_broken() -> None:
    programme = handed_out({"booth_formula": False, "most_booths": 2})
    assert broken(RULE, programme, place("f1", booths=3)) == [("f1/expo-1-1/-", 1)]


def test_a_firm_under_the_threshold_has_no_place_where_such_firms_have_no_share() -> None:
    programme = handed_out(THRESHOLD)
    assert broken(RULE, programme, place("f1")) == [("f1/expo-1-1/-", 1)]
    decided = handed_out(THRESHOLD, decisions=(b.decision(firm_id="f1"),))
    assert broken(RULE, decided, place("f1")) == []


def test_firms_under_the_threshold_are_at_most_their_share_of_a_section() -> None:
    firms = (b.firm("f1"), *(b.firm(f"f{i}", export_usd=Decimal(900_000)) for i in (2, 3)))
    programme = handed_out(THRESHOLD | {"most_below": (1, 3)}, firms=firms)
    assert broken(RULE, programme, place("f1"), place("f2"), place("f3")) == []
    # one of two: 3 × 1 - 1 × 2
    assert broken(RULE, programme, place("f1"), place("f2")) == [("expo-1-1 · * · prov · below-threshold", 1)]
    # another section counts by itself
    other = place("f3", section_id="expo-tea")
    assert broken(RULE, programme, place("f1"), place("f2"), other) == [("expo-1-1 · * · prov · below-threshold", 1)]


def test_a_place_given_by_decision_does_not_count_as_under_the_threshold() -> None:
    programme = handed_out(THRESHOLD | {"most_below": (1, 3)}, decisions=(b.decision(firm_id="f1"),))
    assert broken(RULE, programme, place("f1")) == []
