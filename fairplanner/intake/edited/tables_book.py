"""A programme's own tables as one workbook that an office can edit: a sheet for each table, lists to choose from, codes as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from fairplanner.domain.columns import Row
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import OutputError, Problem
from fairplanner.intake.columns import Column, columns_of
from fairplanner.intake.describe import column_texts, title_of
from fairplanner.intake.edited.own_tables import Own
from fairplanner.intake.edited.table_cells import CellValue, cell_of
from fairplanner.intake.starter_book import STAMP, head_page, settings_sheet, timeless
from fairplanner.words import Words

LONGEST_CELL = 32_767
"""Characters that a spreadsheet keeps of a cell."""
WIDEST, NARROWEST = 40, 8
A3 = 8
LOOKED_AT = 200
"""Rows by which the width of a column is chosen."""
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_BODY = Font(name="Microsoft YaHei", size=10)
_TITLE = Font(name="Microsoft YaHei", size=13, bold=True)
_WRAPPED, _PLAIN = Alignment(vertical="top", wrap_text=True), Alignment(vertical="top")


def tables_book(programme: Programme, own: Own, w: Words, settings: Mapping[str, Any] | None = None) -> bytes:
    """The workbook in a language; the same bytes for the same tables.

    `settings` are those that stand on a page of the programme's own; there is such a page again where there are any.
    Tables of the programme alone are there though they are empty, tables of the reference only with rows of its own. Raises
    OutputError for every text that no spreadsheet can hold.
    """
    written = [t for t in sorted(TABLES, key=lambda t: t.shared) if own[t.name] or not t.shared]
    if problems := [p for table in written for p in _too_long(table, own[table.name])]:
        raise OutputError(problems)
    book = Workbook()
    _readme(book.active, programme, written, own, w)
    if settings:
        settings_sheet(book.create_sheet(w("settings_page.title")), settings, w)
    for table in written:
        table_page(book.create_sheet(title_of(table, w.lang)), table, own[table.name], w)
    book.properties.creator, book.properties.title = "fairplanner", w.name(programme.settings)
    book.properties.created = STAMP
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _readme(page: Any, programme: Programme, written: Sequence[Table], own: Own, w: Words) -> None:
    page.title = w("starter.readme")
    page["A1"] = w("round_trip.tables.title", programme=w.name(programme.settings))
    page["A1"].font = _TITLE
    lines = [w("round_trip.tables.about"), w("round_trip.tables.beside"), w("starter.readme_shared")]
    lines += [w("paper.sample")] if programme.settings.sample else []
    rows: list[tuple[CellValue, ...]] = [*((line,) for line in lines), ()]
    rows += [
        (w("starter.table"), w("round_trip.tables.rows")),
        *((title_of(t, w.lang), len(own[t.name])) for t in written),
    ]
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            page.cell(number, at, value).font = _BODY
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 30, 10


def table_page(page: Any, table: Table, rows: Sequence[Row], w: Words) -> None:
    """One table on a sheet: its header, then its rows."""
    head_page(page, column_texts(table, w), w)
    columns = columns_of(table)
    lines = [[_of(row, column, w) for column in columns.values()] for row in rows]
    for number, line in enumerate(lines, start=2):
        for at, value in enumerate(line, start=1):
            if value is not None:
                _write(page.cell(number, at), value)
    for at, column in enumerate(columns.values(), start=1):
        own = page.column_dimensions[get_column_letter(at)]
        texts = [
            column.doc.zh if w.lang == "zh" else column.doc.en,
            *(str(line[at - 1] or "") for line in lines[:LOOKED_AT]),
        ]
        own.width = max(NARROWEST, min(WIDEST, max(map(_columns_of, texts)) + 2))
        if _is_text(table, column):
            # what is typed below the last row stays as it is typed: a code of 18 digits is no number
            own.number_format = "@"
    page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows = "landscape", A3, "1:1"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(lines) + 1}"


def _of(row: Row, column: Column, w: Words) -> CellValue:
    info = type(row).model_fields[column.field]
    return cell_of(getattr(row, column.field), column, None if info.is_required() else info.default, w)


def _write(cell: Cell, value: CellValue) -> None:
    if isinstance(value, str):
        cell.value, cell.data_type, cell.number_format = _escaped(value), "s", "@"
        cell.alignment = _WRAPPED if "\n" in value else _PLAIN
    else:
        cell.value, cell.alignment = value, _PLAIN
    cell.font = _BODY


def _escaped(text: str) -> str:
    """Text in which spreadsheets find no `_x0041_` of theirs where there is none, and those they need for what XML cannot hold."""
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _CODE.sub("_x005F_", text))


def _is_text(table: Table, column: Column) -> bool:
    return column.listed is None and table.row.model_fields[column.field].annotation in (str, tuple[str, ...])


def _columns_of(text: str) -> float:
    return sum(2.0 if ord(ch) > 0x2E7F else 1.05 for ch in text.split("\n")[0])


def _too_long(table: Table, rows: Sequence[Row]) -> Iterator[Problem]:
    for row in rows:
        for field, column in columns_of(table).items():
            if len(str(getattr(row, field))) > LONGEST_CELL:
                key = "/".join(str(getattr(row, part)) for part in table.key)
                yield Problem(f"{table.name} {key}", 0, column.doc.zh, "cell-long", "", (("most", str(LONGEST_CELL)),))
