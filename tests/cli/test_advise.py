"""`advise`, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.cli.door import read_both
from fairplanner.pose import pose
from fairplanner.publish.plan_json import plan_json, snapshot_json
from fairplanner.rules import check
from fairplanner.solver import solve
from tests import builders as b
from tests.hand_made import comma


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("advise")
    programme = b.a_programme(
        quotas=(b.quota("expo-1-1", 3), b.quota("expo-1-2", 9)),
        choices=(b.choice("abroad", least_firms=2), b.choice("expo", policy="optimise")),
    )
    (folder / "programme.json").write_bytes(snapshot_json(programme))
    (folder / "plan.json").write_bytes(plan_json(solve(pose(programme), seconds=10, gap=0).plan))
    return folder


def run(*args: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), ["advise", *map(str, args)], catch_exceptions=False)


def test_a_firm_told_in_options_is_told_what_it_can_have_what_only_anew_and_what_to_do(plan: Path) -> None:
    result = run(plan, "--zone", "east区", "--sectors", "茶叶", "--markets", "东盟", "--name", "新茶")
    assert result.exit_code == 0
    for words in (
        "新茶（east区）",
        "现在可以同时参加 2 个展会",
        "名额已满",
        "共 3，已用 3",
        "下一步：",
        "单独参加增加",
    ):
        assert words in result.output, words
    result.output.encode("gbk")


def test_the_same_in_english_from_a_row_and_written_as_a_plan_that_keeps_every_rule(plan: Path, tmp_path: Path) -> None:
    late = comma(
        tmp_path / "late.csv", [["Chinese name", "Zone", "Sectors", "Colour"], ["New Tea", "east", "tea", "red"]]
    )
    result = run(plan, "--firm", late, "--out", tmp_path / "out", lang="en")
    assert result.exit_code == 0
    assert "It can be given 2 fairs together" in result.output
    assert "Colour" in result.stderr
    programme, made = read_both(tmp_path / "out")
    assert check(programme, made) == ()
    assert "LATE-1" in {p.firm_id for p in made.participations}
    assert (made.status, made.bound) == ("amended", None)
    assert {p.name for p in (tmp_path / "out" / "tables").iterdir()} == {"firms.csv", "applications.csv"}


def test_a_machine_reads_ids_and_numbers_and_how_long_it_took(plan: Path) -> None:
    told = json.loads(run(plan, "--zone", "east", "--phases", "expo-1-1,expo-1-2", "--json").output)
    assert {f["phase"]: f["state"] for f in told["fairs"]} == {"expo-1-1": "again", "expo-1-2": "fits"}
    assert [g["phase"] for g in told["exact"]["given"]] == ["expo-1-2"]
    assert told["milliseconds"] > 0


def test_the_quick_answer_alone_says_that_it_is_an_estimate(plan: Path) -> None:
    out = run(plan, "--firm-id", "f1", "--quick").output
    assert "已经安排" in out
    assert "现在可以" not in out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "没有说是哪家企业"),
        (["--firm-id", "f9"], "f9"),
        (["--zone", "eest"], "--zone"),
        (["--zone", "east", "--phases", "没有的展会名称"], "--phases"),
    ],
)
def test_what_is_not_clear_is_the_users_to_put_right(plan: Path, args: list[str], words: str) -> None:
    result = run(plan, *args)
    assert result.exit_code == 1
    assert words in result.output
