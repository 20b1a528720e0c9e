"""Numbers of passports and identity cards: found wherever they stand, so that a file with one is refused, and masked when told."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
"""GB 11643-1999: weights of the first seventeen digits, and the check character by the sum modulo eleven."""
IDENTITY = re.compile(r"(?<![0-9A-Z])[1-9][0-9]{16}[0-9X](?![0-9A-Z])")
PASSPORT = re.compile(r"(?<![0-9A-Z])[A-Z]{1,2}[0-9]{7,8}(?![0-9A-Z])|(?<![0-9A-Z])[CHMW][0-9]{10}(?![0-9A-Z])")
"""One or two letters before seven or eight digits, as on Chinese passports and permits; a permit of ten digits."""
JOINTS = re.compile(r"[\s\-_./·]+")
LOST = 10**17
"""A number cell this large was an identity number before the spreadsheet lost its end."""
FIRST_YEAR = 1900


def secret_in(cell: object, *, spaced: bool = True) -> str:
    """The first number in a cell that is one of an identity card (by its check character) or of a passport; '' where there is none.

    `spaced`: a passport number counts also where it is written in groups, which a train and its hour (G1305 1123) look like.
    """
    if isinstance(cell, bool | date | datetime) or cell is None:
        return ""
    if isinstance(cell, int | float):
        return f"{cell:.0f}" if abs(cell) >= LOST else ""
    text = unicodedata.normalize("NFKC", str(cell)).upper()
    whole = JOINTS.sub("", text)  # written in groups (110101 1990 ...) it is the same number
    found = [m for t in dict.fromkeys((text, whole)) for m in IDENTITY.findall(t) if is_identity(m)]
    found += PASSPORT.findall(text)
    if spaced and PASSPORT.fullmatch(whole):
        found.append(whole)
    return found[0] if found else ""


def is_identity(text: str) -> bool:
    """Whether eighteen characters are an identity number: a day of birth that exists, and the right check character."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False))
    return born.year >= FIRST_YEAR and CHECKS[total % 11] == text[17]


def masked(text: str) -> str:
    """First and last character, stars between: enough to find it in the file, too little to be it."""
    return text[:1] + "*" * (len(text) - 2) + text[-1:] if len(text) > 2 else "*" * len(text)
