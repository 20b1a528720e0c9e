"""Finds the header of a sheet that people made for themselves: under title rows, in either language, however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fairplanner.intake.fair_names import states
from fairplanner.intake.grid import Row
from fairplanner.intake.sheet import Cell, is_blank
from fairplanner.intake.sheets.header import joined
from fairplanner.words import languages, words

FIRST_ROWS = 10
"""The header is among so many rows that are not blank (research/planner.md 12)."""
_BRACKETS = re.compile(r"[(\[{（【［][^)\]}）】］]*[)\]}）】］]")


@dataclass(frozen=True)
class Heading:
    """`at` says in which place of a row (from 0) a field stands; `headers` are as the user wrote them; `above` the rows over
    the header, `rows` those under it."""

    number: int
    headers: tuple[str, ...]
    at: Mapping[str, int]
    above: tuple[Row, ...]
    rows: tuple[Row, ...]


def find_heading(rows: Sequence[Row], section: str, fields: Collection[str], any_of: Collection[str] = ()) -> Heading:
    """Of the first rows the one that names most fields, the first of equals; those that name one of `any_of` before all others.

    Where two rows say more as one, they are the header together, and `number` is the lower one's.
    Headers are those of the words `<section>.column.<field>` and `<section>.also.<field>` (separated by |) in every language.
    """
    known = known_headers(section, tuple(fields))
    n, at = max(
        ((n, fields_of(cells, known)) for n, (_, cells) in enumerate(rows[:FIRST_ROWS])),
        key=lambda found: (not found[1].keys().isdisjoint(any_of), len(found[1]), -found[0]),
    )
    number, cells = rows[n]
    for top in (n, n - 1):
        both = (
            joined(rows[top][1], rows[top + 1][1], lambda h: field_of(h, known)) if 0 <= top < len(rows) - 1 else None
        )
        named = fields_of(both, known) if both else {}
        is_more = len(named) > len(at) and (named.keys() & set(any_of) or at.keys().isdisjoint(any_of))
        if both and (is_more or (top == n and _goes_on(rows[n][1], rows[n + 1][1], at))):
            return Heading(
                rows[top + 1][0], tuple(map(text_of, both)), named, tuple(rows[:top]), tuple(rows[top + 2 :])
            )
    return Heading(number, tuple(map(text_of, cells)), at, tuple(rows[:n]), tuple(rows[n + 1 :]))


def _goes_on(cells: Sequence[Cell], below: Sequence[Cell], at: Mapping[str, int]) -> bool:
    """Whether the row below is the header's second one: it has the fields' names once more, as merged cells do, or blanks under
    all of them and an edition or phase beside."""
    own = [(text_of(cells[p]), text_of(below[p]) if p < len(below) else "") for p in at.values()]
    others = [text_of(c) for p, c in enumerate(below) if p not in at.values()]
    if any(others) and all(top == low for top, low in own):
        return True
    return not any(low for _, low in own) and any(map(states, others))


def fields_of(cells: Sequence[Cell], known: Mapping[str, str]) -> dict[str, int]:
    """Which field each cell of a header row names; the first where two name the same."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        field = field_of(text_of(cell), known)
        if field:
            found.setdefault(field, at)
    return found


def field_of(header: str, known: Mapping[str, str]) -> str:
    """The field that a header names, also with a unit or a remark in brackets behind it; '' where it names none."""
    return known.get(plain(header)) or known.get(plain(_BRACKETS.sub("", header)), "")


def text_of(cell: Cell) -> str:
    """A cell as one line of text; '' where it is blank."""
    return "" if is_blank(cell) else " ".join(str(cell).split())


def plain(text: str) -> str:
    """Text without differences of width, case, punctuation and spaces."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@lru_cache(maxsize=32)
def known_headers(section: str, fields: tuple[str, ...]) -> Mapping[str, str]:
    """Every header that a field answers to, plain, with the field; of two fields with one header the first counts."""
    found: dict[str, str] = {}
    for lang in languages():
        w = words(lang)
        for field in fields:
            names = [field, w(f"{section}.column.{field}"), *w(f"{section}.also.{field}").split("|")]
            found = {plain(name): field for name in names if plain(name)} | found
    return found
