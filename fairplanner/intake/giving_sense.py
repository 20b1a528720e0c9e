"""What score sheets, draws, notices and the reserve must agree with, so that a list of places can be defended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import cast

from fairplanner.domain import giving as g
from fairplanner.domain import planning as p
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem
from fairplanner.intake.rows import Placed, TableRead
from fairplanner.rules.reckon.draws import undrawn
from fairplanner.rules.reckon.scores import FULL_MARKS, total

Tables = Mapping[str, TableRead]
Key = tuple[str, str, str]
SAME = 1e-6


def odd_item(placed: Placed) -> Iterator[Problem]:
    """One line of a score sheet: points within its full marks, a deduction without any, a figure with source and date."""
    row = cast("g.ScoreItem", placed.row)
    if row.points < 0 and row.full_marks > 0:
        yield placed.problem("full_marks", "deduction-with-marks", f"{row.full_marks:g}", item=row.item)
    elif row.points > row.full_marks:
        yield placed.problem(
            "points", "points-over-marks", f"{row.points:g}", full=f"{row.full_marks:g}", item=row.item
        )
    if row.figure and row.figure_on is None:
        yield placed.problem("figure_on", "figure-without-date", row.figure, item=row.item)
    if row.figure and not row.figure_source:
        yield placed.problem("figure_source", "figure-without-source", row.figure, item=row.item)


def odd_notice(placed: Placed) -> Iterator[Problem]:
    """A public notice ends after it begins and has no more answers than objections."""
    row = cast("g.Notice", placed.row)
    if row.last < row.first:
        yield placed.problem("last", "end-before-start", row.last, first=row.first)
    if row.answered > row.objections:
        yield placed.problem("answered", "answers-over-objections", row.answered, objections=row.objections)


def odd_reserve(placed: Placed) -> Iterator[Problem]:
    """A reserve is part of the booths handed down."""
    row = cast("p.Quota", placed.row)
    if row.reserve > (row.booths or 0):
        yield placed.problem("reserve", "reserve-over-booths", row.reserve, booths=row.booths or 0)


def odd_sheets(tables: Tables) -> Iterator[Problem]:
    """Sheets whose full marks are not 100 or that score nobody's application, and scores that are not their sheet's."""
    sheets: dict[Key, list[Placed]] = defaultdict(list)
    for placed in tables["scores"].rows.values():
        row = cast("g.ScoreItem", placed.row)
        sheets[row.firm_id, row.phase_id, row.section_id].append(placed)
    applications = tables["applications"]
    asked = {(*key[:2], section) for key in applications.keys for section in (key[2], "")}
    for key, lines in sheets.items():
        marks = sum(cast("g.ScoreItem", x.row).full_marks for x in lines)
        if abs(marks - FULL_MARKS) > SAME:
            yield lines[0].problem("full_marks", "sheet-not-100", f"{marks:g}", firm=key[0], phase=key[1])
        if not applications.unsure and key not in asked:
            yield lines[0].problem("firm_id", "sheet-without-application", key[0], phase=key[1])
    yield from _scores_beside(applications, sheets)


def _scores_beside(applications: TableRead, sheets: Mapping[Key, list[Placed]]) -> Iterator[Problem]:
    for (firm, phase, section), placed in applications.rows.items():
        given = cast("p.Application", placed.row).score
        lines = sheets.get((firm, phase, section)) or sheets.get((firm, phase, ""))
        points = total([cast("g.ScoreItem", x.row) for x in lines or ()])
        if given is not None and lines and abs(given - points) > SAME:
            yield placed.problem("score", "score-not-of-sheet", f"{given:g}", total=f"{points:g}", file=lines[0].file)


def without_draw(programme: Programme) -> Iterator[Problem]:
    """Fairs whose places go by lottery and that have applications, but no draw to order them."""
    for phase_id, section_id in undrawn(programme):
        yield Problem("draws", 0, "phase_id", "draw-missing", phase_id, (("section", section_id or "*"),))
