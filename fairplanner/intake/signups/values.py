"""One cell of a sign-up to a value: numbers as people write them (2个, 1-2个标摊, 36㎡, 三人), and all that our own columns take."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from fairplanner.domain.kinds import Role, StandKind
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.cells import words_of
from fairplanner.intake.fair_names import number_of
from fairplanner.intake.hand_marks import M2_PER_BOOTH, mark_of
from fairplanner.intake.lists import spelling, spellings
from fairplanner.intake.money_units import ONE, money_said, scaled, worth
from fairplanner.intake.secret_numbers import secret_in
from fairplanner.intake.sheet import Cell
from fairplanner.intake.signups.fields import FIRM_FIELDS, FREE, column_of
from fairplanner.intake.signups.records import Given

COUNTS = ("booths", "least_booths", "people", "teams", "max_phases", "staff")
LONGEST_COUNT = 9
"""Digits of a number of booths, people or staff."""
NO_STAND = (Role.BUY, Role.VISIT, Role.NEGOTIATE)
_COUNT = re.compile(r"(?:约|共|计)?(\d+|[一二两三四五六七八九十]{1,3})(?:人|名|位|个|家|队|次|people|persons?)?(?:左右)?", re.IGNORECASE)  # fmt: skip
_RANGE = re.compile(
    r"(\d{1,9})\s*(?:个|间)?\s*[-—–~～至到]\s*(\d{1,9})\s*(?:个|间)?(?:标准展位|标展|标摊|展位|摊位|人|名|位)?"
)
_NONE = ("n/a", "na", "nil")
_RANK = re.compile(r"第?([0-9一二三四五六七八九十]{1,3})志?愿?")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—]?\d{7,8})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_CLOCK = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?")


def value_of(field: str, given: Given) -> Any:
    """The value of a field that is no reference. Raises BadCellError."""
    if field == "area":
        return _area(given.cell)
    if field == "preference" and isinstance(given.cell, str) and (match := _RANK.fullmatch(_squeezed(given.cell))):
        return number_of(match[1])
    if field == "kind" and (near := _kind(given.text)):
        return near
    if field in COUNTS:
        return _bounded(field, _count(field, given.cell))
    if field == "received":
        moment = moment_of(given)
        return moment.date() if moment else None
    if field in FREE:
        return words_of(given.cell).replace("┋", "、")
    column = column_of(field)
    if column is None:
        raise BadCellError("not-valid")
    said = isinstance(given.cell, str) and money_said(given.cell)
    by = ONE if said else worth(column, given.title, given.unit)
    return _bounded(field, scaled(column.parse(given.cell), given.cell, by))


def says_nothing(field: str, text: str) -> bool:
    """Whether a cell was only not left blank: a dash or a stroke; 无 of a firm's figures, which of booths means none."""
    squeezed = _squeezed(text).casefold()
    return not squeezed.strip("-—–―/\\_.") or squeezed in _NONE or (field in FIRM_FIELDS and squeezed in ("无", "暂无"))


def _kind(text: str) -> str:
    """A kind of firm by a part of its name: 生产, 流通企业; '' where that is none's or several's."""
    column = column_of("kind")
    known = spellings(*column.listed[:2]) if column and column.listed else {}
    key = spelling(text).removesuffix("企业")
    found = {value for word, value in known.items() if len(key) >= 2 and key in word}
    return found.pop() if len(found) == 1 else ""


def _bounded(field: str, value: Any) -> Any:
    column = column_of(field)
    if column and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        if column.low is not None and value < column.low:
            raise BadCellError("too-small", limit=f"{column.low:g}")
        if column.high is not None and value > column.high:
            raise BadCellError("too-big", limit=f"{column.high:g}")
    return value


def _count(field: str, cell: Cell) -> int:
    """A whole number with whatever is counted behind it; of a range (1-2个) the greater, of which the lesser is the least."""
    if isinstance(cell, bool):
        raise BadCellError("whole-number")
    if isinstance(cell, int | float):
        if cell != int(cell):
            raise BadCellError("whole-number")
        if abs(cell) >= 10**LONGEST_COUNT:
            raise BadCellError("number-big")
        return int(cell)
    text = _squeezed(cell)
    if max(map(len, re.findall(r"\d+", text)), default=0) > LONGEST_COUNT:
        raise BadCellError("number-big")
    if match := _COUNT.fullmatch(text):
        return int(match[1]) if match[1].isdecimal() else number_of(match[1].replace("两", "二"))
    if match := _RANGE.fullmatch(text):
        return int(match[1 if field == "least_booths" else 2])
    mark = mark_of(cell) if field in ("booths", "least_booths") else None
    if mark and (mark.booths is not None or mark.goes is False):
        return mark.booths or 0
    raise BadCellError("signup-count")


def least_of(given: Given) -> int | None:
    """The lesser number of a range of booths; None where a cell holds none."""
    match = _RANGE.fullmatch(_squeezed(given.cell)) if isinstance(given.cell, str) else None
    return int(match[1]) if match and int(match[1]) < int(match[2]) else None


def _area(cell: Cell) -> int:
    """Booths for square metres of raw space; half a booth is refused."""
    mark = mark_of(cell)
    if mark.goes is False:
        return 0
    booths = mark.booths if mark.booths is None or not mark.is_bare else mark.booths / M2_PER_BOOTH
    if booths is None or booths != int(booths):
        raise BadCellError("signup-area")
    return int(booths)


def moment_of(given: Given) -> datetime | None:
    """Day and, where it is told, the minute at which a sign-up came in. Raises BadCellError."""
    cell = given.cell
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, str) and (match := _CLOCK.match(unicodedata.normalize("NFKC", cell.strip()))):
        try:
            return datetime(*(int(x or 0) for x in match.groups()))  # type: ignore[arg-type]  # six numbers
        except ValueError as error:
            raise BadCellError("date-none") from error
    column = column_of("received")
    day: date | None = column.parse(cell) if column else None
    return datetime.combine(day, time()) if day else None


def personal_in(given: Given) -> str:
    """What stands in a cell that planning does not hold: a number of a person's papers, a telephone, an address of mail; '' for none."""
    text = unicodedata.normalize("NFKC", str(given.cell))
    found = _PHONE.search(text) or _MAIL.search(text)
    return secret_in(given.cell, spaced=False) or (found[0] if found else "")


def without_stand(values: dict[str, Any]) -> dict[str, Any]:
    """What is asked for, made whole: who buys, visits or negotiates and asks for no stand gets none; no booths, none at least."""
    if values.get("role") in NO_STAND and not values.keys() & {"stand", "booths"}:
        return values | {"stand": StandKind.NONE, "booths": 0, "least_booths": 0}
    if values.get("booths") == 0 and "least_booths" not in values:
        return values | {"least_booths": 0}
    return values


def _squeezed(cell: Cell) -> str:
    return "".join(unicodedata.normalize("NFKC", str(cell)).split())
