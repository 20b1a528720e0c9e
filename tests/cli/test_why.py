"""`fairplanner why` in both languages: firms, zones, delegations, the letter, and what cannot be asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.pose import pose
from fairplanner.publish.plan_json import plan_json, snapshot_json
from fairplanner.solver import solve
from fairplanner.words import words
from tests import builders as b
from tests.explain import planted

LANGS = pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
UNSAID = ("infeasible", "constraint", "dual", "objective", "slack", "solver", "约束", "目标函数", "求解器", "None", "{")
"""What a planner need not know."""


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["why", *args], catch_exceptions=False)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two booths in a published order for three firms; a party abroad of at least two."""
    scores = {"f1": {"score": 90}, "f2": {"score": 80}, "f3": {"score": 70}}
    programme = planted.loose(
        quotas=(b.quota(booths=2),), applications=planted.asked(**scores),
        choices=(b.choice("abroad", least_firms=2), b.choice("expo", policy="rank")),
        decisions=(b.decision("d9", firm_id="f2", phase_id="expo-1-2"),),
    )  # fmt: skip
    out = tmp_path_factory.mktemp("why")
    (out / "plan.json").write_bytes(plan_json(solve(pose(programme), gap=0).plan))
    (out / "programme.json").write_bytes(snapshot_json(programme))
    return out


def said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    result.stdout.encode("cp936")
    assert not [word for word in UNSAID if word in result.stdout]
    return result.stdout


@LANGS
def test_a_refusal_is_told_with_its_reason_its_rivals_and_what_would_turn_it(plan: Path, lang: str) -> None:
    w = words(lang)
    text = said(run(str(plan), "--firm", "f3", "--fair", "expo-1-1", lang=lang))
    assert w("why.turned.in", lost="10.0") in text
    assert w("why.flip.head-in") in text
    assert w("why.flip.proof-whole") in text
    change = w("why.change.score.more", before="70", after="80.01", amount="10.01")
    assert w("why.flip.in", change=change, less=w("why.unit.points", amount="79")) in text
    assert w.name(b.firm("f1")) in text
    assert w.name(b.firm("f2")) in text


@LANGS
def test_a_place_is_told_with_what_it_gains_and_costs_and_who_would_come(plan: Path, lang: str) -> None:
    w = words(lang)
    text = said(run(str(plan), "--firm", "f2", "--fair", "expo-1-1", lang=lang))
    assert w("why.given", booths=1, wanted=1) in text
    assert w("why.turned.out", lost="10.0") in text
    assert w.name(b.firm("f3")) in text


@LANGS
def test_facts_alone_say_nothing_of_changes(plan: Path, lang: str) -> None:
    w = words(lang)
    text = said(run(str(plan), "--firm", "f3", "--fair", "expo-1-1", "--no-flips", lang=lang))
    assert w("why.flip.head-in") not in text
    assert w("why.turned.in", lost="10.0") not in text
    assert w.name(b.firm("f1")) in text


def test_names_do_as_well_as_ids_and_a_fair_means_its_phases(plan: Path) -> None:
    by_name = said(run(str(plan), "--firm", "Sample f3", "--fair", "expo fair", "--no-flips"))
    both = (said(run(str(plan), "--firm", "f3", "--fair", q, "--no-flips")) for q in ("expo-1-1", "expo-1-2"))
    assert by_name == "\n".join(both)


def test_without_a_fair_every_application_is_told_facts_only(plan: Path) -> None:
    text = said(run(str(plan), "--firm", "f3"))
    assert text.count("Sample f3 at ") == 3
    assert words("en")("why.flip.head-in") not in text


@LANGS
def test_a_decision_that_gives_a_place_is_named(plan: Path, lang: str) -> None:
    text = said(run(str(plan), "--firm", "f2", "--fair", "expo-1-2", lang=lang))
    assert "d9" in text
    assert "纪要1号" in text


