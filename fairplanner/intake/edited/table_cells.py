"""A value of a row as the cell of a spreadsheet that is read back as this very value, in the words of a language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from fairplanner.intake.columns import Column
from fairplanner.intake.lists import shown, spelling, spellings
from fairplanner.words import Words

CellValue = str | int | float | Decimal | date | None
DIGITS = 15
"""So many a spreadsheet keeps of a number; one with more is written as text, which readers of tables understand as well."""
_STRONG, _MARKS = ";；\n", "、,，"


def cell_of(value: Any, column: Column, default: Any, w: Words) -> CellValue:
    """The cell of a value; blank only where a blank is read as this value (`default`: what a blank stands for)."""
    if isinstance(value, tuple):
        return _several([_text(x, column, w) for x in value], is_blank_nothing=not default)
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return w("tables.yes" if value else "tables.no")
    if isinstance(value, int | float | Decimal):
        return _number(value)
    return value if isinstance(value, date) else _text(value, column, w)


def _several(texts: list[str], *, is_blank_nothing: bool) -> str | None:
    """Values with `;` between them; one at the end where a mark within a value would else be taken for what separates them."""
    if not texts:
        return None if is_blank_nothing else ";"
    is_clear = len(texts) > 1 or not any(mark in texts[0] for mark in _MARKS)
    return "; ".join(texts) + ("" if is_clear else ";")


def _text(value: Any, column: Column, w: Words) -> str:
    if column.listed:
        section, values, _ = column.listed
        word = shown(section, value, w.lang)
        if spellings(section, values).get(spelling(word)) == value:
            return word
    return str(value)


def _number(value: int | float | Decimal) -> CellValue:
    digits = len(Decimal(repr(value) if isinstance(value, float) else value).normalize().as_tuple().digits)
    return value if digits <= DIGITS else str(value)
