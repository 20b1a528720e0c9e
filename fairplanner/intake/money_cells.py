"""A cell that holds money: 1,200.50, ￥3,000,000.00, 50万元, 约50万, (12.5) for a negative, USD 3,500 where the column is in USD."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from fairplanner.intake import cells
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.sheet import Cell
from fairplanner.intake.sheets.asides import POWERS
from fairplanner.words import languages, words

MONEY = frozenset({"CNY", "USD", "as currency", "as the fund"})
"""Units of columns that hold money; of the last two the currency stands in another column."""
_ABOUT = re.compile(r"^(?:约|大约|about|approx\.?|ca\.?)|左右$")
_AMOUNT = re.compile(
    r"(?P<before>[^\d().+\-]*)(?P<open>\()?(?P<number>[+\-]?[\d,]*\.?\d+|[+\-]?[\d,]+\.?)(?P<power>十万|百万|千万|[十百千万亿])?(?P<after>[^\d().]*)(?P<close>\))?"
)
_YUAN = frozenset({"", "元", "元整", "整", "圆"})


def money(column_unit: str) -> cells.Parse:
    """A reader of the cells of a column in CNY, USD, or in what another column says."""

    def amount(cell: Cell) -> Decimal:
        if not isinstance(cell, str):
            return cells.decimal(cell)
        try:
            return cells.decimal(cell)
        except BadCellError as bad:
            if bad.what != "number":
                raise
        return _said(cell, column_unit)

    return amount


def is_about(cell: Cell) -> bool:
    """Whether a cell says that its amount is not exact."""
    return isinstance(cell, str) and bool(_ABOUT.search(_squeezed(cell)))


def currency_named(text: str) -> str:
    """The code of the currency that a text names (人民币, 美元, US$); '' for none."""
    return _names().get(_squeezed(text), "")


def _said(text: str, column_unit: str) -> Decimal:
    found = _AMOUNT.fullmatch(_ABOUT.sub("", _squeezed(text)))
    if not found or bool(found["open"]) != bool(found["close"]):
        raise BadCellError("number")
    names = [part for part in (found["before"], found["after"]) if part not in _YUAN]
    currencies = {currency_named(name.removesuffix("整")) for name in names}
    if column_unit == "USD" and found["after"].removesuffix("整") in ("元", "圆"):
        currencies |= {"CNY"}
    power = POWERS[found["power"] or ""]
    small = 0 < power < POWERS["万"] and not found["after"]  # 5百 may be five hundred of anything
    if "" in currencies or len(currencies) > 1 or small:
        raise BadCellError("number")
    own = column_unit if column_unit in ("CNY", "USD") else ""
    if currencies and currencies != {own}:
        raise BadCellError("money-currency" if own else "money-currency-column", own=own or "", said=currencies.pop())
    number = cells.decimal(found["number"]) * (-1 if found["open"] else 1) * Decimal(10) ** power
    if abs(number) >= cells.BIGGEST_NUMBER:
        raise BadCellError("number-big")
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """Names and signs of currencies with their codes, of all languages."""
    known: dict[str, str] = {}
    for lang in languages():
        for key, text in words(lang).entries().items():
            if key.startswith("cells_in.currency."):
                code = key.rpartition(".")[2]
                known |= {_squeezed(name): code for name in (code, *text.split("|"))}
    return known
