"""One side of a range of days, in every spelling: 2027年4月15日, 4/15, Apr 15, 19日, 4月中旬, Q2, mid-April 2027."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
TENTHS = {
    "上": (1, 10), "初": (1, 10), "中": (11, 20), "下": (21, 0), "底": (21, 0), "末": (21, 0), "上中": (1, 20), "中下": (11, 0),
    "early": (1, 10), "beginning": (1, 10), "start": (1, 10), "mid": (11, 20), "middle": (11, 20), "late": (21, 0), "end": (21, 0),
}  # fmt: skip
"""First and last day of the thirds of a month (旬); 0 is its last day."""
_QUARTER = {**dict(zip("一二三四", (1, 2, 3, 4), strict=True)), **{str(n): n for n in (1, 2, 3, 4)}}
_QUARTER |= dict(zip(("first", "second", "third", "fourth"), (1, 2, 3, 4), strict=True))
_QUARTER |= dict(zip(("1st", "2nd", "3rd", "4th"), (1, 2, 3, 4), strict=True))
_Y, _OY = r"(\d{4})", r"(?:(\d{4})(?:年度?|[-./])?)?"


@dataclass(frozen=True)
class Part:
    """What one side states; `until` is the last month and day of a window (day 0: the month's last), None for a single day.

    `order` says for 4/5 which of the two was taken for the month: `month-first` or `day-first`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: tuple[int, int] | None = None
    order: str = ""

    def first(self) -> date:
        """Its first day. Raises ValueError for no day of the calendar or where something is missing."""
        return date(self.year or 0, self.month or 0, self.day or 0)

    def last(self) -> date:
        """Its last day. Raises ValueError."""
        if self.until is None:
            return self.first()
        month, day = self.until
        year = self.year or 0
        return date(year, month, day or monthrange(year, month)[1])

    def in_year(self, year: int) -> Part:
        """The same in a year."""
        return replace(self, year=year)


def parts(text: str) -> Iterator[Part]:
    """Every reading of one side; several only where the order of month and day is open."""
    for pattern, make in _SHAPES:
        if found := pattern.fullmatch(text):
            yield from make(*found.groups())
            return


def month_number(name: str) -> int:
    """1 for january or jan."""
    return MONTHS.index(name[:3]) + 1


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _day(year: str | None, month: str | None, day: str | None) -> Iterator[Part]:
    yield Part(_int(year), _int(month), _int(day))


def _open(a: str, b: str, year: str | None) -> Iterator[Part]:
    """4/5: the month may be either."""
    one, two = int(a), int(b)
    if one <= len(MONTHS):
        yield Part(_int(year), one, two, order="month-first")
    if two <= len(MONTHS):
        yield Part(_int(year), two, one, order="day-first")


def _third(year: str | None, month: str | None, third: str) -> Iterator[Part]:
    lo, hi = TENTHS[third]
    number = _int(month)
    yield Part(_int(year), number, lo, (number or 0, hi))


def _months(year: str | None, first: int, last: int) -> Iterator[Part]:
    yield Part(_int(year), first, 1, (last, 0))


def _half(year: str | None, half: str) -> Iterator[Part]:
    yield from _months(year, 1, 6) if half in ("上", "1", "first") else _months(year, 7, 12)


def _quarter(year: str | None, number: str) -> Iterator[Part]:
    n = _QUARTER[number]
    yield from _months(year, 3 * n - 2, 3 * n)


def _whole_month(year: str | None, month: str) -> Iterator[Part]:
    if 1 <= int(month) <= len(MONTHS):
        yield from _months(year, int(month), int(month))


def _named(name: str) -> str:
    return str(month_number(name))


_SHAPES = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (rf"{_OY}(\d{{1,2}})月(\d{{1,2}})[日号]?", _day),
        (rf"{_Y}[-./](\d{{1,2}})[-./](\d{{1,2}})[日号]?", _day),
        (rf"{_Y}年(\d{{1,2}})[-./](\d{{1,2}})[日号]?", _day),
        (rf"{_Y}年()(\d{{1,2}})", _day),
        (r"()()(\d{1,2})[日号]", _day),
        (r"()()(\d{1,2})", _day),
        (r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", _open),
        (r"(\d{1,2})[-./](\d{1,2})()", _open),
        (rf"{_OY}(\d{{1,2}})月份?(上中|中下|上|中|下)旬", _third),
        (rf"{_OY}(\d{{1,2}})月份?(初|中|底|末)", _third),
        (r"()()(上中|中下|上|中|下)旬", _third),
        (rf"{_OY}(\d{{1,2}})月份?", _whole_month),
        (rf"{_Y}[-./](\d{{1,2}})", _whole_month),
        (rf"{_OY}(上|下)半年", _half),
        (rf"{_OY}第?([一二三四1-4])季度?", _quarter),
        (rf"{_OY} ?q([1-4])", _quarter),
        (r"q([1-4])(?: (\d{4}))?", lambda q, y: _quarter(y, q)),
        (r"(first|second|third|fourth|1st|2nd|3rd|4th) quarter(?: (\d{4}))?", lambda q, y: _quarter(y, q)),
        (rf"{_OY} ?(?:h([12])|([12])h)", lambda y, a, b: _half(y, a or b)),
        (r"(?:h([12])|([12])h)(?: (\d{4}))?", lambda a, b, y: _half(y, a or b)),
        (r"(first|second) half(?: (\d{4}))?", lambda h, y: _half(y, h)),
        (rf"{_Y}(?:年度?|全年|年全年)?", lambda y: _months(y, 1, 12)),
        (rf"(\d{{1,2}}) {MONTH}(?: (\d{{4}}))?", lambda d, m, y: _day(y, _named(m), d)),
        (rf"{MONTH} (\d{{1,2}})(?: (\d{{4}}))?", lambda m, d, y: _day(y, _named(m), d)),
        (rf"(\d{{4}}) {MONTH} (\d{{1,2}})", lambda y, m, d: _day(y, _named(m), d)),
        (r"(\d{1,2}) (\d{4})", lambda d, y: _day(y, "", d)),
        (rf"(early|mid|late|beginning|start|end|middle) {MONTH}(?: (\d{{4}}))?", lambda t, m, y: _third(y, _named(m), t)),
        (rf"{MONTH}(?: (\d{{4}}))?", lambda m, y: _whole_month(y, _named(m))),
    )
)  # fmt: skip
