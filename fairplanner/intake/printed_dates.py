"""Days as people print them: text to first day, last day and how certain they are.

2027年4月15日—19日（周四至周一）, 2025年10月31—11月4日, 2027.4.15-19, 4/15-4/19, 15–19 April 2027, Apr 15–19, 2027, 46127, 4月中旬, 上半年, Q2,
待定. What can be read in two ways is refused, unless the caller says which of 4/5 is the month in that column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from fairplanner.intake.bad_cell import FIRST_YEAR, LAST_YEAR, BadCellError
from fairplanner.intake.printed_parts import MONTH, Part, parts

Certainty = Literal["stated", "tentative", "window", "unknown", "cancelled"]
Order = Literal["", "month-first", "day-first"]

EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheet programs, as all of them count after February 1900."""
FIRST_SERIAL, LAST_SERIAL = ((date(year, 1, 1) - EPOCH).days for year in (FIRST_YEAR, LAST_YEAR + 1))
LONGEST = timedelta(days=92)
"""A fair that seems to last longer was read with month and day exchanged."""

_WEEK = r"(?:(?:周|星期|礼拜)[一二三四五六日天](?:[~\-—–至到](?:周|星期|礼拜)?[一二三四五六日天])?)"
_WEEK += r"|(?:\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?(?:\s*[~\-–—]\s*(?=[a-z]))?)"
_GONE = re.compile(r"已?取消|cancell?ed")
_TENTATIVE = re.compile(
    r"暂定?|初定|初步|拟定?|预计|据往届推算|天数为推算|推算|日期未核实|未公布|待确认|待定|(?:具体)?(?:时间|日期)?以?(?:官方|主办方|主办单位|组委会)(?:最终)?(?:公布|通知|发布)(?:的?(?:时间|日期))?为准|provisional|projected from past editions|projected"
    r"|tentative(?:ly)?|expected|estimated|days assumed|dates? not (?:known|verified|confirmed)|to be (?:confirmed|announced)|\btb[cad]\b"
)
_UNKNOWN = re.compile(
    r"(?:日期|时间)?(?:待定|未定|未知|不详|待通知|另行通知|待公布|尚未公布|未公布|待确认|暂未确定|尚未确定)|tb[acd]|n/?a|unknown|undecided|\?+"
    r"|to be (?:announced|confirmed|decided|determined|advised)|(?:date|dates)? ?not (?:yet )?(?:known|announced|confirmed|fixed)"
)
_WITHIN = re.compile(r"(?:之间|期间|之内|间)$|^(?:within|between|during|sometime in|some time in) ")
_NEXT = re.compile(r"次年|翌年|来年")
_NUMERALS = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日号])")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Days:
    """First and last day (None where unknown); `guessed` where no year was written and the caller's was taken.

    `stated` and `tentative` are fair days, `window` is days between which they lie.
    """

    first: date | None
    last: date | None
    certainty: Certainty = "stated"
    guessed: bool = False


@lru_cache(maxsize=20_000)
def read_days(text: str, year: int | None = None, order: Order = "") -> Days:
    """The days that a text states; `year` is taken where it states none.

    Raises BadCellError: `date` not understood, `date-year` without a year, `date-none` not in the calendar, `date-far`,
    `date-ambiguous` which number is the month, `dates-reversed` last before first.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().strip(" \t\n\r,，;；。")
    if _UNKNOWN.fullmatch(plain.strip("()[]【】 ")):
        return Days(None, None, "unknown")
    number = plain.removesuffix(".0")
    if number.isdecimal() and len(number) <= len("20270415") and (serial := _counted(number)):
        return Days(serial, serial)
    clean, certainty = _cleaned(plain)
    if certainty == "cancelled" and not clean:
        return Days(None, None, certainty)
    within = bool(_WITHIN.search(clean))
    clean, nexts = _NEXT.subn("", clean)
    found = _read(_WITHIN.sub("", clean).replace(" and ", "~") if within else clean, year, order)
    if nexts and (not found.first or not found.last or found.last.year != found.first.year + 1):
        raise BadCellError("date")
    if within or found.certainty == "window":
        return Days(found.first, found.last, "window", found.guessed)
    return Days(found.first, found.last, certainty, found.guessed)


def states_order(text: str) -> Order:
    """Whether a text can only be read with the month first (4/15/2027), or only with the day first; '' where it leaves that open."""
    fits: list[Order] = []
    for order in ("month-first", "day-first"):
        try:
            read_days(text, 2000, order)  # a leap year, so that 2/29 without a year decides nothing by accident
            fits.append(order)
        except BadCellError:
            continue
    return fits[0] if len(fits) == 1 else ""


def _counted(text: str) -> date | None:
    """A spreadsheet's number of a day, or 20270415."""
    if len(text) == len("20270415"):
        try:
            return _near(date(int(text[:4]), int(text[4:6]), int(text[6:])))
        except ValueError as error:
            raise BadCellError("date-none") from error
    return EPOCH + timedelta(days=int(text)) if FIRST_SERIAL <= int(text) < LAST_SERIAL else None