@LANGS
def test_zones_and_delegations_are_told(plan: Path, lang: str) -> None:
    w = words(lang)
    zone = said(run(str(plan), "--zone", "east", "--fair", "expo-1-1", "--no-flips", lang=lang))
    assert w("why.zone.firms", could=2, placed=2) in zone
    known = json.loads(run(str(plan), "--zone", "prov", "--fair", "abroad-1-1", "--no-flips", "--json").stdout)
    party = known["answers"][0]["parties"][0]["delegation_id"]
    goes = said(run(str(plan), "--delegation", party, lang=lang))
    assert w("why.flip.proof-whole") in goes
    assert w("why.change.least-firms.more", before="2", after="4") in goes


@pytest.mark.slow
def test_facts_for_a_machine_hold_everything(plan: Path) -> None:
    (answer,) = json.loads(run(str(plan), "--firm", "f3", "--fair", "expo-1-1", "--json").stdout)["answers"]
    assert answer["is_in"] is False
    assert answer["asked"][0]["obstacles"][0]["by"]["rule"] == "booth-quota"
    flips = {f["kind"]: f for f in answer["looked"]["flips"]}
    assert flips["quota"]["assumptions"] == ["quotas/expo-1-1/-/prov.booths=3"]
    assert flips["score"]["amount"] == "10.01"


@LANGS
def test_the_letter_goes_to_the_screen_or_into_a_file(plan: Path, tmp_path: Path, lang: str) -> None:
    w = words(lang)
    text = said(run(str(plan), "--firm", "f3", "--letter", lang=lang))
    assert text.startswith(w("giving.letter.title", firm=w.name(b.firm("f3"))))
    assert w("giving.answer.waiting", turn=1) in text
    for name in ("answer.html", "answer.txt"):
        target = tmp_path / name
        assert run(str(plan), "--firm", "f3", "--letter", str(target), lang=lang).exit_code == 0
        assert w("giving.answer.waiting", turn=1) in target.read_text(encoding="utf-8")


@LANGS
def test_a_letter_that_lies_there_is_written_over_only_when_asked(plan: Path, tmp_path: Path, lang: str) -> None:
    target = tmp_path / "answer.txt"
    target.write_text("mine", encoding="utf-8")
    refused = run(str(plan), "--firm", "f3", "--letter", str(target), lang=lang)
    assert refused.exit_code == 1
    assert words(lang)("problems.why-letter-there") in refused.stderr
    assert target.read_text(encoding="utf-8") == "mine"
    assert run(str(plan), "--firm", "f3", "--letter", str(target), "--replace", lang=lang).exit_code == 0
    assert "mine" not in target.read_text(encoding="utf-8")


def test_a_letter_about_one_fair_says_nothing_of_others(plan: Path) -> None:
    whole = said(run(str(plan), "--firm", "f1", "--letter", lang="en"))
    about = said(run(str(plan), "--firm", "f1", "--letter", "--fair", "expo", lang="en"))
    assert about != whole
    assert set(about.splitlines()) < set(whole.splitlines())


@LANGS
@pytest.mark.parametrize(
    ("args", "key"),
    [
        ((), "why-whom"),
        (("--firm", "f1", "--zone", "east"), "why-whom"),
        (("--zone", "east"), "why-fair"),
        (("--letter",), "why-letter"),
    ],
)
def test_what_is_not_asked_clearly_is_asked_back(plan: Path, args: tuple[str, ...], key: str, lang: str) -> None:
    result = run(str(plan), *args, lang=lang)
    assert result.exit_code == 1
    assert words(lang)(f"problems.{key}") in result.stderr


@pytest.mark.parametrize(
    ("args", "near"),
    [
        (("--firm", "f33", "--fair", "expo-1-1"), "f3"),
        (("--firm", "f3", "--fair", "expo-1"), "expo-1-1"),
        (("--zone", "eest", "--fair", "expo-1-1"), "east"),
        (("--delegation", "prov:expo-1"), "prov:expo-1-1"),
    ],
)
def test_what_there_is_not_is_answered_with_what_is_near(plan: Path, args: tuple[str, ...], near: str) -> None:
    result = run(str(plan), *args)
    assert result.exit_code == 1
    assert near in result.stderr
