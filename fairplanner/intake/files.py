"""Files to sheets: CSV in UTF-8, UTF-16 or GB18030, XLSX with one sheet a table; hurtful files are refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import Problem
from fairplanner.intake.columns import headers_of
from fairplanner.intake.sheet import Found, as_sheet, plain, table_named
from fairplanner.intake.suggest import nearest
from fairplanner.intake.workbook import read_workbook

BIGGEST_FILE = 50_000_000
"""Bytes; a table of half a million rows is smaller."""

MOST_ROWS = 500_000
"""Ten times the largest programme the house is built for (47,700 firms)."""

LONGEST_LINE = 1_000_000
"""Characters; thirty cells as full as a spreadsheet admits. A longer line is no row of a table."""

OLD_FORMATS = (".xls", ".et", ".ods", ".numbers")
"""Spreadsheets that must be saved as XLSX first."""


def read_files(paths: Iterable[Path], label: str = "") -> Found:
    """Every sheet of these files; `label` goes before file names in problems. Raises nothing."""
    found = Found()
    for path in sorted(paths):
        name = f"{label}{path.name}"
        if path.suffix.lower() in OLD_FORMATS:
            found.problems.append(Problem(name, 0, "", "format-old", path.suffix.lower()))
            found.unsure.update(table.name for table in TABLES)
        elif path.suffix.lower() in (".xlsx", ".xlsm"):
            _workbook(path, name, found)
        else:
            _csv(path, name, found)
    return found


def table_files(folder: Path) -> list[Path]:
    """The files of a folder that should hold tables; lock files of spreadsheet programs and hidden files are not."""
    endings = (".csv", ".tsv", ".xlsx", ".xlsm", *OLD_FORMATS)
    return [
        p
        for p in folder.iterdir()
        if p.is_file() and p.suffix.lower() in endings and not p.name.startswith((".", "~$"))
    ]


def content_of(path: Path, name: str, problems: list[Problem], biggest: int = BIGGEST_FILE) -> bytes | None:
    """The bytes of a file; None, with a problem, if it cannot be opened or is too big."""
    try:
        if path.stat().st_size > biggest:
            problems.append(
                Problem(name, 0, "", "file-big", str(path.stat().st_size), (("limit", str(biggest // 1_000_000)),))
            )
            return None
        return path.read_bytes()
    except OSError as error:
        problems.append(Problem(name, 0, "", "file-closed", error.strerror or ""))
        return None


def decoded(content: bytes) -> str | None:
    """Text in UTF-8, UTF-16 with its mark, or GB18030; None if it is none of them or not text at all."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _workbook(path: Path, name: str, found: Found) -> None:
    content = content_of(path, name, found.problems)
    if content is None:
        found.unsure.update(table.name for table in TABLES)
    else:
        read_workbook(content, name, found, most_rows=MOST_ROWS)


def _csv(path: Path, name: str, found: Found) -> None:
    table = table_named(path.stem)
    if table is None:
        near = nearest(path.stem, [title for t in TABLES for title in (t.name, t.zh)])
        what = "table-unknown-near" if near else "table-unknown"
        found.problems.append(Problem(name, 0, "", what, path.stem, (("near", near),) if near else ()))
        # A misspelt file name must not be followed by one complaint for each row that refers to its table.
        found.unsure.update(t.name for t in TABLES if near in (t.name, t.zh))
        return
    content = content_of(path, name, found.problems)
    problem = _csv_sheet(content, name, table, found) if content is not None else None
    if problem:
        found.problems.append(problem)
    if problem or content is None:
        found.unsure.add(table.name)


def _csv_sheet(content: bytes, name: str, table: Table, found: Found) -> Problem | None:
    text = decoded(content)
    if text is None:
        return Problem(name, 0, "", "file-unreadable")
    if max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
        return Problem(name, 0, "", "line-long", "", (("limit", str(LONGEST_LINE)),))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, table), strict=True)
    numbered: list[tuple[int, list[str]]] = []
    try:
        numbered.extend(enumerate(islice(reader, MOST_ROWS + 2), start=1))
    except csv.Error:
        return Problem(name, len(numbered) + 1, "", "csv-broken")
    if len(numbered) > MOST_ROWS + 1:
        return Problem(name, 0, "", "rows-many", "", (("limit", str(MOST_ROWS)),))
    sheet = as_sheet(name, table, numbered)
    if sheet is None:
        return Problem(name, 0, "", "file-empty")
    found.sheets.append(sheet)
    return None


def _delimiter(text: str, table: Table) -> str:
    """Comma, semicolon or tab: the one by which most headers are known, then the one that gives most cells."""
    first = next((line for line in text[: csv.field_size_limit()].splitlines() if line.strip()), "")
    known = headers_of(table)

    def worth(mark: str) -> tuple[int, int]:
        cells = next(iter(csv.reader([first], delimiter=mark)), [])
        return sum(plain(c) in known for c in cells), len(cells)

    return max(",;\t", key=worth)
