"""Folders of sign-ups go through `collect`: every firm and wish comes out, what cannot be read names its cell, nothing is lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.intake import read_programme
from tests.messy.making import SETTINGS, book
from tests.messy.signup_sheets import SIGN_UPS, SignUps

READ = [x for x in SIGN_UPS if not x.refused]
REFUSED = [x for x in SIGN_UPS if x.refused]


def name(sheet: SignUps) -> str:
    return sheet.name


def run(*args: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), [*map(str, args)], catch_exceptions=False)


@pytest.mark.parametrize("sheet", READ, ids=name)
def test_every_firm_and_every_wish_comes_out(sheet: SignUps, tmp_path: Path) -> None:
    folder = sheet.written(tmp_path)
    result = run("collect", folder)
    assert result.exit_code == 0, result.output
    for piece in sheet.told:
        assert piece in result.output
    assert run("check", folder).exit_code == 0
    programme = read_programme(folder)
    firms = {f.name_zh: f for f in programme.firms}
    for firm, values in sheet.firms.items():
        assert {field: getattr(firms[firm], field) for field in values} == values, firm
    asked = {(programme.firm[a.firm_id].name_zh, a.phase_id): a.booths for a in programme.applications}
    assert set(asked) == {(firm, phase) for firm, phase, _ in sheet.wishes}
    assert {(firm, phase): asked[firm, phase] for firm, phase, booths in sheet.wishes if booths} == {
        (firm, phase): booths for firm, phase, booths in sheet.wishes if booths
    }
    assert all(row.source.strip() for row in (*programme.firms, *programme.applications))


@pytest.mark.parametrize("sheet", [READ[0], *(pytest.param(x, marks=pytest.mark.slow) for x in READ[1:])], ids=name)
def test_collecting_once_more_changes_nothing(sheet: SignUps, tmp_path: Path) -> None:
    folder = sheet.written(tmp_path)
    run("collect", folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    assert run("collect", folder).exit_code == 0
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before


@pytest.mark.parametrize("sheet", REFUSED, ids=name)
def test_what_must_be_settled_first_is_named_and_nothing_written(sheet: SignUps, tmp_path: Path) -> None:
    folder = sheet.written(tmp_path)
    result = run("collect", folder)
    assert result.exit_code == 1
    assert not (folder / "collected.xlsx").exists()
    lines = [line for line in result.stderr.splitlines() if line.startswith("  ")]
    assert len(lines) == len(sheet.refused), lines
    for pieces in sheet.refused:
        assert any(all(piece in line for piece in pieces) for line in lines), (pieces, lines)


def test_no_number_of_a_telephone_or_a_paper_comes_out(tmp_path: Path) -> None:
    folder = READ[0].written(tmp_path)
    run("collect", folder)
    programme = read_programme(folder)
    assert "13800000000" not in programme.model_dump_json()
    assert b"13800000000" not in (folder / "mapping.toml").read_bytes()


def answered(folder: Path, rows: list[list[object]]) -> Result:
    (folder / "programme.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "报名").mkdir()
    book(("报名表", rows)).save(folder / "报名" / "a.xlsx")
    return run("collect", folder)


def test_what_stands_in_a_form_and_was_not_read_is_named_by_its_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["报名表（示例）"], ["项目", "企业1", "企业2"], ["企业名称", "示例茶业", "示例吉他"], ["所属地区", "遵义市", "遵义市"],
        ["参展展会", "第141届广交会第三期", "第141届广交会第一期"],
    ]  # fmt: skip
    assert "C3, C4, C5" in answered(tmp_path, rows).output


def test_errors_and_formulas_without_a_value_are_no_answers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["企业名称", "所属地区", "展会", "展位数"],
        ["示例茶业", "#N/A", "第141届广交会第三期", 1],
        ["示例吉他", "遵义市", "第141届广交会第三期", "=1+1"],
        ["示例轮胎", "贵阳市", "第141届广交会第三期", 1],
    ]
    result = answered(tmp_path, rows)
    assert result.exit_code == 1
    lines = [line for line in result.stderr.splitlines() if line.startswith("  ")]
    assert len(lines) == 2
    assert "B2" in lines[0]
    assert "公式" in lines[0]
    assert "D3" in lines[1]
    assert "重新保存" in lines[1]


def test_a_phase_without_its_fair_is_one_of_the_fair_that_the_form_is_about(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["广交会报名表（示例）"], ["贵公司全称", "统一社会信用代码", "所属市州"], ["示例茶业", "", "遵义市"],
        ["拟参展届次", "展期", "展位数"], ["第141届", "三期", 2],
    ]  # fmt: skip
    assert answered(tmp_path, rows).exit_code == 0
    assert [(a.phase_id, a.booths) for a in read_programme(tmp_path).applications] == [("canton-141-3", 2)]


def test_a_fair_nobody_knows_is_not_taken_for_the_one_in_the_title(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["广交会报名表（示例）"], ["企业名称", "所属市州"], ["示例茶业", "遵义市"], ["届次", "展会", "展位数"], ["第141届", "没有展三期", 2],
    ]  # fmt: skip
    result = answered(tmp_path, rows)
    assert result.exit_code == 1
    assert "没有展三期" in result.stderr
