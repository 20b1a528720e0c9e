"""统一社会信用代码: 18 characters, the last of which is computed from the others (GB 32100-2015).

Alphabet of 31: digits and capitals without I, O, S, V, Z. Weights 3^(i-1) mod 31 for the places 1 to 17; the check character is
(31 - sum mod 31) mod 31. Source: GB 32100-2015, 法人和其他组织统一社会信用代码编码规则, clause 4 and its annex.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
SLIPS = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}
"""Letters that no code has, and what was most likely meant."""

Reason = Literal["", "credit-letter", "credit-length", "credit-check"]

_NOISE = re.compile(r"[\s\-—–_.·'\"‘’“”`]+")
_LIKE = re.compile(r"[0-9A-Z]{2}[0-9OIZSB]{6}[0-9A-Z]{10}")
"""Two characters for who registers what, six digits of a region, ten of the body."""
_ALMOST = re.compile(r"9[1-3]\d{6}[0-9A-Z]{6,12}")
"""A firm's code (91, 92, 93) of whatever length."""


@lru_cache(maxsize=50_000)
def credit_code(text: str) -> str:
    """A code as it is registered: plain capitals without blanks; a text that is no such code as it stands."""
    squeezed = _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()
    return squeezed if _is_like(squeezed) else text


def problem_of_code(text: str) -> Reason:
    """What is wrong with a text that is meant for such a code; '' where nothing is, or where it is an id of another kind."""
    squeezed = _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not _is_like(squeezed):
        return ""
    if len(squeezed) != LENGTH:
        return "credit-length"
    if any(c in SLIPS for c in squeezed):
        return "credit-letter"
    return "" if check_character(squeezed[:-1]) == squeezed[-1] else "credit-check"


def likely_meant(text: str) -> str:
    """The code with the letters that none has replaced by what they look like, where that makes it right; else ''."""
    meant = "".join(SLIPS.get(c, c) for c in credit_code(text))
    return meant if len(meant) == LENGTH and problem_of_code(meant) == "" else ""


def check_character(body: str) -> str:
    """The last character for the first 17. Raises ValueError for characters that no code has."""
    total = sum(ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(body))
    return ALPHABET[-total % 31]


def _is_like(squeezed: str) -> bool:
    if len(squeezed) == LENGTH:
        return bool(_LIKE.fullmatch(squeezed)) and sum(c.isdecimal() for c in squeezed) >= LENGTH // 2
    return bool(_ALMOST.fullmatch(squeezed))
