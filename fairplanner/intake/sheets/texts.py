"""CSV to a page: comma, semicolon or tab, whichever separates most; what is longer than any table is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from itertools import islice

from fairplanner.errors import Problem
from fairplanner.intake.sheet import Cell
from fairplanner.intake.sheets.contents import decoded
from fairplanner.intake.sheets.raw import RawPage, without_marks
from fairplanner.intake.sheets.scanning import MOST_COLUMNS, letters

LONGEST_LINE = 1_000_000
"""Characters; thirty cells as full as a spreadsheet admits. A longer line is no row of a table."""
FIRST_LINES = 10
MARKS = ",;\t"


def page_of_text(
    content: bytes, name: str, most_rows: int, known: Callable[[str], str] | None = None
) -> RawPage | Problem:
    """The rows of a CSV that hold something; `known` says of a header which field it names, and so which mark separates."""
    text = decoded(content)
    if text is None:
        return Problem(name, 0, "", "file-unreadable")
    text = without_marks(text)
    if max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
        return Problem(name, 0, "", "line-long", "", (("limit", str(LONGEST_LINE)),))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text, known), strict=True)
    numbered: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(islice(reader, most_rows + 2), start=1):
            if len(cells) > MOST_COLUMNS and (far := _far(cells)):
                limit = (("limit", str(MOST_COLUMNS)),)
                return Problem(name, 0, "", "columns-many", f"{letters(far)}{number}", limit)
            numbered.append((number, cells[:MOST_COLUMNS]))
    except csv.Error:
        return Problem(name, len(numbered) + 1, "", "csv-broken")
    if len(numbered) > most_rows + 1:
        return Problem(name, 0, "", "rows-many", "", (("limit", str(most_rows)),))
    kept = [(n, cells) for n, cells in numbered if any(c.strip() for c in cells)]
    quoted = '="' in text
    return RawPage("", [(n, [_cell(c) for c in cells] if quoted else [*cells]) for n, cells in kept])


def _far(cells: list[str]) -> int:
    """The last column that holds something, from 1, where it is beyond those of any table; 0 where it is not."""
    last = next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), 0)
    return last if last > MOST_COLUMNS else 0


def _cell(text: str) -> Cell:
    """A cell; `="0012"`, by which a program kept a text from becoming a number, is that text."""
    return text[2:-1] if text[:2] == '="' and text.endswith('"') and text.count('"') == 2 else text


def _mark(text: str, known: Callable[[str], str] | None) -> str:
    """The mark by which most headers of a row are known; else the one that stands most often in the first lines."""
    lines = [line for line in text[: csv.field_size_limit()].splitlines() if line.strip()][:FIRST_LINES]

    def worth(mark: str) -> tuple[int, int]:
        split = [next(iter(_split(line, mark)), []) for line in lines]
        named = max((sum(bool(known(c)) for c in cells[:MOST_COLUMNS]) for cells in split), default=0) if known else 0
        return named, len(split[0]) if known and split else sum(line.count(mark) for line in lines)

    return max(MARKS, key=worth)


def _split(line: str, mark: str) -> list[list[str]]:
    try:
        return list(csv.reader([line], delimiter=mark))
    except csv.Error:
        return []
