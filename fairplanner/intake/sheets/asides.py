"""What stands on a sheet beside its table: totals, remarks, instructions, signatures, the unit of its money."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from fairplanner.intake.sheet import Cell, is_blank
from fairplanner.intake.sheets.filling import distinct
from fairplanner.words import languages, words

LOOKED_AT = 3
"""A total is named in one of so many cells from the left."""
POWERS = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_MONEY = re.compile(r"(?:人民币)?(十|百|千|万|十万|百万|千万|亿|10,?000)?(元|美元|欧元|港元|日元)(?:人民币|整)?")
_CURRENCY = r"(?:cny|rmb|renminbi|yuan|usd|us\$|us dollars?)"
_POWER = r"(10,?000|10 ?k|ten ?thousand|thousand|million)"
_ENGLISH = re.compile(
    rf"(?:in\s*)?(?:{_CURRENCY}\s*(?:x|in)?\s*(?:{_POWER}s?)?|{_POWER}s?\s*(?:of\s*)?{_CURRENCY}|(?:cny|rmb)\s*{_POWER}\s*yuan)"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d|\s*年\s*\d{1,2}\s*月|[-./]\d{1,2}(?!\d))")
_GROUP = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])\s*\S")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_POWERS = {"thousand": 3, "10000": 4, "10k": 4, "tenthousand": 4, "million": 6}
_UNIT = re.compile(
    r"(?:(?:金额)?(?:货币)?(?:单位|\bunits?\b)\s*[:：]?|\bin\b)\s*"
    r"((?:人民币\s)?(?:10,000|[^()（）\s,，;；。]+)(?:\s?(?:10,000|(?:thousands?|millions?|of|cny|rmb|yuan|usd)\b))*)",
    re.IGNORECASE,
)


def may_be_aside(cells: Sequence[Cell]) -> bool:
    """A first look, for most rows are none: whether one of the cells from the left begins like a total or a remark."""
    begins = _begins().match
    near = cells if not cells or is_blank(cells[0]) else cells[: 2 * LOOKED_AT]
    return any(isinstance(cell, str) and begins(cell) for cell in near)


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether a row adds up others: 合计, 小 计, 总计（家）, Total: 35."""
    seen = 0
    for cell in cells:
        if is_blank(cell):
            continue
        if not isinstance(cell, str):
            return False
        if _totals().fullmatch(_squeezed(cell)):
            return True
        seen += 1
        if seen == LOOKED_AT:
            return False
    return False


def is_remark(cells: Sequence[Cell]) -> bool:
    """Whether every cell of a row begins as a remark, an instruction or a signature does: 备注：, 填表说明, 填表人：."""
    texts = list(distinct(list(cells)))
    return bool(texts) and all(isinstance(t, str) and _remarks().match(_squeezed(t)) for t in texts)


def is_alone(cells: Sequence[Cell]) -> bool:
    """Whether nothing but one text stands in a row, as the lines of a remark do."""
    texts = list(distinct(list(cells)))
    return len(texts) == 1 and isinstance(texts[0], str)


def is_group(cells: Sequence[Cell]) -> bool:
    """Whether a row is a line over a group of rows: 一、示例市, （二）境外展会, alone in its row."""
    first = next((c for c in cells[: 2 * LOOKED_AT] if not is_blank(c)), None)
    return isinstance(first, str) and bool(_GROUP.match(first)) and is_alone(cells)


def is_numbering(cells: Sequence[Cell], count: int) -> bool:
    """Whether a row numbers the `count` columns of a table, as statistical tables do below their header: 甲 乙 1 2 3, (1) (2) (3)."""
    texts = [_squeezed(str(c)).strip("()") for c in cells if not is_blank(c)]
    numbers = [t for t in texts if t.isdecimal()]
    stems = texts[: len(texts) - len(numbers)]
    in_order = numbers == [str(n) for n in range(1, len(numbers) + 1)] and "".join(stems) == _STEMS[: len(stems)]
    return len(texts) == count >= LOOKED_AT and in_order and texts == [*stems, *numbers]


def unit_said(rows: Sequence[Sequence[Cell]]) -> str:
    """The unit of money that lines above a header state: `万元` of 单位：万元 （人民币）; '' where they state none."""
    for cells in rows:
        for cell in distinct(list(cells)):
            for match in _UNIT.finditer(unicodedata.normalize("NFKC", str(cell))):
                if money_unit(match[1]):
                    return match[1]
    return ""


def money_unit(text: str) -> tuple[Decimal, str] | None:
    """How many of a currency a unit is worth, and which: 万元 is (10000, ''), 万美元 (10000, 'USD'); None for no unit of money."""
    squeezed = _squeezed(text)
    if match := _MONEY.fullmatch(squeezed):
        currency = {"元": "", "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY"}[match[2]]
        return Decimal(10) ** (
            _POWERS["10000"] if (match[1] or "").startswith("10") else POWERS[match[1] or ""]
        ), currency
    if match := _ENGLISH.fullmatch(" ".join(unicodedata.normalize("NFKC", text).casefold().split())):
        power = _POWERS.get("".join(ch for ch in match[1] or match[2] or match[3] or "" if ch.isalnum()), 0)
        return Decimal(10) ** power, "USD" if re.search(r"usd|us\$|dollar", match[0]) else ""
    return None


def year_said(texts: Sequence[str]) -> int:
    """The one year that titles speak of (2027年度境外展会计划表), days left out; 0 where they speak of none or of several."""
    found = {int(m[1]) for text in texts for m in _YEAR.finditer(unicodedata.normalize("NFKC", text))}
    return found.pop() if len(found) == 1 else 0


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit: 万元, （人）, 单位：家."""
    own = _squeezed(text).strip("()").removeprefix("单位").removeprefix("unit").lstrip(":")
    return bool(own) and (money_unit(own) is not None or own in _units())


def unit_in(header: str) -> str:
    """The unit of money that a header states in brackets: 金额（万元）."""
    found = re.findall(r"[(（\[【]([^)）\]】]*)[)）\]】]", header)
    texts = [part for text in found for part in re.split(r"[:：，;；]|,(?!\d{3})", text)]
    return next((text for text in texts if money_unit(text.removeprefix("单位"))), "").removeprefix("单位")


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[:200]).casefold().split())


@lru_cache(maxsize=1)
def _totals() -> re.Pattern[str]:
    return re.compile(rf"(?:{_listed('totals')})(?:\([^()]*\))?:?(?:\d[\d,.]*)?(?:[家个人项行元]|万元)?")


@lru_cache(maxsize=1)
def _remarks() -> re.Pattern[str]:
    return re.compile(rf"[*※(]?(?:{_listed('remarks')})\)?\d?(?:\([^()]*\))?(?:[:、.]|$)")


@lru_cache(maxsize=1)
def _begins() -> re.Pattern[str]:
    """How words of both kinds begin, with blanks between their letters as people space them out."""
    found = (
        x for key in ("totals", "remarks") for lang in languages() for x in words(lang)(f"sheets_in.{key}").split("|")
    )
    spaced = sorted({r"\s*".join(map(re.escape, _squeezed(x))) for x in found})
    return re.compile(rf"\s*[*※(（]?\s*(?:{'|'.join(spaced)})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    return frozenset(_squeezed(x) for lang in languages() for x in words(lang)("sheets_in.units").split("|"))


def _listed(key: str) -> str:
    found = {_squeezed(x) for lang in languages() for x in words(lang)(f"sheets_in.{key}").split("|")}
    return "|".join(re.escape(x) for x in sorted(found, key=lambda x: (-len(x), x)))
