"""The people file: whatever an office's list looks like, its people are found; nothing of a passport gets in, and no name out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from fairplanner.domain.people import Hotel, People
from fairplanner.errors import Problem, UserError
from fairplanner.intake.people import read_people
from fairplanner.report import report
from tests.publish import plans

IDENTITY = "11010519491231002X"  # the example number of the standard, nobody's
ABROAD, HOME = "prov/abroad-1-1", "prov/expo-1-1"


def a_file(folder: Path, *rows: tuple[Any, ...], merge: str = "") -> Path:
    book = Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    if merge:
        page.merge_cells(merge)
    content = BytesIO()
    book.save(content)
    path = folder / "名册.xlsx"
    path.write_bytes(content.getvalue())
    return path


def read(path: Path) -> People:
    return read_people(path, plans.programme(), plans.plan())


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(UserError) as error:
        read(path)
    for lang in ("zh", "en"):
        for line in report(error.value.problems, lang):
            assert "示例甲" not in line
            assert IDENTITY not in line
            assert "people-" not in line
    return error.value.problems


def whats(path: Path) -> list[str]:
    return [p.what for p in problems_of(path)]


def test_a_list_under_a_title_is_read_by_its_chinese_names_down_to_the_total(tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        ("参展团名册（示例）",), (None,), ("填表人：示例",),
        ("序号", "姓 名", "单位名称", "手机号码", "身份", "展会", "组别", "去程航班/车次", "房号", "展位号", "民族"),
        (1, "示例甲", "示例企业f1", 13800001234, "团长", "abroad展", "第一组", "ＣＺ３４６１", 1208.0, "A12", "x"),
        (2, "示例乙", "f2", "+86 138 0000 1235", "摄影", "abroad", "", "", "", "", ""),
        ("合计", "", "2人"), ("示例丙", "示例丙"),
    )  # fmt: skip
    people = read(path)
    first, second = people.persons
    assert (first.name, first.firm_id, first.delegation_id, first.phone) == ("示例甲", "f1", ABROAD, "13800001234")
    assert (first.role, first.group, first.out, first.stand) == ("head", "第一组", "CZ3461", "A12")
    assert [s.room for s in first.stays] == ["1208"]
    assert (second.role, second.delegation_id, second.stays) == ("摄影", ABROAD, ())
    assert people.unused == ("民族",)
    assert people.of(ABROAD) == people.persons
    assert people.delegations == {ABROAD}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_of_any_program_is_read(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "people.csv"
    lines = (("Name", "Firm", "Role"), ("Sample Person", "Sample f2", "team leader"), ("示例甲", "示例企业f2", "领队"))
    path.write_bytes("\n".join(mark.join(x) for x in lines).encode(encoding))
    assert [(p.name, p.firm_id, p.role) for p in read(path).persons] == [
        ("Sample Person", "f2", "guide"),
        ("示例甲", "f2", "guide"),
    ]


def test_a_firm_written_once_beside_its_people_is_the_firm_of_each(tmp_path: Path) -> None:
    rows = (("企业", "姓名"), ("f2", "示例甲"), (None, "示例乙"), ("f3", "示例丙"))
    assert [p.firm_id for p in read(a_file(tmp_path, *rows, merge="A2:A3")).persons] == ["f2", "f2", "f3"]


def test_rows_of_one_person_are_one_person_with_several_hotels_and_flights(tmp_path: Path) -> None:
    header = ("姓名", "企业", "酒店", "酒店当地文字地址", "房间", "去程")
    rows = (("示例甲", "f2", "示例酒店", "Sample St", "8", "AA1"), ("示例甲", "f2", "示例二店", "", "9", "AA2"))
    (person,) = read(a_file(tmp_path, header, *rows)).persons
    assert [(s.hotel.name, s.room) for s in person.stays] == [("示例酒店", "8"), ("示例二店", "9")]
    assert person.stays[0].hotel == Hotel("示例酒店", address_local="Sample St")
    assert person.out == "AA1\nAA2"


def test_a_post_may_stand_in_its_own_column_or_in_that_of_the_firm(tmp_path: Path) -> None:
    base = plans.programme().post["lead-1"]
    rows = (("姓名", "单位", "岗位"), ("示例甲", base.title_zh, ""), ("示例乙", "", "lead-1"))
    assert {(p.post_id, p.firm_id, p.delegation_id) for p in read(a_file(tmp_path, *rows)).persons} == {
        ("lead-1", "", ABROAD)
    }


@pytest.mark.parametrize("header", ["护照号码", "身份证号", "证件号码", "出生日期", "生日", "Passport No.", "ID number", "date of birth", "签证号", "Visa  No"])  # fmt: skip
def test_a_column_of_passports_is_refused_by_its_name(tmp_path: Path, header: str) -> None:
    (problem,) = problems_of(a_file(tmp_path, ("姓名", "企业", header), ("示例甲", "f2", "")))
    assert (problem.what, problem.row, problem.column) == ("people-banned", 1, " ".join(header.split()))


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("secret", [IDENTITY, "Ｅ１２３４５６７８", "EA1234567", 1.10105194912310e17])
def test_a_number_of_a_passport_is_refused_in_any_cell_and_shown_masked(
    tmp_path: Path, at: int, secret: object
) -> None:
    rows: list[list[Any]] = [["名册", "", "", ""], ["姓名", "企业", "电话", "其他"], ["示例甲", "f2", "138", "x"]]
    if at == 4:
        rows[0][0] = secret
    else:
        rows[2][at] = secret
    found = [p for p in problems_of(a_file(tmp_path, *map(tuple, rows))) if p.what == "people-secret"]
    assert [(p.row, p.column) for p in found] == [(1, "姓名") if at == 4 else (3, rows[1][at])]
    assert set(found[0].value[1:-1]) == {"*"}


def test_a_number_in_the_header_is_refused_and_not_said_as_an_unused_column(tmp_path: Path) -> None:
    (problem,) = problems_of(a_file(tmp_path, ("姓名", "企业", f"示例 {IDENTITY}"), ("示例甲", "f2", "")))
    assert (problem.what, problem.row, problem.column) == ("people-secret", 1, "3")


def test_a_sheet_that_nobody_sees_is_not_read_in_place_of_the_one_they_see(tmp_path: Path) -> None:
    book = Workbook()
    old, new = book.active, book.create_sheet()
    old.sheet_state = "hidden"
    for page, name in ((old, IDENTITY), (new, "示例甲")):
        page.append(("姓名", "企业"))
        page.append((name, "f2"))
    book.active = new
    book.save(tmp_path / "名册.xlsx")
    assert [p.name for p in read(tmp_path / "名册.xlsx").persons] == ["示例甲"]


def test_the_code_of_a_firm_is_no_secret_although_it_may_look_like_one(tmp_path: Path) -> None:
    firms = (*plans.programme().firms, plans.programme().firms[0].model_copy(update={"firm_id": IDENTITY}))
    path = a_file(tmp_path, ("姓名", "统一社会信用代码"), ("示例甲", IDENTITY))
    with pytest.raises(UserError) as error:
        read_people(path, plans.programme(firms=firms), plans.plan())
    assert [p.what for p in error.value.problems] == ["people-stays"]


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    rows = (
        ("姓名", "企业", "团组", "身份证"),
        ("", "f2", "", ""),
        ("示例甲", "示例企业f9", "", ""),
        ("示例甲", "f1", "", IDENTITY),
        ("示例甲", "f2", "expo-1-1", ""),
        ("示例甲", "f2", "no such fair", ""),
        ("示例甲", "f1", "abroad-1-1", "x" * 201),
        ("示" * 201, "f2", "", ""),
    )
    found = whats(a_file(tmp_path, *rows))
    assert sorted(found) == [
        "people-banned", "people-delegation", "people-firm-near", "people-long", "people-name-missing", "people-name-missing",
        "people-other", "people-secret", "people-which",
    ]  # fmt: skip


def test_whoever_has_neither_firm_nor_post_says_which_delegation(tmp_path: Path) -> None:
    assert whats(a_file(tmp_path, ("姓名", "角色"), ("示例甲", "司机"))) == ["people-which"]
    (person,) = read(a_file(tmp_path, ("姓名", "角色", "团组"), ("示例甲", "司机", ABROAD))).persons
    assert (person.role, person.delegation_id) == ("司机", ABROAD)


def test_names_beside_passports_alone_are_refused_for_the_passports(tmp_path: Path) -> None:
    found = whats(a_file(tmp_path, ("姓名", "护照号"), ("示例甲", "E12345678")))
    assert {"people-banned", "people-secret"} <= set(found)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ((("a", "b"), ("c", "d")), "people-no-header"),
        ((("姓名",), ("示例甲",)), "people-no-header"),
        ((("姓名", "企业"),), "people-none"),
        (((None,),), "file-empty"),
    ],
)
def test_a_file_without_header_or_people_is_no_list(tmp_path: Path, rows: Any, what: str) -> None:
    assert whats(a_file(tmp_path, *rows)) == [what]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("people.et", b"", "format-old"),
        ("people.xls", b"", "file-empty"),
        ("people.xlsx", b"no zip", "xlsx-broken"),
        ("people.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xlsx-locked"),
        ("people.csv", b"\xff\xff\x00", "file-unreadable"),
        ("people.csv", b'a,"b\nc', "csv-broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_as_such(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert whats(path) == [what]
    assert whats(tmp_path / "none.csv") == ["file-closed"]
