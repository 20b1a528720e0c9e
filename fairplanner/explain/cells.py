"""What stands in a cell and what is typed in its place: relative amounts, days, lists; the words are the row type's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from difflib import get_close_matches
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from fairplanner.domain.assuming import cell_text
from fairplanner.errors import Problem

YES_NO = {"是": "yes", "否": "no", "有": "yes", "无": "no"}
DAYS = re.compile(r"(\d{1,4})\s*(d|w|天|周)?")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
NOT_VALID = "not-valid"
"""The key of the sentence that says no more than that a value does not fit."""
OF_BOUNDS = {"greater_than_equal": ("too-small", "ge"), "less_than_equal": ("too-big", "le")}


class BadValueError(Exception):
    """A value that does not fit its cell: the key of the sentence, the value and the facts it needs."""

    def __init__(self, what: str, value: str, **facts: str) -> None:
        self.what, self.value, self.facts = what, value, tuple(sorted(facts.items()))
        super().__init__(what)

    def problem(self, where: str) -> Problem:
        """The same as a problem of what was typed."""
        return Problem(where, 0, "", self.what, self.value, self.facts)


def refused(what: str, value: str, known: Iterable[str], **facts: str) -> BadValueError:
    """A name that is not known, with the nearest that is."""
    near = get_close_matches(value.casefold(), sorted(set(known)), 1, 0.6)
    if near:
        return BadValueError(f"{what}-near", value, near=near[0], **facts)
    return BadValueError(what, value, **facts)


def absolute(sign: str, text: str, now: Any) -> str:
    """What `+=`, `-=` or `*=` (`sign` + - *) makes of the value that stands there; days and weeks for a date.

    Numbers of whole units stay whole, half up. Raises BadValueError where the cell or the text is no number.
    """
    if not sign:
        return text
    if isinstance(now, date):
        return cell_text(now + (-1 if sign == "-" else 1) * days_of(text))
    if isinstance(now, bool) or not isinstance(now, int | float | Decimal):
        raise BadValueError("assumption-no-number", cell_text(now) or "-")
    by, was = number_of(text), Decimal(str(now))
    made = was * by if sign == "*" else was - by if sign == "-" else was + by
    whole = isinstance(now, int) or (sign == "*" and made == made.to_integral_value())
    return cell_text(made.quantize(Decimal(1), ROUND_HALF_UP) if whole else made)


def days_of(text: str) -> timedelta:
    """`14`, `14d`, `2w`, `14天`, `2周`; raises BadValueError."""
    found = DAYS.fullmatch(text.strip())
    if not found:
        raise BadValueError("assumption-days", text)
    return timedelta(days=int(found[1]) * (7 if found[2] in ("w", "周") else 1))


def number_of(text: str) -> Decimal:
    """A number, with thousands separators or a per-cent sign if need be; raises BadValueError."""
    plain = text.strip().replace(",", "").replace("，", "")
    try:
        number = Decimal(plain.rstrip("%")) / (100 if plain.endswith("%") else 1)
    except InvalidOperation as error:
        raise BadValueError("number", text) from error
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise BadValueError("number", text)
    return number


def typed(kind: type[BaseModel], name: str, text: str) -> Any:
    """A text as pydantic takes it for this field: lists split, blank where a blank is allowed, numbers without separators."""
    annotation, info = kind.model_fields[name].annotation, kind.model_fields[name]
    inner = [a for a in get_args(annotation) if a is not NoneType] if NoneType in get_args(annotation) else [annotation]
    text = text.strip()
    if not text:
        if info.is_required():
            raise BadValueError("value-missing", "")
        return info.default
    if get_origin(inner[0]) is tuple:
        return tuple(part.strip() for part in re.split("[;；、]", text) if part.strip())
    if inner[0] is bool:
        return YES_NO.get(text, text)
    if inner[0] in (int, float, Decimal):
        return number_of(text)
    return day_of(text) if inner[0] is date else text


def day_of(text: str) -> date:
    """`2025-04-15`, `2025/4/15`, `2025年4月15日`; raises BadValueError."""
    found = DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text)
    except ValueError as error:
        raise BadValueError("date", text) from error


def checked(kind: type[BaseModel], values: Mapping[str, Any]) -> Any:
    """A row (or part of the settings) of these values; raises BadValueError that says what does not fit."""
    try:
        return kind.model_validate(dict(values))
    except ValidationError as error:
        raise _bad(error.errors()[0]) from error


def _bad(found: Any) -> BadValueError:
    given = found["input"]
    value = "" if isinstance(given, dict) else cell_text(given)
    what = str(found["type"])
    if what in OF_BOUNDS:
        key, name = OF_BOUNDS[what]
        return BadValueError(key, value, limit=f"{float(found['ctx'][name]):g}")
    if what == "missing":
        return BadValueError("assumption-incomplete", str(found["loc"][-1]))
    if what in ("enum", "literal_error"):
        return BadValueError(
            "not-listed", value, allowed=str(found["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        )
    if what.startswith("int_"):
        return BadValueError("whole-number", value)
    if what.startswith("date_"):
        return BadValueError("date", value)
    if what.startswith("bool_"):
        return BadValueError("yes-no", value)
    return BadValueError(NOT_VALID, value)
