"""A people file to its cells: the first sheet of a workbook that one sees, or a CSV, with its header found under whatever title stands above."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from fairplanner.errors import Problem, UserError
from fairplanner.intake.files import OLD_FORMATS, content_of, decoded
from fairplanner.intake.sheet import Cell, is_blank
from fairplanner.intake.workbook import MOST_COLUMNS, refused
from fairplanner.words import languages, words

FIELDS = (
    "name", "firm", "post", "role", "phone", "delegation", "group", "hotel", "hotel_en", "hotel_address_zh", "hotel_address_en",
    "hotel_address_local", "hotel_phone", "room", "out", "back", "seat", "stand",
)  # fmt: skip
FIRST_ROWS = 10
"""The header is among so many rows that are not blank (research/planner.md 12)."""
MOST_ROWS = 5_000
BIGGEST = 20_000_000
LEAST_HEADERS = 2

Row = tuple[int, Sequence[Cell]]


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
    rows = _rows(path)
    n, at = max(((n, _fields(row)) for n, (_, row) in enumerate(rows[:FIRST_ROWS])), key=lambda x: (len(x[1]), -x[0]))
    number, cells = rows[n]
    headers = tuple("" if is_blank(c) else unwidened(str(c)) for c in cells)
    banned = tuple(k for k, h in enumerate(headers) if h and any(x in _plain(h) for x in _marks("banned")))
    # a column that may not be there is known too: its owner must hear of it, not of a header that is missing
    if "name" not in at or len(at) + len(banned) < LEAST_HEADERS:
        raise UserError([Problem(path.name, 0, "", "people-no-header", "", _columns_said())])
    used = {*at.values(), *banned}
    unused = tuple(h for k, h in enumerate(headers) if h and k not in used and _plain(h) not in _marks("quiet"))
    return PeopleSheet(path.name, tuple(rows[:n]), number, headers, tuple(rows[n + 1 :]), at, banned, unused)


def unwidened(text: str) -> str:
    """Text with full-width letters, digits and signs made plain and white space single; Chinese stays as it is written."""
    plain = "".join(
        chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" and c not in "，；：（）！？" else c for c in text
    )
    return "\n".join(" ".join(line.split()) for line in plain.strip().splitlines() if line.strip())


def header_of(field: str, lang: str) -> str:
    """What a column is called in a language."""
    return words(lang)(f"people.column.{field}")


def _rows(path: Path) -> list[Row]:
    problems: list[Problem] = []
    suffix = path.suffix.lower()
    if suffix in OLD_FORMATS:
        raise UserError([Problem(path.name, 0, "", "format-old", suffix)])
    content = content_of(path, path.name, problems, BIGGEST)
    if content is None:
        raise UserError(problems)
    rows = _of_workbook(content, path.name) if suffix in (".xlsx", ".xlsm") else _of_csv(content, path.name)
    kept = [(n, row) for n, row in rows if not all(map(is_blank, row))]
    if not kept:
        raise UserError([Problem(path.name, 0, "", "file-empty")])
    if len(kept) > MOST_ROWS:
        raise UserError([Problem(path.name, 0, "", "rows-many", "", (("limit", str(MOST_ROWS)),))])
    return kept


def _of_workbook(content: bytes, name: str) -> list[Row]:
    if problem := refused(content, name):
        raise UserError([problem])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions (drop-downs, styles) that do not concern values
            book: Any = load_workbook(io.BytesIO(content), data_only=True)
            page = next((p for p in book.worksheets if p.sheet_state == "visible"), book.worksheets[0])
        size = {
            "max_row": min(page.max_row, MOST_ROWS + FIRST_ROWS + 1),
            "max_col": min(page.max_column, MOST_COLUMNS),
        }
        rows = [list(row) for row in page.iter_rows(values_only=True, **size)]
        for merged in page.merged_cells.ranges:
            _fill(rows, merged)
    except Exception as error:  # openpyxl raises whatever the parser of the part at hand raises
        raise UserError([Problem(name, 0, "", "xlsx-broken")]) from error
    return list(enumerate(rows, 1))


def _fill(rows: list[list[Any]], merged: Any) -> None:
    """A firm written once beside its three people is the firm of each."""
    if merged.min_col != merged.max_col:
        return
    for n in range(merged.min_row, min(merged.max_row, len(rows))):
        rows[n][merged.min_col - 1] = rows[merged.min_row - 1][merged.min_col - 1]


def _of_csv(content: bytes, name: str) -> list[Row]:
    text = decoded(content)
    if text is None:
        raise UserError([Problem(name, 0, "", "file-unreadable")])
    first = text.splitlines()[:FIRST_ROWS]
    mark = max(",;\t", key=lambda m: sum(line.count(m) for line in first))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise UserError([Problem(name, 0, "", "csv-broken")]) from error
    return [(n, row) for n, row in enumerate(rows, 1)]


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


def _fields(row: Sequence[Cell]) -> dict[str, int]:
    """The column of each field; the first where two are called alike."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        field = "" if is_blank(cell) else _known().get(_plain(str(cell)), "")
        if field:
            found.setdefault(field, at)
    return found


def _columns_said() -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"columns.{lang}", words(lang)("tables.choice_join").join(header_of(f, lang) for f in FIELDS))
        for lang in languages()
    )
