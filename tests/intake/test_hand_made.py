"""Hand-made sheets of who goes where: every shape people use is read, every cell that is not understood is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fairplanner.domain.hand_made import HandMade, SheetCell
from fairplanner.domain.programme import Programme
from fairplanner.errors import UserError
from fairplanner.intake.hand_made import read_hand_made
from tests import builders as b
from tests.hand_made import comma, workbook

CODE = "91520100MA6DTEST01"


def programme(**tables: object) -> Programme:
    phases = (
        b.phase("expo", 1, edition="137"), b.phase("expo", 2, edition="137", start=date(2025, 4, 25), end=date(2025, 4, 29)),
        b.phase("abroad", 1, start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion"),
    )  # fmt: skip
    base = {
        "fairs": (
            b.fair("abroad", name_zh="海外乐器展览会", name_en="Overseas Music Fair"),
            b.fair("expo", name_zh="中国样品交易会", name_en="China Sample Fair", aliases=("样交会",)),
        ),
        "phases": phases,
        "sections": (b.section(), b.section("expo-tools", name_zh="工具", name_en="Tools")),
        "firms": (
            b.firm("f1", name_zh="甲公司（茶叶）"), b.firm("f2", name_zh="乙公司"), b.firm("f3", "west", name_zh="丙公司"),
            b.firm(CODE, name_zh="丁公司"), b.firm("twin-e", name_zh="重名公司"), b.firm("twin-w", "west", name_zh="重名公司"),
        ),
        "applications": tuple(b.application(f, q) for f in ("f1", "f2", CODE) for q in ("expo-1-1", "abroad-1-1")),
    }  # fmt: skip
    return b.a_programme(**(base | tables))


def at(hand: HandMade) -> list[tuple[str, str, int | None, str]]:
    return [(p.firm_id, p.phase_id, p.booths, str(p.cell)) for p in hand.places]


def wrong(hand: HandMade) -> list[tuple[str, str, str]]:
    return [(p.what, p.column, p.value) for p in hand.problems]


LONG = ["序号", "参展企业", "展会", "届", "期", "展区", "展位数（个）", "组团单位", "参加方式", "备注"]


def test_a_row_for_each_firm_and_fair_under_a_title_with_a_total_at_the_end(tmp_path: Path) -> None:
    rows = [
        ["２０２５年参展计划（手工）"], [], LONG,
        [1, "甲公司(茶叶)", "样交会", "第137届", "一期", "茶", 2, "prov区交易团", "参展", "老客户"],
        [2, "乙 公司", "海外乐器展览会", None, None, None, "１", None, None, None],
        ["合计", None, None, None, None, None, 3],
    ]  # fmt: skip
    hand = read_hand_made(workbook(tmp_path / "手工.xlsx", ("名单", rows), merged=["A1:J1"]), programme())
    assert wrong(hand) == []
    assert at(hand) == [("f1", "expo-1-1", 2, "名单!C4"), ("f2", "abroad-1-1", 1, "名单!C5")]
    first = hand.places[0]
    assert (first.section_id, first.sponsor, first.role) == ("expo-tea", "prov", "exhibit")
    assert str(first.at("booths")) == "名单!G4"
    assert hand.unused == ()


def test_the_same_in_english_as_a_csv_with_semicolons(tmp_path: Path) -> None:
    text = "Company;Exhibition;Booths;Hotel\nSample f1;China Sample Fair, edition 137, phase 1;2;Grand\n"
    path = tmp_path / "plan.csv"
    path.write_text(text.replace("Sample f1", "f1"), encoding="utf-8")
    hand = read_hand_made(path, programme())
    assert at(hand) == [("f1", "expo-1-1", 2, "B2")]
    assert hand.unused == ("Hotel",)


def test_firms_down_and_fairs_across_with_ticks_circles_and_crosses(tmp_path: Path) -> None:
    rows = [
        ["2025年安排表"], ["企业", "统一社会信用代码", "137届样交会一期", "海外乐器展览会", "电话"],
        ["甲公司（茶叶）", "f1", "√", "×", 1], ["丁公司", CODE, None, "○", 2], ["乙公司", None, 1, 1, 3],
    ]  # fmt: skip
    hand = read_hand_made(workbook(tmp_path / "m.xlsx", ("Sheet1", rows)), programme())
    assert wrong(hand) == []
    assert at(hand) == [
        ("f1", "expo-1-1", None, "Sheet1!C3"), (CODE, "abroad-1-1", None, "Sheet1!D4"),
        ("f2", "expo-1-1", None, "Sheet1!C5"), ("f2", "abroad-1-1", None, "Sheet1!D5"),
    ]  # fmt: skip


def test_where_any_number_is_above_one_numbers_are_booths(tmp_path: Path) -> None:
    rows = [
        ["企业", "137届样交会一期", "137届样交会二期"],
        ["甲公司（茶叶）", 2, "1"],
        ["乙公司", "18㎡", "12.1K05、12.1K06、12.1K07"],
    ]
    hand = read_hand_made(workbook(tmp_path / "m.xlsx", ("表", rows)), programme())
    assert [p.booths for p in hand.places] == [2, 1, 2, 3]


def test_a_header_of_two_rows_is_read_together(tmp_path: Path) -> None:
    rows = [["安排"], ["", "样交会", "", "海外乐器展览会"], ["企业", "一期", "二期", ""], ["乙公司", "√", "", "√"]]
    merged = ["B2:C2", "D2:D3"]
    hand = read_hand_made(workbook(tmp_path / "m.xlsx", ("表", rows), merged=merged), programme())
    assert at(hand) == [("f2", "expo-1-1", None, "表!B4"), ("f2", "abroad-1-1", None, "表!D4")]


@pytest.mark.parametrize("merged", [[], ["A2:A3", "D2:D3", "B2:C2"]])
def test_the_second_row_of_a_header_may_stand_under_the_names_of_its_columns(tmp_path: Path, merged: list[str]) -> None:
    rows = [
        ["安排"],
        ["企业", "第137届样交会", "", "海外乐器展览会"],
        ["", "一期", "二期", ""],
        ["乙公司", "", "√", "√"],
    ]
    hand = read_hand_made(workbook(tmp_path / "m.xlsx", ("表", rows), merged=merged), programme())
    assert (at(hand), wrong(hand)) == ([("f2", "expo-1-2", None, "表!C4"), ("f2", "abroad-1-1", None, "表!D4")], [])


def test_a_firm_may_be_called_like_a_total_and_a_total_in_many_ways(tmp_path: Path) -> None:
    own = programme(firms=(b.firm("f2", name_zh="合计科技有限公司"),), applications=())
    rows = [["企业", "展会"], ["合计科技有限公司", "expo-1-1"], ["共计", "1"], ["备注：a", ""], ["说明一下"]]
    hand = read_hand_made(workbook(tmp_path / "m.xlsx", ("表", rows)), own)
    assert (at(hand), wrong(hand)) == ([("f2", "expo-1-1", None, "表!B2")], [])


def test_lists_of_several_fairs_one_below_the_other_are_each_of_their_own_fair(tmp_path: Path) -> None:
    names = ["序号", "企业名称", "展位数"]
    rows = [
        ["参展安排"],
        ["一、样交会第一期"],
        names,
        [1, "乙公司", 1],
        ["二、海外乐器展览会"],
        names,
        [1, "乙公司", 2],
    ]
    hand = read_hand_made(workbook(tmp_path / "m.xlsx", ("表", rows)), programme())
    assert (at(hand), wrong(hand)) == ([("f2", "expo-1-1", 1, "表!B4"), ("f2", "abroad-1-1", 2, "表!B7")], [])


def test_lines_over_groups_and_units_below_the_header_are_no_firms(tmp_path: Path) -> None:
    rows = [
        ["企业", "展会", "展位数"],
        [None, None, "（个）"],
        ["一、东区"],
        ["乙公司", "expo-1-1", 1],
        ["（二）西区"],
        ["丙公司", "expo-1-2", 1],
    ]
    hand = read_hand_made(workbook(tmp_path / "m.xlsx", ("表", rows)), programme())
    assert ([p.firm_id for p in hand.places], wrong(hand)) == (["f2", "f3"], [])


def test_names_broken_into_lines_are_one_and_lines_of_names_are_several(tmp_path: Path) -> None:
    rows = [
        ["企业", "展会"],
        ["乙\n公司", "137届样交会\n第一期"],
        ["丙公司\n甲公司（茶叶）", "样交会一期\n海外乐器展览会"],
    ]
    hand = read_hand_made(workbook(tmp_path / "m.xlsx", ("表", rows)), programme())
    assert wrong(hand) == []
    assert [(p.firm_id, p.phase_id) for p in hand.places] == [
        ("f2", "expo-1-1"), ("f3", "expo-1-1"), ("f3", "abroad-1-1"), ("f1", "expo-1-1"), ("f1", "abroad-1-1"),
    ]  # fmt: skip


def test_several_firms_in_one_cell_are_each_of_them_unless_nobody_knows_whose_the_booths_are(tmp_path: Path) -> None:
    rows = [["展会", "企业", "展位数"], ["expo-1-1", "乙公司、丙公司\n丁公司", None], ["expo-1-2", "乙公司；丙公司", 3]]
    hand = read_hand_made(workbook(tmp_path / "m.xlsx", ("表", rows)), programme())
    assert [(p.firm_id, p.phase_id) for p in hand.places] == [
        ("f2", "expo-1-1"),
        ("f3", "expo-1-1"),
        (CODE, "expo-1-1"),
    ]
    assert wrong(hand) == [("hand-firms-booths", "B3", "乙公司；丙公司")]


def test_lists_under_the_name_of_one_fair_a_sheet_each(tmp_path: Path) -> None:
    names = ["序号", "单位名称", "展位"]
    sheets = [
        ("一", [["第137届样交会第1期参展企业名单"], names, [1, "乙公司", 2]]),
        ("海外乐器展览会", [names, [1, "甲公司（茶叶）", "—"]]),
        ("说明", [["这里没有名单"]]),
    ]
    hand = read_hand_made(workbook(tmp_path / "lists.xlsx", *sheets), programme())
    assert wrong(hand) == []
    assert at(hand) == [("f2", "expo-1-1", 2, "一!B3"), ("f1", "abroad-1-1", None, "海外乐器展览会!B2")]
    assert hand.left == ("说明",)


def test_several_fairs_in_one_cell(tmp_path: Path) -> None:
    rows = [
        ["企业", "参加展会"],
        ["乙公司", "137届样交会一期、海外乐器展览会"],
        ["甲公司（茶叶）", "海外乐器展览会；没有的展会"],
    ]
    hand = read_hand_made(comma(tmp_path / "p.csv", rows), programme())
    assert at(hand)[:2] == [("f2", "expo-1-1", None, "B2"), ("f2", "abroad-1-1", None, "B2")]
    assert [x[:2] for x in wrong(hand)] == [("hand-fair", "B3")]


def test_of_several_phases_it_is_the_one_the_firm_has_applied_for(tmp_path: Path) -> None:
    rows = [["企业", "展会"], ["甲公司（茶叶）", "样交会"], ["丙公司", "样交会"]]
    hand = read_hand_made(comma(tmp_path / "p.csv", rows), programme())
    assert at(hand) == [("f1", "expo-1-1", None, "B2")]
    assert [x[:2] for x in wrong(hand)] == [("hand-fair-several", "B3")]


def test_firms_with_one_name_are_told_apart_by_zone_or_id_and_else_left_open(tmp_path: Path) -> None:
    rows = [
        ["企业编号", "企业", "地区", "展会"], ["", "重名公司", "west区", "expo-1-2"], ["twin-e", "重名公司", "", "expo-1-2"],
        ["", "重名公司", "", "expo-1-1"], ["f1", "乙公司", "", "expo-1-1"],
    ]  # fmt: skip
    hand = read_hand_made(comma(tmp_path / "p.csv", rows), programme())
    assert at(hand) == [("twin-w", "expo-1-2", None, "D2"), ("twin-e", "expo-1-2", None, "D3")]
    assert wrong(hand) == [("hand-firm-two", "B5", "乙公司"), ("hand-firms-several", "B4", "重名公司")][::-1]


@pytest.mark.parametrize(
    ("cells", "what", "column"),
    [
        (["乙公私", "expo-1-1", "", "", ""], "hand-firm-near", "A2"),
        (["完全不认识的单位名称", "expo-1-1", "", "", ""], "hand-firm", "A2"),
        (["", "expo-1-1", "", "", ""], "hand-firm-blank", "A2"),
        (["乙公司", "海外乐器展览", "", "", ""], "hand-fair-near", "B2"),
        (["乙公司", "", "", "", ""], "hand-fair-blank", "B2"),
        (["乙公司", "expo-1-1", "Teas", "", ""], "hand-section-near", "C2"),
        (["乙公司", "expo-1-1", "", "几个", ""], "hand-booths", "D2"),
        (["乙公司", "expo-1-1", "", "", "月球"], "hand-sponsor", "E2"),
        ([9.1520100123456e17, "expo-1-1", "", "", ""], "digits-lost", "A2"),
    ],
)
def test_a_cell_that_is_not_understood_is_named_with_its_cure(
    tmp_path: Path, cells: list[object], what: str, column: str
) -> None:
    rows = [["企业", "展会", "展区", "展位数", "组团单位"], cells]
    hand = read_hand_made(workbook(tmp_path / "p.xlsx", ("表", rows)), programme())
    assert hand.places == ()
    assert [(p.what, p.column, p.row) for p in hand.problems] == [(what, column, 2)]


def test_a_mark_that_may_mean_yes_or_no_is_asked_about(tmp_path: Path) -> None:
    rows = [["企业", "expo-1-1"], ["乙公司", "x"], ["丙公司", "待定"]]
    hand = read_hand_made(workbook(tmp_path / "p.xlsx", ("表", rows)), programme())
    assert wrong(hand) == [("hand-mark", "B2", "x"), ("hand-mark", "B3", "待定")]


def test_the_same_place_twice_names_both_cells(tmp_path: Path) -> None:
    rows = [["企业", "展会"], ["乙公司", "expo-1-1"], ["f2", "样交会137届第1期"]]
    hand = read_hand_made(comma(tmp_path / "p.csv", rows), programme())
    assert [(p.what, p.column, dict(p.facts)["first"]) for p in hand.problems] == [("hand-twice", "B3", "B2")]
    assert [p.cell.name for p in hand.places] == ["B2"]


def test_who_is_said_not_to_go_does_not(tmp_path: Path) -> None:
    rows = [["企业", "展会", "是否参加"], ["乙公司", "expo-1-1", "否"], ["f1", "expo-1-1", "是"]]
    assert at(read_hand_made(comma(tmp_path / "p.csv", rows), programme())) == [("f1", "expo-1-1", None, "B3")]


def test_gb18030_and_a_header_repeated_for_print_are_no_matter(tmp_path: Path) -> None:
    rows = [["企业", "展会"], ["乙公司", "expo-1-1"], ["企业", "展会"], ["f1", "expo-1-1"]]
    hand = read_hand_made(comma(tmp_path / "p.csv", rows, "gb18030"), programme())
    assert [p.firm_id for p in hand.places] == ["f2", "f1"]
    assert hand.problems == ()


def test_a_file_in_which_nobody_goes_anywhere_is_refused_with_the_columns_it_may_have(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        read_hand_made(comma(tmp_path / "p.csv", [["项目", "金额"], ["a", "1"]]), programme())
    assert [p.what for p in error.value.problems] == ["hand-no-header"]
    assert "企业" in dict(error.value.problems[0].facts)["columns.zh"]


def test_a_sheet_is_chosen_by_its_title(tmp_path: Path) -> None:
    rows = [["企业", "展会"], ["乙公司", "expo-1-1"]]
    other = [["企业", "展会"], ["f1", "expo-1-1"]]
    path = workbook(tmp_path / "p.xlsx", ("初稿", rows), ("二稿", other))
    assert [p.firm_id for p in read_hand_made(path, programme(), "二稿").places] == ["f1"]
    assert [p.what for p in read_hand_made(path, programme()).problems] == []
    with pytest.raises(UserError) as error:
        read_hand_made(path, programme(), "三稿")
    assert dict(error.value.problems[0].facts)["have"] == "初稿, 二稿"


def test_cells_are_called_as_spreadsheet_programs_call_them() -> None:
    assert [SheetCell("", 3, n).name for n in (1, 26, 27, 52, 53, 703)] == ["A3", "Z3", "AA3", "AZ3", "BA3", "AAA3"]