def _cleaned(text: str) -> tuple[str, Certainty]:
    """Only what states days, with `~` between the sides of a range wherever that is plain, and what is said of their certainty."""
    text, gone = _GONE.subn(" ", text)
    text = re.sub(_WEEK, " ", text)
    text, unsure = _TENTATIVE.subn(" ", text)
    text = re.sub(r"[(\[【](?:\s|[~\-—–至到、,，;；]|共?\d{1,2}天|当地时间)*[)\]】]", " ", text)
    text = re.sub(r"(?<=\d)[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?!\d)", " ", text)
    if re.search(r"[年月日号旬季半]", text):
        text = _NUMERALS.sub(lambda m: _numeral(m[0]), "".join(text.split()))
        text = re.sub(r"(?<=[底末初旬])(?=\d)|、", "~", text.strip(",，;；:："))
    else:
        text = _english(text)
    text = re.sub(r"\s*(?:[~—–―−]+|--+|至|到)\s*|\s+-\s+", "~", text).strip(" ,，;；:：")
    if "~" in text:  # 自4月15日起至19日止
        text = re.sub(r"^[自从]|起(?=~)|止$", "", text)
    return text, "cancelled" if gone else "tentative" if unsure else "stated"


def _english(text: str) -> str:
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b(?! quarter)|\bof\b|\bthe\b|^from\b|,", " ", text)
    text = re.sub(r"\b(early|mid)-(?=[a-z])", r"\1 ", text)
    text = re.sub(rf"\b(\d{{1,2}})-{MONTH}(?=-\d{{4}}|\s*$|\s*[~–—-])-?", r"\1 \2 ", text)
    text = re.sub(rf"\b(\d{{1,2}}){MONTH}", r"\1 \2", text)
    text = re.sub(rf"{MONTH}\.?(?=\d|\s)", r"\1 ", text)
    text = re.sub(r"\b(?:to|through|until|till)\b", "~", text)
    return " ".join(text.split())


def _numeral(text: str) -> str:
    """二〇二七 is 2027, 十五 is 15."""
    text = text.replace("〇", "零")
    if "十" not in text:
        return "".join(str(_DIGITS.index(c)) for c in text)
    tens, _, ones = text.partition("十")
    return str((_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0))


def _read(text: str, year: int | None, order: Order) -> Days:
    """The one reading of a cleaned text."""
    found: set[Days] = set()
    why: list[BadCellError] = []
    for left, right in _sides(text):
        if order and order != (left.order or right.order or order):
            continue
        try:
            found.add(_joined(left, right, year))
        except BadCellError as bad:
            why.append(bad)
    if len(found) == 1:
        return found.pop()
    if found:
        raise BadCellError("date-ambiguous")
    raise why[0] if why else BadCellError("date")


def _sides(text: str) -> Iterator[tuple[Part, Part]]:
    """Every way to divide a text into two sides that can be read; a single day is both."""
    if text.count("~") > 1:
        return
    left, mark, right = text.partition("~")
    if not mark:
        singles = [p for p in parts(text) if p.month]
        yield from ((p, p) for p in singles)
        if singles and not any(p.order for p in singles):
            return
    cuts = [(left, right)] if mark else [(text[:i], text[i + 1 :]) for i, c in enumerate(text) if c == "-"]
    for a, b in cuts:
        for one in parts(a):
            for two in parts(b):
                if not (one.order and two.order and one.order != two.order):
                    yield one, two


def _joined(left: Part, right: Part, year: int | None) -> Days:
    """Two sides to days: what one leaves out, the other says. Raises BadCellError."""
    left, right = _completed(left, right)
    guessed = left.year is None and right.year is None
    if guessed and year is None:
        _judged(left.in_year(2000), right.in_year(2000))
        raise BadCellError("date-year")
    turns = (left.month or 0, left.day or 0) > (right.month or 0, right.day or 0)  # over New Year
    if left.year is None:
        left = left.in_year((right.year or year or 0) - (1 if right.year and turns else 0))
    if right.year is None:
        right = right.in_year((left.year or 0) + (1 if turns and (left.month or 0) > (right.month or 0) else 0))
    first, last = _judged(left, right)
    if last < first:
        raise BadCellError("dates-reversed", first=str(first), last=str(last))
    if (guessed or left.order or right.order) and left.until is None and last - first > LONGEST:
        raise BadCellError("date")
    return Days(first, last, "stated" if left.until is None else "window", guessed)


def _completed(left: Part, right: Part) -> tuple[Part, Part]:
    """Both sides with a month, and both a day or both a window. Raises BadCellError."""
    if left.until is None and left.month is None and right.until is not None:  # 4-5月
        if right.day != 1 or right.until != (right.month, 0) or not 1 <= (left.day or 0) <= (right.month or 0):
            raise BadCellError("date")
        return Part(left.year, left.day, 1, (left.day or 0, 0)), right
    if right.until is not None and right.month is None and left.until is not None:  # 4月上旬至中旬
        right = Part(right.year, left.month, right.day, (left.until[0], right.until[1]))
    if (left.until is None) != (right.until is None):
        raise BadCellError("date")
    month = left.month or right.month
    if month is None:
        raise BadCellError("date")
    one = Part(left.year, left.month or month, left.day, left.until, left.order)
    two = Part(right.year, right.month or month, right.day, right.until, right.order)
    return one, two


def _judged(left: Part, right: Part) -> tuple[date, date]:
    try:
        return _near(left.first()), _near(right.last())
    except ValueError as error:
        raise BadCellError("date-none") from error


def _near(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise BadCellError("date-far", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    return value
