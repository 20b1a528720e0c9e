from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.rules.reckon.calendar import WorkCalendar
from tests import builders as b


def calendar(*holidays: object, territory: str = "CN") -> WorkCalendar:
    return WorkCalendar(b.a_programme(holidays=holidays), territory)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 4, 23), True),  # a Sunday that was worked before Labour Day
        (date(2023, 10, 2), False),  # a Monday of National Day
        (date(2025, 2, 8), True),  # a Saturday that was worked after the Spring Festival
        (date(2025, 4, 15), True),
        (date(2025, 4, 19), False),
    ],
)
def test_adjusted_working_days_and_holidays_of_the_yearly_notices_are_known(day: date, works: bool) -> None:
    assert calendar().is_working(day) is works
    assert calendar().is_known(day)


def test_a_year_without_a_notice_is_a_forecast_of_monday_to_friday() -> None:
    assert not calendar().is_known(date(2027, 10, 1))
    assert calendar().is_working(date(2027, 10, 1))


def test_the_table_of_holidays_outranks_the_package_and_makes_a_year_known() -> None:
    own = calendar(b.holiday(date(2027, 10, 1)), b.holiday(date(2027, 10, 9), work=True))
    assert own.is_known(date(2027, 3, 3))
    assert not own.is_working(date(2027, 10, 1))
    assert own.is_working(date(2027, 10, 9))


def test_one_day_typed_from_a_notice_overrides_the_package_both_ways_and_leaves_its_other_days() -> None:
    # 8 February 2025 is a Saturday that was worked, 15 April a Tuesday, 2 October a Thursday of National Day
    own = calendar(b.holiday(date(2025, 2, 8)), b.holiday(date(2025, 4, 15)), b.holiday(date(2025, 10, 1), work=True))
    days = (date(2025, 2, 8), date(2025, 4, 15), date(2025, 10, 1), date(2025, 10, 2), date(2025, 10, 11))
    assert [calendar().is_working(day) for day in days] == [True, True, False, False, True]
    assert [own.is_working(day) for day in days] == [False, False, True, False, True]
    # and the other way round: what is said to be worked on a weekend, and off on a weekday, in a year that no package knows
    later = calendar(b.holiday(date(2027, 4, 17), work=True), b.holiday(date(2027, 4, 15)))
    assert [later.is_working(date(2027, 4, n)) for n in (15, 16, 17, 18)] == [False, True, True, False]
    assert later.between(date(2027, 4, 15), date(2027, 4, 18)) == 2


def test_rows_of_another_territory_say_nothing_of_the_mainland() -> None:
    own = calendar(b.holiday(date(2027, 7, 1), territory_id="HK"))
    assert not own.is_known(date(2027, 7, 1))
    assert own.is_working(date(2027, 7, 1))


def test_other_countries_have_their_weekends_and_their_own_rows() -> None:
    own = calendar(
        b.holiday(date(2025, 8, 9), territory_id="SG"), b.holiday(date(2025, 8, 11), territory_id="SG"), territory="SG"
    )
    assert [own.is_working(date(2025, 8, n)) for n in (8, 9, 10, 11, 12)] == [True, False, False, False, True]


def test_five_working_days_before_a_day_skip_the_national_holiday() -> None:
    # 9 October 2023 is a Monday; 29 September to 6 October were days off, 7 and 8 October were worked
    assert calendar().moved(date(2023, 10, 9), -5) == date(2023, 9, 26)


@given(day=st.dates(date(2020, 1, 1), date(2026, 12, 31)), n=st.integers(1, 30))
def test_going_back_and_forth_lands_on_a_working_day_and_counts_right(day: date, n: int) -> None:
    own = calendar()
    before = own.moved(day, -n)
    assert own.is_working(before)
    assert own.between(before, day) == n + own.is_working(day)
    assert own.last_working(before) == before
