"""A made-up table of rates, in the shapes in which such tables come."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from fairplanner.domain.money import Stay
from fairplanner.errors import CatalogueError
from fairplanner.intake import read_programme
from fairplanner.intake.tariff import TariffImport, import_tariff
from fairplanner.intake.tariff_table import folded, read_tariff

HEADINGS = ["序号", "国家（地区）", "城市", "币种", "住宿费（每人每天）", "伙食费", "公杂费"]
ROWS = [
    ["一、亚洲", "", "", "", "", "", ""],
    ["1", "新加坡", "", "美元", "221", "56", "41"],
    ["2", "香港", "", "港币", "1,901", "501", "301"],
    ["二、欧美", "", "", "", "", "", ""],
    ["3", "俄罗斯", "莫斯科", "USD", "286", "46", "41"],
    ["", "", "叶卡捷琳堡、圣彼得堡", "USD", "171", "46", "41"],
    ["4", "美国", "洛杉矶", "USD", "251", "56", "46"],
    ["", "", "其他城市", "USD", "201", "56", "46"],
    ["5", "某国", "", "USD", "1", "1", "1"],
]
SETTINGS = """\
id = "t"
name_zh = "测试"
name_en = "Test"
root = "gz"
window_from = 2027-01-01
window_to = 2027-12-31
as_of = 2026-11-22
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "programme"
    made.mkdir()
    (made / "programme.toml").write_text(SETTINGS, encoding="utf-8")
    return made


def table(tmp_path: Path, rows: list[list[str]], name: str = "rates.csv") -> Path:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path = tmp_path / name
    path.write_text(out.getvalue(), encoding="gb18030")
    return path


