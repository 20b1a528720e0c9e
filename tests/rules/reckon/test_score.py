"""Scores, their parts, and the order of places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fairplanner.rules.reckon.score import market_match, order_key, quota_zone, score, score_parts, sector_match
from tests import builders as b


@pytest.mark.parametrize(
    ("firm", "offered", "share"),
    [(("tea",), ("tea", "ore"), 1.0), (("tea",), ("ore",), 0.2), ((), ("ore",), 0.5), (("tea",), (), 0.5)],
)
def test_a_shared_sector_counts_in_full(firm: tuple[str, ...], offered: tuple[str, ...], share: float) -> None:
    assert sector_match(firm, offered) == share


def test_an_emerging_market_adds_a_quarter() -> None:
    programme = b.a_programme()
    assert market_match(programme, ("asean",), "abroad-1-1") == 1.0
    assert market_match(programme, ("asean",), "expo-1-1") == 0.5


def test_parts_are_kept_and_sum_to_the_score() -> None:
    programme = b.a_programme(choices=(b.choice("expo", weight=0.8),))
    application = b.application("f1", section_id="expo-tea", preference=2)
    parts = score_parts(programme, application)
    # 30 × 0.5 (the fair names no sectors here), 20 × 0.5, 20 × 0.8, 20 × 0.5, 10 × 0.7
    assert parts == {"sector": 15.0, "market": 10.0, "fair": 16.0, "record": 10.0, "preference": 7.0}
    assert score(programme, application) == 58.0


def test_a_score_given_by_the_organiser_stands_alone() -> None:
    assert score_parts(b.a_programme(), b.application("f1", score=81.5)) == {"given": 81.5}


def test_ties_are_broken_by_exports_then_date_then_id() -> None:
    firms = (b.firm("f1"), b.firm("f2", export_usd=Decimal(5)), b.firm("f3"))
    programme = b.a_programme(firms=firms)
    asked = [
        b.application("f3", score=50.0, received=date(2024, 9, 1)),
        b.application("f1", score=50.0),
        b.application("f2", score=50.0),
        b.application("f1", "expo-1-2", score=60.0),
    ]
    ordered = sorted(asked, key=lambda a: order_key(programme, a))
    assert [(a.firm_id, a.score) for a in ordered] == [("f1", 60.0), ("f2", 50.0), ("f3", 50.0), ("f1", 50.0)]


def test_first_confirmed_goes_by_date_before_score() -> None:
    programme = b.a_programme()
    early, late = (
        b.application("f1", "abroad-1-1", score=1.0, received=date(2024, 9, 1)),
        b.application("f2", "abroad-1-1", score=99.0),
    )
    assert order_key(programme, early) < order_key(programme, late)


def test_one_competes_within_the_nearest_zone_that_has_a_quota() -> None:
    programme = b.a_programme(quotas=(b.quota(), b.quota(zone_id="west")))
    assert [quota_zone(programme, b.application(f)) for f in ("f1", "f3")] == ["prov", "west"]
    assert quota_zone(programme, b.application("f3", "abroad-1-1")) == "prov"
