"""`export`, as a user runs it: tables and choices as workbooks, never into the programme's own folder nor over an open file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from fairplanner.cli import build
from fairplanner.intake import read_programme

TINY = Path(__file__).parents[1] / "programmes" / "tiny"


def run(*args: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), ["export", *map(str, args)], catch_exceptions=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_programme_becomes_a_folder_that_is_the_same(tmp_path: Path, lang: str) -> None:
    result = run(TINY, "--out", tmp_path / "新 文件夹", lang=lang)
    assert result.exit_code == 0, result.output
    assert read_programme(tmp_path / "新 文件夹").digest == read_programme(TINY).digest
    result.output.encode("gbk")


def test_or_one_workbook_to_be_laid_beside_the_settings(tmp_path: Path) -> None:
    result = run(TINY, "--out", tmp_path / "表格.xlsx")
    assert result.exit_code == 0, result.output
    shutil.copy(TINY / "programme.toml", tmp_path)
    assert read_programme(tmp_path / "表格.xlsx").digest == read_programme(TINY).digest


def test_not_into_the_folder_that_it_is_of(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(TINY, own)
    result = run(own, "--out", own / "表格.xlsx")
    assert result.exit_code == 1
    assert "同一行会出现两次" in result.output
    assert not (own / "表格.xlsx").exists()


def test_a_plan_becomes_its_choices(tiny_planned: Path, tmp_path: Path) -> None:
    result = run(tiny_planned, "--out", tmp_path / "choices")
    assert result.exit_code == 0, result.output
    book = load_workbook(tmp_path / "choices.xlsx")
    assert book.sheetnames == ["填写说明", "企业参展安排", "团组安排", "_fairplanner"]
    assert book["_fairplanner"].sheet_state == "hidden"
    sheet = book["企业参展安排"]
    assert sheet.protection.sheet
    assert sheet.row_dimensions[2].hidden
    assert sheet.column_dimensions["A"].hidden
    goes = next(c.column for c in sheet[2] if c.value == "goes")
    firm = next(c.column for c in sheet[2] if c.value == "firm")
    assert not sheet.cell(4, goes).protection.locked
    assert sheet.cell(4, firm).protection.locked
    assert '"是,否"' in [v.formula1 for v in sheet.data_validations.dataValidation]
    result.output.encode("gbk")


@pytest.mark.parametrize("lock", [".~lock.c.xlsx#", "~$c.xlsx", ".~c.xlsx"])
def test_an_open_workbook_is_not_written_over(tiny_planned: Path, tmp_path: Path, lock: str) -> None:
    assert run(tiny_planned, "--out", tmp_path / "c.xlsx").exit_code == 0
    before = (tmp_path / "c.xlsx").read_bytes()
    (tmp_path / lock).write_bytes(b"")
    result = run(tiny_planned, "--out", tmp_path / "c.xlsx", "--replace", lang="en")
    assert result.exit_code == 1
    assert "c.xlsx" in result.output
    assert (tmp_path / "c.xlsx").read_bytes() == before


def test_one_that_was_edited_is_not_written_over(tiny_planned: Path, tmp_path: Path) -> None:
    out = tmp_path / "c.xlsx"
    assert run(tiny_planned, "--out", out).exit_code == 0
    out.write_bytes(out.read_bytes() + b" ")
    assert run(tiny_planned, "--out", out).exit_code == 1
    assert run(tiny_planned, "--out", out, "--replace").exit_code == 0
