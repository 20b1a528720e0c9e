"""Tables of a paper as WordprocessingML: fixed columns, ruled cells, headings repeated on every page, rows that are never torn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from fairplanner.publish.dress import Dress
from fairplanner.publish.office.dressing import Dressing, Page, Part
from fairplanner.publish.office.paper import BLANK, Field, Form
from fairplanner.publish.office.wordml import of_mm, paragraph, run, run_properties, twips
from fairplanner.publish.workbooks.xlsx import Kind, Value

ALIGN = {Kind.COUNT: "right", Kind.MONEY: "right", Kind.FIGURE: "right", Kind.NUMBER: "center"}
MANY, MANY_SIZE = 6, 10.5 / 12
"""Columns beyond which a table is set smaller, and by how much (小四 becomes 五号)."""
PADDING = 4
"""Points between a cell's text and its sides."""


def shown(value: Value, field: Field, dress: Dress) -> str:
    """A value as it is printed; ____ where the column is to be filled in."""
    if value is None or value == "":
        return BLANK if field.blank else ""
    if isinstance(value, Decimal):
        return dress.amount(value)
    if isinstance(value, date):
        return dress.day(value)
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").ljust(f"{value:.3f}".index(".") + 2, "0")
    return f"{value:,}" if isinstance(value, int) and field.kind is not Kind.NUMBER else str(value)


def table(form: Form, dressing: Dressing, page: Page, dress: Dress) -> str:
    """`w:tbl` over the whole measure of a page."""
    whole = of_mm(page.measure)
    shares = sum(f.width for f in form.fields)
    widths = [int(whole * f.width / shares) for f in form.fields]
    widths[-1] += whole - sum(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = Rows(form, dressing, widths)
    lines = [made.head()]
    body = _body(form, dress)
    has_total = bool(form.total and form.rows)
    if has_total:
        body.append([shown(v, f, dress) if v is not None else "" for v, f in zip(form.last, form.fields, strict=True)])
    for n, texts in enumerate(body, 1):
        # neither the total nor the note begins a page alone
        stays = (n >= len(body) - 1 and has_total) or (n == len(body) and bool(form.note))
        lines.append(made.row(texts, strong=has_total and n == len(body), stays=stays))
    return f"<w:tbl><w:tblPr>{_frame(dressing, whole)}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _body(form: Form, dress: Dress) -> list[list[str]]:
    """The rows as they are printed; the figures of a column have as many decimals as the longest of them."""
    columns = [[shown(row[n], f, dress) for row in form.rows] for n, f in enumerate(form.fields)]
    for n, field in enumerate(form.fields):
        if field.kind is Kind.FIGURE and any(isinstance(row[n], float) for row in form.rows):
            most = max(len(text.partition(".")[2]) for text in columns[n])
            columns[n] = [
                text + "0" * (most - len(text.partition(".")[2])) if "." in text else text for text in columns[n]
            ]
    return [list(texts) for texts in zip(*columns, strict=True)] if form.rows else []


def _frame(dressing: Dressing, whole: int) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{dressing.rule}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = "".join(f'<w:{side} w:w="{twips(PADDING)}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{cells}</w:tblCellMar>"
    )


class Rows:
    """Rows of one table."""

    def __init__(self, form: Form, dressing: Dressing, widths: list[int]) -> None:
        self.form, self.dressing, self.widths = form, dressing, widths
        small = MANY_SIZE if len(form.fields) > MANY else 1
        self.text, self.strong = (
            run_properties(replace(face, size=face.size * small))
            for face in (dressing.faces[Part.CELL], dressing.faces[Part.CELL_HEAD])
        )

    def head(self) -> str:
        """The headings, said again on every page."""
        cells = "".join(
            self._cell(f.header, width, "center", self.strong, self.dressing.head_fill)
            for f, width in zip(self.form.fields, self.widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def row(self, texts: list[str], *, strong: bool, stays: bool) -> str:
        """One row; the total stands out. `stays`: on one page with what follows."""
        high = f'<w:trHeight w:val="{of_mm(self.form.height)}" w:hRule="atLeast"/>' if self.form.height else ""
        face = self.strong if strong else self.text
        cells = "".join(
            self._cell(text, width, "center" if f.centred else ALIGN.get(f.kind, "left"), face, "", stays=stays)
            for text, f, width in zip(texts, self.form.fields, self.widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>{cells}</w:tr>"

    def _cell(self, text: str, width: int, align: str, face: str, fill: str, *, stays: bool = True) -> str:
        ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        keep = "<w:keepNext/>" if stays else ""
        place = f'{keep}<w:snapToGrid w:val="0"/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/><w:jc w:val="{align}"/>'
        inside = paragraph(run(text, face), place)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{ground}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
