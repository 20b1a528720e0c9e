"""A plan with its workbook of choices, and the workbook edited as people would: cells by the name of a row and the key of a column."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from fairplanner.domain.choices import NO, PLACES, ChoiceBook
from fairplanner.domain.kinds import ApplicationState
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.intake.edited.changed import Changed, Said, changed
from fairplanner.intake.edited.choices_file import Edited, read_edits, stamp_of
from fairplanner.pose import pose
from fairplanner.publish.press import Press
from fairplanner.publish.workbooks.choice_book import choice_book
from fairplanner.publish.workbooks.choices_xlsx import KEY_ROW, choices_workbook
from fairplanner.solver import solve
from tests import builders as b

SAID = Said("处长", date(2024, 11, 5), "W")
WHY = {"reason": "重点", "basis": "纪要1号"}
SHEETS = {"places": 1, "parties": 2}


@dataclass(frozen=True)
class Made:
    """A programme, its plan, and what was exported of it."""

    programme: Programme
    plan: Plan
    book: ChoiceBook
    content: bytes


def a_year() -> Programme:
    """Three firms; f1 asks for two sections of expo-1-1, f3 has paid for abroad-1-1, a decision keeps f2 at expo-1-2."""
    sections = (b.section("expo-tea"), b.section("expo-cup"))
    at = [(f, q) for f in ("f2", "f3") for q in ("abroad-1-1", "expo-1-1", "expo-1-2")]
    paid = {("f3", "abroad-1-1"): ApplicationState.PAID}
    asked = [b.application(*x, state=paid.get(x, ApplicationState.APPLIED)) for x in at]
    own = [b.application("f1", "expo-1-1", section_id=s.section_id, booths=2) for s in sections]
    own += [b.application("f1", q) for q in ("abroad-1-1", "expo-1-2")]
    rows = tuple(sorted((*own, *asked), key=lambda a: (a.firm_id, a.phase_id, a.section_id)))
    return b.a_programme(
        sections=sections, applications=rows, quotas=(b.quota("expo-1-1", 2),),
        choices=(b.choice("abroad", least_firms=2), b.choice("expo", policy="optimise")),
        decisions=(b.decision("d1", "must-go", "expo-1-2", firm_id="f2"),),
    )  # fmt: skip


@cache
def made(lang: str = "zh") -> Made:
    """Planned and exported once."""
    programme = a_year()
    return exported(programme, solve(pose(programme), seconds=10, gap=0).plan, lang)


def exported(programme: Programme, plan: Plan, lang: str) -> Made:
    """A plan with its book and its workbook."""
    press = Press(programme, plan, lang)
    book = choice_book(press)
    return Made(programme, plan, book, choices_workbook(press, book))


def edited_book(content: bytes, edits: Iterable[tuple[str, str, str, Any]]) -> bytes:
    """The workbook with cells written: page, name of the row, key of the column, value."""
    book = load_workbook(io.BytesIO(content))
    keys = {p: {c.value: c.column for c in book.worksheets[n][KEY_ROW]} for p, n in SHEETS.items()}
    rows = {p: {row[0].value: row[0].row for row in book.worksheets[n].iter_rows(max_col=1)} for p, n in SHEETS.items()}
    for page, name, key, value in edits:
        book.worksheets[SHEETS[page]].cell(rows[page][name], keys[page][key]).value = value
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(
    folder: Path, content: bytes, lang: str = "zh", home: Iterable[str] = (), of: Made | None = None
) -> tuple[Edited, Changed]:
    """What a workbook that came back says; `home`: rows of which the plan is taken not to send anybody."""
    book = at_home((of or made(lang)).book, home)
    path = folder / "choices.xlsx"
    path.write_bytes(content)
    stamp, pages = stamp_of(path)
    edits = read_edits(path, pages, book, stamp)
    return edits, changed(book, edits, SAID)


def cell_of(edits: Edited, name: str, key: str, page: str = PLACES) -> str:
    """The cell of a row and column as problems name it."""
    return edits.cells[page, name][key].name


def at_home(book: ChoiceBook, names: Iterable[str]) -> ChoiceBook:
    """The same book, as if the plan did not send these."""
    pages = []
    for page in book.pages:
        rows = []
        for row, cells in page.rows:
            values = dict(row.values) | ({"goes": NO, "planned": None} if row.name in names else {})
            rows.append((replace(row, values=tuple(values.items())), cells))
        pages.append(replace(page, rows=tuple(rows)))
    return replace(book, pages=tuple(pages))
