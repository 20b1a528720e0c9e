"""A sheet to rows: match its headers, understand its cells, name everything that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from fairplanner.domain.columns import Row
from fairplanner.domain.tables import Table
from fairplanner.errors import Problem
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.cells import day, shown
from fairplanner.intake.columns import DAYS, Column, columns_of, field_of
from fairplanner.intake.date_cells import DateCells, Window
from fairplanner.intake.fair_days import DERIVED, DaysCellError, FairDays, said_by
from fairplanner.intake.fair_days import FIELDS as FAIR_DAYS
from fairplanner.intake.money_cells import is_about
from fairplanner.intake.money_units import ONE, scaled, worth
from fairplanner.intake.sheet import VOUCHED, Cell, Sheet, is_blank
from fairplanner.intake.suggest import nearest, share_meant

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Placed:
    """A row and where it stands; `headers` are the headers as the user wrote them."""

    row: Row
    file: str
    number: int
    headers: Mapping[str, str]

    def problem(self, column: str, what: str, value: object = "", **facts: object) -> Problem:
        """A problem with this row, or with one column of it."""
        header = self.headers.get(column, column)
        return Problem(
            self.file,
            self.number,
            header,
            what,
            shown(str(value)),
            tuple(sorted((k, str(v)) for k, v in facts.items())),
        )


@dataclass
class TableRead:
    """What was read of one table: good rows by key, every key that stands in a file, and whether keys may be missing.

    `loose` holds rows with a problem, as far as they were understood, so that their references are judged as well.
    """

    rows: dict[Key, Placed] = field(default_factory=dict)
    loose: list[Placed] = field(default_factory=list)
    keys: dict[Key, tuple[str, int]] = field(default_factory=dict)
    unsure: bool = False


def read_sheet(
    sheet: Sheet,
    into: TableRead,
    problems: list[Problem],
    told: list[Problem] | None = None,
    window: Window | None = None,
    *,
    is_reference: bool = False,
) -> None:
    """Add the rows of a sheet to what is known of its table; problems are appended, and to `told` what was made of dates.

    `window` is the programme's: days of fairs without a year lie in it. A sheet that is no part of the reference and has no columns for
    source or confidence is its own source.
    """
    found, bad = _match(sheet)
    problems += bad
    columns = columns_of(sheet.table)
    had = {*found.values(), *(DERIVED if DAYS in found.values() else ())}
    lost = [c for c in columns.values() if c.required and c.field not in had]
    vouched = {} if is_reference else {c.field: of(sheet) for c in lost if (of := VOUCHED.get(c.field))}
    lost = [c for c in lost if c.field not in vouched]
    problems += [_missing(sheet, column) for column in lost]
    if any(column.field in sheet.table.key for column in lost):
        into.unsure = True
        return
    headers = {name: name for name in vouched} | {name: shown(sheet.header[at]) for at, name in found.items()}
    dates = DateCells(sheet, window)
    for at, name in found.items():
        if name == DAYS or columns[name].parse is day:
            dates.settle(at, headers[name])
    own = {name: at for at, name in found.items() if name in FAIR_DAYS} if sheet.table.name == "phases" else {}
    headers = {**said_by(own, headers), **headers}
    places = [(at, columns[name]) for at, name in found.items() if name not in own]
    reader = _Reader(sheet, places, headers, FairDays(dates, own), vouched, complete=not lost)
    for number, cells in sheet.rows:
        reader.read(number, cells, into)
    problems += reader.problems
    if told is not None:
        told += [*dates.remarks(), *reader.fair_days.remarks()]
        told += [Problem(sheet.file, 0, "", f"told-vouched-{name}") for name in vouched]


def _match(sheet: Sheet) -> tuple[dict[int, str], list[Problem]]:
    """Which field each column of the sheet holds."""
    found: dict[int, str] = {}
    problems = []
    for at, cell in enumerate(sheet.header):
        if is_blank(cell):
            continue
        header = shown(cell)
        name = field_of(sheet.table, header)
        if not name:
            problems.append(_unknown(sheet, header))
        elif name in found.values():
            first = next(shown(sheet.header[k]) for k, v in found.items() if v == name)
            problems.append(Problem(sheet.file, sheet.header_row, header, "column-twice", header, (("first", first),)))
        else:
            found[at] = name
    return found, problems


def _unknown(sheet: Sheet, header: str) -> Problem:
    docs = columns_of(sheet.table)
    near = nearest(header, [h for c in docs.values() for h in (c.field, c.doc.zh, c.doc.en)])
    what = "column-unknown-near" if near else "column-unknown"
    facts = (("near", near), ("table", sheet.table.name)) if near else (("table", sheet.table.name),)
    return Problem(sheet.file, sheet.header_row, header, what, header, facts)


def _missing(sheet: Sheet, column: Column) -> Problem:
    facts = (("en", column.doc.en), ("zh", column.doc.zh))
    return Problem(sheet.file, sheet.header_row, column.field, "column-missing", column.field, facts)


class _Reader:
    """Reads the rows of one sheet; equal texts of a column are understood once."""

    def __init__(
        self,
        sheet: Sheet,
        places: Sequence[tuple[int, Column]],
        headers: Mapping[str, str],
        fair_days: FairDays,
        vouched: Mapping[str, str],
        *,
        complete: bool,
    ) -> None:
        self.sheet, self.places, self.headers, self.complete = sheet, places, headers, complete
        self.vouched = vouched
        self.fair_days, self.dates = fair_days, fair_days.dates
        self.named = {at for at, cell in enumerate(sheet.header) if not is_blank(cell)}
        self.memory: list[dict[tuple[type, Cell], Any]] = [{} for _ in places]
        self.problems: list[Problem] = []
        self.worth = [self._worth(column) for _, column in places]

    def read(self, number: int, cells: Sequence[Cell], into: TableRead) -> None:
        """Understand one row; its key is remembered even when the row itself is not good."""
        stray = next((c for at, c in enumerate(cells) if at not in self.named and not is_blank(c)), None)
        if stray is not None:
            self._complain(number, "", "cell-without-header", stray)
        before = len(self.problems)
        values = {} if stray is not None else self._values(number, cells)
        values |= self.vouched
        key = self._key(cells, values)
        if key is None:
            into.unsure |= stray is not None
            return
        if key in into.keys:
            file, first = into.keys[key]
            facts = (("first_file", file), ("first_row", str(first)))
            self._complain(number, self.sheet.table.key[0], "row-twice", "/".join(map(str, key)), facts)
            return
        into.keys[key] = (self.sheet.file, number)
        if self.complete and len(self.problems) == before:
            self._keep(number, key, values, into)
        else:
            half = self.sheet.table.row.model_construct(None, **values)
            into.loose.append(Placed(half, self.sheet.file, number, self.headers))

    def _worth(self, column: Column) -> Decimal:
        try:
            return worth(column, self.headers[column.field], self.sheet.unit)
        except BadCellError as bad:
            self._complain(self.sheet.header_row, column.field, bad.what, self.headers[column.field], bad.facts)
            return ONE

    def _values(self, number: int, cells: Sequence[Cell]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for (at, column), memory, by in zip(self.places, self.memory, self.worth, strict=True):
            cell = cells[at] if at < len(cells) else None
            if is_blank(cell):
                if column.required and not (self.fair_days.at and column.field in DERIVED):
                    self._complain(number, column.field, "value-missing", "")
                continue
            known = (type(cell), cell)
            if known not in memory:
                try:
                    memory[known] = (
                        self.dates.day(at, cell, number) if column.parse is day else _understood(column, cell, by)
                    )
                except BadCellError as bad:
                    memory[known] = bad
            value = memory[known]
            if isinstance(value, Decimal) and is_about(cell):
                self.dates.about.append(number)
            if isinstance(value, BadCellError):
                self._complain(number, column.field, value.what, cell, value.facts)
            elif value is not None or not column.required:
                values[column.field] = value
            else:
                self._complain(number, column.field, "value-missing", cell)
        return self._with_days(number, cells, values) if self.fair_days.at else values

    def _with_days(self, number: int, cells: Sequence[Cell], values: dict[str, Any]) -> dict[str, Any]:
        """With the days of a fair, and the year and status that they say where the sheet does not."""
        is_sound = len(self.problems)
        try:
            days = self.fair_days.values(number, cells, values.get("year"), has_status="status" in values)
        except DaysCellError as bad:
            self._complain(number, bad.column, bad.why.what, bad.cell, bad.why.facts)
            days = {}
        at = {column.field: place for place, column in self.places}
        for name in DERIVED:
            blank = name not in at or at[name] >= len(cells) or is_blank(cells[at[name]])
            if blank and name not in days and self.complete and len(self.problems) == is_sound:
                self._complain(number, name, "value-missing", "")
        return {**values, **days}

    def _key(self, cells: Sequence[Cell], values: Mapping[str, Any]) -> Key | None:
        """The key of a row, None if a part of it is missing or not understood."""
        fields = self.sheet.table.row.model_fields
        at = {column.field: place for place, column in self.places}
        key = []
        for name in self.sheet.table.key:
            blank = name not in at or at[name] >= len(cells) or is_blank(cells[at[name]])
            if name in values:
                key.append(values[name])
            elif blank and not fields[name].is_required():
                key.append(fields[name].default)
            else:
                return None
        return tuple(key)

    def _keep(self, number: int, key: Key, values: Mapping[str, Any], into: TableRead) -> None:
        try:
            into.rows[key] = Placed(self.sheet.table.row(**values), self.sheet.file, number, self.headers)
        except ValidationError as error:
            for found in error.errors():
                name = str(found["loc"][0]) if found["loc"] else ""
                self._complain(number, name, "not-valid", str(found["input"]))

    def _complain(self, number: int, name: str, what: str, cell: Cell, facts: tuple[tuple[str, str], ...] = ()) -> None:
        column = self.headers.get(name, name)
        told = dict(facts)
        value = told.pop("value", None) or shown(cell)
        self.problems.append(Problem(self.sheet.file, number, column, what, value, tuple(sorted(told.items()))))


def _over(own: Placed, shared: Placed) -> Placed:
    kept = {name: getattr(shared.row, name) for name in type(own.row).model_fields if name not in own.headers}
    return replace(own, row=own.row.model_copy(update=kept))


def merged(table: Table, own: TableRead, shared: TableRead) -> TableRead:
    """A programme's rows over those of the reference (same key: the programme's counts), sorted by key.

    A column that the programme's table does not have at all keeps what the reference says; an empty cell says "nothing".
    """
    over = {key: _over(placed, shared.rows[key]) for key, placed in own.rows.items() if key in shared.rows}
    rows = {**shared.rows, **own.rows, **over}
    loose = [placed for placed in shared.loose if _key_of(table, placed) not in own.keys]
    # A programme's row that is not good still stands for the reference row that it was to replace.
    good = {key: rows[key] for key in sorted(rows) if key in own.rows or key not in own.keys}
    return TableRead(good, loose + own.loose, {**shared.keys, **own.keys}, own.unsure or shared.unsure)


def _key_of(table: Table, placed: Placed) -> Key:
    return tuple(getattr(placed.row, name, None) for name in table.key)


def _understood(column: Column, cell: Cell, by: Decimal = ONE) -> Any:
    """The value of a cell within the column's bounds; several values none of which is there count as missing."""
    value = scaled(column.parse(cell), cell, by)
    if column.many and column.required and not value:
        raise BadCellError("value-missing")
    if isinstance(value, bool) or not isinstance(column.low if column.low is not None else column.high, float | int):
        return value
    if column.low is not None and value < column.low:
        raise BadCellError("too-small", limit=f"{column.low:g}")
    if column.high is not None and value > column.high:
        share = share_meant(value, column.high)
        raise BadCellError("too-big-share" if share else "too-big", limit=f"{column.high:g}", **share)
    return value
