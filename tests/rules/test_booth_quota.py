"""Quotas of booths, area and firms."""

from __future__ import annotations

from fairplanner.domain.kinds import Role, StandKind
from fairplanner.rules.booth_quota import BoothQuota
from tests import builders as b
from tests.rules.plans import broken, place

RULE = BoothQuota()


def test_booths_within_the_quota_are_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1", booths=2), place("f3", booths=1)) == []


def test_booths_over_the_quota_are_counted_over_all_zones_below() -> None:
    assert broken(RULE, b.a_programme(), place("f1", booths=2), place("f3", booths=2)) == [
        ("expo-1-1 · * · prov · booths", 1)
    ]


def test_raw_space_counts_against_area_and_not_against_booths() -> None:
    programme = b.a_programme(quotas=(b.quota(booths=1, area_m2=20),))
    raw = place("f1", stand=StandKind.RAW, booths=3)
    assert broken(RULE, programme, raw, place("f2")) == [("expo-1-1 · * · prov · area", 7)]


def test_brand_booths_count_as_booths() -> None:
    programme = b.a_programme(quotas=(b.quota(booths=3),))
    assert broken(RULE, programme, place("f1", stand=StandKind.BRAND, booths=4)) == [
        ("expo-1-1 · * · prov · booths", 1)
    ]


def test_a_quota_of_one_section_looks_at_that_section_only() -> None:
    programme = b.a_programme(quotas=(b.quota(booths=1, section_id="expo-tea"),))
    assert broken(RULE, programme, place("f1", booths=2, section_id="expo-ore")) == []
    assert broken(RULE, programme, place("f1", booths=2, section_id="expo-tea")) == [
        ("expo-1-1 · expo-tea · prov · booths", 1)
    ]


def test_the_zone_is_the_firms_and_not_the_sponsors() -> None:
    programme = b.a_programme(quotas=(b.quota(booths=1, zone_id="west"),))
    assert broken(RULE, programme, place("f1", booths=2, sponsor="prov")) == []
    assert broken(RULE, programme, place("f3", booths=2, sponsor="prov")) == [("expo-1-1 · * · west · booths", 1)]


def test_only_exhibitors_take_places() -> None:
    programme = b.a_programme(quotas=(b.quota(booths=None, firms=0),))
    assert broken(RULE, programme, place("f1", role=Role.VISIT, booths=0)) == []
    assert broken(RULE, programme, place("f1")) == [("expo-1-1 · * · prov · firms", 1)]


def test_the_reserve_goes_by_decision_only_and_what_it_leaves_to_all_others() -> None:
    programme = b.a_programme(quotas=(b.quota(booths=4, reserve=1),), decisions=(b.decision(firm_id="f1"),))
    assert broken(RULE, programme, place("f1"), place("f2", booths=3)) == []
    assert broken(RULE, programme, place("f2", booths=4)) == [("expo-1-1 · * · prov · open", 1)]
    assert broken(RULE, programme, place("f1", booths=2), place("f2", booths=2)) == [
        ("expo-1-1 · * · prov · reserve", 1)
    ]


def test_without_a_reserve_a_decided_place_is_one_of_all_booths() -> None:
    programme = b.a_programme(quotas=(b.quota(booths=3),), decisions=(b.decision(firm_id="f1"),))
    assert broken(RULE, programme, place("f1", booths=2), place("f2")) == []
