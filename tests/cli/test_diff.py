"""Two plans compared in words and as facts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.words import words
from tests.cli.test_replan import edited

LANGS = pytest.mark.parametrize("lang", ["en", "zh"])


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), list(args), catch_exceptions=False)


@pytest.fixture(scope="module")
def first(tiny_planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(tiny_planned, tmp_path_factory.mktemp("first"), dirs_exist_ok=True)


@pytest.fixture(scope="module")
def again(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after the guitar fair was cancelled and the tea fair of phase 1 moved by three weeks."""
    where = tmp_path_factory.mktemp("again")
    folder = edited(where, "phases.csv", "2025-06-12,t-harbour,held", "2025-06-12,t-harbour,cancelled")
    text = (folder / "phases.csv").read_text(encoding="utf-8")
    assert "2025-04-15,2025-04-19" in text
    (folder / "phases.csv").write_text(text.replace("2025-04-15,2025-04-19", "2025-05-06,2025-05-10"), encoding="utf-8")
    assert run("plan", str(folder), "--from", str(first), "--out", str(where / "out")).exit_code == 0
    return where / "out"


@LANGS
def test_plans_that_decide_the_same_are_said_to(first: Path, lang: str) -> None:
    assert run("diff", str(first), str(first), lang=lang).stdout.splitlines() == [words(lang)("cli.diff.same")]


@LANGS
def test_delegations_firms_and_money_are_told_with_the_reason(first: Path, again: Path, lang: str) -> None:
    w, said = words(lang), run("diff", str(first), str(again), lang=lang).stdout
    assert w("replan.why.cancelled") in said
    assert w("replan.why.moved-short") in said
    assert w("replan.money.head") in said
    assert "{" not in said
    said.encode("cp936")


@LANGS
def test_without_the_earlier_programme_the_rest_is_still_told(
    first: Path, again: Path, tmp_path: Path, lang: str
) -> None:
    shutil.copy(first / "plan.json", tmp_path / "plan.json")
    said = run("diff", str(tmp_path / "plan.json"), str(again / "plan.json"), lang=lang)
    assert said.exit_code == 0
    assert words(lang)("replan.why.cancelled") in said.stdout


def test_the_facts_name_ids_days_amounts_and_reasons(first: Path, again: Path) -> None:
    facts = json.loads(run("diff", str(first), str(again), "--json").stdout)
    gone = [x for x in facts["places"] if x["what"] == "cancelled"]
    assert {x["phase"] for x in gone} == {"t-guitar-1"}
    assert {x["why"]["key"] for x in gone} == {"cancelled"}
    moved = [x for x in facts["delegations"] if x["what"] == "moved"]
    assert moved
    assert {tuple(x["why"]["after"]) for x in moved} == {("2025-05-06", "2025-05-10")}
    assert facts["money"]["firms"]
    assert facts["changes"]


@LANGS
def test_the_way_from_an_earlier_plan_is_counted_as_diff_counts_it(first: Path, again: Path, lang: str) -> None:
    from fairplanner.cli.earlier import Earlier, facts_since
    from fairplanner.intake import read_plan, read_snapshot

    facts = facts_since(Earlier(read_plan(first)), read_snapshot(again / "programme.json"), read_plan(again), {})
    told = json.loads(run("diff", str(first), str(again), "--json").stdout)
    assert facts["counts"] == told["counts"]
    assert facts["changes"] == sum(told["counts"].values()) > 0
    assert told["counts"]["places"] == len(told["places"])
    said = run("diff", str(first), str(again), lang=lang).stdout.splitlines()
    assert said[0] == words(lang)("cli.diff.found", **facts["counts"])


def changed(first: Path, out: Path, **tables: Any) -> Path:
    """A plan changed by hand: rows of its tables, by name, each through a function."""
    plan = json.loads((first / "plan.json").read_text(encoding="utf-8"))
    for name, change in tables.items():
        plan[name] = [row | change(row) for row in plan[name]]
    plan |= {"status": "amended", "engine": "amended", "bound": None, "gap": None}
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(first / "programme.json", out)
    (out / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    return out


@LANGS
def test_people_and_posts_changed_by_hand_are_told_before_and_after(first: Path, tmp_path: Path, lang: str) -> None:
    w = words(lang)
    out = changed(
        first, tmp_path / lang, participations=lambda p: {"people": p["people"] + 2}, delegations=lambda d: {"officials": d["officials"] + 1}
    )  # fmt: skip
    said = run("diff", str(first), str(out), lang=lang).stdout.splitlines()
    places = [x for x in said if w("replan.people", people=4) in x]
    assert places
    assert all(x.index(w("replan.people", people=2)) < x.index(w("replan.people", people=4)) for x in places)
    parties = [x for x in said if w("replan.officials", officials=1) in x]
    assert parties
    assert all(x.endswith((f"（{w('replan.why.hand')}）", f"({w('replan.why.hand')})")) for x in (*places, *parties))
    facts = json.loads(run("diff", str(first), str(out), "--json").stdout)
    assert {x["what"] for x in facts["places"]} == {"people"}
    assert all(x["after"]["people"] - x["before"]["people"] == 2 for x in facts["places"])


@LANGS
def test_what_was_done_by_hand_is_told_with_the_reason_that_was_given(first: Path, tmp_path: Path, lang: str) -> None:
    w, told = words(lang), ("--on", "2025-01-05")
    left, fewer = tmp_path / "left", tmp_path / "fewer"
    assert (
        run("withdraw", str(first), "f04", "t-guitar-1", "--reason", "goods late", *told, "--out", str(left)).exit_code
        == 0
    )
    assert w("replan.why.withdrawn-reason", reason="goods late") in run("diff", str(first), str(left), lang=lang).stdout
    firm = ("f04", "t-guitar-1", "--people", "1", "--reason", "visa refused")
    assert run("substitute", str(first), *firm, *told, "--out", str(fewer)).exit_code == 0
    said = run("diff", str(first), str(fewer), lang=lang).stdout
    assert w("replan.why.hand-reason", reason="visa refused") in said
    assert said.index(w("replan.people", people=2)) < said.index(w("replan.people", people=1))
    back = run("diff", str(fewer), str(first), lang=lang).stdout
    assert w("replan.why.hand-undone") in back


@LANGS
def test_money_that_moves_under_firms_that_keep_their_place_names_the_fund(
    first: Path, tmp_path: Path, lang: str
) -> None:
    out = changed(first, tmp_path / lang, claims=lambda c: {"amount": "1.00"})
    facts = json.loads(run("diff", str(first), str(out), "--json").stdout)
    assert facts["places"] == []
    assert facts["money"]["sharing"].keys() == facts["money"]["firms"].keys()
    said = run("diff", str(first), str(out), lang=lang).stdout.splitlines()
    fund = words(lang)("replan.money.sharing", firm="", funds="@").split("@")[1]
    assert len([x for x in said if x.endswith(fund)]) == len(facts["money"]["firms"])


def test_a_plan_against_nothing_tells_every_delegation_and_place_once(first: Path, tmp_path: Path) -> None:
    plan = json.loads((first / "plan.json").read_text(encoding="utf-8"))
    empty = plan | {"delegations": [], "participations": [], "journeys": [], "claims": []}
    (tmp_path / "plan.json").write_text(json.dumps(empty), encoding="utf-8")
    facts = json.loads(run("diff", str(tmp_path), str(first), "--json").stdout)
    assert len(facts["places"]) == len(plan["participations"])
    assert len(facts["delegations"]) == len(plan["delegations"])
    assert {x["what"] for x in (*facts["places"], *facts["delegations"])} == {"added"}
