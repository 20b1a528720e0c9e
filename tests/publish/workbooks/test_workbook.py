from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from fairplanner.publish.press import Press
from fairplanner.publish.workbooks.workbook import plan_workbook
from fairplanner.publish.workbooks.xlsx import HEADER_ROW, NOT_SUMMED, Column, Grid, Look, workbook
from tests import builders as b
from tests.publish import plans
from tests.publish.reading import sheets_of


def made(lang: str = "zh", **tables: object) -> bytes:
    return plan_workbook(Press(plans.programme(**tables), plans.plan(), lang))


def test_sheets_have_the_names_of_the_field() -> None:
    assert list(sheets_of(made())) == [
        "说明",
        "团组",
        "参展参会",
        "企业行程",
        "公务经费预算",
        "资金",
        "资金汇总",
        "费用与补贴",
        "补贴测算",
        "资金季度",
        "考核奖励",
        "目标",
        "人工决定",
        "未列入及原因",
        "数字来源",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_printed_column_adds_up_exactly_to_its_printed_total(lang: str) -> None:
    added = 0
    for name, rows in sheets_of(made(lang)).items():
        body, last = rows[HEADER_ROW:-1], rows[-1]
        for column in range(len(rows[1])):
            values = [
                row[column]
                for row in body
                if column and isinstance(row[column], (int, float)) and not isinstance(row[column], bool)
            ]
            if not values or last[column] == NOT_SUMMED:
                continue
            exact = sum((Decimal(str(v)) for v in values), Decimal(0))
            assert Decimal(str(last[column])) == exact, (name, rows[1][column])
            added += 1
    assert added >= 20


def test_funds_add_up_across_as_well() -> None:
    rows = sheets_of(made())["资金汇总"][HEADER_ROW:]
    assert len(rows) == 3
    for row in rows:
        assert Decimal(str(row[5])) - Decimal(str(row[6])) == Decimal(str(row[7]))


def test_the_money_sheet_holds_what_the_plan_pays() -> None:
    rows = sheets_of(made())["资金"]
    assert Decimal(str(rows[-1][4])) == plans.abroad().total + Decimal("6666.66")
    assert rows[-1][5] == 3.02
    assert {row[3] for row in rows[HEADER_ROW:-1]} == {"2025Q1"}


def test_days_are_days_and_text_stays_text() -> None:
    firms = (b.firm("f1", name_zh="=1+1"), b.firm("f2"), b.firm("f3", "west"))
    book = load_workbook(BytesIO(made(firms=firms)))
    assert book["团组"]["F3"].value == datetime(2025, 3, 18)
    cell = next(c for row in book["参展参会"].iter_rows() for c in row if c.value == "=1+1")
    assert cell.data_type == "s" or cell.quotePrefix


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert made() == made()


def test_sheets_are_ready_to_print() -> None:
    for sheet in load_workbook(BytesIO(made())).worksheets:
        assert sheet.freeze_panes == "A3"
        assert sheet.print_title_rows == "$1:$2"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.center.text == "第 &P 页 / 共 &N 页"
        assert "示例数据" in sheet["A1"].value


def test_a_sheet_without_rows_has_no_total() -> None:
    grid = Grid("x", "t", (Column("a"),), (), "合计")
    rows = sheets_of(workbook([grid], Look("d", "page &P"), "t"))["x"]
    assert rows == [("t",), ("a",)]


def test_nothing_in_the_archive_comes_from_the_clock() -> None:
    from zipfile import ZipFile

    with ZipFile(BytesIO(made())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(date.today().year).encode() not in archive.read("docProps/core.xml")


def test_lines_are_numbered_with_numbers() -> None:
    for name in ("团组", "参展参会", "企业行程"):
        rows = sheets_of(made())[name]
        assert [row[0] for row in rows[HEADER_ROW:-1]] == list(range(1, len(rows) - HEADER_ROW)), name


def test_ranks_and_orders_of_receipt_stand_in_columns_of_their_own() -> None:
    plan = plans.plan(participations=(plans.place("f1", rank=2), plans.place("f2", "abroad-1-1", rank=3)))
    rows = sheets_of(plan_workbook(Press(plans.programme(), plan, "zh")))["参展参会"]
    rank, order = rows[1].index("名次"), rows[1].index("收到次序")
    assert {(row[1], row[rank], row[order]) for row in rows[HEADER_ROW:-1]} == {
        ("示例企业f1", 2, None),
        ("示例企业f2", None, 3),
    }


@pytest.mark.parametrize(("lang", "mark"), [("zh", "内部资料，不外传"), ("en", "Internal, not for circulation")])
def test_every_printed_page_says_that_it_is_internal(lang: str, mark: str) -> None:
    for sheet in load_workbook(BytesIO(made(lang))).worksheets:
        assert mark in sheet.oddHeader.right.text
