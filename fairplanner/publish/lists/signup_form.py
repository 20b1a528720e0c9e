"""The sign-up form (报名表) that goes with the year's list: one page a firm fills in, lists to choose from, keys that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from fairplanner.domain import signup_form as form
from fairplanner.domain.columns import column_docs
from fairplanner.domain.kinds import FirmKind, Role, StandKind, Wish
from fairplanner.domain.planning import Application, Firm
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.publish.lists.yearlist import Lines
from fairplanner.publish.publication import Publication
from fairplanner.publish.workbooks.xlsx import FONT, MEDIA_TYPE, settled

Choices = dict[str, list[tuple[str, str]]]
"""By the name of a list its lines, each with the id behind it ('' where the line says it itself)."""

WIDTHS = {
    form.NUMBER: 7,
    form.FAIR: 44,
    "section_id": 30,
    "wish": 11,
    "role": 11,
    "stand": 12,
    "exhibits": 24,
    "note": 20,
}
NARROW = 11
ROW_HEIGHT = 21
CODED = ("firm_id",)
MOST_BOOTHS, MOST_PEOPLE = 500, 200
"""More than these is a slip of the keyboard in a form; the reader of forms takes any number."""
_LINE = Border(*(Side(style="thin", color="B9CBD0"),) * 4)
_HEAD = PatternFill("solid", fgColor="EAF2F4")
_FILL = PatternFill("solid", fgColor="FFF9E3")
_OPEN = Protection(locked=False)
_WRAP = Alignment(vertical="center", wrap_text=True)


def signup_form(programme: Programme, lang: str) -> Publication:
    """The form in a language: `报名表.xlsx` or `sign-up-form.xlsx`; the same bytes for the same programme."""
    lines = Lines(programme, lang)
    book = Workbook()
    page = book.worksheets[0]
    page.title = lines.w("signups.form.sheet")
    choices = _choices(lines)
    places = _lists(book.create_sheet(lines.w("signups.form.lists")), choices)
    _Form(page, lines, places).fill()
    book.properties.title, book.properties.creator = str(page["B1"].value), "fairplanner"
    out = BytesIO()
    book.save(out)
    name = PurePosixPath(f"{lines.w('signups.form.file')}.xlsx")
    return Publication(name, MEDIA_TYPE, settled(out.getvalue()))


def _choices(lines: Lines) -> Choices:
    w, p = lines.w, lines.programme
    root = p.settings.root
    zones = [(w.name(z), z.zone_id) for z in p.zones if p.is_within(z.zone_id, root)]
    enums = {"role": Role, "stand": StandKind, "wish": Wish, "kind": FirmKind}
    found: Choices = {
        "fair": _unique([(_fair(lines, q), q.phase_id) for q in _phases(p)]),
        "section": _unique(list(_sections(lines))),
        "zone": _unique(zones),
    }
    for name, kind in enums.items():
        found[name] = [(w(f"enums.{kind.__name__}.{value}"), "") for value in kind]
    found["sme"] = [(w("tables.yes"), ""), (w("tables.no"), "")]
    return found


def _phases(programme: Programme) -> tuple[Phase, ...]:
    """Those of the year's list that can still be asked for: dated ones by their days, then the others."""
    return (*programme.in_window(), *sorted(programme.undated(), key=lambda q: (q.year, q.phase_id)))


def _fair(lines: Lines, phase: Phase) -> str:
    row = lines.row(1, phase)
    fair = lines.w.name(lines.programme.fair[phase.fair_id])
    return lines.w("signups.form.phase", fair=fair, edition=row[2], days=row[3])


def _sections(lines: Lines) -> Iterator[tuple[str, str]]:
    p, w = lines.programme, lines.w
    having = dict.fromkeys((q.fair_id, q.phase) for q in _phases(p))
    for fair_id, number in having:
        for s in p.sections:
            if (s.fair_id, s.phase) == (fair_id, number):
                yield (
                    w("signups.form.section", section=w.name(s), fair=w.name(p.fair[fair_id]), phase=number),
                    s.section_id,
                )


