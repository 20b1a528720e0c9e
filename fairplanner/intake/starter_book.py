"""The workbook of a new programme: one sheet a table, headers with comments, closed lists as drop-downs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from fairplanner.domain.tables import TABLES
from fairplanner.intake.describe import ColumnText, column_texts, title_of
from fairplanner.words import Words

ROWS_WITH_LISTS = 5000
"""Drop-downs reach down to this row; further rows may be typed."""

LONGEST_LIST = 255
"""Characters that a spreadsheet admits in the list of a drop-down."""

STAMP = datetime(2000, 1, 1)
_HEAD = Font(bold=True)
_MUST = Font(bold=True, color="C00000")
_FILL = PatternFill("solid", fgColor="EEEEEE")


def starter_book(w: Words, basics: Mapping[str, Any]) -> bytes:
    """The workbook in a language, with the settings that it begins from; the same bytes every time."""
    book = Workbook()
    _readme(book.active, w)
    settings_sheet(book.create_sheet(w("settings_page.title")), basics, w)
    for table in sorted(TABLES, key=lambda t: t.shared):
        head_page(book.create_sheet(title_of(table, w.lang)), column_texts(table, w), w)
    book.properties.creator, book.properties.created = "fairplanner", STAMP
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _readme(page: Any, w: Words) -> None:
    page.title = w("starter.readme")
    page.append([w("starter.readme_which")])
    page.append([w("starter.readme_first")])
    page.append([w("starter.readme_shared")])
    page.append([w(f"starter.{key}") for key in ("table", "column", "meaning", "unit", "required", "allowed")])
    for cell in page[4]:
        cell.font, cell.fill = _HEAD, _FILL
    for table in sorted(TABLES, key=lambda t: t.shared):
        for text in column_texts(table, w):
            page.append([title_of(table, w.lang), _header(text, w), text.says, text.unit, text.required, text.allowed])
    for letter, width in zip("ABCDEF", (16, 22, 60, 16, 14, 60), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A5"


def settings_sheet(page: Any, values: Mapping[str, Any], w: Words) -> None:
    """The page of settings: label, value, what it is."""
    page.append([w("settings_page.head"), w("settings_page.value"), w("settings_page.says")])
    for key, value in values.items():
        shown = w("tables.yes" if value else "tables.no") if isinstance(value, bool) else value
        page.append([w(f"settings_page.{key}"), shown, w(f"settings_page.meaning.{key}")])
    page.append([])
    page.append([w("settings_page.about")])
    for row in page.iter_rows(min_row=1, max_row=1 + len(values)):
        row[0].font, row[0].fill = _HEAD, _FILL
        row[1].alignment, row[2].alignment = Alignment(horizontal="left"), Alignment(wrap_text=True)
        row[1].number_format = "yyyy-mm-dd" if isinstance(row[1].value, date) else "@"
    for letter, width in zip("ABC", (20, 34, 70), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"


def head_page(page: Any, texts: list[ColumnText], w: Words) -> None:
    """The header of a table: required columns in red, what each means as a comment, closed lists as drop-downs."""
    for at, text in enumerate(texts, start=1):
        cell = page.cell(1, at, _header(text, w))
        cell.font, cell.fill, cell.alignment = (
            _MUST if text.must else _HEAD,
            _FILL,
            Alignment(wrap_text=True, vertical="top"),
        )
        cell.comment = Comment(_comment(text, w), "fairplanner", width=320, height=120)
        page.column_dimensions[get_column_letter(at)].width = 16
        if text.choices and len(",".join(text.choices)) <= LONGEST_LIST:
            listed = DataValidation("list", formula1=f'"{",".join(text.choices)}"', allow_blank=not text.must)
            page.add_data_validation(listed)
            listed.add(f"{get_column_letter(at)}2:{get_column_letter(at)}{ROWS_WITH_LISTS}")
    page.freeze_panes = "A2"


def _header(text: ColumnText, w: Words) -> str:
    return text.zh if w.lang == "zh" else text.en


def _comment(text: ColumnText, w: Words) -> str:
    said = w("starter.comment", says=text.says, unit=text.unit, required=text.required, allowed=text.allowed)
    return " ".join(said.split())


def timeless(content: bytes) -> bytes:
    """The same workbook without the time of its making, which openpyxl writes into the parts and into the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
