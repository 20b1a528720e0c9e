"""The date columns of one sheet: which of 4/5 is the month there, which year is meant where none is written, and what is told of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from fairplanner.errors import Problem
from fairplanner.intake import cells
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.printed_dates import Days, Order, read_days, states_order
from fairplanner.intake.sheet import Cell, Sheet, is_blank

Window = tuple[date, date]
GUESSING = ("phases", "holidays")
"""Tables whose days are of the year that the sheet is about. Elsewhere (days received, decided, paid) the year before is as likely."""
_OPEN = re.compile(r"\s*\d{1,2}\s*[-./]\s*\d{1,2}\b.*", re.DOTALL)
MOST_TOLD = 6


@dataclass
class DateCells:
    """Reads the dates of one sheet; `window` is the programme's, where the sheet is a programme's."""

    sheet: Sheet
    window: Window | None = None
    told: list[Problem] = field(default_factory=list)
    orders: dict[int, Order] = field(default_factory=dict)
    guessed: dict[int, list[int]] = field(default_factory=dict)
    unsure: list[int] = field(default_factory=list)
    about: list[int] = field(default_factory=list)

    def settle(self, at: int, header: str) -> None:
        """Look through a column for what tells month and day apart. Its finding is told where a cell needed it."""
        texts = {
            c for _, row in self.sheet.rows if at < len(row) and isinstance(c := row[at], str) and _OPEN.fullmatch(c)
        }
        said = {order for text in texts if (order := states_order(text))}
        if len(said) != 1:
            return
        self.orders[at] = order = said.pop()
        open_ones = sorted(text for text in texts if _is_open(text))
        if open_ones:
            shown = ", ".join(open_ones[:MOST_TOLD])
            self.told.append(Problem(self.sheet.file, self.sheet.header_row, header, f"told-{order}", shown))

    def day(self, at: int, cell: Cell, number: int) -> date | None:
        """One day; None where a cell says that it is not known. Raises BadCellError."""
        if not isinstance(cell, str):
            return cells.day(cell)
        if found := _quick(cell):
            return found
        order = self.orders.get(at, "")
        try:
            days = self._in_year(cell, None, order)
        except BadCellError:
            return cells.day(cell, None, order)  # says of a window without a year that it is no day
        if days.certainty == "unknown":
            return None
        if days.certainty == "tentative":
            self.unsure.append(number)
        if days.first and days.guessed:
            self.guessed.setdefault(days.first.year, []).append(number)
        return cells.day(cell, days.first.year if days.first and days.guessed else None, order)

    def days(self, at: int, cell: Cell, year: int | None, number: int) -> Days:
        """The days that a cell states; `year` is that of the row, where it has one. Raises BadCellError."""
        if isinstance(cell, str):
            if found := _quick(cell):
                return Days(found, found)
            days = self._in_year(cell, year, self.orders.get(at, ""))
            if days.guessed and days.first and number:
                self.guessed.setdefault(days.first.year, []).append(number)
            return days
        if isinstance(cell, (date, datetime)):
            own = cells.day(cell)
            return Days(own, own)
        if isinstance(cell, bool) or is_blank(cell):
            raise BadCellError("date")
        return read_days(cells.words_of(cell))

    def _in_year(self, text: str, year: int | None, order: Order) -> Days:
        if self.sheet.table.name not in GUESSING:
            return read_days(text, None, order)
        if year or self.sheet.year or not self.window:
            return read_days(text, year or self.sheet.year or None, order)
        lo, hi = self.window
        tried = [read_days(text, y, order) for y in range(hi.year, lo.year - 1, -1)]
        return next((d for d in tried if not d.first or lo <= d.first <= hi), tried[0])

    def remarks(self) -> Iterator[Problem]:
        """What was done that the writer of the sheet may want to know."""
        yield from self.told
        for year, rows in sorted(self.guessed.items()):
            yield Problem(self.sheet.file, 0, "", "told-year", str(year), (("rows", listed(rows)),))
        if self.about:
            yield Problem(self.sheet.file, 0, "", "told-about", "", (("rows", listed(self.about)),))
        if self.unsure:
            yield Problem(self.sheet.file, 0, "", "told-unsure-day", "", (("rows", listed(self.unsure)),))


def listed(rows: Sequence[int]) -> str:
    """Numbers of rows, the first few."""
    known = sorted(set(rows))
    return ", ".join(map(str, known[:MOST_TOLD])) + ("…" if len(known) > MOST_TOLD else "")


def _quick(text: str) -> date | None:
    """2025-04-15, as most tables have it."""
    if len(text) == len("2025-04-15") and text[4] == "-" == text[7]:
        try:
            return cells.day(date.fromisoformat(text))
        except ValueError:
            return None
    return None


def _is_open(text: str) -> bool:
    try:
        read_days(text, 2000)
    except BadCellError as bad:
        return bad.what == "date-ambiguous"
    return False