def workbook(tmp_path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.save(tmp_path / "rates.xlsx")
    return tmp_path / "rates.xlsx"


def taken(made: TariffImport) -> dict[str, tuple[int, Decimal, str, bool]]:
    return {m.place.place_id: (m.row.number, m.row.lodging, m.row.currency, m.named) for m in made.matches}


WANTED = {
    "anaheim": (9, Decimal(201), "USD", False),
    "hongkong": (4, Decimal(1901), "HKD", False),
    "singapore": (3, Decimal(221), "USD", False),
    "yekaterinburg": (7, Decimal(171), "USD", True),
}


def test_a_place_takes_the_row_that_says_most_about_it(tmp_path: Path, folder: Path) -> None:
    made = import_tariff(table(tmp_path, [HEADINGS, *ROWS]), folder)
    assert taken(made) == WANTED
    assert "beijing" in {place.place_id for place in made.missing}
    assert made.rates == ("HKD", "USD")


def test_a_workbook_with_a_title_above_its_headings_reads_the_same(tmp_path: Path, folder: Path) -> None:
    made = import_tariff(workbook(tmp_path, [["各国家和地区标准表"], HEADINGS, *ROWS]), folder)
    assert {k: v[1:] for k, v in taken(made).items()} == {k: v[1:] for k, v in WANTED.items()}


def test_english_headings_and_names_are_understood(tmp_path: Path, folder: Path) -> None:
    heads = ["Country or region", "Cities", "Currency", "Lodging (per day)", "Meals", "Incidentals"]
    rows = [["Singapore", "", "USD", "220", "55", "40"], ["United States", "Other cities", "USD", "200", "55", "45"]]
    assert set(taken(import_tariff(table(tmp_path, [heads, *rows]), folder))) == {"singapore", "anaheim"}


def test_what_is_written_is_read_again_and_names_its_row(tmp_path: Path, folder: Path) -> None:
    made = import_tariff(table(tmp_path, [HEADINGS, *ROWS]), folder)
    (folder / "stays.csv").write_bytes(made.content)
    rows = {row.place_id: row for row in read_programme(folder).stays}
    row: Stay = rows["hongkong"]
    assert (row.lodging, row.meals, row.currency) == (1901, 501, "HKD")
    assert (row.note, row.source) == ("中国香港", "rates.csv 第 4 行")
    assert rows["anaheim"].note == "美国：其他城市"
    assert rows["dalian"].peak_lodging == 420  # of the reference, as before


def test_rates_that_stand_already_are_replaced_only_when_asked_and_others_are_kept(
    tmp_path: Path, folder: Path
) -> None:
    own = "place_id,lodging,meals,incidentals,source,confidence\nsingapore,1,1,1,x,user\nbeijing,2,2,2,x,user\n"
    (folder / "stays.csv").write_text(own, encoding="utf-8")
    file = table(tmp_path, [HEADINGS, *ROWS])
    with pytest.raises(CatalogueError) as refused:
        import_tariff(file, folder)
    assert [(p.file, p.what, p.value) for p in refused.value.problems] == [("stays.csv", "tariff-exists", "2")]
    made = import_tariff(file, folder, replace=True)
    assert made.kept == 1
    (folder / "stays.csv").write_bytes(made.content)
    rows = {row.place_id: row for row in read_programme(folder).stays}
    assert (rows["singapore"].lodging, rows["beijing"].lodging) == (221, 2)


def test_an_empty_stays_file_of_a_new_programme_is_no_hindrance(tmp_path: Path, folder: Path) -> None:
    (folder / "stays.csv").write_text("place_id,lodging,meals,incidentals,source,confidence\n", encoding="utf-8")
    assert len(import_tariff(table(tmp_path, [HEADINGS, *ROWS]), folder).matches) == 4


def test_every_problem_is_told_at_once(tmp_path: Path, folder: Path) -> None:
    rows = [
        ["1", "新加坡", "", "美刀", "220", "多", "40"],
        ["2", "美国", "其他城市", "USD", "200", "-1", ""],
        ["3", "俄罗斯", "", "USD", "1", "1", "1"],
        ["4", "俄罗斯", "", "USD", "2", "1", "1"],
    ]
    with pytest.raises(CatalogueError) as refused:
        import_tariff(table(tmp_path, [HEADINGS, *rows]), folder)
    assert [(p.row, p.column, p.what) for p in refused.value.problems] == [
        (2, "伙食费", "number"),
        (2, "币种", "currency-code"),
        (3, "伙食费", "too-small"),
        (3, "公杂费", "value-missing"),
        (5, "国家（地区）", "tariff-twice"),
    ]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([["a", "b"], ["1", "2"]], "tariff-headings"),
        ([["国家", "币种", "住宿费", "伙食费"], ["新加坡", "USD", "1", "1"]], "tariff-heading"),
        ([HEADINGS, ["1", "某国", "", "USD", "1", "1", "1"]], "tariff-none"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path: Path, folder: Path, rows: list[list[str]], what: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        import_tariff(table(tmp_path, rows), folder)
    assert [p.what for p in refused.value.problems] == [what]


def test_files_that_are_no_tables_are_refused(tmp_path: Path) -> None:
    (tmp_path / "old.et").write_bytes(b"x")
    (tmp_path / "broken.xlsx").write_bytes(b"x")
    (tmp_path / "empty.csv").write_bytes(b"")
    found = {}
    for name in ("old.et", "broken.xlsx", "empty.csv", "none.csv"):
        problems: list = []
        assert read_tariff(tmp_path / name, problems) == []
        found[name] = [p.what for p in problems]
    assert found == {
        "old.et": ["format-old"],
        "broken.xlsx": ["xlsx-broken"],
        "empty.csv": ["file-empty"],
        "none.csv": ["file-closed"],
    }


def test_rates_in_a_workbook_of_the_programme_are_not_contradicted(tmp_path: Path, folder: Path) -> None:
    book = Workbook()
    book.active.title = "stays"
    for row in (
        ["place_id", "lodging", "meals", "incidentals", "source", "confidence"],
        ["singapore", 1, 1, 1, "x", "user"],
    ):
        book.active.append(row)
    book.save(folder / "programme.xlsx")
    with pytest.raises(CatalogueError) as refused:
        import_tariff(table(tmp_path, [HEADINGS, *ROWS]), folder)
    assert [(p.file, p.row, p.what, p.value) for p in refused.value.problems] == [
        ("programme.xlsx[stays]", 2, "tariff-elsewhere", "singapore")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中国香港", "香港"),
        ("Hong Kong, China", "hong kong"),
        ("香港特别行政区", "香港"),
        ("青岛市", "青岛"),
        ("中国", "中国"),
    ],
)
def test_names_are_compared_without_what_makes_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_brackets_tell_countries_apart() -> None:
    assert folded("刚果（布）") != folded("刚果（金）")
