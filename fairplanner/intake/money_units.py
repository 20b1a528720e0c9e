"""How many of the currency one unit of a column is worth: a sheet may state 单位：万元 above its header, a header （万元）."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fairplanner.intake.cells import BadCellError
from fairplanner.intake.columns import Column
from fairplanner.intake.sheet import Cell
from fairplanner.intake.sheets.asides import money_unit, unit_in

ONE = Decimal(1)
ANY = ("as currency", "as the fund")
"""Units of columns whose currency stands in another column."""
_CURRENCY = {"CNY": "", "USD": "USD"}


def worth(column: Column, header: str, unit: str) -> Decimal:
    """By how much the numbers of a column are multiplied: by what its header says, else by what the sheet says of the same currency.

    Columns that hold no money are multiplied by 1. Raises BadCellError for a header, or a sheet where the header
    states none, with another currency than the column's.
    """
    if column.doc.unit not in (*_CURRENCY, *ANY):
        return ONE
    own = money_unit(unit_in(header)) if unit_in(header) else None
    if own and column.doc.unit not in ANY and own[1] != _CURRENCY[column.doc.unit]:
        raise BadCellError("unit-other", unit=unit_in(header), own=column.doc.unit)
    said = own or (money_unit(unit) if unit else None)
    if said and column.doc.unit not in ANY and said[1] != _CURRENCY[column.doc.unit]:
        # 单位：万元 over a column of dollars: whether its numbers are yuan, dollars or tens of thousands, only the writer knows
        raise BadCellError("unit-other-above", unit=unit, own=column.doc.unit)
    return said[0] if said else ONE


def scaled(value: Any, cell: Cell, by: Decimal) -> Any:
    """A number in whole units of its currency, in its shortest form; a cell that states its own unit (12万元) is left as it is."""
    if by == ONE or not isinstance(value, Decimal) or (isinstance(cell, str) and money_said(cell)):
        return value
    number = value * by
    return number.quantize(ONE) if number == number.to_integral_value() else number.normalize()


def money_said(text: str) -> bool:
    """Whether a cell names a unit of money itself."""
    return any(mark in text for mark in "元万亿")
