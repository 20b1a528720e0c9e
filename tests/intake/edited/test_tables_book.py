"""A programme's tables as a workbook: read again it is the same programme, whatever its cells hold."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import OutputError
from fairplanner.intake import read_programme
from fairplanner.intake.describe import title_of
from fairplanner.intake.edited.own_tables import own_tables
from fairplanner.intake.edited.tables_book import LONGEST_CELL, table_page, tables_book
from fairplanner.words import words
from tests import builders as b
from tests.intake.test_round_trip import read_back, rows_of

ROOT = Path(__file__).parents[3]
SHIPPED = ("catalogs/guizhou-2025", "catalogs/guizhou-2027", "catalogs/guangdong-2014", "tests/programmes/busy")
TINY = ROOT / "tests/programmes/tiny"
FEW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def written(table: Table, rows: list[dict[str, Any]], lang: str) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    table_page(book.create_sheet(title_of(table, lang)), table, [table.row(**row) for row in rows], words(lang))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def assert_same(table: Table, rows: list[dict[str, Any]], lang: str) -> None:
    assert read_back(table, "book.xlsx", written(table, rows, lang)) == [table.row(**row) for row in rows]


TABLE = st.sampled_from(TABLES)


@settings(FEW, max_examples=30)
@given(data=st.data(), table=TABLE, lang=st.sampled_from(["zh", "en"]))
def test_rows_of_any_table_are_read_as_they_were(data: st.DataObject, table: Table, lang: str) -> None:
    assert_same(table, data.draw(rows_of(table)), lang)


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES, ids=[t.name for t in TABLES])
@settings(FEW, max_examples=40)
@given(data=st.data(), lang=st.sampled_from(["zh", "en"]))
def test_rows_of_every_table_are_read_as_they_were(table: Table, data: st.DataObject, lang: str) -> None:
    assert_same(table, data.draw(rows_of(table)), lang)


SURE = {"source": "tests", "confidence": "sample"}
FIRMS = next(t for t in TABLES if t.name == "firms")


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+8613",
        "'quoted",
        "_x0041_",
        "2025-04-15",
        "1.50",
        "001",
        "a\nb",
        "a;b、c",
        "合计",
        "-",
        "＠",
        "<&>",
        "𠮷野",
        "1E5",
    ],
)
def test_texts_that_programs_like_to_take_for_something_else(name: str) -> None:
    assert_same(FIRMS, [{"firm_id": "f-1", "name_zh": name, "zone_id": "z", "tags": ("a", "b"), **SURE}], "zh")


@pytest.mark.parametrize("number", ["0.1", "123456789012.34", "3333.33", "0.01"])
def test_amounts_stay_exact(number: str) -> None:
    from decimal import Decimal

    assert_same(FIRMS, [{"firm_id": "f", "name_zh": "f", "zone_id": "z", "own_money": Decimal(number), **SURE}], "en")


@pytest.mark.parametrize("code", ["911101010000000000", "123456789012345678", "0012", "1.23"])
def test_a_code_stays_a_text(code: str) -> None:
    from openpyxl.utils import get_column_letter

    content = written(FIRMS, [{"firm_id": "f", "name_zh": "f", "zone_id": code, **SURE}], "zh")
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    at = next(c.column for c in sheet[1] if c.value == "地区编号")
    assert (sheet.cell(2, at).value, sheet.cell(2, at).data_type, sheet.cell(2, at).number_format) == (code, "s", "@")
    # what is typed below stays a text as well
    assert sheet.column_dimensions[get_column_letter(at)].number_format == "@"


def again(folder: Path, lang: str, to: Path) -> tuple[Programme, Programme]:
    """A programme, and what is read of its workbook beside its settings."""
    programme = read_programme(folder)
    for path in (folder / "programme.toml", *(folder / "packs").glob("*.toml")):
        copy = to / path.relative_to(folder)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (to / "tables.xlsx").write_bytes(tables_book(programme, own_tables(folder, programme), words(lang)))
    return programme, read_programme(to)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_programme_is_the_same_again(tmp_path: Path, lang: str) -> None:
    before, after = again(TINY, lang, tmp_path)
    assert after.digest == before.digest


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("folder", SHIPPED)
def test_every_shipped_programme_is_the_same_again(tmp_path: Path, folder: str, lang: str) -> None:
    before, after = again(ROOT / folder, lang, tmp_path)
    assert after.digest == before.digest


@pytest.mark.slow
def test_the_largest_shipped_programme_is_the_same_again(tmp_path: Path) -> None:
    before, after = again(ROOT / "catalogs/guizhou-2025", "zh", tmp_path)
    assert after.digest == before.digest


NAMES = st.text("茶吉他 ab,;；、“\"'=+-（）\n1", min_size=1, max_size=10).map(str.strip).filter(bool)
OWN = st.fixed_dictionaries(
    {"name_zh": NAMES.map(lambda t: f"示例{t}"), "note": NAMES, "own_money": st.integers(0, 10**9).map(lambda n: f"{n / 100:.2f}")}
)  # fmt: skip


@settings(FEW, max_examples=5)
@given(st.lists(OWN, min_size=1, max_size=5))
def test_random_programmes_are_the_same_again(firms: list[dict[str, str]]) -> None:
    from tests.intake.test_round_trip import csv_bytes

    rows = [{"firm_id": f"x{n}", "zone_id": "te", **SURE, **own} for n, own in enumerate(firms)]
    with tempfile.TemporaryDirectory() as name:
        old, new = Path(name) / "old", Path(name) / "new"
        old.mkdir()
        new.mkdir()
        for path in TINY.iterdir():
            if path.name not in ("applications.csv", "firms.csv") and path.is_file():
                (old / path.name).write_bytes(path.read_bytes())
        (old / "firms.csv").write_text(csv_bytes(list(rows[0]), rows, str, ","), encoding="utf-8")
        before, after = again(old, "zh", new)
    assert len(before.firms) == len(rows)
    assert after.digest == before.digest


def test_the_same_tables_give_the_same_bytes() -> None:
    programme = read_programme(TINY)
    own = own_tables(TINY, programme)
    assert tables_book(programme, own, words("zh")) == tables_book(programme, own, words("zh"))


def test_a_text_that_no_spreadsheet_holds_is_refused() -> None:
    programme = b.a_programme()
    own = {t.name: () for t in TABLES} | {"firms": (b.firm("f1", note="字" * (LONGEST_CELL + 1)),)}
    with pytest.raises(OutputError) as caught:
        tables_book(programme, own, words("zh"))
    assert [(p.what, p.column) for p in caught.value.problems] == [("cell-long", "备注")]


def test_closed_lists_have_drop_downs_and_empty_tables_their_headers() -> None:
    programme = read_programme(TINY)
    book = load_workbook(io.BytesIO(tables_book(programme, own_tables(TINY, programme), words("zh"))))
    assert set(book.sheetnames) >= {"说明", "企业", "报名", "人工决定", "展期"}
    # of the reference only what the programme has of its own
    assert "国家（地区）" not in book.sheetnames
    lists = [v.formula1 for v in book["报名"].data_validations.dataValidation]
    assert '"希望,可接受,不参加"' in lists
    assert book["人工决定"].max_row == 1
