"""The verbs, as a user runs them, from the tiny programme to published files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build

PROGRAMMES = Path(__file__).parents[1] / "programmes"


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), list(args), catch_exceptions=False)


@pytest.fixture(scope="module")
def out(tiny_planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(tiny_planned, tmp_path_factory.mktemp("out"), dirs_exist_ok=True)


def test_plan_writes_the_plan_and_prints_one_object(tmp_path: Path) -> None:
    result = run("plan", str(PROGRAMMES / "tiny"), "--out", str(tmp_path), "--json")
    facts = json.loads(result.stdout)
    assert {"status", "value", "bound", "gap", "seconds", "delegations", "participations"} <= facts.keys()
    assert facts["status"] == "optimal"
    assert 0 <= facts["gap"] <= 0.001
    assert (
        facts["participations"]
        == len(json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["participations"])
        > 0
    )


def test_planning_twice_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    assert run("plan", str(PROGRAMMES / "tiny"), "--out", str(tmp_path)).exit_code == 0
    assert (tmp_path / "plan.json").read_bytes() == (out / "plan.json").read_bytes()


def test_check_finds_nothing_wrong_in_a_plan_of_ours(out: Path) -> None:
    result = run("check", str(out / "plan.json"), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"problems": [], "remarks": [], "violations": []}


def test_check_names_what_a_tampered_plan_breaks(out: Path, tmp_path: Path) -> None:
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    plan["journeys"] = []
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    (tmp_path / "programme.json").write_bytes((out / "programme.json").read_bytes())
    result = run("check", str(tmp_path / "plan.json"), "--json")
    assert result.exit_code == 1
    assert "attendance" in {v["rule"] for v in json.loads(result.stdout)["violations"]}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("by", ["delegation", "zone", "firm", "fund"])
def test_show_prints_every_view_in_both_languages(out: Path, by: str, lang: str) -> None:
    result = run("show", str(out / "plan.json"), "--by", by, "--lang", lang)
    assert result.exit_code == 0
    assert len(result.output.splitlines()) >= 1
    result.output.encode("cp936")


def test_publish_writes_calendars_papers_and_an_index_in_both_languages(out: Path, tmp_path: Path) -> None:
    result = run("publish", str(out / "plan.json"), "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    suffixes = {p.suffix for p in tmp_path.rglob("*") if p.is_file()}
    assert {".ics", ".pdf", ".html", ".xlsx", ".json"} <= suffixes
    assert (tmp_path / "index.zh.html").is_file()
    assert (tmp_path / "index.en.html").is_file()


@pytest.mark.slow
def test_publishing_twice_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run("publish", str(out / "plan.json"), "--out", str(tmp_path / name)).exit_code == 0
    first = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    second = {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file()}
    assert first == second


def test_a_plan_that_was_not_reproducible_is_not_published(out: Path, tmp_path: Path) -> None:
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8")) | {"reproducible": False}
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    (tmp_path / "programme.json").write_bytes((out / "programme.json").read_bytes())
    result = run("publish", str(tmp_path / "plan.json"), "--out", str(tmp_path / "site"))
    assert result.exit_code == 1
    assert not (tmp_path / "site").exists()


def test_list_needs_no_plan(tmp_path: Path) -> None:
    result = run("list", str(PROGRAMMES / "tiny"), "--out", str(tmp_path), "--lang", "zh")
    assert result.exit_code == 0
    assert {p.suffix for p in tmp_path.iterdir()} >= {".html", ".xlsx"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_new_gives_a_programme_that_check_accepts(tmp_path: Path, kind: str, lang: str) -> None:
    folder = tmp_path / "我的 计划"
    assert run("new", str(folder), "--kind", kind, "--lang", lang).exit_code == 0
    result = run("check", str(folder), "--lang", lang)
    assert result.exit_code == 0, result.output


def test_new_touches_nothing_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text("mine", encoding="utf-8")
    assert run("new", str(tmp_path)).exit_code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["programme.toml"]
    assert (tmp_path / "programme.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
def test_an_impossible_programme_ends_with_2_and_names_what_collides(tmp_path: Path) -> None:
    result = run("plan", str(PROGRAMMES / "impossible"), "--out", str(tmp_path / "x"))
    assert result.exit_code == 2
    for name in ("d1", "d2", "d3"):
        assert name in result.stderr
    assert not (tmp_path / "x").exists()


def words_of_rule(key: str) -> str:
    from fairplanner.words import words

    return words("en")(f"rules.{key}.name")


def test_a_folder_that_is_not_there_is_one_problem_and_no_traceback(tmp_path: Path) -> None:
    result = run("plan", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
    assert "nowhere" in result.stderr


def test_diff_of_a_plan_with_itself_is_empty(out: Path) -> None:
    result = run("diff", str(out / "plan.json"), str(out / "plan.json"), "--json")
    nothing = {"firms": {}, "zones": {}, "public": {}, "funds": {}, "sharing": {}}
    counts = {"parties": 0, "places": 0, "firms": 0}
    assert json.loads(result.stdout) == {
        "counts": counts, "changes": [], "delegations": [], "places": [], "money": nothing,
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_verb_has_help_with_an_example(lang: str) -> None:
    group = build(lang)
    for name in group.commands:
        text = run(name, "--help", lang=lang).output
        assert f"fairplanner {name}" in text
        text.encode("cp936")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_prints_every_table(lang: str) -> None:
    from fairplanner.domain.tables import TABLES

    text = run("tables", "--lang", lang).output
    assert all(t.name in text for t in TABLES)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_plan_says_in_words_what_was_decided_and_how_good_it_is(tmp_path: Path, lang: str) -> None:
    result = run("plan", str(PROGRAMMES / "tiny"), "--out", str(tmp_path / "a b"), "--lang", lang)
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) == 3
    assert f'"{(tmp_path / "a b" / "plan.json").as_posix()}"' in result.output
    result.output.encode("cp936")


def test_another_plan_under_the_same_revision_is_pointed_out(out: Path, tmp_path: Path) -> None:
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8")) | {"participations": []}
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    result = run("plan", str(PROGRAMMES / "tiny"), "--out", str(tmp_path), "--replace")
    assert result.exit_code == 0
    assert "revision" in result.stderr


@pytest.mark.slow
def test_a_collision_is_told_by_names_and_as_one_object(tmp_path: Path) -> None:
    result = run("plan", str(PROGRAMMES / "impossible"), "--out", str(tmp_path / "x"), "--json")
    facts = json.loads(result.stdout)
    assert facts["status"] == "infeasible"
    assert {b["rule"] for b in facts["guilty"]} == {"decisions", "booth-quota"}
    assert len(facts["conflicts"]) == 2
    assert all(conflict["repairs"] for conflict in facts["conflicts"])
    assert any(("d1" in b["label"] and "示例" in b["label"]) or "Sample" in b["label"] for b in facts["guilty"])


def test_problems_are_one_object_too(tmp_path: Path) -> None:
    result = run("plan", str(tmp_path / "nowhere"), "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["problems"]) == 1


def test_a_programme_without_applications_is_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    assert run("new", str(tmp_path / "mine"), "--kind", "csv").exit_code == 0
    result = run("plan", str(tmp_path / "mine"), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_with_a_plan_may_stand_for_the_plan(out: Path) -> None:
    assert run("show", str(out)).exit_code == 0
    assert run("check", str(out)).exit_code == 0


def test_ids_can_be_looked_up() -> None:
    text = run("tables", "--rows", "phases").output
    assert any(line.startswith("canton-137-1\t") and "2025-04-15" in line for line in text.splitlines())
    assert "None" not in text
    assert (
        "canton-137-1\t先进制造\tcanton\t137\t2025-04-15\t2025-04-19\t已办"
        in run("tables", "--rows", "phases", lang="zh").output
    )
    assert "示例" in run("tables", "--rows", "zones", str(PROGRAMMES / "tiny"), lang="zh").output


@pytest.mark.slow
def test_a_template_of_ones_own_replaces_the_shipped_one(out: Path, tmp_path: Path) -> None:
    pages = tmp_path / "mine" / "parts"
    pages.mkdir(parents=True)
    (pages / "style.css").write_text("body { color: #123456 }", encoding="utf-8")
    site = tmp_path / "site"
    done = run("publish", str(out), "--out", str(site), "--in", "en", "--templates", str(tmp_path / "mine"))
    assert done.exit_code == 0, done.output
    assert "#123456" in (site / "index.en.html").read_text(encoding="utf-8")


def test_a_template_folder_that_is_not_there_is_a_problem(out: Path, tmp_path: Path) -> None:
    done = run("publish", str(out), "--out", str(tmp_path / "site"), "--templates", str(tmp_path / "nowhere"))
    assert done.exit_code == 1
    assert "nowhere" in done.stderr
