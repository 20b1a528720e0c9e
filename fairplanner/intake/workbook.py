"""XLSX and XLS to sheets: values only, formulas as the values they were saved with; a broken file is one clear problem."""

from __future__ import annotations

from fairplanner.domain.tables import TABLES
from fairplanner.errors import Problem
from fairplanner.intake.sheet import Found
from fairplanner.intake.sheets.books import pages_of_book
from fairplanner.intake.table_pages import take_pages


def read_workbook(content: bytes, name: str, found: Found, *, most_rows: int) -> None:
    """Add the tables of a workbook; a sheet is known by its table's name or title, or by its headers. Raises nothing."""
    pages = pages_of_book(content, name, most_rows + 1)
    if isinstance(pages, Problem):
        found.problems.append(pages)
        found.unsure.update(table.name for table in TABLES)
    else:
        take_pages(pages, name, name.rpartition(".")[0], found)
