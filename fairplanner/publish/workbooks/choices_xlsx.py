"""choices.xlsx: what may be changed is yellow and open, the rest is grey and protected; hidden keys say which row is which."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from fairplanner.domain.choices import Choice, ChoiceBook, ChoiceColumn, ChoicePage, Shown
from fairplanner.publish.press import Press
from fairplanner.publish.workbooks.xlsx import FONT, printable, settled

SHEET, FORM = "_fairplanner", "1"
"""The hidden sheet that says which plan this is of, and the form in which it is written."""
TITLE_ROW, KEY_ROW, HEADER_ROW = 1, 2, 3
"""The row of keys is hidden, as the first column is."""
WIDTHS = {
    "firm": 26, "zone": 21, "phase": 32, "days": 35, "section": 18, "goes": 10, "state": 9, "planned": 11, "wish": 13, "role": 10,
    "stand": 15, "sponsor": 21, "reason": 24, "basis": 20, "why": 46, "cost": 16, "preference": 11,
}  # fmt: skip
NARROW = 9
LINE_HEIGHT = 15
A3 = 8
FORMATS = {"count": "0", "figure": "0.0", "money": "#,##0.00"}
HEAD, EDIT, GREY = "EAF2F4", "FFF9E3", "F1F1F1"
LINE = Border(bottom=Side(style="thin", color="D5DFE2"))

Way = tuple[str, str]


def choices_workbook(press: Press, book: ChoiceBook) -> bytes:
    """The XLSX of a book of choices; the same bytes for the same book."""
    made = Workbook()
    _readme(made.worksheets[0], press)
    styles: dict[Way, Any] = {}
    for page in book.pages:
        _fill(made.create_sheet(page.title), page, press, styles)
    _hidden(made.create_sheet(SHEET), book)
    made.active = 1
    made.worksheets[0].sheet_view.tabSelected = False
    made.properties.title, made.properties.creator = (
        press.w("round_trip.choices.title", programme=press.footer),
        "fairplanner",
    )
    out = BytesIO()
    made.save(out)
    return settled(out.getvalue())


def _readme(sheet: Worksheet, press: Press) -> None:
    w = press.w
    sheet.title = w("round_trip.choices.readme")
    lines = [w("round_trip.choices.title", programme=press.footer), press.marks]
    lines += [w(f"round_trip.choices.how_{n}") for n in range(1, 8)]
    for n, line in enumerate(lines, 1):
        cell = sheet.cell(n, 1, line)
        cell.font = Font(name=FONT, size=13 if n == 1 else 10.5, bold=n == 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 110
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9


def _hidden(sheet: Worksheet, book: ChoiceBook) -> None:
    for row in (("fairplanner", "choices", FORM), ("plan", book.plan), ("mark", book.mark), ("lang", book.lang)):
        sheet.append(row)
    sheet.sheet_state = "hidden"


def _fill(sheet: Worksheet, page: ChoicePage, press: Press, styles: dict[Way, Any]) -> None:
    sheet.cell(TITLE_ROW, 2, f"{page.title}　{press.footer}　{press.marks}").font = Font(name=FONT, size=12, bold=True)
    sheet.cell(KEY_ROW, 1, page.name)
    for at, column in enumerate(page.columns, 2):
        sheet.cell(KEY_ROW, at, column.key)
        head = sheet.cell(HEADER_ROW, at, column.header)
        head.font, head.fill = Font(name=FONT, size=10, bold=True), PatternFill("solid", fgColor=HEAD)
        head.alignment, head.border = Alignment(wrap_text=True, vertical="center"), LINE
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(column.key, NARROW)
    sheet.row_dimensions[HEADER_ROW].height = 2 * LINE_HEIGHT
    for number, (row, cells) in enumerate(page.rows, HEADER_ROW + 1):
        sheet.cell(number, 1, row.name)
        for at, (column, value) in enumerate(zip(page.columns, cells, strict=True), 2):
            _cell(sheet.cell(number, at), value, column, row, styles)
        sheet.row_dimensions[number].height = LINE_HEIGHT * _lines(page, cells)
    _lists(sheet, page, press)
    _protect(sheet, page)
    _set_page(sheet, page, press)


def _lines(page: ChoicePage, cells: Sequence[Shown]) -> int:
    """Lines of the tallest cell: programs that open a file they did not write do not reckon the height of its rows."""
    pairs = zip(page.columns, cells, strict=True)
    return max(ceil(_columns_of(str(v)) / (WIDTHS.get(c.key, NARROW) - 1)) for c, v in pairs if v is not None)


def _columns_of(text: str) -> float:
    return sum(2.0 if ord(ch) > 0x2E7F else 1.1 for ch in text)


def _cell(cell: Any, value: Shown, column: ChoiceColumn, row: Choice, styles: dict[Way, Any]) -> None:
    if isinstance(value, str):
        cell.value, cell.data_type = printable(value), "s"
    else:
        cell.value = value
    way = column.kind, "open" if column.key in row.open else "locked" if row.lock else ""
    if way not in styles:
        is_open, is_locked = way[1] == "open", way[1] == "locked"
        cell.font = Font(name=FONT, size=10, color="8A8A8A" if is_locked else "000000")
        cell.alignment = Alignment(
            vertical="top", wrap_text=True, horizontal="right" if column.kind in FORMATS else "left"
        )
        cell.border, cell.protection = LINE, Protection(locked=not is_open)
        if is_open or is_locked:
            cell.fill = PatternFill("solid", fgColor=EDIT if is_open else GREY)
        cell.number_format = FORMATS.get(column.kind, "@" if column.kind == "note" else "General")
        styles[way] = cell._style
    else:
        cell._style = copy(styles[way])


def _lists(sheet: Worksheet, page: ChoicePage, press: Press) -> None:
    """Drop-downs, and whole numbers where booths or people are counted."""
    if not page.rows:
        return
    last = HEADER_ROW + len(page.rows)
    for at, column in enumerate(page.columns, 2):
        letter = get_column_letter(at)
        if column.words:
            check = DataValidation("list", formula1=f'"{",".join(column.words)}"', allow_blank=False)
        elif column.kind == "count":
            check = DataValidation("whole", operator="between", formula1="0", formula2="9999", allow_blank=True)
        else:
            continue
        check.error, check.showErrorMessage = press.w("round_trip.choices.wrong"), True
        check.add(f"{letter}{HEADER_ROW + 1}:{letter}{last}")
        sheet.add_data_validation(check)
    key = {column.key: get_column_letter(at) for at, column in enumerate(page.columns, 2)}
    first, goes = HEADER_ROW + 1, key["goes"]
    no = page.columns[[c.key for c in page.columns].index("goes")].words[1]
    rule = FormulaRule([f'${goes}{first}="{no}"'], font=Font(color="8A8A8A"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(
        f"B{first}:{get_column_letter(len(page.columns) + 1)}{last}",
        rule,
    )


def _protect(sheet: Worksheet, page: ChoicePage) -> None:
    """Locked cells cannot be typed into; columns may be widened, rows filtered. There is no password: it keeps slips out, not people."""
    sheet.row_dimensions[KEY_ROW].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False
    if page.rows:
        sheet.auto_filter.ref = f"B{HEADER_ROW}:{get_column_letter(len(page.columns) + 1)}{HEADER_ROW + len(page.rows)}"


def _set_page(sheet: Worksheet, page: ChoicePage, press: Press) -> None:
    goes = next(at for at, column in enumerate(page.columns, 2) if column.key == "goes")
    sheet.freeze_panes = f"C{HEADER_ROW + 1}" if goes > 2 else f"B{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = press.w("paper.page", page="&P", pages="&N")
