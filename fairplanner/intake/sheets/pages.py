"""One door for every file of cells: XLSX, XLS or CSV to pages, told apart by what is in them and not by their ending alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fairplanner.errors import Problem
from fairplanner.intake.sheets.books import pages_of_book
from fairplanner.intake.sheets.contents import BIGGEST_FILE, BOOKS, OLD_FORMATS, content_of, is_markup
from fairplanner.intake.sheets.old_books import OLD_BOOK
from fairplanner.intake.sheets.raw import RawPage
from fairplanner.intake.sheets.texts import page_of_text


def pages_of(
    path: Path, name: str, most_rows: int, *, biggest: int = BIGGEST_FILE, known: Callable[[str], str] | None = None
) -> list[RawPage] | Problem:
    """Every sheet of a file, also those one does not see; or why there are none. `name` is what the file is called in problems.

    A sheet holds at most `most_rows` rows below its header; `known` says which field a header names, and helps to tell what
    separates the cells of a CSV. Nothing in a file is run, worked out or followed. Raises nothing.
    """
    suffix, problems = path.suffix.lower(), list[Problem]()
    if suffix in OLD_FORMATS:
        return Problem(name, 0, "", "format-old", suffix)
    content = content_of(path, name, problems, biggest)
    if content is None:
        return problems[0]
    if content.startswith((b"PK\x03\x04", OLD_BOOK)) or suffix in (".xlsx", ".xlsm"):
        return pages_of_book(content, name, most_rows + 1)
    if suffix in BOOKS and is_markup(content):
        return Problem(name, 0, "", "sheet-markup", suffix)
    page = page_of_text(content, name, most_rows, known)
    if isinstance(page, Problem):
        # an XLS that is no text either is a broken workbook to its owner
        return Problem(name, 0, "", "xlsx-broken") if suffix in BOOKS else page
    return [page]
