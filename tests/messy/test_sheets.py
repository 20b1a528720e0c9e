"""Thirty sheets as they really arrive: each is read as its writer meant it, or refused with the cell and the cure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.errors import Problem
from fairplanner.intake import read_programme
from fairplanner.report import report
from tests.messy.day_sheets import DAY_SHEETS
from tests.messy.firm_sheets import FIRM_SHEETS, FORMULAS, HIDDEN, NOT_FOUND, SUMMARY
from tests.messy.make_old import OLD
from tests.messy.making import SETTINGS, Messy, read_rows
from tests.messy.money_sheets import MONEY_SHEETS

SHEETS = (*FIRM_SHEETS, *DAY_SHEETS, *MONEY_SHEETS)
READ = [sheet for sheet in SHEETS if not sheet.refused]
REFUSED = [sheet for sheet in SHEETS if sheet.refused]


def name(sheet: Messy) -> str:
    return sheet.name


def check(folder: Path, *options: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), ["check", str(folder), *options], catch_exceptions=False)


@pytest.mark.parametrize("sheet", READ, ids=name)
def test_a_sheet_is_read_as_its_writer_meant_it(sheet: Messy, tmp_path: Path) -> None:
    folder = sheet.written(tmp_path)
    if sheet.told:
        result = check(folder)
        assert result.exit_code == 0, result.output
        assert all(piece in result.output for piece in sheet.told), result.output
    told: list[Problem] = []
    programme = read_programme(folder, told=told)
    assert len(report(told, "en")) == len(report(told, "zh"))
    for table, expected in sheet.rows.items():
        rows = read_rows(programme, table)
        assert not sheet.only or set(rows) == set(expected), table
        for key, values in expected.items():
            assert {field: getattr(rows[key], field) for field in values} == dict(values), (table, key)


@pytest.mark.parametrize("sheet", REFUSED, ids=name)
def test_a_sheet_that_cannot_be_read_names_the_cell_and_the_cure(sheet: Messy, tmp_path: Path) -> None:
    folder = sheet.written(tmp_path)
    result = check(folder, "--json")
    assert result.exit_code == 1, result.output
    problems = json.loads(result.stdout)["problems"]
    found = {(p["file"], p["row"], p["column"]) for p in problems}
    assert found == {(r.file, r.row, r.column) for r in sheet.refused}
    lines = [line.strip() for line in result.stderr.splitlines() if line.startswith("  ")]
    assert len(lines) == len(sheet.refused)
    for wanted in sheet.refused:
        named = [line for line in lines if _says(line, wanted.file, wanted.row, wanted.column)]
        assert any(all(piece in line for piece in wanted.says) for line in named), (wanted, lines)
    english = report([Problem(**{**p, "facts": tuple(map(tuple, p["facts"]))}) for p in problems], "en")
    assert len(english) == len(lines)
    assert not any("problems." in line for line in english)


def _says(line: str, file: str, row: int, column: str) -> bool:
    return file in line and (not row or f"第 {row} 行" in line) and column in line


def test_ten_sheets_at_least_have_several_things_wrong() -> None:
    assert sum(sheet.several for sheet in SHEETS) >= 10


@pytest.mark.parametrize(
    "sheet", [SUMMARY, *(pytest.param(x, marks=pytest.mark.slow) for x in (HIDDEN, FORMULAS))], ids=name
)
def test_the_same_as_an_xls_reads_the_same(sheet: Messy, tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "企业.xls").write_bytes((OLD / f"{sheet.name}.xls").read_bytes())
    result = check(tmp_path)
    assert result.exit_code == 0, result.output
    firms = read_rows(read_programme(tmp_path), "firms")
    assert set(firms) == set(sheet.rows["firms"])
    for key, values in sheet.rows["firms"].items():
        assert {field: getattr(firms[key], field) for field in values} == dict(values), key


def test_errors_of_an_xls_are_refused_as_those_of_an_xlsx(tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "企业.xls").write_bytes((OLD / "not-found.xls").read_bytes())
    problems = json.loads(check(tmp_path, "--json").stdout)["problems"]
    found = {(p["row"], p["column"], p["what"]) for p in problems}
    assert found == {(r.row, r.column, "excel-error") for r in NOT_FOUND.refused}
