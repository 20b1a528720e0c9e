"""Assumptions: understood from what is typed, and a programme in which they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from fairplanner.domain.assuming import ADDED, ASSUMED, DROPPED, PROGRAMME, Assumption, cell_text, key_text
from fairplanner.domain.columns import Row, column_docs
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import CatalogueError, Problem
from fairplanner.explain.cells import BadValueError, absolute, checked, days_of, refused, typed
from fairplanner.explain.settings import set_in, setting_of

TABLE = {table.name: table for table in TABLES}
ASSIGNED = re.compile(r"(?P<path>[^=]*?)\s*(?P<sign>[-+*]?)=(?P<value>.*)", re.DOTALL)
UNDECIDED = date(2000, 1, 1)
"""A decision has a day; of one that is only assumed no rule may depend on it, and no page shows it."""
PIN = re.compile(r"(?P<kind>must-go|must-not|keep):(?P<who>.+)@(?P<phase>.+)")


def parsed(programme: Programme, text: str) -> tuple[Assumption, ...]:
    """What a text assumes, one cell or several, with what stood there before; raises CatalogueError with every problem.

    `funds/F1.amount=342000` (also `+=42000`, `-=3`, `*=1.1`, for dates `+=14d`), `decisions/D3=-` (a row dropped),
    `decisions/D9=+{"kind": ...}` (a row added, JSON), `value.delegation=3` (programme.toml), `drop:PHASE` (it is cancelled),
    `move:PHASE=+14d` (its days are moved), `must-go:FIRM@PHASE` and `must-not:...` (a firm or a zone pinned).
    """
    try:
        return _understood(programme, text.strip())
    except BadValueError as bad:
        raise CatalogueError([bad.problem(text)]) from bad


def parsed_all(programme: Programme, texts: Iterable[str]) -> tuple[Assumption, ...]:
    """The assumptions of several texts, in their order; later ones see what earlier ones assume of tables.

    Raises CatalogueError with the problems of all of them, also where they do not agree with one another.
    """
    found: list[Assumption] = []
    problems: list[Problem] = []
    seen = programme
    for text in texts:
        try:
            own = parsed(seen, text)
            # weights must sum to 100: what is said of programme.toml holds together or not at all
            seen = assumed(seen, [a for a in own if a.table != PROGRAMME])
            found += own
        except CatalogueError as error:
            problems += error.problems
    if problems:
        raise CatalogueError(problems)
    assumed(programme, found)
    return tuple(found)


def assumed(programme: Programme, assumptions: Sequence[Assumption]) -> Programme:
    """The programme in which assumptions hold, one after the other; nothing else differs but its digest, which is blank.

    Raises CatalogueError for a table, row, column or value that does not fit. Ids that a new value names are not looked up.
    """
    tables = {a.table for a in assumptions if a.table in TABLE}
    rows: dict[str, dict[str, Row]] = {
        name: {key_text(TABLE[name], row): row for row in getattr(programme, name)} for name in sorted(tables)
    }
    settings, problems = programme.settings, []
    said = [a for a in assumptions if a.table == PROGRAMME]
    try:
        settings = set_in(settings, [(a.column, a.value) for a in said])
    except BadValueError as bad:
        problems.append(bad.problem(" ".join(map(str, said))))
    for a in assumptions:
        try:
            if a.table != PROGRAMME:
                _apply(a, _table(a.table), rows[a.table])
        except BadValueError as bad:
            problems.append(bad.problem(str(a)))
    if problems:
        raise CatalogueError(problems)
    return _with(programme, {"settings": settings} | {name: _sorted(TABLE[name], rows[name]) for name in rows})


def _with(programme: Programme, changed: dict[str, Any]) -> Programme:
    """A programme with nothing left of what was worked out of the other one."""
    values = {name: getattr(programme, name) for name in Programme.model_fields}
    return Programme.model_construct(None, **(values | changed | {"digest": ""}))


def _sorted(table: Table, rows: dict[str, Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows.values(), key=lambda row: tuple(getattr(row, name) for name in table.key)))


def _apply(a: Assumption, table: Table, rows: dict[str, Row]) -> None:
    if a.is_added:
        if a.key in rows:
            raise BadValueError("assumption-there", a.key, table=table.name)
        rows[a.key] = _row(table, {name: typed(table.row, _column(table, name), text) for name, text in a.cells})
        return
    row = _found(table, rows, a.key)
    if a.is_dropped:
        del rows[a.key]
        return
    name = _column(table, a.column)
    if name in table.key:
        raise BadValueError("assumption-key", name)
    rows[a.key] = _row(table, row.model_dump() | {name: typed(table.row, name, a.value)})


def _row(table: Table, values: dict[str, Any]) -> Row:
    row: Row = checked(table.row, values)
    return row


def _table(name: str) -> Table:
    """A table by its name, or by its Chinese or English title."""
    for table in TABLES:
        if name.strip().casefold() in (table.name, table.zh, table.en.casefold()):
            return table
    raise refused("table-unknown", name, TABLE)


def _column(table: Table, name: str) -> str:
    """A column by its name, or by its Chinese or English header."""
    docs = column_docs(table.row)
    plain = name.strip().casefold()
    for field, doc in docs.items():
        if plain in (field, doc.zh.casefold(), doc.en.casefold()):
            return field
    raise refused("column-unknown", name, docs, table=table.name)


def _found(table: Table, rows: dict[str, Row], key: str) -> Row:
    if key in rows:
        return rows[key]
    raise refused("reference-unknown", key, rows, table=table.name)


def _key(table: Table, rows: dict[str, Row], typed_key: str) -> str:
    """The key that was meant: as it is written, or by the name of the only row that has it."""
    if typed_key in rows:
        return typed_key
    named = [
        k
        for k, row in rows.items()
        if typed_key and typed_key in (getattr(row, "name_zh", ""), getattr(row, "name_en", ""))
    ]
    if len(named) == 1:
        return named[0]
    raise refused("reference-unknown", typed_key, rows, table=table.name)


def _understood(programme: Programme, text: str) -> tuple[Assumption, ...]:
    pin = PIN.fullmatch(text)
    if pin:
        return (_pin(programme, pin["kind"], pin["who"], pin["phase"]),)
    if text.startswith("drop:"):
        phase = _phase(programme, text.removeprefix("drop:"))
        return (_cell(programme, "phases", phase, "status", "", "cancelled"),)
    if text.startswith("move:") and "=" not in text:
        text = "=".join(text.rsplit(":", 1))  # PHASE:+2w
    found = ASSIGNED.fullmatch(text)
    if not found:
        raise BadValueError("assumption-form", text)
    path, sign, value = found["path"].strip(), found["sign"], found["value"].strip()
    if sign == "-" and path.endswith("/"):  # the key ends with a blank part
        path, sign = path + "-", ""
    if path.startswith("move:"):
        return _moved(programme, path.removeprefix("move:"), sign, value)
    if "/" not in path:
        name = path.removeprefix(f"{PROGRAMME}.")
        before = setting_of(programme.settings, name)
        return (Assumption(PROGRAMME, "", name, absolute(sign, value, before), cell_text(before)),)
    return (_of_table(programme, path, sign, value),)


def _of_table(programme: Programme, path: str, sign: str, value: str) -> Assumption:
    name, _, rest = path.partition("/")
    table = _table(name)
    rows = {key_text(table, row): row for row in getattr(programme, table.name)}
    if not sign and value == DROPPED:
        return Assumption(table.name, _key(table, rows, rest), "", DROPPED)
    if not sign and value.startswith(ADDED):
        return Assumption(table.name, rest, "", ADDED, cells=_cells(value.removeprefix(ADDED)))
    key, dot, column = rest.rpartition(".")
    if not dot:
        raise BadValueError("assumption-form", path)
    return _cell(programme, table.name, _key(table, rows, key), _column(table, column), sign, value)


def _cells(text: str) -> tuple[tuple[str, str], ...]:
    try:
        given = json.loads(text)
    except ValueError as error:
        raise BadValueError("assumption-form", text) from error
    if not isinstance(given, dict):
        raise BadValueError("assumption-form", text)
    return tuple(sorted((name, cell_text(value)) for name, value in given.items()))


def _cell(programme: Programme, table: str, key: str, column: str, sign: str, value: str) -> Assumption:
    """One cell of a table with what stands in it; the new value is tried."""
    row = next(row for row in getattr(programme, table) if key_text(TABLE[table], row) == key)
    now = getattr(row, column)
    made = Assumption(table, key, column, absolute(sign, value, now), cell_text(now))
    _apply(made, TABLE[table], {key: row})
    return made


def _phase(programme: Programme, typed_key: str) -> str:
    return _key(TABLE["phases"], dict(programme.phase), typed_key.strip())


def _moved(programme: Programme, typed_key: str, sign: str, value: str) -> tuple[Assumption, ...]:
    """A phase some days later or earlier: both its days, and official business around it; deadlines and permits stay."""
    phase_id = _phase(programme, typed_key)
    if value[:1] in ("+", "-"):
        sign, value = value[:1], value[1:]
    by = days_of(value) * (-1 if sign == "-" else 1)
    if programme.phase[phase_id].start is None or programme.phase[phase_id].end is None:
        raise BadValueError("assumption-undated", phase_id)
    days = (_cell(programme, "phases", phase_id, name, sign or "+", value) for name in ("start", "end"))
    return (*days, *_along(programme, phase_id, by))


def _along(programme: Programme, phase_id: str, by: timedelta) -> Iterator[Assumption]:
    """Official business around a phase goes where the phase goes: its day is part of its key, so another row takes its place."""
    table = TABLE["activities"]
    rows = [row for row in programme.activities if row.phase_id == phase_id]
    for row in rows:
        yield Assumption(table.name, key_text(table, row), "", DROPPED)
    for row in rows:
        moved = row.model_copy(update={"on": row.on + by})
        cells = ((name, cell_text(value)) for name, value in moved.model_dump().items())
        told = tuple(sorted((name, text) for name, text in cells if text))
        yield Assumption(table.name, key_text(table, moved), "", ADDED, cells=told)


def _pin(programme: Programme, kind: str, who: str, phase: str) -> Assumption:
    phase_id, who = _phase(programme, phase), who.strip()
    if who not in programme.firm and who not in programme.zone:
        raise refused("reference-unknown", who, [*programme.firm, *programme.zone], table="firms")
    return pinned(kind, who, phase_id, is_zone=who not in programme.firm)


def pinned(kind: str, who: str, phase_id: str, *, is_zone: bool = False) -> Assumption:
    """The assumption that a firm (or a zone) is pinned at a phase (must-go, must-not, keep): a decision that nobody has taken."""
    key = f"{ASSUMED}:{kind}:{who}@{phase_id}"
    cells = {
        "decision_id": key, "kind": kind, "zone_id" if is_zone else "firm_id": who, "phase_id": phase_id,
        "on": UNDECIDED.isoformat(), "by": ASSUMED, "reason": ASSUMED, "basis": ASSUMED, "source": ASSUMED, "confidence": "user",
    }  # fmt: skip
    return Assumption("decisions", key, "", ADDED, cells=tuple(sorted(cells.items())))
