"""Numbers of passports and identity cards: found wherever they stand, so that a file with one is refused, and masked when told."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
"""GB 11643-1999: weights of the first seventeen digits, and the check character by the sum modulo eleven."""
IDENTITY = re.compile(r"(?<![0-9A-Z])[1-9][0-9]{16}[0-9X](?![0-9A-Z])")
TRAVEL = "(?:[A-Z]{1,2}[0-9]{7,8}|[CHMW][0-9]{10})(?![0-9A-Z])"
"""One or two letters before seven or eight digits, as on Chinese passports and permits; a permit of ten digits."""
PASSPORT = re.compile(f"(?<![0-9A-Z]){TRAVEL}")
NAMED = re.compile(f"(?:护照|通行证|证件|PASSPORT|PERMIT)(?:号码|号)?(?:NO|NUMBER)?[.:]*({TRAVEL})")
"""The same behind what it is, where it may be written in groups."""
ROUNDED = re.compile(r"(?<![0-9.])[1-9](?:\.[0-9]+)?E\+?17(?![0-9])")
"""An identity number as a spreadsheet shows it in a narrow column and saves it as text: 1.10101E+17."""
JOINTS = re.compile(r"[\s\-_./·]+")
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u00ad\ufeff]")
"""What comes along when a number is copied from a page or from a list of contacts."""
LOST = 10**17
"""A number cell this large was an identity number before the spreadsheet lost its end."""
YEARS = range(1900, 2100)


def secret_in(cell: object, *, spaced: bool = True) -> str:
    """The first number in a cell that is one of an identity card or of a passport; '' where there is none.

    Eighteen characters with a day of birth in them are one also where the last is wrong, as somebody mistyped it or a spreadsheet
    lost it; of digits in groups, which may be two telephones, only the check character makes one. `spaced`: a passport number counts also where it is written in groups, which a train and its hour (G1305 1123) look like.
    """
    if isinstance(cell, bool | date | datetime) or cell is None:
        return ""
    if isinstance(cell, int | float):
        return f"{cell:.0f}" if abs(cell) >= LOST else ""
    text = UNSEEN.sub("", unicodedata.normalize("NFKC", str(cell))).upper()
    whole = JOINTS.sub("", text)  # written in groups (110101 1990 ...) it is the same number
    found = [m for m in IDENTITY.findall(text) if _has_birthday(m)]
    found += [m for m in IDENTITY.findall(whole) if is_identity(m)]
    found += PASSPORT.findall(text) + NAMED.findall(whole) + ROUNDED.findall(text)
    if spaced and PASSPORT.fullmatch(whole):
        found.append(whole)
    return found[0] if found else ""


def is_identity(text: str) -> bool:
    """Whether eighteen characters are an identity number: a day of birth that exists, and the right check character."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text) or not _has_birthday(text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False))
    return CHECKS[total % 11] == text[17]


def _has_birthday(text: str) -> bool:
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14])).year in YEARS
    except ValueError:
        return False


def masked(text: str) -> str:
    """First and last character, stars between: enough to find it in the file, too little to be it."""
    return text[:1] + "*" * (len(text) - 2) + text[-1:] if len(text) > 2 else "*" * len(text)
