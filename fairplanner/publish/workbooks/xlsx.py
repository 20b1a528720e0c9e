"""Grids of values as XLSX: titles, frozen headers, formats, totals, print settings; the same bytes for the same values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EPOCH = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
NOT_SUMMED = "—"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
HEADER_ROW = 2
WIDEST, NARROWEST = 46, 7
HEAD = PatternFill("solid", fgColor="EAF2F4")
LINE = Border(bottom=Side(style="thin", color="B9CBD0"))
FRAME = Border(*(Side(style="thin"),) * 4)
FONT = "Microsoft YaHei"

Value = str | int | float | Decimal | date | None
Styles = dict[tuple["Kind", bool, bool], Any]
"""Style of a cell by its kind, whether it holds a day and whether it is strong."""


class Kind(StrEnum):
    """What a column holds; sums are printed under COUNT and MONEY, and NOT_SUMMED under FIGURE and NUMBER (whole)."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    MONEY = "money"
    FIGURE = "figure"
    NUMBER = "number"


NUMBER_FORMATS = {Kind.COUNT: "#,##0", Kind.MONEY: "#,##0.00", Kind.FIGURE: "#,##0.0##", Kind.NUMBER: "0"}


@dataclass(frozen=True)
class Column:
    """A header and what stands under it."""

    header: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Link:
    """Where a cell leads: `target` is a file (its path from the workbook, as a URI), `place` a cell in it ('' for none).

    `row` counts rows of values and `column` columns, both from 0.
    """

    row: int
    column: int
    target: str
    place: str = ""


@dataclass(frozen=True)
class Grid:
    """One sheet. `title` stands in A1, headers in row 2, values below, then the total row (`total` is its label; '' for none)."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: str = ""
    links: tuple[Link, ...] = ()

    def totals(self) -> tuple[Value, ...]:
        """The printed last row: exact sums of what is printed above."""
        return tuple(self.total if i == 0 else self._sum(i, c.kind) for i, c in enumerate(self.columns))

    def _sum(self, i: int, kind: Kind) -> Value:
        values = [row[i] for row in self.rows if row[i] is not None]
        if kind is Kind.MONEY:
            return sum((v for v in values if isinstance(v, Decimal)), Decimal(0))
        if kind is Kind.COUNT:
            return sum(v for v in values if isinstance(v, int))
        return NOT_SUMMED if kind in (Kind.FIGURE, Kind.NUMBER) else None


@dataclass(frozen=True)
class Look:
    """Formats of a language: how days print, and the page number in the footer (&P of &N); `creator` stands in the properties.

    Without `coloured` headers stand on white, as official papers must.
    """

    day_format: str
    page: str
    note: str = ""
    creator: str = "fairplanner"
    coloured: bool = True


def workbook(grids: Sequence[Grid], look: Look, title: str) -> bytes:
    """The XLSX of several grids, one sheet each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = title, look.creator
    styles: Styles = {}
    for grid in grids:
        _fill(book.create_sheet(grid.name), grid, look, styles)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue())


def _fill(sheet: Worksheet, grid: Grid, look: Look, styles: Styles) -> None:
    sheet["A1"] = grid.title
    sheet["A1"].font = Font(name=FONT, size=13, bold=True)
    sheet["A1"].alignment = Alignment(vertical="center")
    lines: list[tuple[Value, ...]] = [tuple(c.header for c in grid.columns), *grid.rows]
    if grid.total and grid.rows:
        lines.append(grid.totals())
    for r, line in enumerate(lines, HEADER_ROW):
        strong = r == HEADER_ROW or (bool(grid.total and grid.rows) and r == HEADER_ROW + len(lines) - 1)
        for c, value in enumerate(line, 1):
            kind = grid.columns[c - 1].kind
            _write(sheet.cell(r, c), value)
            _dress(sheet.cell(r, c), (kind, isinstance(value, date), strong), look, styles)
    for link in grid.links:
        cell = sheet.cell(HEADER_ROW + 1 + link.row, 1 + link.column)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, target=link.target, location=link.place or None)
    for c in range(len(grid.columns)):
        sheet.column_dimensions[get_column_letter(c + 1)].width = _width([line[c] for line in lines])
    _set_page(sheet, grid, look)


def printable(text: str) -> str:
    """Text as a spreadsheet shows it again: without what it cannot hold, and `_x0041_` not taken for one of its codes."""
    return CODE.sub("_x005F_", UNPRINTABLE.sub("", text))


def _write(cell: Any, value: Value) -> None:
    if isinstance(value, str):
        # Text stays text: a leading = must not become a formula.
        cell.value = printable(value)
        cell.data_type = "s"
    else:
        cell.value = value


def _dress(cell: Any, way: tuple[Kind, bool, bool], look: Look, styles: Styles) -> None:
    """Style by kind, whether it is a day and whether it is strong; reckoned for the first of each, which costs more than all else."""
    if way in styles:
        cell._style = copy(styles[way])
        return
    kind, is_day, strong = way
    is_number = kind in NUMBER_FORMATS
    cell.font = Font(name=FONT, size=10, bold=strong)
    cell.border = LINE if look.coloured else FRAME
    cell.alignment = Alignment(horizontal="right" if is_number else "left", vertical="top", wrap_text=True)
    if strong and look.coloured:
        cell.fill = HEAD
    if is_day:
        cell.number_format = look.day_format
    elif is_number:
        cell.number_format = NUMBER_FORMATS[kind]
    styles[way] = cell._style


def _width(values: Sequence[Value]) -> float:
    longest = max((max(map(_columns_of, _shown(v).split("\n"))) for v in values), default=0)
    return max(NARROWEST, min(WIDEST, longest + 2))


def _shown(value: Value) -> str:
    if isinstance(value, date):
        return "2025年10月30日"
    return f"{value:,.2f}" if isinstance(value, Decimal) else "" if value is None else str(value)


def _columns_of(text: str) -> float:
    return sum(2.0 if ord(ch) > 0x2E7F else 1.05 for ch in text)


def _set_page(sheet: Worksheet, grid: Grid, look: Look) -> None:
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    footer, header = sheet.oddFooter, sheet.oddHeader
    if footer is not None and header is not None:
        footer.center.text = look.page
        header.right.text = look.note.replace("&", "&&") or None
    if grid.rows:
        last = get_column_letter(len(grid.columns))
        sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW + len(grid.rows)}"


def settled(data: bytes) -> bytes:
    """The same archive without a clock in it: openpyxl writes the time of saving into the zip and the core properties."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", content)
            info = ZipInfo(name, EPOCH)
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(info, content)
    return out.getvalue()
