"""The verb `tariff`, as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fairplanner.cli import build
from tests.intake.test_tariff import HEADINGS, ROWS, SETTINGS, table


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["找到标准的城市 4 个", "叶卡捷琳堡：第 7 行（俄罗斯：叶卡捷琳堡、圣彼得堡）：住宿 171", "未单列该城市", "中国香港：第 4 行（中国香港）", "没有的城市 36 个"]),
        ("en", ["Places with a rate: 4", "Anaheim: row 9 (United States: 其他城市; the city is not named)", "Places not in the table: 36", "lacks: HKD, USD"]),
    ],
)  # fmt: skip
def test_it_says_which_row_gave_which_place_and_writes_once(tmp_path: Path, lang: str, said: list[str]) -> None:
    folder = tmp_path / "programme"
    folder.mkdir()
    (folder / "programme.toml").write_text(SETTINGS, encoding="utf-8")
    args = ["tariff", str(table(tmp_path, [HEADINGS, *ROWS])), str(folder)]
    result = CliRunner().invoke(build(lang), args, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    for words in said:
        assert words in result.output
    before = (folder / "stays.csv").read_bytes()
    again = CliRunner().invoke(build(lang), args, catch_exceptions=False)
    assert again.exit_code == 1
    assert "--replace" in again.output
    assert (folder / "stays.csv").read_bytes() == before
    assert CliRunner().invoke(build(lang), [*args, "--replace"], catch_exceptions=False).exit_code == 0
    assert (folder / "stays.csv").read_bytes() == before
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
