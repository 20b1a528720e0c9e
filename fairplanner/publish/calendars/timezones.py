"""Short VTIMEZONEs for the days a calendar needs, and no others.

Built here because `icalendar.Timezone.from_tzid` 7.3 writes the start of summer time in the new offset (03:00 for Berlin);
RFC 5545 section 3.6.5 wants the old one (02:00). Full histories confuse clients (research/output.md A1, "time zones").
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vText

STEP = timedelta(days=1)
FINEST = timedelta(minutes=1)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Instants in UTC at which the offset changes, to the minute."""
    low = start
    while low < end:
        high = low + STEP
        if _offset(zone, low) != _offset(zone, high):
            before, after = low, high
            while after - before > FINEST:
                middle = before + (after - before) / 2
                is_old = _offset(zone, middle) == _offset(zone, low)
                before, after = (middle, after) if is_old else (before, middle)
            yield after.replace(second=0, microsecond=0)
        low = high


def _observance(
    zone: ZoneInfo, at: datetime, before: timedelta, starts: datetime
) -> TimezoneStandard | TimezoneDaylight:
    local = at.astimezone(zone)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("DTSTART", starts)
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", _offset(zone, at))
    part.add("TZNAME", vText(local.tzname() or ""))
    return part


@lru_cache
def timezone(tzid: str, first_year: int, last_year: int) -> Timezone:
    """A VTIMEZONE that holds from the first day of `first_year` to the last of `last_year`; raises ZoneInfoNotFoundError."""
    zone = ZoneInfo(tzid)
    opens = date(first_year, 1, 1)
    start = datetime.combine(opens, time(), zone).astimezone(UTC)
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC)
    component = Timezone()
    component.add("TZID", vText(tzid))
    component.add_component(_observance(zone, start, _offset(zone, start), datetime.combine(opens, time())))
    for at in _changes(zone, start, end):
        before = _offset(zone, at - FINEST)
        component.add_component(_observance(zone, at, before, (at + before).replace(tzinfo=None)))
    return component
