"""Where a problem stands in a workbook, so that a link can lead there: file, sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fairplanner.errors import Problem
from fairplanner.intake.files import MOST_ROWS, is_table
from fairplanner.intake.sheet import is_blank, plain
from fairplanner.intake.sheets.pages import pages_of
from fairplanner.intake.sheets.raw import RawPage

LABEL = re.compile(r"(?P<file>[^\[\]]+)(?:\[(?P<page>.+)\])?", re.DOTALL)
"""How sheets are called in problems: `book.xlsx[企业]`."""
ADDRESS = re.compile(r"(?P<cell>[A-Z]{1,3}[1-9]\d*)\s+(?P<column>.+)", re.DOTALL)
"""A column that was told with its cell: D7 企业名称."""
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")
"""A cell that was told instead of a column."""
LETTERS = 26


@dataclass(frozen=True)
class Spot:
    """`file` as the problem calls it, `path` of it where it is there, `page` '' where it has none, `cell` ('C14') '' where it is not known.

    `column`: the header over the cell.
    """

    file: str
    path: Path | None
    page: str = ""
    cell: str = ""
    column: str = ""


def spots(problems: Iterable[Problem], folder: Path, out: Path | None = None) -> list[Spot]:
    """The spot of each problem of a programme's folder, or of what was written to `out`. Raises nothing; each workbook is opened once."""
    pages: dict[Path, list[RawPage]] = {}
    return [_spot(problem, (folder, out or folder), pages) for problem in problems]


def _spot(problem: Problem, folders: tuple[Path, Path], pages: dict[Path, list[RawPage]]) -> Spot:
    found = LABEL.fullmatch(problem.file)
    name, title = (found["file"], found["page"] or "") if found else (problem.file, "")
    folder, out = folders
    path = next((p for p in (folder / name, Path(name), out / name) if p.is_file()), None)
    if path == out / name and out != folder:
        name = f"{out.name}/{name}"
    if CELL.fullmatch(problem.column):
        return Spot(name, path, title, problem.column)
    if told := ADDRESS.fullmatch(problem.column):
        return Spot(name, path, title, told["cell"], told["column"])
    if path is None or not is_table(path.name):
        return Spot(name, path, title, "", problem.column)
    if path not in pages:
        read = pages_of(path, path.name, MOST_ROWS)
        pages[path] = [] if isinstance(read, Problem) else read
    # a CSV is one sheet, which has no name
    page = next((x for x in pages[path] if not title or x.title == title), None)
    return Spot(name, path, title, _cell(problem, page) if page else "", problem.column)


def _cell(problem: Problem, page: RawPage) -> str:
    """The cell in the row of the problem, under the header that it names; the first of the row where that is not found."""
    if not problem.row:
        return ""
    at = next(_headed(problem, page), 0) if problem.column else 0
    return f"{_letters(at + 1)}{problem.row}"


def _headed(problem: Problem, page: RawPage) -> Iterator[int]:
    wanted = plain(problem.column)
    for number, cells in page.rows:
        if number > problem.row:
            return
        # on a page of settings the name stands before its value, in the same row
        beside = int(number == problem.row)
        yield from (at + beside for at, cell in enumerate(cells) if not is_blank(cell) and plain(str(cell)) == wanted)


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, LETTERS)
        text = chr(ord("A") + rest) + text
    return text
