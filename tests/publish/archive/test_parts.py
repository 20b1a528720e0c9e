"""A part of the record on paper and in the workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairplanner.publish.archive.material import BLANK
from fairplanner.publish.archive.parts import COUNT, MONEY, TEXT, Part, printed
from tests.publish.archive.made import a_press

HEADS = (("for", TEXT, 3.0), ("count", COUNT, 1.0), ("planned", MONEY, 1.0), ("paid", MONEY, 1.0))
ROWS = (("a", 2, Decimal("10.50"), BLANK), ("b", 3, Decimal("1.00"), Decimal("2.00")))


def test_paper_and_workbook_have_the_same_rows_and_a_sum_with_a_blank_in_it_is_blank() -> None:
    part = Part("budget", HEADS, ROWS, is_summed=True)
    table, grid = part.section(a_press()).table, part.grid(a_press())
    assert table is not None
    assert table.rows == (("a", "2", "10.50", "____"), ("b", "3", "1.00", "2.00"))
    assert table.total == ("合计", "5", "11.50", "____")
    assert grid.rows == (*ROWS, ("合计", 5, Decimal("11.50"), BLANK))
    assert table.numeric == (1, 2, 3)


def test_an_empty_part_says_so_and_what_is_missing_stands_in_it() -> None:
    section = Part("told", HEADS, (), ("没有指明待发件夹",)).section(a_press())
    assert section.table is None
    assert section.paragraphs == ("缺：没有指明待发件夹", "没有记录。")


def test_a_column_can_be_left_out() -> None:
    part = Part("budget", HEADS, ROWS).without("count")
    assert [head[0] for head in part.heads] == ["for", "planned", "paid"]
    assert part.rows[0] == ("a", Decimal("10.50"), BLANK)


def test_values_are_printed_as_people_read_them() -> None:
    shown = [printed(a_press(), v) for v in (date(2025, 3, 1), Decimal(1234), 3.5, None, 7)]
    assert shown == ["2025-03-01", "1,234.00", "3.50", "", "7"]
