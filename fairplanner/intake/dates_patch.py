"""What calendars changed, as rows of `phases` that stand over those of the reference (CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from fairplanner.domain.kinds import Confidence
from fairplanner.domain.reference import Phase
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake.columns import columns_of
from fairplanner.intake.dates import DateChange
from fairplanner.intake.files import read_files
from fairplanner.intake.rows import TableRead, read_sheet
from fairplanner.intake.sheet import BY_NAME
from fairplanner.words import Words

PHASES = BY_NAME["phases"]


def patched(changes: Iterable[DateChange], w: Words, over: Path | None = None) -> bytes:
    """A table of phases with a row for each change, and every other row of the file it goes `over`; in order of key.

    Raises CatalogueError with the problems of that file.
    """
    rows = _rows(over) if over else {}
    rows |= {change.phase.phase_id: _row(change, w) for change in changes if change.what != "same"}
    columns = columns_of(PHASES)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.doc.zh if w.lang == "zh" else column.doc.en for column in columns.values()])
    writer.writerows([_cell(getattr(row, field)) for field in columns] for _, row in sorted(rows.items()))
    # the mark of UTF-8, without which spreadsheet programs garble Chinese headers
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _row(change: DateChange, w: Words) -> Phase:
    """The whole row, since it replaces the one of the reference; its old source stays in the note."""
    phase, user = change.phase, Confidence.USER
    facts = {"start": phase.start or "-", "end": phase.end or "-", "source": phase.source}
    now: dict[str, Any] = {
        "start": change.first,
        "end": change.last,
        "start_confidence": user.value,
        "end_confidence": user.value,
        "year": change.first.year if phase.start is None else phase.year,
    }
    if change.what == "cancelled":
        now = {}
    said = {"source": change.said.source, "confidence": user, "quote": "", "status": change.status}
    return phase.model_copy(update=now | said | {"note": w("dates.note", **facts)})


def _rows(path: Path) -> dict[str, Phase]:
    """The rows that stand in the file now."""
    found = read_files([path])
    problems = list(found.problems)
    into = TableRead()
    for sheet in found.sheets:
        if sheet.table is PHASES:
            read_sheet(sheet, into, problems)
        else:
            problems.append(Problem(path.name, 0, "", "dates-not-phases", sheet.table.name))
    if problems:
        raise CatalogueError(sorted(problems))
    return {row.phase_id: row for placed in into.rows.values() if isinstance(row := placed.row, Phase)}


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
