"""A process of its own that reads one XLS from its standard input and writes its cells as JSON: run as a file, it imports nothing of ours.

The library sets memory aside by what an XLS says of itself, before it looks; a mutated file may ask for more than there is, and that
ends the process. It may end this one, which is limited, and not the one that tells the user about it.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_MEMORY = 2_000_000_000
"""Bytes; a sheet as large as XLS admits (65,536 rows of 256 columns) takes a quarter."""


def main() -> None:
    """Reads, and writes `{"sheets": [...]}` or `{"locked": true}`; ends with an error code otherwise."""
    _limit()
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        found: dict[str, Any] = {"sheets": [_sheet(book, meta) for meta in book.sheets_metadata if _has_cells(meta)]}
    except PasswordError:
        found = {"locked": True}
    sys.stdout.buffer.write(json.dumps(found).encode())


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; there the parent's patience is the limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _has_cells(meta: Any) -> bool:
    return str(meta.typ).endswith("WorkSheet")


def _sheet(book: Any, meta: Any) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(meta.name)
    kept = [(n, row) for n, row in enumerate(sheet.to_python(skip_empty_area=False), 1) if any(c != "" for c in row)]
    return {
        "title": meta.name,
        "hidden": not str(meta.visible).endswith(".Visible"),
        "merged": [(r + 1, c + 1, s + 1, d + 1) for (r, c), (s, d) in sheet.merged_cell_ranges or []],
        "rows": [(n, [_cell(value) for value in row]) for n, row in kept],
    }


def _cell(value: Any) -> Any:
    """What JSON has no word for is written as a list of its kind and value."""
    if isinstance(value, datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    return ["seconds", value.total_seconds()] if isinstance(value, timedelta) else value


if __name__ == "__main__":
    main()
