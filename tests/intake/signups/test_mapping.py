"""mapping.toml: proposed once, decided by people, never changed by us."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from fairplanner.intake.signups.titles import OPEN
from fairplanner.report import problem_text
from tests.hand_made import workbook
from tests.signups import asked, code, inbox, said, taken, whats

HEAD = ["企业名称", "所属市州", "拟参加展会", "往年是否参加过样交会", "您的建议", "联系人"]


def sheet(folder: Path, *rows: list[object], name: str = "a.xlsx", head: list[str] = HEAD) -> None:
    workbook(inbox(folder, name), ("x", [head, *rows]))


def decide(folder: Path, text: str) -> None:
    (folder / "mapping.toml").write_text(text, encoding="utf-8")


ROW: list[object] = ["示例甲公司", "东江市", "海外乐器展览会", "是", "无", "张三"]


def test_the_first_time_every_title_is_proposed_and_the_doubtful_ones_are_asked_about(tmp_path: Path) -> None:
    sheet(tmp_path, ROW)
    found = taken(tmp_path)
    assert tomllib.loads(found.mapping)["titles"] == {
        "企业名称": "企业名称", "所属市州": "地区编号", "拟参加展会": "展会", "往年是否参加过样交会": OPEN, "您的建议": "", "联系人": "",
    }  # fmt: skip
    assert [(p.what, p.value) for p in found.problems] == [("signup-title-open", "往年是否参加过样交会")]
    assert found.further == ""
    assert {(p.what, p.value) for p in found.told} >= {
        ("signup-title-unlike", "您的建议"),
        ("signup-title-personal", "联系人"),
    }


def test_an_open_title_stays_refused_until_it_is_decided(tmp_path: Path) -> None:
    sheet(tmp_path, ROW)
    decide(tmp_path, taken(tmp_path).mapping)
    again = taken(tmp_path)
    assert whats(again) == ["signup-title-open"]
    assert "mapping.toml" in problem_text(again.problems[0], "zh")
    assert (again.mapping, again.further) == ("", "")
    decide(tmp_path, taken(tmp_path).mapping or (tmp_path / "mapping.toml").read_text("utf-8").replace('"?"', '""'))
    done = taken(tmp_path)
    assert (done.problems, done.mapping, done.further) == ((), "", "")
    assert asked(done) == {("示例甲公司", "abroad-1-1"): {}}


def test_a_decision_counts_over_what_would_be_proposed(tmp_path: Path) -> None:
    sheet(tmp_path, ROW)
    decide(tmp_path, '[titles]\n"您的建议" = "备注"\n"往年是否参加过样交会" = "展会: expo-137-1"\n"联系人" = ""\n')
    found = taken(tmp_path)
    assert asked(found) == {
        ("示例甲公司", "abroad-1-1"): {"note": "无"},
        ("示例甲公司", "expo-137-1"): {"note": "无"},
    }


def test_titles_that_mapping_toml_does_not_have_go_into_a_proposal_of_their_own(tmp_path: Path) -> None:
    sheet(tmp_path, ROW[:3], head=HEAD[:3])
    decide(tmp_path, taken(tmp_path).mapping)
    sheet(
        tmp_path,
        ["示例乙公司", "东江市", "海外乐器展览会", 2, "x"],
        name="b.xlsx",
        head=[*HEAD[:3], "展位数", "展位数说明"],
    )
    found = taken(tmp_path)
    assert found.mapping == ""
    assert tomllib.loads(found.further)["titles"] == {"展位数": "申请展位数", "展位数说明": OPEN}
    assert whats(found) == ["signup-title-open"]
    assert "mapping.new.toml" in problem_text(found.problems[0], "zh")


def test_fairs_zones_and_firms_are_decided_there_too(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["示例甲公司", "东部新城", "样交会"], ["示例甲公司（总部）", "东江市", "春季那个展"], ["示例丙公司", "东江市", "不去了"],
    ]  # fmt: skip
    sheet(tmp_path, *rows, head=HEAD[:3])
    first = taken(tmp_path)
    proposed = tomllib.loads(first.mapping)
    assert proposed["zones"] == {"东部新城": OPEN}
    assert proposed["fairs"].keys() == {"样交会", "春季那个展", "不去了"}
    decide(tmp_path, first.mapping)
    again = taken(tmp_path)
    assert (again.further, whats(again)) == ("", whats(first))  # what is asked already is not asked elsewhere
    decide(
        tmp_path,
        '[fairs]\n"样交会" = ["expo-137-1", "expo-137-2"]\n"春季那个展" = "expo-138-1"\n"不去了" = ""\n'
        '[zones]\n"东部新城" = "east"\n[firms]\n"示例甲公司(总部)" = "示例甲公司"\n',
    )
    found = taken(tmp_path)
    assert whats(found) == []
    assert asked(found).keys() == {("示例甲公司", q) for q in ("expo-137-1", "expo-137-2", "expo-138-1")}
    assert {f.name_zh: f.zone_id for f in found.firms} == {"示例甲公司": "east", "示例丙公司": "east"}


def test_a_firm_is_merged_into_one_with_a_code_or_one_of_the_programme(tmp_path: Path) -> None:
    rows: list[list[object]] = [["老企业", "东江市", "海外乐器展览会"], ["甲厂", "东江市", "海外乐器展览会"]]
    sheet(tmp_path, *rows, head=HEAD[:3])
    decide(tmp_path, f'[firms]\n"老企业" = "示例老企业有限公司"\n"甲厂" = "{code(7)}"\n')
    found = taken(tmp_path)
    assert [a.firm_id for a in found.applications] == [code(7), "f1"]
    assert [(f.firm_id, said(f)) for f in found.firms] == [(code(7), {"name_zh": "甲厂", "zone_id": "east"})]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[titles]\n'企业名称' = '没有这一栏'\n", "signup-mapping-field"),
        ("[titles]\n'企业名称' = 3\n", "signup-mapping-text"),
        ("[fairs]\n'样交会' = 'no-such-phase'\n", "signup-mapping-fair"),
        ("[zones]\n'东部' = 'no-such-zone'\n", "signup-mapping-zone"),
        ("[titels]\n'企业名称' = ''\n", "signup-mapping-section"),
        ("titles = 3\n", "signup-mapping-section"),
        ("[titles\n", "toml-line"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(tmp_path: Path, text: str, what: str) -> None:
    sheet(tmp_path, ROW[:3], head=HEAD[:3])
    decide(tmp_path, text)
    assert what in whats(taken(tmp_path))


def test_titles_with_quotes_and_line_ends_are_written_so_that_they_are_read(tmp_path: Path) -> None:
    head = ["企业名称", "所属市州", '拟参加\n"展会"', "请问\\您的意见"]
    sheet(tmp_path, ["示例甲公司", "东江市", "海外乐器展览会", "x"], head=head)
    found = taken(tmp_path)
    assert whats(found) == []
    decide(tmp_path, found.mapping)
    assert (taken(tmp_path).problems, taken(tmp_path).further) == ((), "")
