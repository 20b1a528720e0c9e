"""`fairplanner whatif`: plans side by side, budgets and limits, in both languages and as facts."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.cli.said.folded import folded
from fairplanner.domain.programme import Programme
from fairplanner.words import words
from tests.cli.test_replan import TINY

LANGS = pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["whatif", *args, "--lang", lang], catch_exceptions=False)


def facts(*args: str) -> dict[str, Any]:
    found = run(*args, "--json")
    assert found.exit_code == 0, found.output
    told: dict[str, Any] = json.loads(found.stdout)
    return told


@pytest.fixture
def plan(tiny_planned: Path) -> str:
    return str(tiny_planned)


@LANGS
def test_two_plans_stand_side_by_side(plan: str, lang: str) -> None:
    w, said = words(lang), run(plan, "--drop", "t-tea-1", lang=lang).stdout
    for key in ("head", "before", "after", "row.value", "row.places"):
        assert w(f"whatif.{key}", unit="元" if lang == "zh" else "CNY") in said
    worse = sum(x["points"][1] < x["points"][0] for x in facts(plan, "--drop", "t-tea-1")["firms"])
    assert w("whatif.lose", count=worse) in said
    assert "{" not in said
    said.encode("cp936")


@LANGS
def test_a_fund_that_comes_in_parts_is_said_to_stay_as_it_comes(plan: str, lang: str) -> None:
    row = 'instalments/trade/2025-01-05=+{"fund_id": "trade", "on": "2025-01-05", "amount": "50000", "source": "x", "confidence": "user"}'
    said = run(str(with_instalments(plan, row)), "--set", "funds/trade.amount*=1.5", lang=lang).stdout
    assert "--set instalments/trade/2025-01-05.amount*=1.5" in said


def with_instalments(plan: str, row: str) -> Path:
    """The plan beside a programme whose trade money comes in parts."""
    from fairplanner.explain.assuming import assumed, parsed_all
    from fairplanner.intake import read_snapshot

    there = Path(plan)
    programme = read_snapshot(there / "programme.json")
    other = there.with_name("parts")
    other.mkdir(exist_ok=True)
    (other / "plan.json").write_bytes((there / "plan.json").read_bytes())
    made = assumed(programme, parsed_all(programme, [row]))
    (other / "programme.json").write_text(made.model_dump_json(), encoding="utf-8")
    return other


def test_facts_are_those_of_the_plans(plan: str) -> None:
    told = facts(plan, "--drop", "t-tea-1")
    assert told["assumed"] == ["phases/t-tea-1.status=cancelled"]
    assert told["after"]["value"] < told["before"]["value"]
    assert told["difference"]["proven"]
    assert all("t-tea-1" in x["loses"] for x in told["firms"] if x["loses"])
    assert {x["what"] for x in told["delegations"]} == {"cancelled"}


@pytest.mark.slow
def test_a_process_of_its_own_prints_one_object(plan: str) -> None:
    """What solvers print is kept out of it, and nothing else."""
    args = [sys.executable, "-m", "fairplanner", "whatif", plan, "--drop", "t-tea-1", "--json"]
    found = subprocess.run(args, capture_output=True, check=True)  # noqa: S603 - our own program
    assert json.loads(found.stdout) | {"seconds": 0} == facts(plan, "--drop", "t-tea-1") | {"seconds": 0}


@pytest.mark.slow
def test_the_folder_of_a_programme_is_planned_first(plan: str) -> None:
    assert (
        facts(str(TINY), "--set", "value.delegation=1")["before"]
        == facts(plan, "--set", "value.delegation=1")["before"]
    )


@LANGS
def test_where_nothing_would_differ_it_is_said(plan: str, lang: str) -> None:
    assert words(lang)("whatif.same") in run(plan, "--set", "firms/f01.note=x", lang=lang).stdout


@LANGS
def test_what_cannot_be_is_told_with_its_reasons(plan: str, lang: str) -> None:
    found = run(plan, "--set", "must-go:f01@t-tea-1", "--set", "must-not:f01@t-tea-1", lang=lang)
    assert found.exit_code == 2
    assert "must-go:f01@t-tea-1" in found.stderr
    assert "{" not in found.stderr


@pytest.mark.parametrize(
    ("args", "what"),
    [
        ([], "whatif-nothing"), (["--set", "funds/x.amount=1"], "reference-unknown"),
        (["--set", "firms/f01.zone_id=nowhere"], "reference-unknown"), (["--drop", "t-tee-1"], "amend-fair-unknown"),
        (["--frontier", "travel", "--prices"], "whatif-one"), (["--frontier", "travel", "--from", "90%", "--to", "20%"], "whatif-range"),
        (["--frontier", "trave"], "reference-unknown-near"), (["--frontier", "travel", "--set", "funds/travel.amount=0"], "frontier-empty"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_said_to_be(plan: str, args: list[str], what: str) -> None:
    found = run(plan, *args, "--json")
    assert found.exit_code == 1
    assert [p["what"] for p in json.loads(found.stdout)["problems"]] == [what]


@pytest.mark.parametrize("share", ["much", "-5%", "200000%", "%"])
def test_a_share_is_a_share(plan: str, share: str) -> None:
    found = CliRunner().invoke(build("en"), ["whatif", plan, "--frontier", "travel", "--from", share])
    assert found.exit_code == 2  # click's own; `main` turns it into 1
    assert share in found.output


@pytest.mark.slow
def test_a_fair_may_be_called_by_its_name(plan: str) -> None:
    programme = Programme.model_validate_json((Path(plan) / "programme.json").read_text(encoding="utf-8"))
    fair = programme.fair[programme.phase["t-tea-1"].fair_id]
    year = sorted(q.phase_id for q in programme.in_window() if q.fair_id == fair.fair_id)
    by_name = facts(plan, "--drop", fair.name_zh)["assumed"]
    assert by_name == [f"phases/{q}.status=cancelled" for q in year]
    assert facts(plan, "--move", f"{fair.name_en}=+1d")["assumed"][0].startswith("phases/t-tea-1.start=")


@LANGS
def test_budgets_are_told_drawn_and_tabled(plan: str, lang: str, tmp_path: Path) -> None:
    args = (
        plan,
        "--frontier",
        "trade",
        "--from",
        "0",
        "--to",
        "100%",
        "--steps",
        "3",
        "--jobs",
        "1",
        "--out",
        str(tmp_path),
    )
    w, said = words(lang), run(*args, lang=lang).stdout
    assert said.splitlines()[1].split()[0] == w("whatif.frontier.share")
    assert "{" not in said
    said.encode("cp936")
    drawing = (tmp_path / f"frontier.{lang}.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(drawing).tag.endswith("svg")  # noqa: S314 - our own drawing
    with (tmp_path / "frontier.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["amount"] for row in rows] == ["0.00", "25000.00", "50000.00"]
    values = [float(row["value"]) for row in rows]
    assert values == sorted(values)


@pytest.mark.slow
def test_budgets_as_facts_may_be_of_all_funds_and_of_an_assumed_year(plan: str) -> None:
    told = facts(plan, "--frontier", "all", "--steps", "2", "--jobs", "1", "--set", "funds/trade.amount=100000")
    assert told["funds"] == ["trade", "travel"]
    assert [s["amount"] for s in told["steps"]] == ["100000.00", "300000.00"]


@pytest.mark.slow
def test_a_fund_may_be_called_by_its_name(plan: str) -> None:
    told = facts(plan, "--frontier", "示例外贸资金", "--steps", "2", "--jobs", "1")
    assert told["funds"] == ["trade"]


@LANGS
def test_limits_are_told_with_what_they_are_worth(plan: str, lang: str) -> None:
    w, said = words(lang), run(plan, "--prices", "--jobs", "1", lang=lang).stdout
    assert w("whatif.prices.head") in said
    assert "\n".join(folded([w("whatif.prices.meaning")])) in said
    assert "{" not in said
    said.encode("cp936")


@pytest.mark.slow
def test_limits_as_facts_say_how_both_answers_agree(plan: str) -> None:
    limits = facts(plan, "--prices", "--jobs", "1", "--all")["limits"]
    assert "quotas/t-tea-1/-/tp.booths=3" in {x["assumed"] for x in limits}
    for x in limits:
        assert x["again"]["least"] <= x["again"]["found"] <= x["again"]["most"]
        assert x["agrees"] == (x["again"]["least"] <= x["price"] <= x["again"]["most"])
