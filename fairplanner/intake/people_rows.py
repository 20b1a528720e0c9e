"""A people file to its cells: the first sheet of a workbook that one sees, or a CSV, with its header found under whatever title stands above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fairplanner.errors import Problem, UserError
from fairplanner.intake.grid import Row, read_pages
from fairplanner.intake.sheet import Cell, is_blank
from fairplanner.intake.sheets.header import find_header
from fairplanner.words import languages, words

FIELDS = (
    "name", "firm", "post", "role", "phone", "delegation", "group", "hotel", "hotel_en", "hotel_address_zh", "hotel_address_en",
    "hotel_address_local", "hotel_phone", "room", "out", "back", "seat", "stand",
)  # fmt: skip
MOST_ROWS = 5_000
BIGGEST = 20_000_000
LEAST_HEADERS = 2


@dataclass(frozen=True)
class PeopleSheet:
    """Cells of a people file: `above` the header, the header itself, and `rows` under it, each with its number in the file.

    `at` says in which column a field stands; `headers` are as the user wrote them; `banned` are columns that may not be there.
    """

    file: str
    above: tuple[Row, ...]
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    at: Mapping[str, int]
    banned: tuple[int, ...]
    unused: tuple[str, ...]


def read_sheet(path: Path) -> PeopleSheet:
    """The cells of a people file. Raises UserError where it cannot be read or has no header with names."""
    # a firm written once beside its three people is the firm of each
    rows = read_pages(path, MOST_ROWS, BIGGEST, across=False)[0].rows
    header = find_header(rows, _field_of)
    cells: Sequence[Cell] = header.cells if header else ()
    at, above, below = _fields(cells), header.at if header else 0, header.at + header.height if header else 0
    number = rows[below - 1][0]
    headers = tuple("" if is_blank(c) else unwidened(str(c)) for c in cells)
    banned = tuple(k for k, h in enumerate(headers) if h and any(x in _plain(h) for x in _marks("banned")))
    # a column that may not be there is known too: its owner must hear of it, not of a header that is missing
    if "name" not in at or len(at) + len(banned) < LEAST_HEADERS:
        raise UserError([Problem(path.name, 0, "", "people-no-header", "", _columns_said())])
    used = {*at.values(), *banned}
    unused = tuple(h for k, h in enumerate(headers) if h and k not in used and _plain(h) not in _marks("quiet"))
    return PeopleSheet(path.name, rows[:above], number, headers, rows[below:], at, banned, unused)


def unwidened(text: str) -> str:
    """Text with full-width letters, digits and signs made plain and white space single; Chinese stays as it is written."""
    plain = "".join(
        chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" and c not in "，；：（）！？" else c for c in text
    )
    return "\n".join(" ".join(line.split()) for line in plain.strip().splitlines() if line.strip())


def header_of(field: str, lang: str) -> str:
    """What a column is called in a language."""
    return words(lang)(f"people.column.{field}")


def _plain(text: str) -> str:
    return "".join(c for c in unwidened(text).casefold() if c.isalnum())


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Every header a column answers to, in each language, with its field."""
    found: dict[str, str] = {}
    for lang in languages():
        for field in FIELDS:
            also = words(lang)(f"people.also.{field}").split("|")
            found |= {_plain(name): field for name in (field, header_of(field, lang), *also) if name}
    return found


@lru_cache(maxsize=2)
def _marks(kind: str) -> tuple[str, ...]:
    """`banned`: parts of a header that make its column one that may not be there; `quiet`: columns nobody asks about."""
    return tuple(_plain(name) for lang in languages() for name in words(lang)(f"people.{kind}").split("|"))


def _field_of(header: str) -> str:
    return _known().get(_plain(header), "")


def _fields(row: Sequence[Cell]) -> dict[str, int]:
    """The column of each field; the first where two are called alike."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        field = "" if is_blank(cell) else _field_of(str(cell))
        if field:
            found.setdefault(field, at)
    return found


def _columns_said() -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"columns.{lang}", words(lang)("tables.choice_join").join(header_of(f, lang) for f in FIELDS))
        for lang in languages()
    )
