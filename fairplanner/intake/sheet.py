"""A table as it stands in a file, before anything is understood: header, rows, where each row stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import Problem

Cell = str | int | float | Decimal | bool | date | datetime | time | timedelta | None

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}


class Unsaved(str):
    """A formula whose value was never saved, by a program that does not calculate."""

    __slots__ = ()


@dataclass(frozen=True)
class Sheet:
    """One table of one file; `rows` holds (row number as spreadsheet programs count, cells), blank rows left out."""

    file: str
    table: Table
    header: Sequence[Cell]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    header_row: int = 1


@dataclass
class Found:
    """Sheets and problems gathered from files; `unsure` when a file could not be read, so that tables may be incomplete."""

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)


def plain(text: str) -> str:
    """Text without differences of width, case, spaces, `_` or `-`: how headers and sheet names are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "_-\ufeff")


def table_named(name: str) -> Table | None:
    """The table with this name, Chinese title or English title."""
    return _TITLES.get(plain(name))


_TITLES: dict[str, Table] = {plain(title): table for table in TABLES for title in (table.zh, table.en, table.name)}


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_sheet(file: str, table: Table, numbered: Iterable[tuple[int, Sequence[Cell]]]) -> Sheet | None:
    """The first row that is not blank is the header; None if every row is blank."""
    rows: Iterator[tuple[int, Sequence[Cell]]] = (r for r in numbered if not all(map(is_blank, r[1])))
    first = next(rows, None)
    return Sheet(file, table, first[1], list(rows), first[0]) if first else None
