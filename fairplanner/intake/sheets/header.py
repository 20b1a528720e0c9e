"""The header of a sheet: the row, or the two rows read as one, that names most columns; it may stand under titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairplanner.intake.sheet import Cell, is_blank
from fairplanner.intake.sheets.asides import is_unit

FIRST_ROWS = 10
"""The header is among so many rows that are not blank (research/planner.md 12)."""

FieldOf = Callable[[str], str]
"""The field that a header names; '' where it names none."""
Row = tuple[int, Sequence[Cell]]


@dataclass(frozen=True)
class Header:
    """`at` is its place among the rows (from 0), `height` one or two rows, `cells` as the user wrote them, joined where there are two."""

    at: int
    height: int
    cells: tuple[Cell, ...]
    named: int


def find_header(rows: Sequence[Row], field_of: FieldOf, first_rows: int = FIRST_ROWS) -> Header | None:
    """Of the first rows the one that names most different fields, the first of equals; with the row below it where both say more.

    `rows` hold merged cells filled right and down. None where there are no rows.
    """
    found: Header | None = None
    for at, (_, cells) in enumerate(rows[:first_rows]):
        own = len(_fields(cells, field_of))
        if found is None or own > found.named:
            found = Header(at, 1, tuple(cells), own)
    if found is None or len(rows) <= found.at + 1:
        return found
    if under := _with_units(rows[found.at][1], rows[found.at + 1][1], field_of):
        return Header(found.at, 2, under, len(_fields(under, field_of)))
    for at in (found.at, found.at - 1):
        both = joined(rows[at][1], rows[at + 1][1], field_of) if at >= 0 else None
        named = len(_fields(both, field_of))
        if both and named > found.named:
            return Header(at, 2, both, named)
    return found


def joined(top: Sequence[Cell], bottom: Sequence[Cell], field_of: FieldOf) -> tuple[Cell, ...] | None:
    """Two rows of a header as one; None where the lower one is no part of a header: below a column that has its name, something else stands."""
    width = max(len(top), len(bottom))
    over, under = ([_text(r[k]) if k < len(r) else "" for k in range(width)] for r in (top, bottom))
    # a title over the whole table heads no group of columns
    if len({text for text in over if text}) < 2:
        return None
    heads = _heads(over)
    found: list[Cell] = []
    for k, (own, low) in enumerate(zip(over, under, strict=True)):
        group = heads[k]
        is_group = bool(group) and (heads.count(group) > 1)
        if own and not is_group and low and low != own and not field_of(own + low):
            return None
        names = [group + low, low, own] if low and low != group else [own or low]
        found.append(next((name for name in names if name and field_of(name)), names[0]) or None)
    return tuple(found)


def _with_units(top: Sequence[Cell], bottom: Sequence[Cell], field_of: FieldOf) -> tuple[Cell, ...] | None:
    """A header with the units that stand in the row below it (万元, （人）), in brackets; None where that row says anything else."""
    found: list[Cell] = list(top)
    for at, cell in enumerate(bottom):
        own, low = _text(top[at]) if at < len(top) else "", _text(cell)
        if not low or low == own:
            continue
        if not own or not is_unit(low):
            return None
        found[at] = f"{own}（{low.strip('()（）')}）"
    return tuple(found) if found != list(top) and _fields(found, field_of) == _fields(top, field_of) else None


def _heads(over: list[str]) -> list[str]:
    """Over each column the name of its group: its own, or, where that is blank, the nearest to its left."""
    heads, last = [], ""
    for text in over:
        last = text or last
        heads.append(last)
    return heads


def _fields(cells: Sequence[Cell] | None, field_of: FieldOf) -> set[str]:
    return {field for c in cells or () if not is_blank(c) and (field := field_of(_text(c)))}


def _text(cell: Cell) -> str:
    return "" if is_blank(cell) else " ".join(str(cell).split())
