"""`diagnose`, and `plan` where nothing fits: sentences that a planner understands, one object for machines, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build

PROGRAMMES = Path(__file__).parents[1] / "programmes"
FOREIGN = (
    "infeasible",
    "constraint",
    "objective",
    "solver",
    "dual",
    "slack",
    "core",
    "gap",
    "无可行解",
    "约束矩阵",
    "目标函数",
)
"""Words that nobody outside the trade knows."""


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), list(args), catch_exceptions=False)


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What is said of the impossible sample, by language."""
    made = {}
    for lang in ("en", "zh"):
        result = run("diagnose", str(PROGRAMMES / "impossible"), "--lang", lang)
        assert result.exit_code == 2, result.output
        made[lang] = result.stdout
    return made


def test_both_reasons_are_told_by_names_with_what_puts_each_right(told: dict[str, str]) -> None:
    text = told["en"]
    assert "2 separate reasons" in text
    assert (
        "Decision d1 says that Sample firm 01 must go to Sample Tea Expo, edition 1; decision d2 says that it must not."
        in text
    )
    assert "Sample firm 02 must go to Sample Guitar Show, edition 1, but no place there is open to it" in text
    assert "raise “booths” from 0 to 1" in text
    assert "give up decision d2" in text
    assert "Tried together: 1a" in text


def test_it_is_told_in_chinese_as_the_office_writes(told: dict[str, str]) -> None:
    text = told["zh"]
    assert "排不出方案，原因有 2 个" in text
    assert "决定 d1 要求示例企业01必须参加第1届示例茶博会，决定 d2 又要求其不得参加。" in text
    assert "展位基数表，第1届示例吉他展、示例省：“展位数”由 0 增至 1" in text
    assert "撤销决定 d2" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_word_of_the_trade_is_used_and_every_console_can_show_it(told: dict[str, str], lang: str) -> None:
    for word in FOREIGN:
        assert word not in told[lang].lower()
    assert "{" not in told[lang]
    told[lang].encode("cp936")


@pytest.mark.slow
def test_a_machine_is_told_ids_and_how_to_assume_each_repair() -> None:
    result = run("diagnose", str(PROGRAMMES / "impossible"), "--json")
    assert result.exit_code == 2
    facts = json.loads(result.stdout)
    assert facts["status"] == "infeasible"
    conflicts = [{member["label"] for member in c["members"]} for c in facts["conflicts"]]
    assert sorted(map(sorted, conflicts)) == [["d1", "d2"], ["d3"]]
    assert all(c["smallest"] for c in facts["conflicts"])
    sets = {text for c in facts["conflicts"] for repair in c["repairs"] for text in repair["set"]}
    assert sets == {"quotas/t-guitar-1/-/tp.booths=1", "decisions/d1=-", "decisions/d2=-", "decisions/d3=-"}
    assert len(facts["together"]["set"]) == 2


@pytest.mark.slow
def test_plan_tells_the_same_and_exits_with_2(told: dict[str, str], tmp_path: Path) -> None:
    result = run("plan", str(PROGRAMMES / "impossible"), "--out", str(tmp_path / "x"), "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = told["en"].splitlines()
    assert result.stderr.splitlines() == lines[: len(lines) - 1]
    assert not (tmp_path / "x").exists()


@pytest.mark.slow
def test_plan_gives_machines_the_conflicts_and_repairs(tmp_path: Path) -> None:
    result = run("plan", str(PROGRAMMES / "impossible"), "--out", str(tmp_path / "x"), "--json")
    facts = json.loads(result.stdout)
    assert facts["status"] == "infeasible"
    assert len(facts["conflicts"]) == 2
    assert {b["rule"] for b in facts["guilty"]} >= {"decisions"}


def test_the_repairs_made_in_the_tables_restore_a_plan(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(PROGRAMMES / "impossible", folder)
    decisions = (folder / "decisions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "decisions.csv").write_text("".join(x for x in decisions if not x.startswith("d2,")), encoding="utf-8")
    quotas = (folder / "quotas.csv").read_text(encoding="utf-8")
    (folder / "quotas.csv").write_text(quotas.replace(",tp,0,", ",tp,1,"), encoding="utf-8")
    result = run("diagnose", str(folder))
    assert result.exit_code == 0, result.output
    assert "A plan is possible" in result.stdout
    assert run("plan", str(folder), "--out", str(tmp_path / "out")).exit_code == 0


@pytest.mark.parametrize(("lang", "said"), [("en", "A plan is possible"), ("zh", "可以编排")])
def test_where_a_plan_is_possible_it_says_so_and_what_comes_next(lang: str, said: str) -> None:
    result = run("diagnose", str(PROGRAMMES / "tiny"), "--lang", lang)
    assert result.exit_code == 0, result.output
    assert said in result.stdout
    assert "fairplanner plan" in result.stdout


def test_a_folder_that_is_not_there_is_the_users_input() -> None:
    assert run("diagnose", str(PROGRAMMES / "nowhere")).exit_code == 1
