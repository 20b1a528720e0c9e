"""The reference catalogue as rows, read without the intake room."""

from __future__ import annotations

import csv
import functools
import typing
from pathlib import Path

from fairplanner.domain.columns import Row
from fairplanner.domain.tables import TABLES, Table

REFERENCE = Path(__file__).resolve().parents[2] / "catalogs" / "reference"
SHARED = tuple(table for table in TABLES if table.shared)


def is_tuple(row_type: type[Row], name: str) -> bool:
    return typing.get_origin(row_type.model_fields[name].annotation) is tuple


def cells(table: Table) -> list[dict[str, str]]:
    """Rows as they stand in the file."""
    with (REFERENCE / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row_of(table: Table, raw: dict[str, str]) -> Row:
    """One typed row; blank cells take the default, tuple cells are split at semicolons."""
    filled = {name: value for name, value in raw.items() if value}
    return table.row(**{k: tuple(v.split(";")) if is_tuple(table.row, k) else v for k, v in filled.items()})


@functools.cache
def rows(name: str) -> tuple[typing.Any, ...]:
    """All typed rows of a shared table."""
    table = next(t for t in SHARED if t.name == name)
    return tuple(row_of(table, raw) for raw in cells(table))


@functools.cache
def by_id(name: str) -> dict[str, typing.Any]:
    """Typed rows of a table with a one-column key, by that key."""
    table = next(t for t in SHARED if t.name == name)
    return {getattr(row, table.key[0]): row for row in rows(name)}
