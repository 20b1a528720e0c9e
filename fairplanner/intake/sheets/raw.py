"""A sheet as it stands in a file: rows that hold something, what is merged, what one does not see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite

from fairplanner.errors import Problem
from fairplanner.intake.sheet import Cell

EXACT = 10**15
"""From here on a number of a spreadsheet has lost digits; it stays what it is, so that readers can tell."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1, all included."""
Row = tuple[int, list[Cell]]
"""Number as spreadsheet programs count, and cells."""
NO_NUMBER = "#NUM!"
"""As spreadsheet programs show a number that they cannot hold."""
Raw = str | int | float | bool | date | datetime | time | timedelta


_MARKS = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))


@dataclass
class RawPage:
    """One sheet as it stands: rows that are not blank, places that are merged, rows and sheet that one does not see.

    `refused` says why its cells are not read, though the others of the workbook are.
    """

    title: str
    rows: list[Row] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    refused: Problem | None = None


def cell_of(value: Raw) -> Cell:
    """A cell as the libraries give it: nothing for an empty text, whole numbers as such, what is beyond all numbers as an error."""
    if isinstance(value, str):
        return without_marks(value) or None
    if type(value) is float and -EXACT < value < EXACT and value.is_integer():
        return int(value)
    if type(value) is float and not isfinite(value):
        return NO_NUMBER
    return value


def without_marks(text: str) -> str:
    """Text without the marks of no width that pages of the web leave in what is copied from them; nobody sees them, no name has them."""
    return text if text.isascii() else text.translate(_MARKS)
