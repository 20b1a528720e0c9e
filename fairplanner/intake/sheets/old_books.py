"""XLS to pages, in a process of its own: a mutated file may end the process that reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from fairplanner.errors import Problem
from fairplanner.intake.sheet import Cell
from fairplanner.intake.sheets import old_child
from fairplanner.intake.sheets.old_records import OldMarks, marks_of_old_book
from fairplanner.intake.sheets.raw import RawPage, cell_of
from fairplanner.intake.sheets.scanning import MOST_CELLS, MOST_COLUMNS, MOST_MERGED, letters

OLD_BOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the compound kind begin: XLS, and XLSX with a password."""
PATIENCE = 60
"""Seconds; the largest XLS takes a few."""
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_KINDS: dict[str, Callable[[Any], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
}


def pages_of_old_book(content: bytes, name: str, most_rows: int) -> list[RawPage] | Problem:
    """Every sheet of an XLS; or why there are none."""
    if not any(stream in content for stream in _STREAMS):
        return Problem(name, 0, "", "xlsx-locked")
    found = _asked(content)
    if found is None:
        return Problem(name, 0, "", "xlsx-broken")
    if "locked" in found:
        return Problem(name, 0, "", "xlsx-locked")
    sheets, marks = found["sheets"], marks_of_old_book(content)
    # what the library loses as a blank or does not tell is looked up in the file itself, as far as both see the same sheets
    marked = marks if len(marks) == len(sheets) else [OldMarks() for _ in sheets]
    return [_page(one, seen, f"{name}[{one['title']}]", most_rows) for one, seen in zip(sheets, marked, strict=True)]


def _asked(content: bytes) -> dict[str, Any] | None:
    # the folder of the script stays out of the child's path: modules there are named as they please
    command = [sys.executable, "-P", str(Path(old_child.__file__))]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return None
    return found


def _page(one: dict[str, Any], seen: OldMarks, where: str, most_rows: int) -> RawPage:
    found = {int(n): [_cell(c) for c in cells] for n, cells in one["rows"]}
    for (row, column), text in seen.errors.items():
        cells = found.setdefault(row, [])
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = text if cells[column - 1] is None else cells[column - 1]
    rows = sorted(found.items())
    problem = next(_wrong(rows, where, most_rows), None)
    merged = [(r, c, s, d) for r, c, s, d in one["merged"][:MOST_MERGED]]
    return RawPage(one["title"], [] if problem else rows, merged, frozenset(seen.hidden), one["hidden"], problem)


def _wrong(rows: list[tuple[int, list[Cell]]], where: str, most_rows: int) -> Iterator[Problem]:
    """Why a sheet is not read, as for an XLSX."""
    last, wide = (rows[-1][0], max(len(cells) for _, cells in rows)) if rows else (0, 0)
    if wide > MOST_COLUMNS:
        row = next(n for n, cells in rows if any(c is not None for c in cells[MOST_COLUMNS:]))
        yield Problem(where, 0, "", "columns-many", f"{letters(wide)}{row}", (("limit", str(MOST_COLUMNS)),))
    if last * wide > MOST_CELLS:
        yield Problem(where, 0, "", "cell-far", f"{letters(wide)}{last}")
    if len(rows) > most_rows:
        yield Problem(where, 0, "", "rows-many", "", (("limit", str(most_rows - 1)),))


def _cell(value: Any) -> Cell:
    return _KINDS[value[0]](value[1]) if isinstance(value, list) else cell_of(value)
