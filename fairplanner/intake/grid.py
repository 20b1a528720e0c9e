"""The cells of any file of people's own making: every sheet of a workbook that one sees, or a CSV, with merged cells filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fairplanner.errors import Problem, UserError
from fairplanner.intake.sheet import Cell
from fairplanner.intake.sheets.contents import BIGGEST_FILE
from fairplanner.intake.sheets.filling import filled
from fairplanner.intake.sheets.pages import pages_of

Row = tuple[int, Sequence[Cell]]
"""Number as spreadsheet programs count, and cells."""


@dataclass(frozen=True)
class Page:
    """One sheet: `rows` without blank ones, merged cells filled; `hidden_rows` are those one does not see."""

    title: str
    rows: tuple[Row, ...]
    hidden_rows: frozenset[int] = frozenset()


def read_pages(path: Path, most_rows: int, biggest: int = BIGGEST_FILE, *, across: bool = True) -> tuple[Page, ...]:
    """Every visible sheet that is not empty; the one of a CSV has no title. Raises UserError where the file cannot be read.

    Merged cells are filled down, and `across` also to the right. Of a workbook whose sheets are all hidden, which no program makes, every sheet counts.
    """
    pages = pages_of(path, path.name, most_rows, biggest=biggest)
    if isinstance(pages, Problem):
        raise UserError([pages])
    seen = [page for page in pages if not page.hidden] or pages
    if refused := [page.refused for page in seen if page.refused]:
        raise UserError(refused)
    kept = tuple(Page(page.title, tuple(filled(page, across=across)), page.hidden_rows) for page in seen if page.rows)
    if not kept:
        raise UserError([Problem(path.name, 0, "", "file-empty")])
    return kept
