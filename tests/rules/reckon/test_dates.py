"""Days that bind, days away, and what can follow what."""

from __future__ import annotations

from datetime import date

import pytest

from fairplanner.domain.kinds import Role
from fairplanner.rules.reckon.dates import can_chain, days_away, journey_dates, occupied, presence_days, quarter
from tests import builders as b


def test_exhibitors_are_bound_by_set_up_and_strike_and_visitors_are_not() -> None:
    programme = b.a_programme()
    assert occupied(programme, "expo-1-1", Role.EXHIBIT) == (date(2025, 4, 12), date(2025, 4, 20))
    assert occupied(programme, "expo-1-1", Role.NEGOTIATE) == (date(2025, 4, 15), date(2025, 4, 19))


def test_a_phase_without_dates_binds_nobody() -> None:
    programme = b.a_programme(phases=(b.phase(start=None, end=None),), applications=())
    with pytest.raises(ValueError, match="no dates"):
        occupied(programme, "expo-1-1", Role.VISIT)


def test_days_away_count_both_border_days() -> None:
    assert days_away(date(2025, 3, 17), date(2025, 3, 21)) == 5
    assert days_away(date(2025, 3, 17), date(2025, 3, 17)) == 1


def test_a_journey_leaves_in_time_and_comes_back_after_the_strike() -> None:
    assert journey_dates(b.a_programme(), "hills", [("expo-1-1", Role.EXHIBIT)]) == (
        date(2025, 4, 11),
        date(2025, 4, 21),
    )
    assert journey_dates(b.a_programme(), "harbour", [("expo-1-1", Role.EXHIBIT)]) == (
        date(2025, 4, 12),
        date(2025, 4, 20),
    )


def test_one_can_stay_for_the_next_phase_but_not_go_back_in_time() -> None:
    first, second = ("expo-1-1", Role.EXHIBIT), ("expo-1-2", Role.EXHIBIT)
    assert can_chain(b.a_programme(), first, second)
    assert not can_chain(b.a_programme(), second, first)


def test_one_waits_no_longer_than_the_profile_allows() -> None:
    later = b.phase(number=2, start=date(2025, 5, 3), end=date(2025, 5, 5))
    far = b.a_programme(phases=(b.phase(), later), applications=())
    assert can_chain(far, ("expo-1-1", Role.EXHIBIT), ("expo-1-2", Role.EXHIBIT))
    assert not can_chain(far, ("expo-1-1", Role.VISIT), ("expo-1-2", Role.VISIT))


@pytest.mark.parametrize(("arrive", "leave", "days"), [(17, 20, 3), (18, 20, 2), (17, 18, 1), (20, 25, 0), (10, 17, 0)])
def test_presence_begins_on_the_day_after_arrival(arrive: int, leave: int, days: int) -> None:
    assert presence_days(date(2025, 3, 18), date(2025, 3, 20), date(2025, 3, arrive), date(2025, 3, leave)) == days


@pytest.mark.parametrize(("month", "name"), [(1, "2025Q1"), (3, "2025Q1"), (4, "2025Q2"), (12, "2025Q4")])
def test_quarters_are_of_the_calendar(month: int, name: str) -> None:
    assert quarter(date(2025, month, 1)) == name
