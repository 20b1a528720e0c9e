"""Rows written as CSV in any encoding, or as XLSX, are read back as they were; bytes of any kind never crash the reader."""

from __future__ import annotations

import csv
import io
import string
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import Problem, UserError
from fairplanner.intake import read_plan, read_programme
from fairplanner.intake.columns import Column, columns_of
from fairplanner.intake.files import read_files
from fairplanner.intake.lists import shown
from fairplanner.intake.rows import TableRead, read_sheet
from fairplanner.intake.sheets.asides import may_be_aside
from fairplanner.report import report
from tests.programmes.broken_table import BASE

CODES = st.text(string.ascii_letters + string.digits + "-_.茶吉他", min_size=1, max_size=8).filter(
    lambda t: not t.isdigit() and not may_be_aside([t])  # a place called TOTAL adds up a sheet
)
TEXTS = st.text("abc XYZ,;\"'|茶吉他（）、；，“”·—\n", min_size=1, max_size=12).map(str.strip).filter(bool)


def values_of(column: Column, table: Table) -> st.SearchStrategy[Any]:
    """Values that the column admits, as they stand in a row."""
    whole = table.row.model_fields[column.field].annotation == tuple[int, ...]
    one = st.integers(1, 12) if whole else _one(column, table)
    if not column.many:
        return one
    parts = st.lists(one, min_size=1, max_size=3, unique=True).map(tuple)
    return parts.filter(lambda p: not any(mark in str(v) for v in p for mark in ",;，；、\n"))


def _one(column: Column, table: Table) -> st.SearchStrategy[Any]:
    if column.listed and column.listed[2]:
        return st.sampled_from(column.listed[1])
    kind = {
        "yes_no": st.booleans(),
        "day": st.dates(date(1990, 1, 1), date(2100, 12, 31)),
        "past_day": st.dates(date(1901, 1, 1), date(2100, 12, 31)),
        "currency": st.text(string.ascii_uppercase, min_size=3, max_size=3),
        "whole": st.integers(_low(column, 0), _high(column, 10**6)),
        "real": st.integers(int(_low(column, 0)) * 8, int(_high(column, 1000)) * 8).map(lambda n: n / 8),
        "decimal": st.integers(1, 10**8).map(lambda n: Decimal(n) / 100),
        "amount": st.integers(1, 10**8).map(lambda n: Decimal(n) / 100),
        "year_number": st.integers(_low(column, 0), _high(column, 10**6)),
        "worked": st.booleans(),
        "code": CODES,
        "firm_code": CODES,
    }
    return kind.get(getattr(column.parse, "__name__", ""), CODES if column.doc.refers_to else TEXTS)


def _low(column: Column, default: int) -> int:
    return default if column.low is None else int(column.low)


def _high(column: Column, default: int) -> int:
    return default if column.high is None else int(column.high)


def rows_of(table: Table) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of a table with different keys; optional columns may be blank (not there)."""
    columns = columns_of(table)
    must = {f: values_of(c, table) for f, c in columns.items() if c.required}
    may = {f: values_of(c, table) for f, c in columns.items() if not c.required}
    row = st.fixed_dictionaries(must, optional=may)
    fields = table.row.model_fields
    return st.lists(
        row, min_size=1, max_size=5, unique_by=lambda r: tuple(r.get(k, fields[k].default) for k in table.key)
    )


def cell_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(map(cell_text, value)) + ";"
    return str(value)


def cell_chinese(value: Any) -> str:
    """The same cell as a Chinese user would write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "；".join(map(cell_chinese, value)) + "；"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, StrEnum):
        return shown(type(value).__name__, value, "zh")
    return f"{value:,}" if isinstance(value, Decimal) else str(value)


