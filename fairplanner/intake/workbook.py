"""XLSX to sheets: values only, formulas as the values they were saved with; a broken file is one clear problem."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import load_workbook

from fairplanner.domain.tables import TABLES
from fairplanner.errors import Problem
from fairplanner.intake.sheet import Cell, Found, Unsaved, as_sheet, is_blank, plain, table_named
from fairplanner.intake.suggest import nearest

BIGGEST_UNPACKED = 1_000_000_000
"""Bytes; a workbook that unpacks to more is refused before it is unpacked."""

MOST_COLUMNS = 200
"""No table has half as many; formatting that reaches to column XFD is not read."""

Formulas = Mapping[int, Mapping[int, str]]
"""Row number -> place in the row -> formula."""

README_SHEETS = frozenset({"说明", "readme"})
"""Sheets for people, left alone by the reader."""


def read_workbook(content: bytes, name: str, found: Found, *, most_rows: int) -> None:
    """Add the tables of a workbook; a sheet is known by its table's name or title. Raises nothing."""
    problem = refused(content, name)
    if problem is None:
        try:
            _read(content, name, found, most_rows)
        # openpyxl raises whatever the parser of the part at hand raises (zip, XML, number, key): all mean one thing.
        except Exception:
            problem = Problem(name, 0, "", "xlsx-broken")
    if problem:
        found.problems.append(problem)
        found.unsure.update(table.name for table in TABLES)


def read_first_page(content: bytes, name: str, *, most_rows: int) -> list[tuple[int, Sequence[Cell]]] | Problem:
    """The rows of the first sheet that are not blank, whatever it is called; or why the file cannot be read."""
    if problem := refused(content, name):
        return problem
    rows: list[tuple[int, Sequence[Cell]]] = []
    try:
        book = _open(content, data_only=True)
        for number, values in enumerate(book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
            if not all(map(is_blank, values)):
                rows.append((number, values))
            if len(rows) > most_rows + 1:
                return Problem(name, 0, "", "rows-many", "", (("limit", str(most_rows)),))
        book.close()
    except Exception:  # as in read_workbook
        return Problem(name, 0, "", "xlsx-broken")
    return rows


def refused(content: bytes, name: str) -> Problem | None:
    """Why a workbook is not even opened: a password, no workbook at all, or one that would unpack to too much."""
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return Problem(name, 0, "", "xlsx-locked")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            size = sum(info.file_size for info in parts.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return Problem(name, 0, "", "xlsx-broken")
    return (
        Problem(name, 0, "", "file-big", str(size), (("limit", str(BIGGEST_UNPACKED // 1_000_000)),))
        if size > BIGGEST_UNPACKED
        else None
    )


def _read(content: bytes, name: str, found: Found, most_rows: int) -> None:
    formulas = _formulas(content) if _has_formulas(content) else {}
    book = _open(content, data_only=True)
    # Everything is read before anything is kept: a file that breaks half-way gives one problem and no half table.
    part = Found()
    for page in book.worksheets:
        _page(page, name, part, most_rows, formulas.get(page.title, {}))
    book.close()
    found.sheets += part.sheets
    found.problems += part.problems
    found.unsure |= part.unsure


def _open(content: bytes, *, data_only: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions (drop-downs, styles) that do not concern values
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
        for page in book.worksheets:
            page.reset_dimensions()  # some programs write sizes that are wrong
    return book


def _page(page: Any, name: str, found: Found, most_rows: int, formulas: Formulas) -> None:
    title = str(page.title)
    where = f"{name}[{title}]"
    if plain(title) in README_SHEETS:
        return
    rows: list[tuple[int, Sequence[Cell]]] = []
    for number, values in enumerate(page.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        # Formatting may reach down to the last of a million rows: blank ones must cost next to nothing.
        if values.count(None) == len(values) and number not in formulas:
            continue
        cells = _with_formulas(values, formulas.get(number, {}))
        if not all(map(is_blank, cells)):
            rows.append((number, cells))
        if len(rows) > most_rows + 1:
            found.problems.append(Problem(where, 0, "", "rows-many", "", (("limit", str(most_rows)),)))
            found.unsure.update(t.name for t in (table_named(title),) if t)
            return
    _keep(title, where, rows, found)


def _with_formulas(values: Sequence[Any], formulas: Mapping[int, str]) -> Sequence[Cell]:
    """The cells of a row; a formula that was saved without a value stands as itself, for a blank would be wrong."""
    if not formulas:
        return values
    return [Unsaved(formulas[at]) if value is None and at in formulas else value for at, value in enumerate(values)]


def _keep(title: str, where: str, rows: list[tuple[int, Sequence[Cell]]], found: Found) -> None:
    """Add the rows of a sheet under the table it is named for."""
    if not rows:
        return
    table = table_named(title)
    if table is None:
        near = nearest(title, [text for t in TABLES for text in (t.name, t.zh, t.en)])
        found.problems.append(
            Problem(
                where,
                0,
                "",
                "sheet-unknown-near" if near else "sheet-unknown",
                title,
                (("near", near),) if near else (),
            )
        )
        found.unsure.update(t.name for t in TABLES if near in (t.name, t.zh, t.en))
        return
    sheet = as_sheet(where, table, rows)
    if sheet:
        found.sheets.append(sheet)


_FORMULA = re.compile(rb"<f[ >/]")


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pages = [n for n in parts.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
        return any(_FORMULA.search(parts.read(n)) for n in pages)


def _formulas(content: bytes) -> Mapping[str, Formulas]:
    """Every formula, by sheet, row number and place in the row."""
    book = _open(content, data_only=False)
    found: dict[str, dict[int, Mapping[int, str]]] = {}
    for page in book.worksheets:
        for number, cells in enumerate(page.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
            of_row = {at: cell for at, cell in enumerate(cells) if isinstance(cell, str) and cell.startswith("=")}
            if of_row:
                found.setdefault(str(page.title), {})[number] = of_row
    book.close()
    return found
