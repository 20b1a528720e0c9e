"""Closed lists: which values a column admits, and the words of every language that stand for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Literal, get_args, get_origin

from fairplanner.domain.kinds import Role
from fairplanner.words import languages, words


class _Given:
    """A list that the domain writes as text; `words` names its section in the enums files."""

    def __init__(self, section: str, values: tuple[str, ...], *, closed: bool = True) -> None:
        self.section, self.values, self.closed = section, values, closed


# Columns whose type is plain text although only these words make sense; kinds of zone may be extended by the user.
_GIVEN: dict[tuple[str, str], _Given] = {
    ("activities", "half"): _Given("Half", ("morning", "afternoon")),
    ("approvals", "kind"): _Given("ApprovalKind", ("exhibition", "task", "joined-task")),
    ("costs", "per"): _Given("Per", ("firm", "booth", "person")),
    ("fairs", "roles"): _Given("Role", tuple(Role)),
    ("local_facts", "topic"): _Given(
        "LocalTopic",
        (
            "emergency",
            "medical",
            "consular",
            "embassy",
            "voltage",
            "plug",
            "currency",
            "weather",
            "connectivity",
            "transport",
            "tipping",
            "manners",
        ),
    ),
    ("markets", "market_class"): _Given("MarketClass", ("key", "emerging", "policy")),
    ("targets", "market_class"): _Given("MarketClass", ("key", "emerging")),
    ("subsidies", "line"): _Given("CostLine", ("stand", "fare")),
    ("zones", "kind"): _Given("ZoneKind", ("province", "prefecture", "zone", "base", "chamber"), closed=False),
}


def listed(table: str, field: str, annotation: object) -> tuple[str, tuple[str, ...], bool] | None:
    """Section of the enums files, the values allowed, and whether others are refused; None if the column is free."""
    given = _GIVEN.get((table, field))
    if given:
        return given.section, given.values, given.closed
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return annotation.__name__, tuple(annotation), True
    if get_origin(annotation) is Literal:
        return "", tuple(str(v) for v in get_args(annotation) if v), True
    return None


def spelling(text: str) -> str:
    """Text as list words are compared: no difference of width, case, spaces or underscores."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("_", "-")
    return "".join(folded.split())


@lru_cache
def spellings(section: str, values: tuple[str, ...]) -> Mapping[str, str]:
    """Every accepted spelling with the value it stands for: the value itself, before its word in each language, before other
    words for it (`sheets_in.values.<section>.<value>`, separated by |)."""
    known: dict[str, str] = {}
    for lang in languages():
        w = words(lang)
        also = ((v, f"sheets_in.values.{section}.{v}") for v in values)
        known |= {spelling(text): v for v, key in also if key in w for text in w(key).split("|")}
    for lang in languages():
        w = words(lang)
        known |= {spelling(w(f"enums.{section}.{v}")): v for v in values if f"enums.{section}.{v}" in w}
    return known | {spelling(v): v for v in values}


def shown(section: str, value: str, lang: str) -> str:
    """The word for a value in a language, the value itself where the list has no words."""
    w = words(lang)
    key = f"enums.{section}.{value}"
    return w(key) if key in w else str(value)


def allowed_words(section: str, values: tuple[str, ...]) -> dict[str, str]:
    """The facts `allowed.<lang>` of a sentence: every word of the list, in each language."""
    return {
        f"allowed.{lang}": words(lang)("tables.choice_join").join(shown(section, v, lang) for v in values)
        for lang in languages()
    }


def near_words(section: str, value: str) -> dict[str, str]:
    """The facts `near.<lang>` of a sentence: the word that was probably meant, in each language."""
    return {f"near.{lang}": shown(section, value, lang) for lang in languages()}
