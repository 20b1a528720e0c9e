"""Travel between two places: hours, return fare, and on which days one leaves and arrives."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import asin, cos, radians, sin, sqrt
from zoneinfo import ZoneInfo

from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered

EARTH_KM = 6371.0
LEAVE_HOME_AT = time(10, 0)
LEAVE_FAIR_AT = time(20, 0)


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance along the great circle in km (haversine formula, mean Earth radius 6,371 km)."""
    a1, b1, a2, b2 = map(radians, (lat1, lon1, lat2, lon2))
    h = sin((a2 - a1) / 2) ** 2 + cos(a1) * cos(a2) * sin((b2 - b1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(h))


def distance_km(programme: Programme, here: str, there: str) -> float:
    """Great-circle distance between two places, km."""
    a, b = programme.place[here], programme.place[there]
    return great_circle_km(a.lat, a.lon, b.lat, b.lon)


@remembered
def journey_hours_and_fare(programme: Programme, here: str, there: str) -> tuple[float, Decimal]:
    """Hours one way and return fare of one person, programme currency: from `fares` either way, else estimated."""
    if here == there:
        return 0.0, Decimal(0)
    for row in programme.fares:
        if {row.from_place, row.to_place} == {here, there}:
            return row.hours, row.return_fare
    t, km = programme.settings.travel, distance_km(programme, here, there)
    if km < t.rail_km and programme.place[here].territory_id == programme.place[there].territory_id:
        hours, fare = km / t.rail_km_per_hour + 1, Decimal(str(round(km, 3))) * t.rail_fare_per_km
    else:
        hours = km / t.km_per_hour + t.hours_fixed + (t.hours_connection if km > t.direct_km else 0)
        fare = t.fare_fixed + Decimal(str(round(km, 3))) * t.fare_per_km
    return hours, fare.quantize(Decimal(1), ROUND_HALF_UP)


def _moved(day: date, at: time, hours: float, tz_from: str, tz_to: str) -> date:
    leave = datetime.combine(day, at, ZoneInfo(tz_from))
    return (leave.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(ZoneInfo(tz_to)).date()


def arrives_on(programme: Programme, here: str, there: str, leave: date, *, at: time = LEAVE_HOME_AT) -> date:
    """Local date of arrival in `there` for one who leaves `here` on local date `leave` at `at`."""
    return _arrival(programme, here, there, leave, at)


@remembered
def _arrival(programme: Programme, here: str, there: str, leave: date, at: time) -> date:
    hours, _ = journey_hours_and_fare(programme, here, there)
    return _moved(leave, at, hours, programme.place[here].tz, programme.place[there].tz)


@remembered
def home_on(programme: Programme, there: str, home: str, leave: date) -> date:
    """Date at home on which one arrives who leaves the fair's city in the evening of local date `leave`."""
    return arrives_on(programme, there, home, leave, at=LEAVE_FAIR_AT) if there != home else leave


@remembered
def leave_by(programme: Programme, home: str, there: str, ready: date) -> date:
    """Latest date to leave home at 10:00 and be in the city on the day before local date `ready`; `ready` if at home."""
    if home == there:
        return ready
    day = ready - timedelta(days=1)
    while arrives_on(programme, home, there, day) > ready - timedelta(days=1):
        day -= timedelta(days=1)
    return day


@remembered
def can_follow(programme: Programme, place_a: str, last_a: date, place_b: str, first_b: date) -> bool:
    """Whether one busy in `place_a` through `last_a` can be ready in `place_b` at the start of `first_b`.

    In the same city the next day is enough; elsewhere one leaves the next morning and must be there the day before.
    """
    if place_a == place_b:
        return last_a < first_b
    return arrives_on(programme, place_a, place_b, last_a + timedelta(days=1)) < first_b
