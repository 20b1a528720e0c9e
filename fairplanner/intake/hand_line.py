"""One row of a hand-made sheet, its cells by the names of their fields, and problems that name the cell."""

from __future__ import annotations

from dataclasses import dataclass

from fairplanner.domain.hand_made import SheetCell
from fairplanner.errors import Problem
from fairplanner.intake.cells import shown
from fairplanner.intake.grid import Row
from fairplanner.intake.heading import Heading, text_of
from fairplanner.intake.sheet import Cell, is_blank

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HandLine:
    """`sheet` is the title of the page, '' in a CSV."""

    file: str
    sheet: str
    heading: Heading
    row: Row

    def cell_at(self, at: int) -> Cell:
        """The cell in a place of the row; None beyond its end."""
        return self.row[1][at] if 0 <= at < len(self.row[1]) else None

    def cell(self, field: str) -> Cell:
        """The cell of a field; None where the sheet has no such column."""
        return self.cell_at(self.heading.at.get(field, -1))

    def has(self, field: str) -> bool:
        """Whether anything stands in the cell of a field."""
        return not is_blank(self.cell(field))

    def text(self, field: str) -> str:
        """The text of a field on one line."""
        return text_of(self.cell(field))

    def place_at(self, at: int) -> SheetCell:
        """The name of a place in this row."""
        return SheetCell(self.sheet, self.row[0], at + 1)

    def place(self, *fields: str) -> SheetCell:
        """Where the first of these fields that the row says anything of stands, else the first that the sheet has."""
        known = [f for f in fields if f in self.heading.at]
        field = next((f for f in known if self.has(f)), known[0] if known else "")
        return self.place_at(self.heading.at.get(field, 0))

    def problem(self, field: str, what: str, value: str = "", facts: Facts = ()) -> Problem:
        """What is wrong with the cell of a field."""
        return self.problem_at(self.heading.at.get(field, self.heading.at.get("firm", 0)), what, value, facts)

    def problem_at(self, at: int, what: str, value: str = "", facts: Facts = ()) -> Problem:
        """What is wrong with a cell; the problem calls it as spreadsheet programs do."""
        where = f"{self.file}[{self.sheet}]" if self.sheet else self.file
        return Problem(where, self.row[0], self.place_at(at).name, what, shown(value), facts)
