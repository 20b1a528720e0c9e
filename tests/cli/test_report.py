"""`fairplanner report`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build

TINY = Path(__file__).parents[1] / "programmes" / "tiny"


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), list(args), catch_exceptions=False)


@pytest.fixture(scope="module")
def folder(tiny_planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(tiny_planned, tmp_path_factory.mktemp("report"), dirs_exist_ok=True)


def test_the_report_lies_beside_the_plan_unless_a_file_is_named(folder: Path, tmp_path: Path) -> None:
    said = run("report", str(folder / "plan.json"))
    named = run("report", str(folder), "--out", str(tmp_path / "x.html"), "--lang", "zh")
    beside = (folder / "internal" / "report.en.html").read_bytes()
    assert (said.exit_code, named.exit_code) == (0, 0)
    assert beside.startswith(b'<!DOCTYPE html>\n<html lang="en">')
    assert b'<html lang="zh-CN">' in (tmp_path / "x.html").read_bytes()
    assert f"({round(len(beside) / 1000)} kB)" in said.output


def test_a_file_that_is_somebody_elses_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    file.write_text("mine")
    refused = run("report", str(folder), "--out", str(file))
    assert (refused.exit_code, file.read_text()) == (1, "mine")
    assert "x.html" in refused.output
    assert run("report", str(folder), "--out", str(file), "--replace").exit_code == 0
    assert file.read_text() != "mine"


def test_a_plan_that_breaks_rules_is_reported_with_what_it_breaks(folder: Path, tmp_path: Path) -> None:
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    plan["participations"][0]["booths"] = 99
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    (tmp_path / "programme.json").write_bytes((folder / "programme.json").read_bytes())
    assert run("report", str(tmp_path), "--lang", "zh").exit_code == 0
    text = (tmp_path / "internal" / "report.zh.html").read_text(encoding="utf-8")
    assert "处不符合规则" in text


def test_a_template_of_ones_own_replaces_the_shipped_one(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "report"
    own.mkdir(parents=True)
    (own / "report.css").write_text(".strip { color: red; }")
    assert run("report", str(folder), "--out", str(tmp_path / "x.html"), "--templates", str(own.parent)).exit_code == 0
    assert ".strip { color: red; }" in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_a_plan_that_is_not_there_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    result = run("report", str(tmp_path / "plan.json"))
    assert result.exit_code == 1
    assert "Traceback" not in result.output
