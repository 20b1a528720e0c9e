"""How what was joined is told: values compared and worded, the same trouble in many cells told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from fairplanner.domain.columns import Row
from fairplanner.domain.planning import Firm
from fairplanner.errors import Problem
from fairplanner.intake.lists import listed
from fairplanner.intake.lists import shown as word_of
from fairplanner.intake.sheet import bare

REPEATED = (
    "signup-fair",
    "signup-zone",
    "signup-section",
    "signup-left-blank",
    "signup-nothing-asked",
    "signup-no-zone",
)
"""Beginnings of what is told once however many cells say it."""


def same(value: Any) -> str:
    """A value as two are compared: names without punctuation, lists without order."""
    if isinstance(value, tuple):
        return "|".join(sorted(map(str, value)))
    return bare(value) if isinstance(value, str) else str(value)


def in_words(row: Row, name: str, value: Any, lang: str) -> str:
    """A value of a row in a language; - for none."""
    if value is None or value in ("", ()):
        return "-"
    if isinstance(value, tuple):
        return ("、" if lang == "zh" else ", ").join(map(str, value))
    table = "firms" if isinstance(row, Firm) else "applications"
    found = listed(table, name, type(value))
    return word_of(found[0], str(value), lang) if found else str(value)


def spread(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems without repetition: the same text not understood in many cells is told once, at the first, with how many there are."""
    first: dict[tuple[str, str], Problem] = {}
    count: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in problems:
        key = (one.what, one.value) if one.what.startswith(REPEATED) else (one.what, repr(one))
        first.setdefault(key, one)
        count[key] += 1
    for key, one in first.items():
        if not one.what.startswith(REPEATED):
            yield one
            continue
        n = str(count[key])
        yield Problem(one.file, one.row, one.column, one.what, one.value, tuple(sorted({*one.facts, ("count", n)})))