def _unique(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Lines that can be told apart: equal ones carry their id."""
    texts = [text for text, _ in lines]
    return [(text if texts.count(text) == 1 else f"{text} [{own}]", own) for text, own in lines]


def _lists(page: Worksheet, choices: Choices) -> dict[str, str]:
    """Write the hidden lists; where each stands."""
    page.sheet_state = "hidden"
    page["A1"] = form.MARK
    places, row = {}, 1
    for name, lines in choices.items():
        first = row + 1
        for text, own in lines:
            row += 1
            for at, value in enumerate((name, text, own), start=1):
                _write(page.cell(row, at), value)
        if lines:
            places[name] = f"'{page.title}'!$B${first}:$B${row}"
    return places


class _Form:
    """The page that a firm fills in."""

    def __init__(self, page: Worksheet, lines: Lines, places: dict[str, str]) -> None:
        self.page, self.lines, self.w, self.places = page, lines, lines.w, places
        self.last = len(form.WISH_COLUMNS) + 1
        self.row = 0

    def fill(self) -> None:
        """Title, instructions, the firm, its wishes."""
        title = self.w("signups.form.title", programme=self.w.name(self.lines.programme.settings))
        self._line(form.MARK, title, size=15, bold=True)
        for key in ("how_1", "how_2", "how_3"):
            self._line("", self.w(f"signups.form.{key}"))
        if self.lines.sample:
            self._line("", self.lines.sample)
        self._line("", self.w("signups.form.firm"), size=12, bold=True)
        for name in form.FIRM_LINES:
            self._question(form.FIRM + name, self._firm_label(name), name)
        self._question(form.ONCE + form.RECEIVED, self._header(Application, form.RECEIVED, "filled"), form.RECEIVED)
        self._line("", self.w("signups.form.wishes"), size=12, bold=True)
        self._wishes()
        self._dress()

    def _line(self, key: str, text: str, *, size: int = 10, bold: bool = False) -> None:
        self.row += 1
        _write(self.page.cell(self.row, 1), key)
        cell = self.page.cell(self.row, 2)
        _write(cell, text)
        cell.font, cell.alignment = Font(name=FONT, size=size, bold=bold), _WRAP
        self.page.merge_cells(start_row=self.row, start_column=2, end_row=self.row, end_column=self.last)

    def _question(self, key: str, label: str, name: str) -> None:
        self.row += 1
        _write(self.page.cell(self.row, 1), key)
        head = self.page.cell(self.row, 2)
        _write(head, label)
        head.fill, head.font, head.border, head.alignment = _HEAD, Font(name=FONT, size=10), _LINE, _WRAP
        self.page.merge_cells(start_row=self.row, start_column=2, end_row=self.row, end_column=3)
        self.page.merge_cells(start_row=self.row, start_column=4, end_row=self.row, end_column=self.last)
        for at in range(4, self.last + 1):
            self.page.cell(self.row, at).border = _LINE
        self._open(self.page.cell(self.row, 4), name)

    def _wishes(self) -> None:
        self.row += 1
        _write(self.page.cell(self.row, 1), form.WISHES + ",".join(form.WISH_COLUMNS))
        for at, name in enumerate(form.WISH_COLUMNS, start=2):
            cell = self.page.cell(self.row, at)
            _write(cell, self._wish_label(name))
            cell.fill, cell.font, cell.border, cell.alignment = _HEAD, Font(name=FONT, size=10, bold=True), _LINE, _WRAP
        for number in range(1, form.MOST_WISHES + 1):
            self.row += 1
            _write(self.page.cell(self.row, 1), f"{form.WISH}{number}")
            for at, name in enumerate(form.WISH_COLUMNS, start=2):
                cell = self.page.cell(self.row, at)
                if name == form.NUMBER:
                    cell.value, cell.border, cell.font = number, _LINE, Font(name=FONT, size=10)
                else:
                    self._open(cell, name)

    def _open(self, cell: Any, name: str) -> None:
        """A cell to be filled in: unlocked, with the list or the bounds of its field."""
        cell.protection, cell.fill, cell.border, cell.alignment = _OPEN, _FILL, _LINE, _WRAP
        cell.font = Font(name=FONT, size=10)
        if name in CODED:
            cell.number_format = "@"
        elif name == form.RECEIVED:
            cell.number_format = "yyyy-mm-dd"
        listed = self.places.get(form.LISTED.get(name, name))
        if listed:
            self._valid(cell, DataValidation("list", formula1=listed, allow_blank=True))
        elif name in ("booths", "least_booths", "people"):
            most = MOST_PEOPLE if name == "people" else MOST_BOOTHS
            self._valid(
                cell, DataValidation("whole", operator="between", formula1="0", formula2=str(most), allow_blank=True)
            )

    def _valid(self, cell: Any, rule: DataValidation) -> None:
        key = (rule.type, rule.formula1, rule.formula2)
        known = next(
            (r for r in self.page.data_validations.dataValidation if (r.type, r.formula1, r.formula2) == key), None
        )
        if known is None:
            self.page.add_data_validation(known := rule)
        known.add(cell)

    def _firm_label(self, name: str) -> str:
        doc = column_docs(Firm)[name]
        label = self.w("signups.form.firm_id") if name == "firm_id" else self._header(Firm, name, name)
        hint = f"{name}_hint" if name in ("sectors", "markets") else f"unit_{doc.unit.lower()}" if doc.unit in ("USD", "CNY") else ""  # fmt: skip
        return label + (self.w(f"signups.form.{hint}") if hint else "")

    def _wish_label(self, name: str) -> str:
        if name in (form.NUMBER, form.FAIR):
            return self.w(f"signups.form.{name}")
        return self._header(Application, name, name)

    def _header(self, row: type[Firm] | type[Application], field: str, name: str) -> str:
        """What the form calls a field: a word of its own, else the header of its column."""
        own = f"signups.form.{name}"
        doc = column_docs(row)[field]
        return self.w(own) if own in self.w else doc.zh if self.w.lang == "zh" else doc.en

    def _dress(self) -> None:
        page = self.page
        page.column_dimensions["A"].hidden = True
        for number in range(1, self.row + 1):
            page.row_dimensions[number].height = ROW_HEIGHT
        for at, name in enumerate(form.WISH_COLUMNS, start=2):
            page.column_dimensions[get_column_letter(at)].width = WIDTHS.get(name, NARROW)
        page.protection.sheet = True
        page.protection.formatRows = page.protection.formatColumns = False
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.sheet_view.showGridLines = False


def _write(cell: Any, value: str) -> None:
    if value:
        # text stays text: a leading = must not become a formula
        cell.value, cell.data_type = value, "s"
