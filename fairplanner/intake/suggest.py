"""Did you mean: the nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz, process

LEAST_LIKENESS = 60.0
"""Below this likeness (rapidfuzz ratio, 0 to 100) a suggestion would mislead; chosen so that one wrong or swapped
letter in a word of four still finds it."""


def nearest(value: str, choices: Iterable[str]) -> str:
    """The choice most like `value`, '' where none is; ties go to the first in order."""
    best = process.extractOne(
        value.casefold(), sorted(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LEAST_LIKENESS
    )
    return str(best[0]) if best else ""


def share_meant(value: object, limit: object) -> dict[str, str]:
    """The fact `near` where a share of at most 1 was written in percent, as 70 for 0.7; no fact where that is not likely."""
    try:
        number, most = Decimal(str(value)), Decimal(str(limit))
    except InvalidOperation:
        return {}
    percent = most == 1 and 2 < number <= 100
    return {"near": f"{(number / 100).normalize():f}"} if percent else {}
