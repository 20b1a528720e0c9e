"""A page to its table: what stands above, below and between is taken apart, and a second table is not swallowed."""

from __future__ import annotations

from fairplanner.intake.sheets.laid import Laid, laid_out
from fairplanner.intake.sheets.raw import RawPage
from tests.intake.sheets.making import page

HEADERS = frozenset({"展会编号", "展会名称", "英文名称", "类型"})


def laid(given: RawPage) -> Laid:
    known = {"企业编号": "firm_id", "企业名称": "name", "地区": "zone", "金额": "money"}
    return laid_out(given, lambda header: known.get(header.partition("（")[0], ""), HEADERS)


HEADER = ["企业编号", "企业名称", "地区", "金额"]


def test_titles_units_totals_and_remarks_are_taken_apart():
    found = laid(
        page(
            ["示例汇总表", None, None, None],
            ["填报单位：示例", None, None, "单位：万元"],
            HEADER,
            ["F1", "甲", "遵义", 1],
            ["小 计", None, None, 1],
            HEADER,
            ["F2", "乙", "贵阳", 2],
            ["合计", None, None, 3],
            [],
            ["填表说明：", None, None, None],
            ["1.请如实填写", None, None, None],
            ["F3", "丙", "安顺", 4],
            merged=[(1, 1, 1, 4), (10, 1, 10, 4)],
        )
    )
    assert (found.header, found.header_row, found.titles, found.unit) == (tuple(HEADER), 3, 2, "万元")
    assert [n for n, _ in found.rows] == [4, 7, 12]
    assert found.asides == (5, 6, 8, 10, 11)


def test_a_column_that_numbers_the_rows_is_nothing_and_rows_with_nothing_else_are_blank():
    found = laid(page(["序号", *HEADER], [1, "F1", "甲", "遵义", 1], [2], [3]))
    assert found.header == (None, *HEADER)
    assert found.rows == [(2, [None, "F1", "甲", "遵义", 1])]


def test_merged_cells_are_filled_down_and_numbers_in_them_are_told():
    found = laid(page(HEADER, ["F1", "甲", "遵义", 3], ["F2", "乙", None, None], merged=[(2, 3, 3, 3), (2, 4, 3, 4)]))
    assert found.rows[1] == (3, ["F2", "乙", "遵义", 3])
    assert found.shared_numbers == ("D2:D3",)


def test_a_merged_title_does_not_reach_into_the_rows():
    found = laid(page(HEADER, ["F1", "甲", None, None], merged=[(2, 2, 2, 4)]))
    assert found.rows == [(2, ["F1", "甲", None, None])]


def test_another_table_below_is_told_and_its_rows_are_not_read():
    found = laid(
        page(HEADER, ["F1", "甲", "遵义", 1], [], ["展会编号", "展会名称", "英文名称"], ["fair", "展", "Fair"])
    )
    assert found.second == (4, "展会编号, 展会名称, 英文名称")
    assert [n for n, _ in found.rows] == [2]


def test_where_nothing_is_known_the_first_row_is_the_header():
    found = laid(page(["a", "b"], ["c", "d"]))
    assert (found.header, found.titles, found.rows) == (("a", "b"), 0, [(2, ["c", "d"])])


def test_a_row_with_its_key_is_no_total_whatever_it_is_called():
    given = page(["企业编号", "企业名称"], ["T1", "总计"], [None, "总计"], ["总计", None])
    found = laid_out(given, lambda h: {"企业编号": "firm_id"}.get(h, ""), HEADERS, keys=frozenset({"firm_id"}))
    assert [n for n, _ in found.rows] == [2]
    assert found.asides == (3, 4)


def test_a_row_that_numbers_the_columns_and_lines_over_groups_are_no_rows():
    groups = [
        ["一、遵义市"],
        ["F1", "甲", "遵义", 1],
        ["（二）贵阳市"],
        ["F2", "乙", "贵阳", 2],
        ["（续表）"],
        ["F3", "一、二公司", "安顺", 3],
    ]
    found = laid(
        page(["序号", *HEADER], ["甲", "乙", "丙", 1, "（2）"], *([None, *row] for row in groups), ["以下空白"])
    )
    assert [n for n, _ in found.rows] == [4, 6, 8]
    assert found.asides == (2, 3, 5, 7, 9)


def test_a_row_of_numbers_that_numbers_no_columns_is_a_row():
    found = laid(page(HEADER, [1, 2, 3, 3], [1, 2, 3, 4]))
    assert [n for n, _ in found.rows] == [2, 3]


def test_lines_of_instructions_may_be_numbered_like_groups():
    found = laid(page(HEADER, ["F1", "甲", "遵义", 1], ["填表说明："], ["一、如实填写"], ["1.不得涂改"]))
    assert found.asides == (3, 4, 5)


def test_a_total_may_be_numbered_like_a_row():
    found = laid(
        page(
            ["序号", *HEADER],
            [1, "F1", "甲", "遵义", 1],
            [2, None, "小计：1家", None, 1],
            ["合计", None, None, None, 2],
        )
    )
    assert ([n for n, _ in found.rows], found.asides) == ([2], (3, 4))


def test_units_in_the_row_below_belong_to_the_header_whether_its_names_were_merged_down_or_not():
    rows = (HEADER, ["F1", "甲", "遵义", 1])
    for units, merged in (
        ([None, None, None, "（万元）"], ()),
        ([None] * 3 + ["万元"], [(1, c, 2, c) for c in (1, 2, 3)]),
    ):
        found = laid(page(rows[0], units, rows[1], merged=merged))
        assert (found.header, found.header_row) == ((*HEADER[:3], "金额（万元）"), 2)
        assert [n for n, _ in found.rows] == [3]


def test_a_row_of_one_word_that_is_no_unit_is_a_row():
    assert [n for n, _ in laid(page(HEADER, ["家", None, None, "万元多"])).rows] == [2]
