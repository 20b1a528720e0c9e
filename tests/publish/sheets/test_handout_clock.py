"""Two clocks on one day: summer time, half hours, the date line."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from fairplanner.publish.sheets.handout_clock import PARTS, Clock
from fairplanner.words import words

HOME = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/Los_Angeles", date(2025, 1, 21), -16),
        ("America/Los_Angeles", date(2025, 7, 21), -15),
        ("America/Los_Angeles", date(2025, 3, 8), -16),
        ("America/Los_Angeles", date(2025, 3, 9), -15),
        ("Australia/Adelaide", date(2025, 1, 21), 2.5),
        ("Australia/Adelaide", date(2025, 7, 21), 1.5),
        ("Asia/Kolkata", date(2025, 7, 21), -2.5),
        ("Pacific/Kiritimati", date(2025, 7, 21), 6),
        ("Asia/Singapore", date(2025, 7, 21), 0),
    ],
)
def test_the_difference_is_that_of_the_day(zone: str, day: date, hours: float) -> None:
    assert Clock(zone, HOME, day).ahead == timedelta(hours=hours)


def test_people_read_the_difference_with_its_half_hours() -> None:
    zh, en = words("zh"), words("en")
    assert Clock("America/Los_Angeles", HOME, date(2025, 1, 21)).difference(zh) == "比北京时间慢 16 小时"
    assert Clock("Australia/Adelaide", HOME, date(2025, 1, 21)).difference(zh) == "比北京时间快 2 小时 30 分"
    assert Clock("Asia/Kolkata", HOME, date(2025, 1, 21)).difference(en) == "2 h 30 min behind Beijing time"
    assert Clock("Asia/Singapore", HOME, date(2025, 1, 21)).difference(en) == "same as Beijing time"


def test_another_day_at_home_is_named() -> None:
    w = words("zh")
    assert [Clock("America/Los_Angeles", HOME, date(2025, 1, 21)).shown_at_home(w, at) for _, at in PARTS] == [
        "北京时间次日 01:00", "北京时间次日 04:00", "北京时间次日 06:00", "北京时间次日 10:00",
    ]  # fmt: skip
    back = Clock(HOME, "America/Los_Angeles", date(2025, 1, 21))
    assert back.shown_at_home(w, time(9)) == "UTC-08:00前一日 17:00"
    assert Clock("Asia/Bangkok", HOME, date(2025, 12, 31)).shown_at_home(w, time(9)) == "北京时间 10:00"


def test_new_year_at_home_comes_first() -> None:
    home = Clock("America/New_York", HOME, date(2025, 12, 31)).at_home(time(12))
    assert (home.date(), home.hour) == (date(2026, 1, 1), 1)
