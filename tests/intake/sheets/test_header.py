"""Headers: under titles, in two rows, and rows of data that are never taken for a part of them."""

from __future__ import annotations

from fairplanner.intake.sheets.header import find_header, joined

KNOWN = {
    "企业名称": "firm",
    "联系人姓名": "person",
    "联系人电话": "phone",
    "标准展位": "booths",
    "光地": "area",
    "展位数量": "booths",
    "备注": "note",
}


def field_of(text: str) -> str:
    return KNOWN.get(text, "")


def rows(*cells: list[str | None]) -> list[tuple[int, list[str | None]]]:
    return list(enumerate(cells, 1))


def test_the_header_is_found_under_titles():
    found = find_header(rows(["报名汇总表", None], ["示例", None], ["企业名称", "备注"], ["甲", "光地"]), field_of)
    assert found is not None
    assert (found.at, found.height, found.cells) == (2, 1, ("企业名称", "备注"))


def test_the_first_of_equal_rows_is_the_header():
    found = find_header(rows(["企业名称", "备注"], ["企业名称", "备注"]), field_of)
    assert found is not None
    assert found.at == 0


def test_two_rows_are_one_header_merged_or_not():
    merged = rows(["企业名称", "联系人", "联系人"], ["企业名称", "姓名", "电话"], ["甲", "张", "1"])
    loose = rows(["企业名称", "联系人", None], [None, "姓名", "电话"], ["甲", "张", "1"])
    for given in (merged, loose):
        found = find_header(given, field_of)
        assert found is not None
        assert (found.at, found.height, found.cells) == (0, 2, ("企业名称", "联系人姓名", "联系人电话"))


def test_columns_of_a_group_may_bear_names_of_their_own():
    assert joined(["企业名称", "展位", "展位"], [None, "标准展位", "光地"], field_of) == (
        "企业名称",
        "标准展位",
        "光地",
    )


def test_data_below_a_header_is_no_second_row_of_it():
    assert joined(["企业名称", "备注"], ["甲", "光地"], field_of) is None
    found = find_header(rows(["企业名称", "说明"], ["甲", "光地"]), field_of)
    assert found is not None
    assert found.height == 1


def test_no_rows_have_no_header():
    assert find_header([], field_of) is None
