"""The clock of a place beside the one at home, reckoned for each day: summer time begins and ends on other days elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fairplanner.words import Words

PARTS = (("morning", time(9)), ("noon", time(12)), ("afternoon", time(14)), ("evening", time(18)))
"""The parts of a day and the local time that stands for each."""


@dataclass(frozen=True)
class Clock:
    """Two time zones on one day; `here` and `home` are IANA names."""

    here: str
    home: str
    day: date

    @property
    def ahead(self) -> timedelta:
        """How far the clock here is ahead of the one at home at noon here; negative where it is behind."""
        at = datetime.combine(self.day, time(12), ZoneInfo(self.here))
        return _offset(at) - _offset(at.astimezone(ZoneInfo(self.home)))

    def at_home(self, at: time) -> datetime:
        """What the clock at home shows when it is `at` here."""
        return datetime.combine(self.day, at, ZoneInfo(self.here)).astimezone(ZoneInfo(self.home))

    def shown_at_home(self, w: Words, at: time) -> str:
        """北京时间次日 01:00; the day is named where it is another one."""
        home = self.at_home(at)
        moved = (home.date() - self.day).days
        key = {-1: "before", 0: "same", 1: "after"}[moved]
        return w(f"itinerary.clock.{key}", zone=self.zone(w), time=f"{home:%H:%M}")

    def difference(self, w: Words) -> str:
        """比北京时间慢 16 小时, or that both clocks agree."""
        if not self.ahead:
            return w("itinerary.clock.equal", zone=self.zone(w))
        hours, minutes = divmod(int(abs(self.ahead).total_seconds()) // 60, 60)
        span = w("itinerary.clock.minutes" if minutes else "itinerary.clock.hours", hours=hours, minutes=minutes)
        return w(f"itinerary.clock.{'ahead' if self.ahead > timedelta() else 'behind'}", zone=self.zone(w), span=span)

    def zone(self, w: Words) -> str:
        """What the time at home is called: 北京时间, or its distance from UTC that day."""
        key = f"instants.zone.{self.home}"
        offset = f"{self.at_home(time(12)):%z}"
        return w(key) if key in w else f"UTC{offset[:3]}:{offset[3:5]}"


def _offset(at: datetime) -> timedelta:
    return at.utcoffset() or timedelta()
