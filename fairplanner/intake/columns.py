"""The columns of a table as the reader sees them: headers it answers to, and how its cells are understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, get_args, get_origin

from fairplanner.domain.columns import ColumnDoc, column_docs
from fairplanner.domain.tables import TABLES, Table
from fairplanner.intake import cells
from fairplanner.intake.lists import listed
from fairplanner.intake.money_cells import MONEY, currency_named, money
from fairplanner.intake.sheet import Cell, bare, plain
from fairplanner.words import languages, words

# What the domain leaves open and no place on earth or no calendar admits.
_BOUNDS: dict[tuple[str, str], tuple[float, float]] = {
    ("places", "lat"): (-90, 90),
    ("places", "lon"): (-180, 180),
    ("phases", "move_in_days"): (0, 60),
    ("phases", "move_out_days"): (0, 60),
    ("phases", "phase"): (1, 99),
    ("phases", "year"): (cells.FIRST_YEAR, cells.LAST_YEAR),
    ("sections", "phase"): (1, 99),
    ("memberships", "year"): (cells.FIRST_YEAR, cells.LAST_YEAR),
    ("rates", "rate"): (1e-9, 1e9),
}


_OWN: dict[tuple[str, str], cells.Parse] = {
    ("phases", "year"): cells.year_number,
    ("memberships", "year"): cells.year_number,
    ("holidays", "work"): cells.worked,
}
"""Columns with words of their own."""
_FIRM_IDS = {("firms", "firm_id"), ("related", "related_id")}
DAYS = "days"
"""What `field_of` says of a column of phases that holds both days of a fair; no field of the row."""
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")


@dataclass(frozen=True)
class Column:
    """One column: its documentation, whether it must be there, its bounds (both included; None: none) and its reader."""

    field: str
    doc: ColumnDoc
    required: bool
    low: float | None
    high: float | None
    parse: cells.Parse
    listed: tuple[str, tuple[str, ...], bool] | None = None
    many: bool = False


@lru_cache
def columns_of(table: Table) -> Mapping[str, Column]:
    """Columns of a table by field name, in order."""
    return {field: _column(table, field, doc) for field, doc in column_docs(table.row).items()}


@lru_cache
def headers_of(table: Table) -> Mapping[str, str]:
    """Every header that the table answers to, plain, with its field: field name, Chinese and English header."""
    known: dict[str, str] = {}
    for field, column in columns_of(table).items():
        known |= {plain(header): field for header in (column.doc.zh, column.doc.en, field)}
    return known


@lru_cache
def also_of(table: Table) -> Mapping[str, str]:
    """What else people call a column (`sheets_in.also.<table>.<field>`), bare of punctuation, with its field."""
    known = {bare(header): field for header, field in headers_of(table).items()}
    for lang in languages():
        w = words(lang)
        for field in columns_of(table):
            key = f"sheets_in.also.{table.name}.{field}"
            for name in w(key).split("|") if key in w else ():
                known.setdefault(bare(name), field)
        if table.name == "phases":
            known |= {bare(name): DAYS for name in w("cells_in.days").split("|") if bare(name) not in known}
    return known


@lru_cache(maxsize=50_000)
def field_of(table: Table, header: str) -> str:
    """The field of a table that a header names, also by another name or with a unit in brackets; '' where it names none."""
    return (
        headers_of(table).get(plain(header))
        or also_of(table).get(bare(header))
        or also_of(table).get(bare(_BRACKETS.sub("", header)))
        or ""
    )


@lru_cache
def keys_referred() -> Mapping[str, str]:
    """Tables that others refer to, with their one key column."""
    referred = {c.doc.refers_to for table in TABLES for c in columns_of(table).values() if c.doc.refers_to}
    return {table.name: table.key[0] for table in TABLES if table.name in referred}


def _column(table: Table, field: str, doc: ColumnDoc) -> Column:
    info = table.row.model_fields[field]
    kind, many = _inner(info.annotation)
    closed = listed(table.name, field, kind)
    coded = bool(doc.refers_to) or field in table.key or closed is not None
    is_firm = doc.refers_to == "firms" or (table.name, field) in _FIRM_IDS
    own = cells.firm_code if is_firm else _OWN.get((table.name, field))
    if kind is Decimal and doc.unit in MONEY:
        own = money(doc.unit)
    one = own or (cells.one_of(closed[0], closed[1], closed=closed[2]) if closed else _reader(field, kind, coded))
    low, high = _BOUNDS.get((table.name, field), _declared(info.metadata))
    parse = cells.several(one, coded=coded) if many else one
    return Column(field, doc, info.is_required(), low, high, parse, closed, many)


def _inner(annotation: Any) -> tuple[Any, bool]:
    """The type of one value, and whether a cell holds several."""
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0], True
    parts = [a for a in get_args(annotation) if a is not type(None)]
    if type(None) in get_args(annotation) and len(parts) == 1:
        return parts[0], False
    return annotation, False


def _reader(field: str, kind: Any, coded: bool) -> cells.Parse:
    if kind is str:
        return currency if field == "currency" else cells.code if coded else cells.words_of
    if field == "founded":
        return cells.past_day
    readers: dict[Any, cells.Parse] = {
        int: cells.whole,
        float: cells.real,
        Decimal: cells.decimal,
        bool: cells.yes_no,
        date: cells.day,
    }
    return readers[kind]


def currency(cell: Cell) -> str:
    """A currency by its code or its name (美元)."""
    return (currency_named(cell) if isinstance(cell, str) else "") or cells.currency(cell)


def _declared(metadata: list[Any]) -> tuple[float | None, float | None]:
    low = next((float(m.ge) for m in metadata if getattr(m, "ge", None) is not None), None)
    high = next((float(m.le) for m in metadata if getattr(m, "le", None) is not None), None)
    return low, high
