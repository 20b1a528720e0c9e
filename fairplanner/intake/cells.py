"""One cell to one value: numbers, dates, yes or no, closed lists, several values in a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fairplanner.intake.bad_cell import FIRST_YEAR as FIRST_YEAR
from fairplanner.intake.bad_cell import LAST_YEAR as LAST_YEAR
from fairplanner.intake.bad_cell import BadCellError as BadCellError
from fairplanner.intake.credit_codes import credit_code, likely_meant, problem_of_code
from fairplanner.intake.lists import allowed_words, near_words, spelling, spellings
from fairplanner.intake.printed_dates import Order, read_days
from fairplanner.intake.sheet import Cell, Unsaved
from fairplanner.intake.suggest import nearest

BIGGEST_NUMBER = Decimal(10) ** 15
"""Amounts are added up as whole cents in 64 bits; ten billion billions would not fit."""

YES_NO = {
    **dict.fromkeys(("yes", "y", "true", "t", "1", "是", "有", "真", "√", "✓", "✔", "☑"), True),
    **dict.fromkeys(("no", "n", "false", "f", "0", "否", "无", "假", "×", "✗", "✘"), False),
}
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+|(?=\.\d))(\.\d+)?([eE][+-]?\d{1,3})?")
OLDEST_YEAR = 1800
"""No firm that exports is older by our count; what lies before is a slip of the keyboard."""

LEAP_YEAR = 2000
"""A year in which every day of a calendar is, to understand days without one."""
_WORKED = {
    **dict.fromkeys(("上班", "调休上班", "补班", "班", "工作日", "work", "worked", "workday", "working day"), True),
    **dict.fromkeys(("放假", "休", "休息", "假", "假日", "节假日", "off", "day off", "holiday"), False),
}
_LOST_DIGITS = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
_EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})

Parse = Callable[[Cell], Any]


def shown(cell: Cell) -> str:
    """A cell as the user sees it, shortened for a message."""
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        cell = cell.date()
    text = " ".join(str(cell).split()) if cell is not None else ""
    return text if len(text) <= 60 else text[:59] + "…"


def words_of(cell: Cell) -> str:
    """Free text as it stands; numbers of a spreadsheet without a trailing `.0`. Raises BadCellError for lost digits."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        # A spreadsheet keeps 15 digits: an 18-character credit code typed as a number has lost its end.
        if abs(cell) >= 1e15:
            raise BadCellError("digits-lost")
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.hour or cell.minute else cell.date().isoformat()
    if isinstance(cell, Unsaved):
        raise BadCellError("formula-unknown")
    text = str(cell).strip()
    if text in _EXCEL_ERRORS:
        raise BadCellError("excel-error")
    return text


def code(cell: Cell) -> str:
    """An id: full-width letters and digits become plain ones."""
    text = unicodedata.normalize("NFKC", words_of(cell)).strip()
    if _LOST_DIGITS.fullmatch(text):
        raise BadCellError("digits-lost")
    return text


def firm_code(cell: Cell) -> str:
    """A firm's id; a 统一社会信用代码 as it is registered, without blanks, in capitals. Raises BadCellError for one that is wrong."""
    text = code(cell)
    if what := problem_of_code(text):
        squeezed = credit_code(text)
        facts = {"near": near} if what == "credit-letter" and (near := likely_meant(text)) else {}
        facts |= {"count": str(len(squeezed))} if what == "credit-length" else {}
        raise BadCellError(f"{what}-near" if "near" in facts else what, **facts)
    return credit_code(text)


def currency(cell: Cell) -> str:
    """A currency code in capitals."""
    text = code(cell).upper()
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise BadCellError("currency-code")
    return text


