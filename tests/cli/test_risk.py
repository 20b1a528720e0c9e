"""`fairplanner risk`: what moves and cancellations do, being prepared, and alternates, in both languages and as facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.intake import read_plan
from fairplanner.words import words

LANGS = pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["risk", *args, "--lang", lang], catch_exceptions=False)


def facts(*args: str) -> dict[str, Any]:
    found = run(*args, "--json")
    assert found.exit_code == 0, found.output
    told: dict[str, Any] = json.loads(found.stdout)
    return told


@pytest.fixture
def plan(tiny_planned: Path) -> str:
    return str(tiny_planned)


def fine(said: str) -> None:
    """Nothing unfilled, nothing a Chinese console cannot show, no word of a solver's."""
    said.encode("cp936")
    assert "{" not in said
    assert not any(
        word in said.casefold() for word in ("infeasible", "constraint", "objective", "solver", "不可行", "约束")
    )


@LANGS
def test_a_cancelled_fair_is_told_with_what_is_lost_and_what_planning_again_saves(plan: str, lang: str) -> None:
    found = run(plan, "--cancel", "t-tea-1", "--again", "--jobs", "1", lang=lang)
    assert found.exit_code == 0, found.output
    fine(found.stdout)
    told = facts(plan, "--cancel", "t-tea-1", "--again", "--jobs", "1")["scenarios"][0]
    assert told["left"]["places_lost"]
    assert told["left"]["delegations_lost"]
    assert told["anew"]["value"] >= told["left"]["value"]
    assert f"{told['left']['value']:,.1f}" in found.stdout


@pytest.mark.slow
@LANGS
def test_without_options_every_fair_moves_both_ways_and_is_cancelled(plan: str, lang: str) -> None:
    found = run(plan, "--jobs", "1", lang=lang)
    assert found.exit_code == 0, found.output
    fine(found.stdout)
    phases = {s.phase_id for d in read_plan(Path(plan) / "plan.json").delegations for s in d.stops}
    told = facts(plan, "--jobs", "1", "--quick")["scenarios"]
    assert len(told) == 3 * len(phases)
    assert words(lang)("risk.table.lost") in found.stdout
    assert words(lang)("risk.all") in found.stdout


@LANGS
def test_every_scenario_can_be_told_with_its_particulars(plan: str, lang: str) -> None:
    found = run(plan, "--all-moves", "6w", "--quick", "--all", "--jobs", "1", lang=lang)
    assert found.exit_code == 0, found.output
    fine(found.stdout)
    assert words(lang)("risk.all") not in found.stdout
    assert len([line for line in found.stdout.splitlines() if line[:1].isdigit()]) == 6


@pytest.mark.slow
def test_facts_are_the_same_over_local_processes(plan: str) -> None:
    asked = (plan, "--move", "t-tea-1:±2w", "--cancel", "t-sea-1")
    assert facts(*asked, "--jobs", "1") == facts(*asked, "--jobs", "2")


@pytest.mark.slow
@LANGS
def test_a_hedged_plan_is_told_beside_the_plan_and_written_as_a_plan(plan: str, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "bad-luck.toml"
    text = 'base_weight = 2\n[[scenario]]\nname = "茶叶展停办 tea off"\nweight = 3\nassume = ["drop:t-tea-1"]\n[[scenario]]\nassume = ["move:t-sea-1=+27d"]\n'
    file.write_text(text, encoding="utf-8")
    out = tmp_path / "hedged"
    found = run(plan, "--scenarios", str(file), "--hedge", "--out", str(out), lang=lang)
    assert found.exit_code == 0, found.output
    fine(found.stdout)
    assert "茶叶展停办 tea off" in found.stdout
    made = read_plan(out / "plan.json")
    told = facts(plan, "--scenarios", str(file), "--hedge")
    assert told["base"]["value"][1] == made.value / 1000
    assert told["mean"][1] >= told["mean"][0]
    assert [s["weight"] for s in told["scenarios"]] == [3, 1]
    assert CliRunner().invoke(build(lang), ["check", str(out)]).exit_code == 0


@LANGS
def test_alternates_are_named_with_the_command_that_lets_them_in(plan: str, lang: str) -> None:
    found = run(plan, "--alternates", lang=lang)
    assert found.exit_code == 0, found.output
    fine(found.stdout)
    told = facts(plan, "--alternates")["delegations"]
    waited = [x for one in told for x in one["alternates"]]
    assert all("tried" in x for x in waited)
    quick = facts(plan, "--alternates", "--quick")["delegations"]
    assert not any("tried" in x for one in quick for x in one["alternates"])
    one = told[0]["delegation"]
    assert [x["delegation"] for x in facts(plan, "--delegation", one)["delegations"]] == [one]


@LANGS
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--move", "t-tea-1:soon"), "assumption-days"),
        (("--move", "t-tea-1"), "risk-move"),
        (("--quick", "--again"), "risk-quick-again"),
        (("--out", "somewhere"), "risk-out"),
        (("--cancel", "t-tea-1", "--hedge", "--base-weight", "0"), ""),
        (("--delegation", "nobody's"), "risk-no-delegation"),
    ],
)
def test_what_cannot_be_done_is_said(plan: str, lang: str, asked: tuple[str, ...], said: str) -> None:
    found = run(plan, *asked, lang=lang)
    assert found.exit_code == (1 if said else 0), found.output
    if said:
        fine(found.stderr)
        value = asked[1].rpartition(":")[2] if said == "assumption-days" else asked[-1]
        assert words(lang)(f"problems.{said}", value=value) in found.stderr
