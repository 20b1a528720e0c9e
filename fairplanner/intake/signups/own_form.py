"""Our own form (报名表) come back: its hidden keys say what stands where, its hidden lists which phase or section a line means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fairplanner.domain.signup_form import FIRM, LISTED, NUMBER, ONCE, WISH, WISHES
from fairplanner.intake.sheet import Cell, bare, is_blank
from fairplanner.intake.sheets.raw import RawPage
from fairplanner.intake.signups.pages import SignupPage, is_ours
from fairplanner.intake.signups.records import Fields, Given, Record


def read_own_form(page: SignupPage) -> Iterator[Record]:
    """The one record of a form; none where nothing was filled in."""
    listed = _lists(page.beside)
    record = Record(page.where, 0, over=page.names)
    once: Fields = {}
    columns: list[str] = []
    for number, cells in page.raw.rows:
        key = _key(cells)
        if key.startswith(FIRM) and (given := _beside(page, number, cells)):
            record.firm[key.removeprefix(FIRM)] = _meant(given, key.removeprefix(FIRM), listed)
        elif key.startswith(ONCE) and (given := _beside(page, number, cells)):
            once[key.removeprefix(ONCE)] = given
        elif key.startswith(WISHES):
            columns = key.removeprefix(WISHES).split(",")
        elif key.startswith(WISH) and (wish := _wish(page, number, cells, columns, listed)):
            record.wishes.append({"preference": Given(int(key.removeprefix(WISH)), page.where, number, 2), **wish})
    record.wishes = [once | wish for wish in record.wishes]
    if record.firm or record.wishes:
        record.row = record.at().row
        yield record


def _key(cells: Sequence[Cell]) -> str:
    return cells[0].strip() if cells and isinstance(cells[0], str) else ""


def _beside(page: SignupPage, number: int, cells: Sequence[Cell]) -> Given | None:
    """The first thing that stands to the right of a label."""
    at = next((k for k in range(2, len(cells)) if not is_blank(cells[k])), None)
    return None if at is None else Given(cells[at], page.where, number, at + 1, " ".join(str(cells[1] or "").split()))


def _wish(
    page: SignupPage, number: int, cells: Sequence[Cell], columns: Sequence[str], listed: Mapping[tuple[str, str], str]
) -> Fields:
    found: Fields = {}
    for at, field in enumerate(columns, start=1):
        cell = cells[at] if at < len(cells) else None
        if field != NUMBER and not is_blank(cell):
            found[field] = _meant(Given(cell, page.where, number, at + 1), field, listed)
    return found


def _meant(given: Given, field: str, listed: Mapping[tuple[str, str], str]) -> Given:
    """A line of a list as the id behind it; other texts as they stand."""
    own = listed.get((LISTED.get(field, ""), bare(given.text)))
    return given if own is None else given.saying(own)


def _lists(pages: Sequence[RawPage]) -> dict[tuple[str, str], str]:
    """Kind and line of the hidden lists, with the id behind it."""
    found = {}
    for page in pages:
        if is_ours(page):
            for _, cells in page.rows[1:]:
                if len(cells) >= 3 and not any(map(is_blank, cells[:3])):
                    found[str(cells[0]), bare(str(cells[1]))] = str(cells[2])
    return found
