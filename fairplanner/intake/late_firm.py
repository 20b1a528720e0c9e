"""A firm that comes late: one row of a small table (XLSX or CSV) or a few options, against the tables of a programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from fairplanner.domain.kinds import Confidence
from fairplanner.domain.planning import Firm
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem, UserError
from fairplanner.intake.cells import BadCellError, shown
from fairplanner.intake.columns import Column, columns_of, headers_of
from fairplanner.intake.grid import read_pages
from fairplanner.intake.hand_rows import is_listed
from fairplanner.intake.heading import Heading, fields_of, known_headers, text_of
from fairplanner.intake.heading import field_of as header_field
from fairplanner.intake.heading import plain as bare
from fairplanner.intake.sheet import BY_NAME, Cell, is_blank
from fairplanner.intake.sheets.header import find_header
from fairplanner.intake.suggest import nearest

FIRMS, ASKS = BY_NAME["firms"], BY_NAME["applications"]
WISHES = ("booths", "least_booths", "people", "role", "stand")
"""Columns of the table of applications that may stand beside those of the firm."""
MEANT = {"firm": "name_zh", "code": "firm_id", "zone": "zone_id", "booths": "booths", "role": "role", "stand": "stand"}
"""Columns of a hand-made sheet (`handmade.also`) and what they are here."""
MOST_ROWS = 1_000
LATE = "LATE-1"
NAMED = {"zone_id": "zones", "sectors": "sectors", "markets": "markets"}
"""Columns whose values may also be names of rows of these tables."""


Where: TypeAlias = tuple[str, int, str]
"""File, row and column."""


@dataclass(frozen=True)
class LateRow:
    """A firm as it is told, what it asks for as far as that is told (fields of `WISHES`), and headers that nobody asked for."""

    firm: Firm
    wishes: Mapping[str, Any]
    unused: tuple[str, ...] = ()


def read_late_firm(path: Path, programme: Programme) -> LateRow:
    """The one firm of a file, by the headers of the tables of firms and applications; raises UserError with every problem."""
    page = read_pages(path, MOST_ROWS)[0]
    known = _headers()
    found = find_header(page.rows, lambda header: header_field(header, known))
    below = found.at + found.height if found else 0
    headers_said = tuple(map(text_of, found.cells)) if found else ()
    at = fields_of(headers_said, known)
    heading = Heading(page.rows[below - 1][0], headers_said, at, page.rows[:below], page.rows[below:])
    rows = [row for row in heading.rows if is_listed(row, heading)]
    if not at or len(rows) != 1:
        what = "late-many" if at and len(rows) > 1 else "late-none"
        raise UserError([Problem(path.name, 0, "", what, str(len(rows)))])
    cells = {f: rows[0][1][k] for f, k in at.items() if k < len(rows[0][1]) and not is_blank(rows[0][1][k])}
    headers = {f: heading.headers[k] for f, k in at.items()}
    unused = tuple(h for k, h in enumerate(heading.headers) if h and k not in at.values())
    made = late_row(cells, programme, lambda f: (path.name, rows[0][0], headers.get(f, f)))
    return replace(made, unused=unused)


@lru_cache(maxsize=1)
def _headers() -> Mapping[str, str]:
    """Headers of the two tables, and what people call the same in sheets of their own."""
    known = {
        bare(header): f for table in (ASKS, FIRMS) for header, f in headers_of(table).items() if _is_ours(table.name, f)
    }
    return {h: MEANT[f] for h, f in known_headers("handmade", tuple(MEANT)).items()} | known


def _is_ours(table: str, field: str) -> bool:
    return table == "firms" or field in WISHES


def late_row(cells: Mapping[str, Cell], programme: Programme, where: Callable[[str], Where]) -> LateRow:
    """The same from cells by field; `where` says of a field in which file, row and column it stands."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for name, cell in cells.items():
        column = columns_of(ASKS if name in WISHES else FIRMS)[name]
        for got in _value(column, cell, programme):
            if isinstance(got, Problem):
                problems.append(Problem(*where(name), got.what, got.value, got.facts))
            else:
                values[name] = got
    known = _known(programme, values)
    base = known.model_dump() if known else {"firm_id": _free(programme), "source": "", "confidence": Confidence.USER}
    told = base | {k: v for k, v in values.items() if k not in WISHES}
    if "zone_id" not in told and "zone_id" not in cells:
        problems.append(Problem(*where("zone_id"), "value-missing"))
    if problems:
        raise UserError(sorted(problems))
    told.setdefault("name_zh", told.get("name_en") or told["firm_id"])
    return LateRow(Firm.model_validate(told), {k: v for k, v in values.items() if k in WISHES})


def _value(column: Column, cell: Cell, programme: Programme) -> Iterator[Any]:
    """The value of a cell, or its problems; what refers to another table may be written by name."""
    try:
        value = column.parse(cell)
    except BadCellError as bad:
        facts = dict(bad.facts)
        yield Problem("", 0, "", bad.what, facts.pop("value", shown(cell)), tuple(sorted(facts.items())))
        return
    if column.low is not None and not isinstance(value, str | tuple) and value < column.low:
        yield Problem("", 0, "", "too-small", shown(cell), (("limit", f"{column.low:g}"),))
    elif column.field in NAMED:
        yield from _named(column, value, programme)
    else:
        yield value


def _named(column: Column, value: Any, programme: Programme) -> Iterator[Any]:
    table = NAMED[column.field]
    rows = getattr(programme, table)
    ids = {bare(x): row for row in rows for x in (row.name_en, row.name_zh, getattr(row, BY_NAME[table].key[0])) if x}
    found = []
    for text in value if isinstance(value, tuple) else (value,):
        row = ids.get(bare(text))
        if row is None:
            near = nearest(
                text, [x for r in rows for x in (r.name_zh, r.name_en, getattr(r, BY_NAME[table].key[0])) if x]
            )
            facts = (("near", near), ("table", table)) if near else (("table", table),)
            yield Problem("", 0, "", "reference-unknown-near" if near else "reference-unknown", text, facts)
        else:
            found.append(getattr(row, BY_NAME[table].key[0]))
    if column.many:
        yield tuple(found)
    elif found:
        yield found[0]


def _known(programme: Programme, values: Mapping[str, Any]) -> Firm | None:
    """The firm of the tables that is meant: by its id, else by its name."""
    if (own := values.get("firm_id")) is not None:
        return programme.firm.get(own)
    names = {bare(values[n]) for n in ("name_zh", "name_en") if values.get(n)}
    named = [f for f in programme.firms if names & {bare(f.name_zh), bare(f.name_en)}] if names else []
    return named[0] if len(named) == 1 else None


def _free(programme: Programme) -> str:
    return (
        LATE
        if LATE not in programme.firm
        else next(f"LATE-{n}" for n in range(2, 10_000) if f"LATE-{n}" not in programme.firm)
    )
