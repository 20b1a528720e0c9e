"""One ledger by itself: a table of what really was, without the programme around it."""

from __future__ import annotations

from pathlib import Path

from fairplanner.domain.money import LedgerRow
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake.files import read_files
from fairplanner.intake.rows import TableRead, read_sheet


def read_ledger(path: Path) -> tuple[LedgerRow, ...]:
    """The rows of a ledger (CSV named `ledger` or XLSX with such a sheet), by key; ids are not compared with any programme.

    Raises CatalogueError with every problem, also where the file holds no ledger.
    """
    found, into = read_files([path]), TableRead()
    problems = list(found.problems)
    sheets = [sheet for sheet in found.sheets if sheet.table.row is LedgerRow]
    for sheet in sheets:
        read_sheet(sheet, into, problems)
    if not sheets and not problems:
        problems.append(Problem(path.name, 0, "", "archive-no-ledger", path.name))
    if problems:
        raise CatalogueError(sorted(set(problems)))
    rows = (into.rows[key].row for key in sorted(into.rows))
    return tuple(row for row in rows if isinstance(row, LedgerRow))