def csv_bytes(fields: Sequence[str], rows: list[dict[str, Any]], cell: Callable[[Any], str], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(fields)
    writer.writerows([cell(row[f]) if f in row else "" for f in row_fields(rows)] for row in rows)
    return out.getvalue()


def row_fields(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def read_back(table: Table, name: str, content: bytes) -> list[Any]:
    problems: list[Any] = []
    into = TableRead()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        found = read_files([Path(folder) / name])
    problems += found.problems
    for sheet in found.sheets:
        read_sheet(sheet, into, problems)
    assert problems == []
    return [placed.row for placed in into.rows.values()]


EACH_TABLE = pytest.mark.parametrize("table", TABLES, ids=[t.name for t in TABLES])
FORMS = st.sampled_from([("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("utf-16", "\t")])
FEW = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.slow
@EACH_TABLE
@FEW
@given(data=st.data(), form=FORMS)
def test_csv_in_every_encoding_gives_the_same_rows(table: Table, form: tuple[str, str], data: st.DataObject):
    encoding, delimiter = form
    rows = data.draw(rows_of(table))
    english = csv_bytes(row_fields(rows), rows, cell_text, delimiter)
    docs = columns_of(table)
    chinese = csv_bytes([f" {docs[f].doc.zh}" for f in row_fields(rows)], rows, cell_chinese, delimiter)
    wanted = [table.row(**row) for row in rows]
    assert read_back(table, f"{table.name}.csv", english.encode(encoding)) == wanted
    assert read_back(table, f"{table.zh}.csv", chinese.encode(encoding)) == wanted


@EACH_TABLE
@settings(FEW, max_examples=4)
@given(data=st.data())
def test_xlsx_gives_the_same_rows(table: Table, data: st.DataObject):
    assert_same_in_a_workbook(table, data.draw(rows_of(table)))


@pytest.mark.slow
@EACH_TABLE
@settings(FEW, max_examples=40)
@given(data=st.data())
def test_xlsx_gives_the_same_rows_whatever_they_hold(table: Table, data: st.DataObject):
    assert_same_in_a_workbook(table, data.draw(rows_of(table)))


def assert_same_in_a_workbook(table: Table, rows: list[dict[str, Any]]) -> None:
    book = Workbook()
    page = book.active
    page.title = table.zh
    page.append([columns_of(table)[f].doc.en.upper() for f in row_fields(rows)])
    for row in rows:
        cells = [row.get(f) for f in row_fields(rows)]
        page.append([cell_text(c) if isinstance(c, tuple | StrEnum) else c for c in cells])
    out = io.BytesIO()
    book.save(out)
    assert read_back(table, "book.xlsx", out.getvalue()) == [table.row(**row) for row in rows]


def told_of(folder: Path) -> tuple[Problem, ...]:
    try:
        read_programme(folder)
    except UserError as error:
        return error.problems
    return ()


SAMPLE_BOOK = next(iter(Path(__file__).parents[1].glob("programmes/broken/xlsx-cells/*.xlsx"))).read_bytes()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(["firms.csv", "book.xlsx", "programme.toml", "报名.csv"]),
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(str.encode),
        st.tuples(st.sampled_from([str(c).encode() for c in BASE.values()]), st.integers(0, 200), st.binary(max_size=3)).map(lambda t: t[0][: t[1]] + t[2] + t[0][t[1] :]),
        st.tuples(st.integers(0, len(SAMPLE_BOOK)), st.binary(min_size=1, max_size=20)).map(lambda t: SAMPLE_BOOK[: t[0]] + t[1] + SAMPLE_BOOK[t[0] + len(t[1]) :]),
    ),
)  # fmt: skip
def test_bytes_of_any_kind_give_a_programme_or_a_report(name: str, content: bytes):
    with tempfile.TemporaryDirectory() as folder:
        for base, text in BASE.items():
            (Path(folder) / base).write_text(str(text), encoding="utf-8")
        (Path(folder) / name).write_bytes(content)
        told = told_of(Path(folder))
    assert all(report(told, "zh") + report(told, "en"))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    content=st.one_of(
        st.binary(max_size=100), st.from_regex(rb'\{"schema_version": ?[0-9"]+, "revision": [0-9\[\]\-]*\}')
    )
)
def test_bytes_of_any_kind_are_no_plan(content: bytes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.json"
        path.write_bytes(content)
        with pytest.raises(UserError) as caught:
            read_plan(path)
        assert all(report(caught.value.problems, "zh"))
