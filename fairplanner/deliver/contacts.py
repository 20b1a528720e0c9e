"""Contacts: who reads for which party, at which address, in which language. Read when sending, and kept nowhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fairplanner.errors import Problem, UserError
from fairplanner.words import languages, words

COLUMNS = ("kind", "subject", "email", "language")
KINDS = ("delegation", "zone", "firm")
ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?"
)
"""Plain ASCII addresses (a subset of RFC 5321 section 4.1.2): nothing in them can end a header or a command."""
LONGEST_ADDRESS = 254  # RFC 5321 section 4.5.3.1.3, less the angle brackets


class Contact(NamedTuple):
    """One reader of a party's notices."""

    kind: str
    subject: str
    email: str
    lang: str


def is_address(text: str) -> bool:
    """Whether mail can be sent to it as it stands."""
    return len(text) <= LONGEST_ADDRESS and bool(ADDRESS.fullmatch(text))


def read_contacts(path: Path) -> tuple[Contact, ...]:
    """Contacts of a CSV file (UTF-8 or GB18030) with the columns kind, subject, email, language, in any of our languages.

    A blank language is Chinese. A line that says what another says counts once. Raises UserError with every problem.
    """
    rows = list(csv.reader(io.StringIO(_text(path), newline="")))
    if not rows:
        raise UserError([Problem(str(path), 0, "", "file-empty")])
    places, problems = _places(path, rows[0])
    found: list[Contact] = []
    if not problems:
        for number, row in enumerate(rows[1:], 2):
            if any(cell.strip() for cell in row):
                cells = [row[at].strip() if at < len(row) else "" for at in places]
                found.append(_contact(path, number, cells, problems))
    if problems:
        raise UserError(problems)
    return tuple(dict.fromkeys(found))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError([Problem(str(path), 0, "", "contacts-missing")]) from error
    except OSError as error:
        raise UserError([Problem(str(path), 0, "", "file-closed", error.strerror or str(error))]) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError([Problem(str(path), 0, "", "file-unreadable")])


def _places(path: Path, header: list[str]) -> tuple[list[int], list[Problem]]:
    """Where each column stands."""
    names = {column: set(_names("column", column)) | {column} for column in COLUMNS}
    heads = [cell.strip().lower() for cell in header]
    places = [next((n for n, head in enumerate(heads) if head in names[column]), -1) for column in COLUMNS]
    missing = [
        Problem(str(path), 1, "", "contacts-column", column, tuple((f"name.{x}", words(x)(f"contacts.column.{column}")) for x in languages()))
        for column, place in zip(COLUMNS, places, strict=True) if place < 0
    ]  # fmt: skip
    return places, missing


def _names(what: str, key: str) -> Iterator[str]:
    return (words(lang)(f"contacts.{what}.{key}").lower() for lang in languages())


def _contact(path: Path, number: int, cells: list[str], problems: list[Problem]) -> Contact:
    kind, subject, email, lang = cells
    known = {name: key for key in KINDS for name in (key, *_names("kind", key))}
    spoken = {name: key for key in languages() for name in (key, *_names("language", key))}
    wrong = {
        "kind": ("contacts-kind", kind) if kind.lower() not in known else None,
        "subject": ("value-missing", subject) if not subject else None,
        "email": ("contacts-email", email) if not is_address(email) else None,
        "language": ("contacts-language", lang) if lang and lang.lower() not in spoken else None,
    }
    problems += [Problem(str(path), number, column, *said) for column, said in wrong.items() if said]
    return Contact(known.get(kind.lower(), ""), subject, email, spoken.get(lang.lower(), "zh"))
