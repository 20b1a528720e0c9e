"""Edits into a programme's folder: held against its tables as they are now, and written as a workbook of their own beside them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from fairplanner.domain.by_hand import cell
from fairplanner.domain.columns import Row
from fairplanner.domain.kinds import DecisionKind
from fairplanner.domain.planning import Application, Decision
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES
from fairplanner.errors import Problem
from fairplanner.intake.describe import title_of
from fairplanner.intake.edited.changed import Asked, Changed, Ruled
from fairplanner.intake.edited.tables_book import table_page
from fairplanner.intake.starter_book import STAMP, timeless
from fairplanner.words import Words

DECISIONS = next(table for table in TABLES if table.name == "decisions")
APPLICATIONS = next(table for table in TABLES if table.name == "applications")


@dataclass(frozen=True)
class Entry:
    """What is to be written: new decisions, and applications as they are to be."""

    decisions: tuple[Decision, ...] = ()
    applications: tuple[Application, ...] = ()
    problems: tuple[Problem, ...] = ()
    told: tuple[Problem, ...] = ()


def entry_of(made: Changed, file: str, now: Programme, w: Words) -> Entry:
    """What the tables as they are now still lack; where they say otherwise since the plan was made, that is a problem."""
    problems, told = list[Problem](), list[Problem]()
    decisions = [d for one in made.ruled if (d := _decision(one, file, now, problems, told))]
    applications = [a for one in made.asked if (a := _application(one, file, now, problems, told, w))]
    return Entry(tuple(decisions), tuple(applications), tuple(problems), tuple(told))


def _decision(one: Ruled, file: str, now: Programme, problems: list[Problem], told: list[Problem]) -> Decision | None:
    d = one.decision
    at = (d.firm_id, d.zone_id, d.phase_id)
    same = [x for x in now.decisions if (x.firm_id, x.zone_id, x.phase_id) == at]
    if not same:
        return d
    is_so = all((x.kind is DecisionKind.MUST_NOT) == (d.kind is DecisionKind.MUST_NOT) for x in same)
    facts = (("ids", ", ".join(x.decision_id for x in same)),)
    where = (f"{file}[{one.cell.sheet}]", one.cell.row, one.cell.name)
    (told if is_so else problems).append(Problem(*where, "told-trip-decided" if is_so else "trip-decided", "", facts))
    return None


def _application(
    one: Asked, file: str, now: Programme, problems: list[Problem], told: list[Problem], w: Words
) -> Application | None:  # fmt: skip
    current = now.application.get(one.was.application_id)
    new: dict[str, Any] = {}
    for key, value in one.new.items():
        at = one.cells[key]
        there, where = getattr(current, key, None), (f"{file}[{at.sheet}]", at.row, at.name)
        if current is None:
            problems.append(Problem(*where, "trip-application-gone", one.was.application_id))
        elif there == value:
            told.append(Problem(*where, "told-trip-asked", cell(value)))
        elif there != getattr(one.was, key):
            facts = (("now", cell(there)), ("was", cell(getattr(one.was, key))))
            problems.append(Problem(*where, "trip-application-moved", cell(value), facts))
        else:
            new[key] = value
    if current is None or not new:
        return None
    return Application.model_validate(current.model_dump() | new | {"note": _note(current, one, w)})


def _note(current: Application, one: Asked, w: Words) -> str:
    said = w("round_trip.note", reason=one.edit.reason, basis=one.edit.basis)
    return "；".join(filter(None, (current.note, said)))


def entry_book(entry: Entry, w: Words) -> bytes:
    """A workbook with the decisions as a table of the programme, and the applications as corrections of theirs."""
    book = Workbook()
    book.remove(book.worksheets[0])
    pages: tuple[tuple[str, Any, Sequence[Row]], ...] = (
        (title_of(DECISIONS, w.lang), DECISIONS, entry.decisions),
        (title_of(APPLICATIONS, w.lang) + w("round_trip.corrected"), APPLICATIONS, entry.applications),
    )
    for title, table, rows in pages:
        if rows:
            table_page(book.create_sheet(title), table, rows, w)
    book.properties.creator, book.properties.created = "fairplanner", STAMP
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())
