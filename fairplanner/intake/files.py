"""Files to sheets: CSV in UTF-8, UTF-16 or GB18030, XLSX and XLS with one table a sheet; hurtful files are refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fairplanner.domain.tables import TABLES
from fairplanner.errors import Problem
from fairplanner.intake.sheet import Found
from fairplanner.intake.sheets.contents import BIGGEST_FILE, BOOKS, OLD_FORMATS, content_of, decoded, is_lock, locks_of
from fairplanner.intake.sheets.pages import pages_of
from fairplanner.intake.table_pages import any_field, table_of_name, take_pages

__all__ = ["BIGGEST_FILE", "MOST_ROWS", "content_of", "decoded", "read_files", "table_files"]

MOST_ROWS = 500_000
"""Ten times the largest programme the house is built for (47,700 firms)."""


def read_files(paths: Iterable[Path], label: str = "") -> Found:
    """Every sheet of these files; `label` goes before file names in problems. Raises nothing."""
    found = Found()
    for path in sorted(paths):
        _read(path, f"{label}{path.name}", found)
    return found


def table_files(folder: Path) -> list[Path]:
    """The files of a folder that should hold tables; lock files of spreadsheet programs and hidden files are not."""
    return [p for p in folder.iterdir() if p.is_file() and is_table(p.name) and not is_lock(p)]


def is_table(name: str) -> bool:
    """Whether a file of this name should hold tables."""
    endings = (".csv", ".tsv", *BOOKS, *(x for x in OLD_FORMATS if x != ".wps"))
    return Path(name).suffix.lower() in endings


def _read(path: Path, name: str, found: Found) -> None:
    is_text = path.suffix.lower() not in (*BOOKS, *OLD_FORMATS)
    table = table_of_name(path.stem)
    pages = pages_of(path, name, MOST_ROWS, known=any_field(table) if is_text else None)
    if isinstance(pages, Problem):
        found.problems.append(pages)
        # a misspelt file name must not be followed by one complaint for each row that refers to its table
        found.unsure.update([table.name] if is_text and table else (t.name for t in TABLES))
        return
    if locks_of(path):
        found.told.append(Problem(name, 0, "", "told-open"))
    take_pages(pages, name, path.stem, found, is_text=is_text)
