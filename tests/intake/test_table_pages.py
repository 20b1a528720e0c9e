"""Tables of a programme as offices keep them: which table a sheet is, its unit of money, and what check tells of what was left out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import read_programme
from fairplanner.intake.columns import columns_of
from fairplanner.intake.sheet import Found
from fairplanner.intake.table_pages import take_pages
from fairplanner.report import report
from tests.intake.sheets.making import OLD, page
from tests.programmes.broken_table import BASE, FIRMS, book


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in BASE.items():
        if name != "firms.csv":
            (tmp_path / name).write_text(str(content), encoding="utf-8")
    return tmp_path


def read(folder: Path) -> tuple[Programme, list[str]]:
    told: list[Problem] = []
    programme = read_programme(folder, told=told)
    assert len(report(told, "zh")) == len(report(told, "en"))
    return programme, [p.what for p in told]


def whats(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder)
    return [p.what for p in caught.value.problems]


def messy() -> Workbook:
    """Title, unit, header of two rows, a merged zone, a filtered row, a total, instructions, signatures."""
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Sheet1"
    for row in (
        ["2027年示例企业汇总表"],
        ["填报单位：示例", *[None] * 6, "单位：万元"],
        ["序号", "企业信息", None, "所属地区", "行业", "经营情况", None, "来源", "可信度"],
        [None, "统一社会信用代码", "＊企业名称", None, None, "自有预算", "营业收入（元）"],
        [1, "F1", "示例企业1", "gz-p-zunyi", "guitar", 12.5, 3000000, "示例", "sample"],
        [2, "F2", "示例企业2", None, "tea", 1, 100, "示例", "sample"],
        ["合  计", None, None, None, None, 13.5],
        [3],
        ["填表说明：1.请如实填写"],
        ["2.第二条"],
        ["填表人：", None, "审核人："],
    ):
        sheet.append(row)
    for area in ("A1:I1", "A3:A4", "B3:C3", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:I4", "D5:D6", "A9:I9"):
        sheet.merge_cells(area)
    sheet.row_dimensions[6].hidden = True
    return made


def test_a_sheet_with_everything_at_once_reads_as_the_plain_table(folder: Path):
    made = messy()
    made.create_sheet("下拉").append(["x"])
    made["下拉"].sheet_state = "hidden"
    made.save(folder / "汇总表.xlsx")
    programme, told = read(folder)
    one, two = programme.firms
    assert (one.firm_id, one.own_money, one.turnover) == ("F1", Decimal(125_000), Decimal(3_000_000))
    assert (two.firm_id, two.name_zh, two.zone_id, two.own_money) == ("F2", "示例企业2", "gz-p-zunyi", Decimal(10_000))
    assert sorted(told) == ["told-asides", "told-header", "told-hidden", "told-hidden-sheet", "told-named", "told-unit"]


def test_problems_name_the_cell_of_a_sheet_with_titles(folder: Path):
    made = messy()
    made.active["E6"] = "teaa"
    made.active["F5"] = "很多"
    made.save(folder / "汇总表.xlsx")
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder)
    assert [(p.file, p.row, p.column, p.what) for p in caught.value.problems] == [
        ("汇总表.xlsx[Sheet1]", 5, "自有预算", "number"),
        ("汇总表.xlsx[Sheet1]", 6, "行业", "reference-unknown-near"),
    ]


def test_an_xls_is_read_and_only_its_sheet_that_is_no_table_is_told(folder: Path):
    (folder / "名单.xls").write_bytes(OLD.read_bytes())
    assert whats(folder) == ["sheet-unknown"], "of its sheets one is of firms, one hidden, and one of dates is no table"


def test_a_csv_may_have_a_title_and_a_total(folder: Path):
    (folder / "firms.csv").write_text(f"企业名单,,,,,\n{FIRMS}合计,2,,,,\n", encoding="gb18030")
    programme, told = read(folder)
    assert [f.firm_id for f in programme.firms] == ["F1", "F2"]
    assert told == ["told-header", "told-asides"]


def test_a_csv_of_any_name_is_the_one_table_its_headers_fit(folder: Path):
    (folder / "附件2.csv").write_text(FIRMS, encoding="utf-8")
    programme, told = read(folder)
    assert len(programme.firms) == 2
    assert told == ["told-named"]


def test_a_sheet_that_lacks_a_column_fits_no_table(folder: Path):
    (folder / "firms.csv").write_text(FIRMS, encoding="utf-8")
    header = ["zone_id", "name_zh", "source", "confidence"]
    (folder / "x.xlsx").write_bytes(book(Wxyz=[header, ["a", "b", "c", "sample"]]))
    assert whats(folder) == ["sheet-unknown"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_headers_of_every_table_fit_that_table_and_no_other(lang: str):
    for table in TABLES:
        headers = [getattr(column.doc, lang) for column in columns_of(table).values()]
        must = [getattr(column.doc, lang) for column in columns_of(table).values() if column.required]
        for given in (headers, must):
            found = Found()
            take_pages([page(given, ["x"] * len(given))], "b.xlsx", "附件", found)
            assert [sheet.table for sheet in found.sheets] == [table], (table.name, found.problems)


def test_two_tables_on_one_sheet_are_refused_with_the_row(folder: Path):
    rows = [line.split(",") for line in FIRMS.splitlines()]
    (folder / "firms.xlsx").write_bytes(book(企业=[*rows, [], ["firm_id", "phase_id", "section_id"], ["F1", "p", "s"]]))
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder)
    assert [(p.row, p.what) for p in caught.value.problems] == [(5, "sheet-two-tables")]


def test_a_header_in_another_currency_than_the_column_is_refused(folder: Path):
    text = FIRMS.replace("confidence", "confidence,自有预算（万美元）").replace("sample\n", "sample,1\n")
    (folder / "firms.csv").write_text(text, encoding="utf-8")
    assert set(whats(folder)) == {"unit-other"}


def test_a_table_that_is_open_elsewhere_is_read_as_it_was_saved_and_that_is_told(folder: Path):
    (folder / "firms.csv").write_text(FIRMS, encoding="utf-8")
    (folder / ".~lock.firms.csv#").write_text("", encoding="utf-8")
    assert read(folder)[1] == ["told-open"]


def test_a_workbook_of_choices_in_the_folder_is_passed_over_and_told(folder: Path):
    (folder / "firms.csv").write_text(FIRMS, encoding="utf-8")
    (folder / "修改表.xlsx").write_bytes(
        book(企业参展安排=[["places", "goes"], ["F1", "是"]], _fairplanner=[["fairplanner", "choices"]])
    )
    assert read(folder)[1] == ["told-choices"]


def test_a_page_of_blanks_is_no_page(folder: Path):
    rows = [line.split(",") for line in FIRMS.splitlines()]
    (folder / "名单.xlsx").write_bytes(book(企业=rows, Sheet2=[[None, "  "]], Sheet3=[["\u3000"]]))
    assert read(folder)[1] == []


def test_a_list_without_source_and_confidence_is_its_own_source_and_that_is_told(folder: Path):
    (folder / "示例县.csv").write_text(
        "企业编号,企业名称,地区编号\nF1,示例企业1,gz-p-zunyi\nF2,示例企业2,gz-p-guiyang\n", encoding="utf-8"
    )
    programme, told = read(folder)
    assert {(f.source, f.confidence) for f in programme.firms} == {("示例县.csv", "user")}
    assert sorted(told) == ["told-named", "told-vouched-confidence", "told-vouched-source"]


def test_a_cell_that_is_blank_under_a_header_of_its_own_is_still_asked_for(folder: Path):
    (folder / "firms.csv").write_text(FIRMS.replace("示例,sample", ",sample"), encoding="utf-8")
    assert whats(folder) == ["value-missing", "value-missing"]


def test_holidays_need_no_more_than_the_notice_says(folder: Path):
    (folder / "firms.csv").write_text(FIRMS, encoding="utf-8")
    (folder / "holidays.csv").write_text("日期,放假/上班,来源\n2025年1月1日,放假,示例通知\n", encoding="utf-8")
    (own,) = (h for h in read(folder)[0].holidays if h.source == "示例通知")
    assert (own.work, own.confidence) == (False, "user")


def test_the_shared_reference_says_where_all_of_it_is_from(folder: Path, tmp_path: Path):
    reference = tmp_path / "reference"
    reference.mkdir()
    (reference / "sectors.csv").write_text("行业编号,行业,英文名称\ntea,茶叶,tea\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder, reference)
    assert {"source", "confidence"} <= {p.column for p in caught.value.problems if p.what == "column-missing"}
