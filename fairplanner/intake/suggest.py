"""Did you mean: the nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable

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
