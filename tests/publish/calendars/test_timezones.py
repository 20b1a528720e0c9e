from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from fairplanner.publish.calendars.timezones import timezone


def onsets(tzid: str, first: int, last: int) -> list[tuple[str, datetime, int, int]]:
    parts = timezone(tzid, first, last).subcomponents
    hour = timedelta(hours=1)
    return [(p.name, p["DTSTART"].dt, p["TZOFFSETFROM"].td // hour, p["TZOFFSETTO"].td // hour) for p in parts]


def test_a_zone_without_summer_time_is_one_short_observance() -> None:
    assert timezone("Asia/Shanghai", 2024, 2026).to_ical() == (
        b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:20240101T000000\r\nTZNAME:CST\r\n"
        b"TZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


def test_summer_time_begins_at_the_old_offsets_hour() -> None:
    assert onsets("Europe/Berlin", 2025, 2025) == [
        ("STANDARD", datetime(2025, 1, 1), 1, 1),
        ("DAYLIGHT", datetime(2025, 3, 30, 2), 1, 2),
        ("STANDARD", datetime(2025, 10, 26, 3), 2, 1),
    ]


def test_summer_south_of_the_equator_spans_the_new_year() -> None:
    assert onsets("Australia/Sydney", 2025, 2025) == [
        ("DAYLIGHT", datetime(2025, 1, 1), 11, 11),
        ("STANDARD", datetime(2025, 4, 6, 3), 11, 10),
        ("DAYLIGHT", datetime(2025, 10, 5, 2), 10, 11),
    ]


@pytest.mark.parametrize(
    "tzid", ["America/Los_Angeles", "America/Sao_Paulo", "Asia/Tehran", "Asia/Kathmandu", "UTC", "Africa/Casablanca"]
)
def test_offsets_have_no_seconds_and_chain_without_a_gap(tzid: str) -> None:
    parts = timezone(tzid, 2021, 2027).subcomponents
    for before, after in pairwise(parts):
        assert before["TZOFFSETTO"].td == after["TZOFFSETFROM"].td
        assert before["DTSTART"].dt < after["DTSTART"].dt
    assert all(p["TZOFFSETTO"].td.total_seconds() % 60 == 0 for p in parts)
