"""The days of a fair in a sheet: one column for both (时间), or one each, with days, a window (4月中旬) or nothing known (待定)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fairplanner.domain.kinds import Status
from fairplanner.errors import Problem
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.columns import DAYS
from fairplanner.intake.date_cells import DateCells, listed
from fairplanner.intake.printed_dates import Days
from fairplanner.intake.sheet import Cell, is_blank

FIELDS = (DAYS, "start", "end")
DERIVED = ("year", "status")
"""What a sheet with a column for both days need not say: the days say it."""
_STATUS = {
    "stated": Status.PROVISIONAL,
    "tentative": Status.PROJECTED,
    "window": Status.PROJECTED,
    "unknown": Status.UNKNOWN,
    "cancelled": Status.CANCELLED,
}


class DaysCellError(Exception):
    """What is wrong with a cell of these columns: which column, and why."""

    def __init__(self, column: str, cell: Cell, why: BadCellError) -> None:
        self.column, self.cell, self.why = column, cell, why
        super().__init__(column)


@dataclass
class FairDays:
    """Reads the columns of days of one sheet of phases; `at` says where they stand."""

    dates: DateCells
    at: Mapping[str, int]
    statuses: dict[str, list[int]] = field(default_factory=dict)
    windows: list[int] = field(default_factory=list)

    @property
    def derives(self) -> bool:
        """Whether the sheet has a column for both days, from which year and status may be had."""
        return DAYS in self.at

    def values(self, number: int, cells: Sequence[Cell], year: int | None, *, has_status: bool) -> dict[str, Any]:
        """Values of start, end, the window, and of what the days say of status and year. Raises DaysCellError."""
        whole = self._read(DAYS, number, cells, year)
        start = self._read("start", number, cells, year)
        begun = start.first if start else None
        end = self._read("end", number, cells, year or (begun.year if begun else None), after=begun)
        two = _joined(start, end)
        found = two
        if whole:
            if two and (two.first, two.last) != (whole.first, whole.last):
                raise DaysCellError(DAYS, cells[self.at[DAYS]], BadCellError("dates-two"))
            found = whole
        values = _placed(
            found, is_whole=bool(whole) or bool(end and end.last) or bool(start and start.first != start.last)
        )
        if end and not start and found and found.certainty != "window":
            values = {"end": end.last}
        if found and found.certainty == "window":
            self.windows.append(number)
        return values | self._said(number, found, has_status=has_status, has_year=year is not None)

    def remarks(self) -> Iterator[Problem]:
        """What was made of windows and missing statuses."""
        file = self.dates.sheet.file
        if self.windows:
            yield Problem(file, 0, "", "told-window", "", (("rows", listed(self.windows)),))
        for what, rows in sorted(self.statuses.items()):
            yield Problem(file, 0, "", "told-status", what, (("rows", listed(rows)),))

    def _said(self, number: int, found: Days | None, *, has_status: bool, has_year: bool) -> dict[str, Any]:
        certainty = found.certainty if found else "unknown"
        said: dict[str, Any] = {}
        if not has_status and (self.derives or (found and certainty != "stated")):
            said["status"] = _STATUS[certainty]
            if certainty == "stated":
                self.statuses.setdefault(Status.PROVISIONAL, []).append(number)
        if not has_year and self.derives and (year := self._year(found)):
            said["year"] = year
        return said

    def _year(self, found: Days | None) -> int:
        """The year of the days, else that of the sheet, else the programme's last."""
        if found and found.first:
            return found.first.year
        return self.dates.sheet.year or (self.dates.window[1].year if self.dates.window else 0)

    def _read(
        self, name: str, number: int, cells: Sequence[Cell], year: int | None, after: date | None = None
    ) -> Days | None:
        at = self.at.get(name, -1)
        cell = cells[at] if 0 <= at < len(cells) else None
        if is_blank(cell):
            return None
        try:
            if after and isinstance(cell, str) and cell.strip().removesuffix("日").removesuffix("号").isdecimal():
                short = cell.strip().rstrip("日号")
                if len(short) <= len("31"):  # 19日 is of the month in which the fair opens
                    return self.dates.days(at, f"{after.year}年{after.month}月{short}日", None, number)
            found = self.dates.days(at, cell, year, number)
            if after and found.guessed and found.last and found.last < after:
                return self.dates.days(at, cell, after.year + 1, number)
            return found
        except BadCellError as bad:
            # the cure is another than for a single day
            raise DaysCellError(name, cell, BadCellError("days") if bad.what == "date" else bad) from bad


def said_by(at: Mapping[str, int], headers: Mapping[str, str]) -> dict[str, str]:
    """Under which header the sheet says what it has no column of its own for."""
    if not at:
        return {}
    fields = ("start", "end", "window_start", "window_end", *(DERIVED if DAYS in at else ()))
    first = min(at, key=lambda name: at[name])
    return dict.fromkeys(fields if DAYS in at else fields[2:], headers[DAYS if DAYS in at else first])


def _joined(start: Days | None, end: Days | None) -> Days | None:
    """What two columns say together."""
    if not start or not end:
        return start or end
    if not start.first or not end.last:
        return start if start.first else end
    window = "window" in (start.certainty, end.certainty)
    less_sure = start if start.certainty != "stated" else end
    return Days(start.first, end.last, "window" if window else less_sure.certainty)


def _placed(found: Days | None, *, is_whole: bool) -> dict[str, Any]:
    if not found or not found.first:
        return {}
    if found.certainty == "window":
        return {"window_start": found.first, "window_end": found.last}
    return {"start": found.first, "end": found.last} if is_whole else {"start": found.first}
