"""Sheets of who goes where as tests write them: rows of cells to a file, in the shapes that people use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Cells = Sequence[Any]


def workbook(path: Path, *sheets: tuple[str, Any], merged: Sequence[str] = ()) -> Path:
    """An XLSX with these sheets; `merged` are ranges of the first one."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    book.save(path)
    return path


def comma(path: Path, rows: Sequence[Cells], encoding: str = "utf-8-sig") -> Path:
    """A CSV."""
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    path.write_bytes(text.encode(encoding))
    return path
