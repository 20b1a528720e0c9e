"""What was collected as a workbook that reads as tables of the programme: 企业, 报名, and a page of what was left open."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from fairplanner.domain.columns import Row
from fairplanner.domain.tables import Table
from fairplanner.errors import Problem
from fairplanner.intake.columns import columns_of
from fairplanner.intake.describe import title_of
from fairplanner.intake.edited.table_cells import cell_of
from fairplanner.intake.sheet import BY_NAME
from fairplanner.intake.signups.result import Collected
from fairplanner.intake.starter_book import STAMP, timeless
from fairplanner.report import problem_text
from fairplanner.words import Words

NARROW, WIDE = 14, 34
_HEAD = Font(name="Microsoft YaHei", size=10, bold=True)
_BODY = Font(name="Microsoft YaHei", size=10)
_FILL = PatternFill("solid", fgColor="EEEEEE")
_TOP = Alignment(vertical="top", wrap_text=True)


def collected_book(found: Collected, w: Words) -> bytes:
    """The workbook in a language; the same bytes for the same rows. Problems stand among what was left open."""
    book = Workbook()
    first = book.active
    _table(first, BY_NAME["firms"], found.firms, w)
    _table(book.create_sheet(), BY_NAME["applications"], found.applications, w)
    _open(book.create_sheet(w("signups.book.open")), [*found.problems, *found.open], w)
    book.properties.creator, book.properties.created = "fairplanner", STAMP
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _table(page: Any, table: Table, rows: Sequence[Row], w: Words) -> None:
    """One table with the columns that anything is said in; a column left out counts as blank."""
    page.title = title_of(table, w.lang)
    said = {name for row in rows for name in row.model_fields_set}
    columns = [c for c in columns_of(table).values() if c.required or c.field in said]
    for at, column in enumerate(columns, start=1):
        head = page.cell(1, at, column.doc.zh if w.lang == "zh" else column.doc.en)
        head.font, head.fill = _HEAD, _FILL
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = WIDE if column.field in ("name_zh", "source", "exhibits") else NARROW
    cells: dict[tuple[str, Any], Any] = {}  # equal values of a column are worded once
    for number, row in enumerate(rows, start=2):
        for at, column in enumerate(columns, start=1):
            if column.field in row.model_fields_set:
                key = column.field, getattr(row, column.field)
                if key not in cells:
                    info = type(row).model_fields[column.field]
                    cells[key] = cell_of(key[1], column, None if info.is_required() else info.default, w)
                _write(page.cell(number, at), cells[key])
    page.freeze_panes = "A2"


def _write(cell: Any, value: Any) -> None:
    if value is None:
        return
    cell.value = value
    if isinstance(value, str):
        # a code of 18 digits is no number, and a leading = no formula
        cell.data_type, cell.number_format = "s", "@"


def _open(page: Any, problems: Sequence[Problem], w: Words) -> None:
    page["A1"] = w("signups.book.open_head")
    page["A1"].font = _HEAD
    for number, one in enumerate(problems, start=2):
        cell = page.cell(number, 1)
        _write(cell, problem_text(one, w.lang))
        cell.font, cell.alignment = _BODY, _TOP
    page.column_dimensions["A"].width = 110
