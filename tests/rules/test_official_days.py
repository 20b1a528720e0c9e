"""Days away of officials."""

from __future__ import annotations

from datetime import date

from fairplanner.rules.official_days import OfficialDays
from tests import builders as b
from tests.rules.plans import broken, delegation, standing_body

RULE = OfficialDays()


def test_five_days_for_one_country_are_kept() -> None:
    assert broken(RULE, b.a_programme(), delegation(depart=date(2025, 3, 17), return_=date(2025, 3, 21))) == []


def test_a_sixth_day_is_broken() -> None:
    assert broken(RULE, b.a_programme(), delegation(depart=date(2025, 3, 16), return_=date(2025, 3, 21))) == [
        ("prov:abroad-1-1", 1)
    ]


def test_firms_without_officials_may_stay_longer() -> None:
    assert broken(RULE, b.a_programme(), delegation(officials=0, return_=date(2025, 3, 30))) == []


def test_there_is_no_limit_at_home() -> None:
    assert broken(RULE, b.a_programme(), standing_body(last=date(2025, 5, 19))) == []
