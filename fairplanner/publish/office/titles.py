"""Where a long title is broken: lines of nearly one length, no bracket or mark alone, no word of Latin letters torn."""

from __future__ import annotations

import re
from functools import cache

UNIT = re.compile(r"[0-9A-Za-z.,'&/_+-]+|.", re.DOTALL)
NOT_FIRST = frozenset("，。；：、！？）》”’】〉%·,.;:!?)]} ")
NOT_LAST = frozenset("（《“‘【〈([{")
KEEP = re.compile(r"第\d+届|第\d+期|\d+年|的(?:请示|通知|公示|总结)$|[（(][^（）()]{1,8}[）)]")
"""What is not torn: 第137届, 2025年, 的通知 at the end, short brackets."""


SOFT = "\u200b"
"""In a title: a good place to break it; never printed."""
GAIN, BRACKET = 80.0, 16.0
"""What breaking at such a place, or before a bracket or after a comma, is worth, in squared characters of unevenness."""
COMMAS = ("、", "，", ",")


def plain(text: str) -> str:
    """A title in one line, as file properties and workbooks have it."""
    return text.replace(SOFT, "")


def width(text: str) -> float:
    """Width in characters of full size: a Latin letter or digit is half of one."""
    return sum(1.0 if ord(ch) > 0x2E7F or ch in "—…“”‘’" else 0.5 for ch in plain(text))


def lines(text: str, most: float) -> tuple[str, ...]:
    """The title in as few lines of at most `most` characters as it needs, as even as they can be, the first ones rather longer.

    GB/T 9704-2012, 7.3.1: a title of several lines keeps words together and stands in a trapezium or a rhombus [R].
    """
    if width(text) <= most:
        return (plain(text),)
    units = _units(text)
    wanted = max(2, -int(-width(text) // most))
    for count in range(wanted, len(units) + 1):
        found = _split(tuple(units), count, most)
        if found:
            return tuple(plain("".join(units[a:b])).strip() for a, b in found)
    return (plain(text),)


def _units(text: str) -> list[str]:
    """Pieces that stay whole, marks with what they belong to."""
    kept: list[str] = []
    at = 0
    for match in KEEP.finditer(text):
        kept += UNIT.findall(text[at : match.start()])
        kept.append(match[0])
        at = match.end()
    kept += UNIT.findall(text[at:])
    joined: list[str] = []
    for unit in kept:
        if joined and (unit[0] in NOT_FIRST or joined[-1][-1] in NOT_LAST or joined[-1] == SOFT):
            joined[-1] += unit
        else:
            joined.append(unit)
    return joined


def _split(units: tuple[str, ...], count: int, most: float) -> tuple[tuple[int, int], ...]:
    """The most even split into `count` lines; () where none fits."""
    mean = width("".join(units)) / count

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if left == 1:
            own = width("".join(units[start:]).strip())
            return ((own - mean) ** 2, ((start, len(units)),)) if own <= most else (float("inf"), ())
        choices: list[tuple[float, tuple[tuple[int, int], ...]]] = (
            [(float("inf"), ())] if len(units) - start < left else []
        )
        for end in range(start + 1, len(units) - left + 2):
            own = width("".join(units[start:end]).strip())
            if own > most:
                break
            cost, rest = best(end, left - 1)
            is_pause = units[end][0] in NOT_LAST or units[end - 1].endswith(COMMAS)
            gain = GAIN if units[end][0] == SOFT else BRACKET if is_pause else 0
            choices.append((cost + (own - mean) ** 2 - gain - own / 1000, ((start, end), *rest)))
        return min(choices, key=lambda c: c[0], default=(float("inf"), ()))

    cost, found = best(0, count)
    return found if cost < float("inf") else ()
