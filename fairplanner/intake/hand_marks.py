"""What people write into a cell to send a firm to a fair: a tick, a circle, a number of booths, an area, or the booths' own numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from fairplanner.intake.cells import YES_NO
from fairplanner.intake.sheet import Cell
from fairplanner.words import languages, words

GOES = frozenset("√✓✔☑○◯〇●◎★☆▲△■□o") | {"ok"}
STAYS = frozenset("×✗✘-—–―/") | {"——", "--"}
"""A letter x is in neither: in Chinese sheets it means no, in English ones yes."""
M2_PER_BOOTH = 9
LONGEST_NUMBER = 19
"""Digits; no fair has so many booths, and a number without end is none."""
_NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
_AREA = re.compile(_NUMBER + r"(?:m2|平方米|平米|平方|sqm|sq\.?m)")
_BOOTHS = re.compile(
    _NUMBER + r"(?:个|家|间)?(?:标准展位|国际标准展位|标准展|标展|标摊|展位|摊位|摊|个|间|booths?|stands?)"
)
_BOOTHS_FIRST = re.compile(
    r"(?:标准展位|国际标准展位|标展|标摊|展位|摊位|booths?|stands?)[:*x]?" + _NUMBER + r"(?:个|间)?"
)
_TICKED = re.compile(r"(.)[(x*]?" + _NUMBER + r"\)?")
_STAND = re.compile(r"(?:hall)?[0-9]{0,2}[.]?[0-9]{0,2}[a-z]{1,2}-?[0-9]{1,3}(?:[-~][0-9]{1,3})?")
"""12.1K05, A12, 3B-07 ...: at least one letter and a number behind it."""


@dataclass(frozen=True)
class Mark:
    """`goes` None: not understood. `booths` None: not said. `is_bare` where a number stands alone, which may be a mere tick."""

    goes: bool | None
    booths: int | None = None
    is_bare: bool = False


NO, UNKNOWN = Mark(False), Mark(None)


def mark_of(cell: Cell) -> Mark:
    """What a cell that is not blank says."""
    if isinstance(cell, bool):
        return Mark(cell)
    text = "".join(unicodedata.normalize("NFKC", str(cell)).casefold().split())
    if text.replace(".", "", 1).isdecimal():
        if len(text) > LONGEST_NUMBER:
            return UNKNOWN
        return _numbered(text, is_bare=True)
    if text in STAYS or text in _words("stays"):
        return NO
    if text in GOES or text in _words("goes"):
        return Mark(True)
    if (answer := YES_NO.get(text)) is not None:
        return Mark(answer)
    return _said(text)


def _said(text: str) -> Mark:
    """A number with its unit, a tick with a number, or booths by their own numbers."""
    if found := _AREA.fullmatch(text):
        return _area(float(found[1]))
    if found := _BOOTHS.fullmatch(text) or _BOOTHS_FIRST.fullmatch(text):
        return _numbered(found[1])
    if (found := _TICKED.fullmatch(text)) and found[1] in GOES:
        return _numbered(found[2])
    stands = [part for part in re.split(r"[、,;+/]", text) if part]
    return Mark(True, len(stands)) if stands and all(map(_STAND.fullmatch, stands)) else UNKNOWN


def _numbered(text: str, *, is_bare: bool = False) -> Mark:
    number = float(text)
    if not number:
        return NO
    return Mark(True, int(number), is_bare) if number == int(number) else UNKNOWN


def _area(m2: float) -> Mark:
    booths = m2 / M2_PER_BOOTH
    return Mark(True, int(booths)) if booths and booths == int(booths) else UNKNOWN


@lru_cache(maxsize=2)
def _words(kind: str) -> frozenset[str]:
    """Words of every language under `handmade.<kind>`, separated by |."""
    texts = (x for lang in languages() for x in words(lang)(f"handmade.{kind}").split("|"))
    return frozenset("".join(unicodedata.normalize("NFKC", x).casefold().split()) for x in texts)
