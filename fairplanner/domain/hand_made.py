"""Who goes where as people wrote it in a sheet of their own: one place a firm and fair, each with the cell it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from fairplanner.errors import Problem

LETTERS = 26


@dataclass(frozen=True, order=True)
class SheetCell:
    """A cell as spreadsheet programs call it; `sheet` is '' in a CSV file, `column` and `row` count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """C14; letters as in A to Z, AA, AB."""
        letters, rest = "", self.column
        while rest:
            rest, digit = divmod(rest - 1, LETTERS)
            letters = chr(ord("A") + digit) + letters
        return f"{letters}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.name}" if self.sheet else self.name


@dataclass(frozen=True)
class HandPlace:
    """One firm at one phase. What the sheet does not say is '' (`booths`: None) and may be chosen.

    `cell` is the one that sends the firm there; `cells` are those of what else is said of it, by field.
    """

    firm_id: str
    phase_id: str
    cell: SheetCell
    section_id: str = ""
    role: str = ""
    stand: str = ""
    booths: int | None = None
    sponsor: str = ""
    cells: tuple[tuple[str, SheetCell], ...] = ()

    def at(self, field: str) -> SheetCell:
        """Where a field is written; the cell that sends the firm there where it is not."""
        return dict(self.cells).get(field, self.cell)


@dataclass(frozen=True)
class HandMade:
    """A sheet of who goes where, read: places in the order of the file, cells that are not understood, and what was not used.

    `left`: sheets of a workbook that were not read; `unused`: headers of columns nobody asked for.
    """

    file: str
    places: tuple[HandPlace, ...]
    problems: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
