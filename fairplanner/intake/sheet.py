"""A table as it stands in a file, before anything is understood: header, rows, where each row stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from fairplanner.domain.kinds import Confidence
from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import Problem

if TYPE_CHECKING:
    from fairplanner.intake.settings_page import Stated

_NOTHING = "".join(
    chr(c)
    for c in (
        *range(0x21),
        0x85,
        0xA0,
        0x1680,
        *range(0x2000, 0x200C),
        0x2028,
        0x2029,
        0x202F,
        0x205F,
        0x2060,
        0x3000,
        0xFEFF,
    )
)
Cell = str | int | float | Decimal | bool | date | datetime | time | timedelta | None

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}


class Unsaved(str):
    """A formula whose value was never saved, by a program that does not calculate."""

    __slots__ = ()


@dataclass(frozen=True)
class Sheet:
    """One table of one file; `rows` holds (row number as spreadsheet programs count, cells), blank rows left out.

    `unit` is the unit of money that the sheet states above its header, as it is written: 万元; '' where it states none.
    `year` is the one year that titles or name of the sheet speak of; 0 where there is none.
    `is_correction`: its rows stand in place of those with the same key elsewhere.
    """

    file: str
    table: Table
    header: Sequence[Cell]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    header_row: int = 1
    unit: str = ""
    year: int = 0
    is_correction: bool = False


VOUCHED: Mapping[str, Callable[[Sheet], str]] = {
    "source": lambda sheet: sheet.file,
    "confidence": lambda _: Confidence.USER,
}
"""What stands for columns that lists of an office do not have: each says it itself."""


@dataclass
class Found:
    """Sheets and problems gathered from files; `unsure` when a file could not be read, so that tables may be incomplete.

    `told` is what was done with a sheet that its writer may want to know, and that is no problem. `settings` is what pages of
    settings state.
    """

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    told: list[Problem] = field(default_factory=list)
    settings: list[Stated] = field(default_factory=list)


def plain(text: str) -> str:
    """Text without differences of width, case, spaces, `_` or `-`: how headers and sheet names are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "_-\ufeff")


def bare(text: str) -> str:
    """Text without differences of width, case, punctuation and spaces: what is left of ＊企业 名称： is 企业名称."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def table_named(name: str) -> Table | None:
    """The table with this name, Chinese title or English title."""
    return _TITLES.get(plain(name))


_TITLES: dict[str, Table] = {plain(title): table for table in TABLES for title in (table.zh, table.en, table.name)}


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell; marks without width are nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_NOTHING))
