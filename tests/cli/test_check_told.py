"""`check` tells what was done with sheets as offices keep them: where the header was found, the unit, rows that were left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairplanner.cli.check import command
from fairplanner.words import words
from tests.intake.test_table_pages import messy
from tests.programmes.broken_table import BASE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in BASE.items():
        if name != "firms.csv":
            (tmp_path / name).write_text(str(content), encoding="utf-8")
    messy().save(tmp_path / "汇总表.xlsx")
    return tmp_path


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("zh", "汇总表.xlsx[Sheet1]：没有读这些行（合计、小计、备注、填表说明、分组标题）：7, 9-11"),
        ("en", "汇总表.xlsx[Sheet1]: rows not read (totals, remarks, instructions, lines over groups): 7, 9-11"),
    ],
)
def test_rows_left_out_are_told_in_one_remark(folder: Path, lang: str, line: str) -> None:
    done = CliRunner().invoke(command(words(lang)), [str(folder), "--lang", lang])
    assert done.exit_code == 0, done.output
    assert sum(said.strip() == line for said in done.output.splitlines()) == 1


def test_a_machine_is_told_the_same(folder: Path) -> None:
    done = CliRunner().invoke(command(words("zh")), [str(folder), "--json", "--lang", "zh"])
    assert any("万元" in said for said in json.loads(done.output)["remarks"])