def decimal(cell: Cell) -> Decimal:
    """A number, with or without thousands separators, in its shortest form so that 1000.00 and 1,000 are the same."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str, Decimal)):
        raise BadCellError("number")
    text = unicodedata.normalize("NFKC", words_of(cell)).replace(" ", "") if isinstance(cell, str) else repr(cell)
    if not _NUMBER.fullmatch(text):
        raise BadCellError("number")
    number = Decimal(text.replace(",", ""))
    if abs(number) >= BIGGEST_NUMBER:
        raise BadCellError("number-big")
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def whole(cell: Cell) -> int:
    """A whole number; 3.0 is one, 3.5 is not."""
    number = decimal(cell)
    if number != number.to_integral_value():
        raise BadCellError("whole-number")
    return int(number)


def real(cell: Cell) -> float:
    """A number with a fraction."""
    return float(decimal(cell))


def year_number(cell: Cell) -> int:
    """A year: 2027, 2027年, 2027年度."""
    return whole(re.sub(r"\s*年度?$", "", cell.strip()) if isinstance(cell, str) else cell)


def worked(cell: Cell) -> bool:
    """Whether a day is worked: 上班 or 放假, beside yes and no."""
    if (
        isinstance(cell, str)
        and (known := _WORKED.get(unicodedata.normalize("NFKC", cell).strip().casefold())) is not None
    ):
        return known
    try:
        return yes_no(cell)
    except BadCellError as bad:
        raise BadCellError("holiday-work" if bad.what == "yes-no" else bad.what) from bad


def yes_no(cell: Cell) -> bool:
    """Yes or no, in either language."""
    if isinstance(cell, bool):
        return cell
    answer = YES_NO.get(unicodedata.normalize("NFKC", words_of(cell)).casefold())
    if answer is None:
        raise BadCellError("yes-no")
    return answer


def day(cell: Cell, year: int | None = None, order: Order = "") -> date:
    """One day: a date cell, 2025-04-15, 2025年4月15日, 15 April 2025, 45762 or any other way of printing it.

    `year` is taken where none is written, `order` says which of 4/5 is the month. Raises BadCellError.
    """
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    text = words_of(cell).strip()
    found = read_days(text, year or LEAP_YEAR, order)
    if found.certainty in ("window", "unknown", "cancelled") or found.first is None:
        raise BadCellError("date-window" if found.certainty == "window" else "date")
    if found.first != found.last:
        raise BadCellError("date-range")
    if found.guessed and year is None:
        raise BadCellError("date-year")
    return found.first


def past_day(cell: Cell) -> date:
    """A day that may lie long ago, such as that on which a firm was founded. Raises BadCellError."""
    try:
        return day(cell)
    except BadCellError as bad:
        if bad.what != "date-far":
            raise
        found = cell if isinstance(cell, date) else _whole_date(words_of(cell))
        if found is None or not OLDEST_YEAR <= found.year <= LAST_YEAR:
            raise BadCellError("date-far", first=str(OLDEST_YEAR), last=str(LAST_YEAR)) from bad
        return found.date() if isinstance(found, datetime) else found


def _whole_date(text: str) -> date | None:
    """Year, month and day, in that order and all in digits."""
    numbers = [int(n) for n in re.findall(r"\d{1,4}", unicodedata.normalize("NFKC", text))]
    try:
        return date(*numbers) if len(numbers) == len(("year", "month", "day")) else None
    except ValueError:
        return None


def _within(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise BadCellError("date-far", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    return value


def one_of(section: str, values: tuple[str, ...], *, closed: bool = True) -> Parse:
    """A word of a closed list, as value or as its word in any language; an open list lets other words pass."""

    def parse(cell: Cell) -> str:
        text = words_of(cell)
        known = spellings(section, values)
        if (value := known.get(spelling(text))) is not None:
            return value
        if not closed:
            return text
        near = nearest(text, known)
        facts = allowed_words(section, values) | (near_words(section, known[near]) if near else {})
        raise BadCellError("not-listed-near" if near else "not-listed", value=text, **facts)

    return parse


def several(each: Parse, *, coded: bool) -> Parse:
    """Several values in a cell, separated by `;` `、` or `,`; in free text only the strongest separator that occurs."""

    def parse(cell: Cell) -> tuple[Any, ...]:
        text = words_of(cell)
        marks = ";；\n、,，" if coded else next((m for m in (";；\n", "、", ",，") if any(c in m for c in text)), ";")
        parts = [part.strip() for part in re.split(f"[{marks}]", text)]
        return tuple(dict.fromkeys(each(part) for part in parts if part))

    return parse
