"""The sign-up form: everything of the year's list can be chosen, everything else is locked, and nothing of a person is asked for."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import range_boundaries

from fairplanner.domain import signup_form as form
from fairplanner.intake import read_programme
from fairplanner.publish.lists.signup_form import signup_form
from fairplanner.shipped import shipped
from tests.signups import programme


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def pages(lang: str) -> tuple[Any, Any]:
    book = load_workbook(io.BytesIO(signup_form(programme(), lang).content))
    return book.worksheets[0], book.worksheets[1]


def wish_columns(page: Any) -> dict[str, int]:
    key = next(str(c.value) for (c,) in page["A1:A60"] if str(c.value).startswith(form.WISHES))
    return {name: at for at, name in enumerate(key.removeprefix(form.WISHES).split(","), start=2)}


def choices(page: Any, lists: Any, row: int, at: int) -> list[str]:
    """What a cell's drop-down offers."""
    for rule in page.data_validations.dataValidation:
        if page.cell(row, at).coordinate in rule.cells and rule.type == "list":
            _, first, _, last = range_boundaries(rule.formula1.partition("!")[2].replace("$", ""))
            return [lists.cell(n, 2).value for n in range(first, last + 1)]
    return []


def row_of(page: Any, key: str) -> int:
    return next(c.row for (c,) in page["A1:A60"] if c.value == key)


def test_every_phase_section_and_zone_can_be_chosen(lang: str) -> None:
    page, lists = pages(lang)
    columns, first, made = wish_columns(page), row_of(page, f"{form.WISH}1"), programme()
    ids = {row[1]: row[2] for row in lists.iter_rows(min_row=2, max_col=3, values_only=True)}
    fairs = choices(page, lists, first, columns["fair"])
    assert [ids[text] for text in fairs] == [q.phase_id for q in (*made.in_window(), *made.undated())]
    assert ("137" in fairs[0], "2025" in fairs[0]) == (True, True)
    sections = choices(page, lists, first, columns["section_id"])
    assert {ids[text] for text in sections} == {s.section_id for s in made.sections}
    zones = choices(page, lists, row_of(page, "firm.zone_id"), 4)
    assert {ids[text] for text in zones} == {"prov", "east", "west"}
    assert all(choices(page, lists, first, columns[name]) for name in ("wish", "role", "stand"))
    last = row_of(page, f"{form.WISH}{form.MOST_WISHES}")
    assert choices(page, lists, last, columns["fair"]) == fairs


def test_only_what_is_to_be_filled_in_is_open_and_the_keys_are_hidden(lang: str) -> None:
    page, lists = pages(lang)
    assert page.protection.sheet
    assert lists.sheet_state == "hidden"
    assert page.column_dimensions["A"].hidden
    opened = {c.coordinate for row in page.iter_rows() for c in row if isinstance(c, Cell) and not c.protection.locked}
    columns = [at for name, at in wish_columns(page).items() if name != form.NUMBER]
    wishes = {page.cell(row_of(page, f"{form.WISH}{n}"), at).coordinate for n in (1, 20) for at in columns}
    questions = {
        page.cell(c.row, 4).coordinate for (c,) in page["A1:A60"] if str(c.value).startswith((form.FIRM, form.ONCE))
    }
    assert wishes | questions <= opened
    assert len(opened) == len(columns) * form.MOST_WISHES + len(questions)
    assert page.cell(row_of(page, "firm.firm_id"), 4).number_format == "@"


def test_the_same_programme_gives_the_same_bytes_and_equal_lines_are_told_apart(lang: str) -> None:
    assert signup_form(programme(), lang).content == signup_form(programme(), lang).content
    shown = read_programme(Path(shipped("catalogs") / "guizhou-2027"))
    book = load_workbook(io.BytesIO(signup_form(shown, lang).content))
    lines = [(row[0], row[1]) for row in book.worksheets[1].iter_rows(min_row=2, max_col=3, values_only=True)]
    assert len(lines) == len(set(lines))
