"""Merged cells: what is written once over or beside several cells is said of each."""

from __future__ import annotations

from collections.abc import Iterator

from fairplanner.intake.sheet import Cell, is_blank
from fairplanner.intake.sheets.raw import Area, RawPage, Row
from fairplanner.intake.sheets.scanning import letters

MOST_PLACES = 2_000_000
"""Places that are filled in one sheet; a merge over whole columns of a blank sheet is no table."""


def filled(page: RawPage, *, across: bool = True) -> list[Row]:
    """The rows of a page with merged cells filled down, and `across` also to the right; rows that were blank stay out but for these."""
    if not page.merged:
        return page.rows
    rows = {number: list(cells) for number, cells in page.rows}
    last, left = max(rows, default=0), MOST_PLACES
    for first_row, first, last_row, last_column in page.merged:
        value = _at(rows, first_row, first)
        if is_blank(value):
            continue
        end = last_column if across else first
        for number in range(first_row, min(last_row, last) + 1):
            left -= end - first + 1
            # a row that holds nothing else than its part of a merged cell says nothing of its own
            if number in rows and left >= 0:
                _fill(rows[number], first, end, value)
    return sorted(rows.items())


def numbers_filled(page: RawPage, above: int) -> list[str]:
    """Areas below row `above` where one number stands for several rows: B3:B5. Whether it is meant for each, only its writer knows."""
    found = []
    rows = dict(page.rows)
    for area in page.merged:
        first_row, first, last_row, _ = area
        value = _at(rows, first_row, first)
        if (
            first_row > above
            and last_row > first_row
            and isinstance(value, int | float)
            and not isinstance(value, bool)
        ):
            found.append(named(area))
    return found


def named(area: Area) -> str:
    """An area as spreadsheet programs name it."""
    return f"{letters(area[1])}{area[0]}:{letters(area[3])}{area[2]}"


def _at(rows: dict[int, list[Cell]], number: int, column: int) -> Cell:
    cells = rows.get(number, [])
    return cells[column - 1] if column <= len(cells) else None


def _fill(cells: list[Cell], first: int, last: int, value: Cell) -> None:
    cells.extend([None] * (min(last, 200) - len(cells)))
    for column in range(first, min(last, len(cells)) + 1):
        cells[column - 1] = value


def distinct(cells: list[Cell]) -> Iterator[Cell]:
    """What stands in a row, once for each merged or repeated run of it."""
    before: Cell = None
    for cell in cells:
        if not is_blank(cell) and cell != before:
            yield cell
        before = cell
