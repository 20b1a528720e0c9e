"""Working days: the yearly notices of China as `chinesecalendar` knows them, each day overridden by the table `holidays`.

Where neither knows a year, Monday to Friday are taken for working days and the answer is a forecast: whoever shows it says
so. Elsewhere than in the mainland Monday to Friday less the rows of `holidays`, always a forecast where there are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import chinese_calendar

from fairplanner.domain.programme import Programme

DAY = timedelta(days=1)
SATURDAY = 6
MAINLAND = "CN"


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of one country or region."""

    programme: Programme
    territory_id: str = MAINLAND

    @cached_property
    def _stated(self) -> dict[date, bool]:
        rows = (h for h in self.programme.holidays if h.territory_id == self.territory_id)
        return {h.on: h.work for h in rows}

    @cached_property
    def _stated_years(self) -> frozenset[int]:
        return frozenset(day.year for day in self._stated)

    def is_known(self, day: date) -> bool:
        """Whether a notice (or the table) says of that year which days are worked; else the answer is a forecast."""
        return day.year in self._stated_years or (self.territory_id == MAINLAND and is_notified(day))

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        if day in self._stated:
            return self._stated[day]
        if self.territory_id == MAINLAND and is_notified(day):
            return bool(chinese_calendar.is_workday(day))
        return day.isoweekday() < SATURDAY

    def last_working(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it."""
        while not self.is_working(day):
            day -= DAY
        return day

    def moved(self, day: date, working_days: int) -> date:
        """So many working days after a day (negative: before it); the day itself is not counted."""
        step = DAY if working_days >= 0 else -DAY
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included."""
        return sum(self.is_working(first + timedelta(days=n)) for n in range((last - first).days + 1))


def is_notified(day: date) -> bool:
    """Whether the package knows the yearly notice that the day falls under."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True
