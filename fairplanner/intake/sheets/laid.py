"""A page to a header and the rows under it: titles above, totals and remarks below, and the unit of money taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fairplanner.intake.sheet import Cell, is_blank, plain
from fairplanner.intake.sheets.asides import (
    is_alone,
    is_group,
    is_numbering,
    is_remark,
    is_total,
    may_be_aside,
    unit_said,
    year_said,
)
from fairplanner.intake.sheets.filling import filled, numbers_filled
from fairplanner.intake.sheets.header import FIRST_ROWS, FieldOf, Header, find_header
from fairplanner.intake.sheets.raw import RawPage, Row
from fairplanner.words import languages, words

LEAST_HEADERS = 3
"""So many headers in a row below the header, half of its cells at least, are the header of another table."""


@dataclass(frozen=True)
class Laid:
    """`titles` are rows above the header, `asides` numbers of rows left out, `unit` what a line 单位：万元 says, `second` row and text
    of what looks like another table's header, `shared_numbers` merged cells that put one number into several rows, `year` the one year that titles speak of."""

    header: Sequence[Cell]
    header_row: int
    rows: Sequence[Row]
    titles: int = 0
    asides: tuple[int, ...] = ()
    unit: str = ""
    second: tuple[int, str] | None = None
    shared_numbers: tuple[str, ...] = ()
    year: int = 0


def laid_out(
    page: RawPage,
    field_of: FieldOf,
    headers: frozenset[str],
    *,
    keys: frozenset[str] = frozenset(),
    only_header: bool = False,
) -> Laid:
    """The table of a page that holds at least one row; `headers` are those of all tables, as they are written.

    `keys` are fields that make a row one of the table: where all are filled in, a target that is called 总计 is no total.
    """
    top = RawPage(page.title, page.rows[: FIRST_ROWS + 1], page.merged)
    over = filled(top)
    header = find_header(over, field_of) or Header(0, 1, tuple(over[0][1]), 0)
    if not header.named:  # nothing is known here: the first row is what its writer must hear of
        header = Header(0, 1, tuple(over[0][1]), 0)
    below = header.at + header.height
    number = over[below - 1][0]
    cells, quiet = _without_quiet(header.cells, field_of)
    if only_header:
        return Laid(cells, number, [])
    data = filled(page, across=False)[below:]
    key_at = [at for at, c in enumerate(cells) if c and field_of(str(c)) in keys]
    rows, asides, second = _sorted_out(data, cells, quiet, headers, key_at)
    shared = numbers_filled(page, number) if page.merged else []
    said = unit_said([row for _, row in over[: header.at]]) if header.at else ""
    year = year_said([str(c) for _, row in over[: header.at] for c in row if not is_blank(c)]) or year_said(
        [page.title]
    )
    return Laid(cells, number, rows, header.at, tuple(asides), said, second, tuple(shared), year)


def _sorted_out(
    data: Sequence[Row], header: Sequence[Cell], quiet: Sequence[int], headers: frozenset[str], key_at: Sequence[int]
) -> tuple[list[Row], list[int], tuple[int, str] | None]:
    """The rows of the table; numbers of the others; and where another table begins, with what it begins."""
    rows: list[Row] = []
    asides: list[int] = []
    in_remark = False
    first = next((at for at, c in enumerate(header) if not is_blank(c)), 0)
    wide = sum(not is_blank(c) for c in header) >= LEAST_HEADERS
    columns = sum(not is_blank(c) for c in header) + len(quiet)
    for at, (number, cells) in enumerate(data):
        in_remark = wide and (in_remark and is_alone(cells))
        kept = _silenced(cells, quiet) if quiet else cells
        suspect = may_be_aside(cells) or (bool(quiet) and may_be_aside(kept))
        if not in_remark and ((wide and is_group(cells)) or (at == 0 and is_numbering(cells, columns))):
            asides.append(number)
            continue
        if (
            in_remark
            or _repeats(cells, header, first)
            or (suspect and (_adds_up(cells, key_at) or _adds_up(kept, key_at) or is_remark(cells)))
        ):
            in_remark = in_remark or (wide and is_remark(cells))
            asides.append(number)
            continue
        if _is_header(cells, headers):
            texts = [str(c) for c in cells if not is_blank(c)]
            return rows, asides, (number, ", ".join(texts[:LEAST_HEADERS]))
        if not all(map(is_blank, kept)):
            rows.append((number, kept))
    return rows, asides, None


def _adds_up(cells: Sequence[Cell], key_at: Sequence[int]) -> bool:
    """Whether a row is a total and not a row of the table whose name is such a word."""
    own = [cells[at] if at < len(cells) else None for at in key_at]
    is_row = bool(own) and not any(is_blank(c) or is_total([c]) for c in own)
    return not is_row and is_total(cells)


def _repeats(cells: Sequence[Cell], header: Sequence[Cell], first: int) -> bool:
    """Whether a row is the header once more, as on each printed page; `first` is where a header begins."""
    if first >= len(cells) or cells[first] != header[first]:
        return False
    return all((cells[at] if at < len(cells) else None) == c for at, c in enumerate(header) if not is_blank(c))


def _is_header(cells: Sequence[Cell], headers: frozenset[str]) -> bool:
    known = headers.intersection(cells)
    return len(known) >= LEAST_HEADERS and len(known) * 2 >= sum(not is_blank(c) for c in cells)


def _without_quiet(header: Sequence[Cell], field_of: FieldOf) -> tuple[tuple[Cell, ...], list[int]]:
    """The header without columns that only number the rows, and where these are."""
    quiet = [at for at, c in enumerate(header) if isinstance(c, str) and plain(c) in _quiet() and not field_of(c)]
    return tuple(None if at in quiet else c for at, c in enumerate(header)), quiet


def _silenced(cells: Sequence[Cell], quiet: Sequence[int]) -> list[Cell]:
    return [None if at in quiet else cell for at, cell in enumerate(cells)]


@lru_cache(maxsize=1)
def _quiet() -> frozenset[str]:
    return frozenset(plain(x) for lang in languages() for x in words(lang)("sheets_in.quiet").split("|"))
