"""A sheet of the workbook in the words of its language: title, headings with their unit, a total row."""

from __future__ import annotations

from fairplanner.publish.press import Press
from fairplanner.publish.workbooks.xlsx import Column, Grid, Kind, Value


def grid(
    press: Press, name: str, columns: list[tuple[str, Kind]], rows: list[tuple[Value, ...]], *, summed: bool = True
) -> Grid:
    """One sheet: words under `workbook.sheet_<name>` and `workbook.col_<column>`."""
    w, unit = press.w, press.dress.unit
    heads = tuple(Column(w(f"workbook.col_{key}", unit=unit), kind) for key, kind in columns)
    sheet = w(f"workbook.sheet_{name}")
    title = w("workbook.sheet_title", sheet=sheet, footer=press.footer, sample=press.sample).strip()
    return Grid(sheet, title, heads, tuple(rows), w("paper.total") if summed else "")
