"""Fair days of officials."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.plan import Stop
from fairplanner.rules.presence import Presence
from tests import builders as b
from tests.rules.plans import broken, delegation

RULE = Presence()


def stay(arrive: int, leave: int) -> object:
    return delegation(stops=(Stop(phase_id="abroad-1-1", arrive=date(2025, 3, arrive), leave=date(2025, 3, leave)),))


def test_two_fair_days_are_kept() -> None:
    assert broken(RULE, b.a_programme(), stay(17, 19)) == []


def test_the_day_of_arrival_is_no_fair_day() -> None:
    assert broken(RULE, b.a_programme(), stay(18, 19)) == [("prov:abroad-1-1", 1)]


def test_days_after_the_fair_do_not_count() -> None:
    assert broken(RULE, b.a_programme(), stay(19, 24)) == [("prov:abroad-1-1", 1)]
