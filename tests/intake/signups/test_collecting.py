"""A folder of sign-ups to firms and applications: registers, forms, questionnaires, and what is said of them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.domain.kinds import Role, StandKind
from fairplanner.errors import UserError
from fairplanner.intake.signups import Collected, collected, collected_book, signup_folder
from fairplanner.report import problem_text
from fairplanner.words import words
from tests import builders as b
from tests.hand_made import comma, workbook
from tests.signups import asked, code, inbox, programme, said, taken, whats

HEAD = ["序号", "企业名称", "统一社会信用代码", "所属市州", "拟参加展会", "申请展位数", "联系人", "备注"]


def register(path: Path, *rows: list[object]) -> Path:
    return workbook(path, ("Sheet1", [["2025年展会报名汇总表"], HEAD, *rows]))


def test_a_register_under_a_title_with_a_total_and_an_example(tmp_path: Path) -> None:
    register(
        inbox(tmp_path, "汇总.xlsx"),
        ["例", "某某公司", "", "东江市", "第137届样交会第一期", 1],
        [1, "示例甲公司", code(1), "样品省东江市", "第137届样交会第一期", "２个", "张三", "老客户"],
        [2, "示例乙公司", code(2), "西山", "第138届样交会第一期、第二期", 1, None, None],
        [None, None, None, None, "海外乐器展览会", 3, None, None],
        ["合计", None, None, None, None, 7],
    )
    found = taken(tmp_path)
    assert whats(found) == []
    assert [(f.firm_id, f.name_zh, f.zone_id) for f in found.firms] == [
        (code(1), "示例甲公司", "east"),
        (code(2), "示例乙公司", "west"),
    ]
    assert asked(found) == {
        ("示例甲公司", "expo-137-1"): {"booths": 2, "note": "老客户"},
        ("示例乙公司", "expo-138-1"): {"booths": 1},
        ("示例乙公司", "expo-138-2"): {"booths": 1},
        ("示例乙公司", "abroad-1-1"): {"booths": 3},
    }
    assert found.firms[0].source == "报名/汇总.xlsx[Sheet1]第4行"
    assert {"signup-example", "told-asides", "signup-title-personal"} <= {p.what for p in found.told}


def test_a_register_whose_header_has_two_rows_is_no_form_though_neither_row_asks_for_most(tmp_path: Path) -> None:
    top = ["序号", "企业名称", "统一社会信用代码", "县（市、区）", "上年出口额", "参展展会", None, None, "备注"]
    low = [None, None, None, None, None, "展会名称", "展位数", "最少", None]
    rows = [
        ["示例汇总表"], ["单位：万美元"], top, low,
        [1, "示例甲公司", code(1), "东江市", 12.5, "第137届样交会第一期", 2, 1, None],
        [2, "示例乙公司", code(2), "西山", 3, "第138届样交会第一期", 1, 1, None],
    ]  # fmt: skip
    merged = ["A1:I1", "A2:I2", "F3:H3", *(f"{c}3:{c}4" for c in "ABCDEI")]
    workbook(inbox(tmp_path, "汇总.xlsx"), ("汇总", rows), merged=merged)
    found = taken(tmp_path)
    assert whats(found) == []
    assert [(f.name_zh, f.zone_id, f.export_usd) for f in found.firms] == [
        ("示例甲公司", "east", 125_000),
        ("示例乙公司", "west", 30_000),
    ]
    assert asked(found) == {
        ("示例甲公司", "expo-137-1"): {"booths": 2, "least_booths": 1},
        ("示例乙公司", "expo-138-1"): {"booths": 1, "least_booths": 1},
    }


def test_a_form_with_labels_beside_answers_boxes_and_a_small_table(tmp_path: Path) -> None:
    rows = [
        ["样品省2025年参展报名登记表"],
        ["单位名称", "示例工具厂", None, "信用代码", code(5)],
        ["所属市州", "东江市", None, "法定代表人", "赵六"],
        ["参展方式", "☑参展 □观展", None, "主营产品", "茶具"],
        ["展会名称", "届次", "期次", "展区", "展位数"],
        ["样交会", 137, 1, "工具展区", "2个"],
        ["样交会", "第138届", "第二期", "玩具", "1-2个"],
        [],
        ["申请单位（盖章）：", None, None, "日期：  年  月  日"],
    ]
    workbook(inbox(tmp_path, "示例工具厂.xlsx"), ("登记表", rows), merged=["A1:E1", "B2:C2"])
    found = taken(tmp_path)
    assert whats(found) == []
    assert [said(f) for f in found.firms] == [{"name_zh": "示例工具厂", "zone_id": "east"}]
    base = {"role": Role.EXHIBIT, "exhibits": "茶具"}
    assert asked(found) == {
        ("示例工具厂", "expo-137-1"): base | {"section_id": "expo-tools", "booths": 2},
        ("示例工具厂", "expo-138-2"): base | {"section_id": "expo-toys", "booths": 2, "least_booths": 1},
    }


def test_a_form_with_answers_below_or_in_the_same_cell(tmp_path: Path) -> None:
    rows = [
        ["报名表"], ["企业名称：示例甲公司", None, "所属市州：东江市"], ["拟参加展会"], ["海外乐器展览会"],
        ["申请展位数", "参展人数", "主要展品"], [2, "3人", "吉他"], ["填表日期：2025年1月5日"],
    ]  # fmt: skip
    workbook(inbox(tmp_path, "a.xlsx"), ("Sheet1", rows))
    found = taken(tmp_path)
    assert whats(found) == []
    values = {"booths": 2, "people": 3, "exhibits": "吉他", "received": date(2025, 1, 5)}
    assert asked(found) == {("示例甲公司", "abroad-1-1"): values}


def test_a_questionnaire_with_a_column_for_each_option(tmp_path: Path) -> None:
    head = [
        "序号", "提交答卷时间", "所用时间", "来源", "来自IP", "1、企业名称：", "2、所在市州", "3、(第137届样交会第一期)",
        "3、(第138届样交会第二期)", "4、参加方式(参展)", "4、参加方式(采购)", "5、您的手机",
    ]  # fmt: skip
    rows = [
        [1, "2025/1/2 10:00:00", "99秒", "微信", "0.0.0.1", "示例甲公司", "东江市", 1, 0, 0, 1, "13800138000"],
        [2, "2025/1/3 10:00:00", "99秒", "微信", "0.0.0.1", "示例乙公司", "东江市", 1, 1, 1, 0, "13800138000"],
        [3, "2025/1/4 10:00:00", "99秒", "微信", "0.0.0.1", "示例丙公司", "东江市", 0, 0, 1, 0, "13800138000"],
    ]
    comma(inbox(tmp_path, "答卷.csv"), [head, *rows], "gb18030")
    found = taken(tmp_path)
    assert whats(found) == []
    buys = {"role": Role.BUY, "stand": StandKind.NONE, "booths": 0, "least_booths": 0, "received": date(2025, 1, 2)}
    assert asked(found) == {
        ("示例甲公司", "expo-137-1"): buys,
        ("示例乙公司", "expo-137-1"): {"role": Role.EXHIBIT, "received": date(2025, 1, 3)},
        ("示例乙公司", "expo-138-2"): {"role": Role.EXHIBIT, "received": date(2025, 1, 3)},
    }
    assert [(p.what, p.value) for p in found.open] == [("signup-nothing-asked", "示例丙公司")]
    assert "13800138000" not in repr(found)


def test_a_questionnaire_with_all_answers_in_one_cell_and_preferences_in_columns(tmp_path: Path) -> None:
    head = ["企业名称", "所在市州", "拟参加展会", "参展面积（平方米）"]
    workbook(
        inbox(tmp_path, "a.xlsx"), ("x", [head, ["示例甲公司", "东江市", "第137届样交会第一期┋海外乐器展览会", 18]])
    )
    ranks = ["企业名称", "所在市州", "第一志愿", "第二志愿", "申请展位数"]
    workbook(
        inbox(tmp_path, "b.xlsx"), ("x", [ranks, ["示例乙公司", "东江市", "海外乐器展览会", "样交会第138届第2期", 1]])
    )
    found = taken(tmp_path)
    assert whats(found) == []
    assert asked(found) == {
        ("示例甲公司", "expo-137-1"): {"booths": 2},
        ("示例甲公司", "abroad-1-1"): {"booths": 2},
        ("示例乙公司", "abroad-1-1"): {"booths": 1, "preference": 1},
        ("示例乙公司", "expo-138-2"): {"booths": 1, "preference": 2},
    }


def test_a_column_that_stands_behind_each_choice_is_of_that_choice(tmp_path: Path) -> None:
    head = ["企业名称", "所在市州", "第一志愿", "申请展位数", "第二志愿", "申请展位数"]
    workbook(
        inbox(tmp_path, "a.xlsx"), ("x", [head, ["示例甲公司", "东江市", "海外乐器展览会", 1, "样交会第138届第2期", 4]])
    )
    assert asked(taken(tmp_path)) == {
        ("示例甲公司", "abroad-1-1"): {"booths": 1, "preference": 1},
        ("示例甲公司", "expo-138-2"): {"booths": 4, "preference": 2},
    }


def test_what_two_columns_say_of_one_thing_is_joined_or_told(tmp_path: Path) -> None:
    head = ["企业名称", "所在市州", "拟参加展会", "申请展位数", "Number of booths", "展品", "Main products"]
    row = ["示例甲公司", "东江市", "海外乐器展览会", 1, 4, "吉他", "小提琴"]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", [head, row, ["示例乙公司", *row[1:4], 1, *row[5:]]]))
    found = taken(tmp_path)
    assert [(p.what, p.row, p.value) for p in found.problems] == [("signup-contradiction", 2, "4")]
    assert asked(found)["示例乙公司", "abroad-1-1"] == {"booths": 1, "exhibits": "吉他; 小提琴"}


def test_both_folders_are_read_where_there_are_two(tmp_path: Path) -> None:
    head = ["企业名称", "所在市州", "拟参加展会"]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", [head, ["示例甲公司", "东江市", "海外乐器展览会"]]))
    (tmp_path / "signups").mkdir()
    workbook(tmp_path / "signups" / "b.xlsx", ("x", [head, ["示例乙公司", "东江市", "海外乐器展览会"]]))
    found = taken(tmp_path)
    assert {f.name_zh for f in found.firms} == {"示例甲公司", "示例乙公司"}
    (tmp_path / "报名" / "a.xlsx").unlink()
    assert signup_folder(tmp_path) == tmp_path / "signups"


def test_a_zone_comes_from_the_title_or_the_folder_where_no_cell_says_it(tmp_path: Path) -> None:
    head = ["企业名称", "拟参加展会", "申请展位数"]
    row = ["示例甲公司", "海外乐器展览会", 1]
    workbook(inbox(tmp_path, "西山经开区/a.xlsx"), ("x", [head, row]))
    workbook(inbox(tmp_path, "b.xlsx"), ("x", [["东江市报名汇总表"], head, ["示例乙公司", *row[1:]]]))
    workbook(inbox(tmp_path, "c.xlsx"), ("x", [head, ["示例丙公司", *row[1:]]]))
    found = taken(tmp_path)
    assert {f.name_zh: f.zone_id for f in found.firms} == {"示例甲公司": "west", "示例乙公司": "east"}
    assert [(p.what, p.value) for p in found.problems] == [("signup-no-zone", "示例丙公司")]
    assert sum(p.what == "signup-zone-over" for p in found.told) == 2


def test_every_cell_that_is_not_understood_is_told_at_once_and_the_same_text_once(tmp_path: Path) -> None:
    register(
        inbox(tmp_path, "a.xlsx"),
        [1, "示例甲公司", code(1)[:-1] + "!", "东江市", "样交会", "若干"],
        [2, "示例乙公司", "91520100MA6DTEST0O", "无此市", "从未有过的展览会", 1],
        [3, "示例丙公司", code(3), "东江市", "样交会", 1],
        [4, None, None, "东江市", "海外乐器展览会", 1],
        [5, "示例丁公司", code(4), "东江市", None, 1],
    )
    found = taken(tmp_path)
    got = {(p.what, p.row, p.column.split()[0]) for p in found.problems}
    assert {
        ("signup-fair-several", 3, "E3"), ("signup-count", 3, "F3"), ("signup-zone", 4, "D4"), ("signup-fair-blank", 7, "B7"),
    } <= got  # fmt: skip
    several = next(p for p in found.problems if p.what == "signup-fair-several")
    assert "共 2 处" in problem_text(several, "zh")
    assert "expo-138-2" in problem_text(several, "zh")
    assert any(p.what.startswith("credit") and p.row == 4 for p in found.problems)


def test_what_several_files_say_alike_is_one_and_what_contradicts_is_told_with_both_cells(tmp_path: Path) -> None:
    one = [1, "示例甲公司", code(1), "东江市", "海外乐器展览会", 1]
    register(inbox(tmp_path, "a.xlsx"), one)
    register(inbox(tmp_path, "b.xlsx"), one, [2, "示例甲公司", code(1), "西山经开区", "海外乐器展览会", 3])
    found = taken(tmp_path)
    assert [(p.what, p.file, p.column.split()[0]) for p in found.problems] == [
        ("signup-contradiction", "报名/b.xlsx[Sheet1]", "D4"),
        ("signup-contradiction", "报名/b.xlsx[Sheet1]", "F4"),
    ]
    assert "报名/a.xlsx[Sheet1] F3" in problem_text(found.problems[1], "zh")
    same = taken_again(tmp_path / "again", one)
    assert (len(same.firms), len(same.applications), same.problems) == (1, 1, ())
    assert same.firms[0].source == "报名/a.xlsx[Sheet1]第3行；报名/b.xlsx[Sheet1]第3行"


def taken_again(folder: Path, row: list[object]) -> Collected:
    for name in ("a.xlsx", "b.xlsx"):
        register(inbox(folder, name), row)
    return taken(folder)


def test_the_later_submission_counts_where_both_say_when(tmp_path: Path) -> None:
    head = ["企业名称", "所属市州", "拟参加展会", "申请展位数", "提交时间"]
    rows = [
        ["示例甲公司", "东江市", "海外乐器展览会", booths, when]
        for booths, when in ((3, "2025/1/3 10:00"), (2, "2025/1/2 9:00"))
    ]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", [head, *rows]))
    found = taken(tmp_path)
    assert asked(found) == {("示例甲公司", "abroad-1-1"): {"booths": 3, "received": date(2025, 1, 3)}}
    assert [(p.what, p.value, dict(p.facts)["was"]) for p in found.told if p.what == "signup-latest"] == [
        ("signup-latest", "3", "2")
    ]


def test_what_the_programme_has_is_not_written_twice_and_what_differs_is_told(tmp_path: Path) -> None:
    register(
        inbox(tmp_path, "a.xlsx"),
        [1, "示例老企业有限公司", None, "西山经开区", "第137届样交会第一期", 4],
        [2, "示例老企业有限公司", None, None, "海外乐器展览会", 2],
    )
    found = taken(tmp_path)
    assert (found.problems, found.firms) == ((), ())
    assert [(a.firm_id, a.phase_id, a.booths) for a in found.applications] == [("f1", "abroad-1-1", 2)]
    assert {(p.what, p.column.split()[0], dict(p.facts)["has.zh"]) for p in found.open} == {
        ("signup-differs", "D3", "east"),
        ("signup-differs", "F3", "1"),
    }


def test_a_code_and_a_name_of_two_firms_and_a_name_of_several(tmp_path: Path) -> None:
    firms = (b.firm(code(1), name_zh="示例甲公司"), b.firm("x1", name_zh="重名公司"), b.firm("x2", name_zh="重名公司"))
    register(
        inbox(tmp_path, "a.xlsx"),
        [1, "重名公司", code(1), "东江市", "海外乐器展览会", 1],
        [2, "重名公司", None, "东江市", "海外乐器展览会", 1],
    )
    found = taken(tmp_path, firms=firms, applications=())
    assert whats(found) == ["signup-firm-two", "signup-firms-several"]
    assert found.applications == ()


def test_a_name_with_and_without_its_code_is_one_firm_and_look_alikes_are_told_and_two(tmp_path: Path) -> None:
    register(
        inbox(tmp_path, "a.xlsx"),
        [1, "示例茶业（东江）有限公司", code(1), "东江市", "海外乐器展览会", 1],
        [2, "示例茶业(东江)有限公司", None, "东江市", "第137届样交会第一期", 1],
        [3, "示例茶业东江有限责任公司", None, "东江市", "第137届样交会第二期", 1],
    )
    found = taken(tmp_path)
    assert whats(found) == []
    assert [f.firm_id[:2] for f in found.firms] == [code(1)[:2], "F-"]
    assert [a.phase_id for a in found.applications if a.firm_id == code(1)] == ["abroad-1-1", "expo-137-1"]
    assert [p.what for p in found.told if p.what == "signup-alike"] == ["signup-alike"]


def test_numbers_of_persons_never_come_in(tmp_path: Path) -> None:
    register(
        inbox(tmp_path, "a.xlsx"),
        [1, "示例甲公司", code(1), "东江市", "海外乐器展览会", 1, "张三", "身份证11010119900307001X，电话13800138000"],
    )
    found = taken(tmp_path)
    assert [said(a) for a in found.applications] == [{"booths": 1}]
    assert "11010119900307001X" not in repr(found)
    assert "张三" not in repr(found)
    assert "signup-personal-cell" in {p.what for p in found.told}


def test_money_is_in_the_unit_that_the_page_states(tmp_path: Path) -> None:
    rows = [
        ["单位：万美元"],
        ["企业名称", "所属市州", "上年出口额", "拟参加展会"],
        ["示例甲公司", "东江市", 12.5, "海外乐器展览会"],
    ]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", rows))
    assert [f.export_usd for f in taken(tmp_path).firms] == [Decimal(125_000)]


def test_files_that_are_no_tables_are_left_open_and_broken_ones_refused(tmp_path: Path) -> None:
    inbox(tmp_path, "扫描.pdf").write_bytes(b"%PDF")
    inbox(tmp_path, "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    inbox(tmp_path, "~$坏.xlsx").write_bytes(b"lock")
    inbox(tmp_path, "旧.et").write_bytes(b"x")
    workbook(inbox(tmp_path, "空.xlsx"), ("x", [["随便写点什么"], ["没有企业"]]))
    found = taken(tmp_path)
    assert sorted(whats(found)) == ["format-old", "signup-no-firm", "xlsx-broken"]
    assert [(p.what, p.file) for p in found.open] == [("signup-no-table", "报名/扫描.pdf")]


def test_the_workbook_of_what_was_collected_holds_no_clock(tmp_path: Path) -> None:
    register(inbox(tmp_path, "a.xlsx"), [1, "示例甲公司", code(1), "东江市", "海外乐器展览会", 1])
    made = collected_book(taken(tmp_path), words("zh"))
    parts = zipfile.ZipFile(io.BytesIO(made))
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", parts.read("docProps/core.xml"))) == {b"2000-01-01T00:00:00Z"}
    assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_folder_without_sign_ups_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        collected(tmp_path, programme())
    assert [p.what for p in caught.value.problems] == ["signup-no-folder"]


@given(order=st.permutations(range(4)))
def test_the_order_of_rows_changes_nothing(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    fairs = ("第137届样交会第一期", "第137届样交会第二期", "海外乐器展览会", "第138届样交会第一期")
    rows = [[f"示例企业{n % 3}", "东江市", fairs[n], n + 1] for n in range(4)]
    head = ["企业名称", "所属市州", "拟参加展会", "申请展位数"]

    def made(numbers: list[int]) -> object:
        folder = tmp_path_factory.mktemp("x")
        comma(inbox(folder, "a.csv"), [head, *(rows[n] for n in numbers)])
        found = taken(folder)
        return found.problems, asked(found), [(f.firm_id, said(f)) for f in found.firms]

    assert made(list(order)) == made([0, 1, 2, 3])


def test_two_forms_on_one_page_are_refused_and_none_is_lost_in_silence(tmp_path: Path) -> None:
    rows = [["企业名称", "示例甲公司", "所属市州", "东江市"], ["拟参加展会", "海外乐器展览会", "申请展位数", 1]]
    other = [["企业名称", "示例乙公司", "所属市州", "东江市"], ["拟参加展会", "海外乐器展览会", "申请展位数", 2]]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", [["报名表"], *rows, [], *other]))
    found = taken(tmp_path)
    assert [(p.what, p.row, p.value) for p in found.problems] == [("signup-two-firms", 5, "示例乙公司")]


def test_a_second_table_below_the_first_is_refused(tmp_path: Path) -> None:
    rows: list[list[object]] = [[1, "示例甲公司", code(1), "东江市", "海外乐器展览会", 1]]
    second = ["单位名称", "信用代码", "展会名称", "展位数量"]
    register(inbox(tmp_path, "a.xlsx"), *rows, [], second, ["示例乙公司", code(2), "海外乐器展览会", 1])  # type: ignore[arg-type]  # rows of texts
    found = taken(tmp_path)
    assert whats(found) == ["sheet-two-tables"]


def test_firms_down_and_fairs_across_under_a_header_of_two_rows(tmp_path: Path) -> None:
    rows = [
        ["2025年参展需求表", None, None, None, None],
        ["企业名称", "所属市州", "第137届样交会", None, "海外乐器展览会"],
        [None, None, "第一期", "第二期", None],
        ["示例甲公司", "东江市", 2, "√", None],
        ["示例乙公司", "西山经开区", "×", None, "1个"],
    ]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", rows), merged=["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"])
    found = taken(tmp_path)
    assert whats(found) == []
    assert asked(found) == {
        ("示例甲公司", "expo-137-1"): {"booths": 2},
        ("示例甲公司", "expo-137-2"): {},
        ("示例乙公司", "abroad-1-1"): {"booths": 1},
    }


def test_the_fair_may_stand_in_the_title_of_a_register_or_in_the_name_of_its_file(tmp_path: Path) -> None:
    head = ["企业名称", "所属市州", "展区", "申请展位数"]
    titled = [["第137届样交会第一期报名汇总表"], head, ["示例甲公司", "东江市", "工具", 2]]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", titled))
    workbook(inbox(tmp_path, "第138届样交会报名.xlsx"), ("x", [head, ["示例乙公司", "东江市", "玩具", 1]]))
    found = taken(tmp_path)
    assert whats(found) == []
    assert asked(found) == {
        ("示例甲公司", "expo-137-1"): {"section_id": "expo-tools", "booths": 2},
        ("示例乙公司", "expo-138-2"): {"section_id": "expo-toys", "booths": 1},
    }


@pytest.mark.parametrize(
    "text",
    [
        "第137届样交会第一期、第137届样交会第二期", "第137届样交会第一期，第二期", "样交会第137届一、二期", "第137届样交会第1期 第137届样交会第2期",
        "☑第137届样交会第一期 □第138届样交会第一期 ☑第137届样交会第二期", "第137届样交会第一期\n第137届样交会第二期", "expo-137-1; expo-137-2",
        "第137届样交会第一期及第137届样交会第二期",
    ],
)  # fmt: skip
def test_several_fairs_in_one_answer(tmp_path: Path, text: str) -> None:
    rows = [["企业名称", "示例甲公司"], ["所属市州", "东江市"], ["拟参加展会", text], ["申请展位数", 1]]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", rows))
    found = taken(tmp_path)
    assert whats(found) == []
    assert [a.phase_id for a in found.applications] == ["expo-137-1", "expo-137-2"]


@pytest.mark.parametrize(
    "text",
    [
        "China Sample Fair, 137th, phase 1",
        "China Sample Fair 137 Phase 1",
        "China Sample Fair, 137 phase 1",
        "样交会，第137届第一期",
    ],
)
def test_what_narrows_a_fair_after_a_comma_is_no_second_fair(tmp_path: Path, text: str) -> None:
    head = ["Company name", "Zone", "1st choice", "2nd choice"]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", [head, ["Sample Co.", "Dongjiang City", text, "n/a"]]))
    found = taken(tmp_path)
    assert whats(found) == []
    assert [(a.phase_id, a.preference) for a in found.applications] == [("expo-137-1", 1)]


@pytest.mark.parametrize(
    "text", ["137th China Sample Fair, phase 1 and 2", "第137届样交会一二期", "第137届样交会第1至2期"]
)
def test_of_a_span_of_phases_none_is_taken_alone(tmp_path: Path, text: str) -> None:
    workbook(inbox(tmp_path, "a.xlsx"), ("x", [["企业名称", "所属市州", "拟参加展会"], ["示例甲公司", "东江市", text]]))
    found = taken(tmp_path)
    assert (whats(found), found.applications) == (["signup-fair-more"], ())


def test_of_two_phases_that_cannot_be_told_apart_none_is_taken_alone(tmp_path: Path) -> None:
    rows = [["企业名称", "示例甲公司"], ["所属市州", "东江市"], ["拟参加展会", "样交会137届第一期或者第二期都行"]]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", rows))
    found = taken(tmp_path)
    assert (whats(found), found.applications) == (["signup-fair-more"], ())


@pytest.mark.parametrize("asked_by", [["拟参加的展会（打√）"], ["拟参加的展会"], []])
def test_a_list_of_fairs_to_be_ticked(tmp_path: Path, asked_by: list[object]) -> None:
    rows: list[list[object]] = [
        ["企业名称：示例甲公司", None, "所属市州：东江市"], ["联系人：张三", None, "电话：13800138000"], asked_by,
        ["第137届样交会第一期", "√"], ["第137届样交会第二期", None], ["海外乐器展览会", 2], ["第138届样交会第二期", "×"],
    ]  # fmt: skip
    workbook(inbox(tmp_path, "a.xlsx"), ("x", rows))
    found = taken(tmp_path)
    assert whats(found) == []
    assert asked(found) == {("示例甲公司", "expo-137-1"): {}, ("示例甲公司", "abroad-1-1"): {"booths": 2}}


def test_sections_and_booths_of_each_fair_across(tmp_path: Path) -> None:
    rows = [
        ["序号", "企业名称", "所属市州", "第137届样交会第一期", None, "第137届样交会第二期", None],
        [None, None, None, "展区", "展位数", "展区", "展位数"],
        [1, "示例甲公司", "东江市", "工具", 2, None, None],
        [2, "示例乙公司", "东江市", None, None, "玩具", 1],
    ]
    merged = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", rows), merged=merged)
    found = taken(tmp_path)
    assert whats(found) == []
    assert asked(found) == {
        ("示例甲公司", "expo-137-1"): {"section_id": "expo-tools", "booths": 2},
        ("示例乙公司", "expo-137-2"): {"section_id": "expo-toys", "booths": 1},
    }


def test_a_dash_says_nothing(tmp_path: Path) -> None:
    head = ["企业名称", "所属市州", "展会", "申请展位数", "上年出口额", "职工人数"]
    row = ["示例甲公司", "东江市", "海外乐器展览会", "/", "-", "无"]
    workbook(inbox(tmp_path, "a.xlsx"), ("x", [head, row]))
    found = taken(tmp_path)
    assert whats(found) == []
    assert [said(f) for f in found.firms] == [{"name_zh": "示例甲公司", "zone_id": "east"}]
    assert asked(found) == {("示例甲公司", "abroad-1-1"): {}}
