"""`import`, as a user runs it: edits become decisions beside the tables, the next plan keeps them, conflicts write nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.cli.door import read_both
from fairplanner.intake import read_programme
from fairplanner.publish.plan_json import plan_json
from fairplanner.rules.reckon.choices import mark_of_plan
from tests.intake.edited.choosing import WHY, edited_book

TINY = Path(__file__).parents[1] / "programmes" / "tiny"
Edit = tuple[str, str, str, Any]


def run(*args: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), [*map(str, args)], catch_exceptions=False)


@pytest.fixture(scope="module")
def exported(tiny_planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exported") / "choices.xlsx"
    assert run("export", tiny_planned, "--out", out).exit_code == 0
    return out


@pytest.fixture
def office(tiny_planned: Path, exported: Path, tmp_path: Path) -> Path:
    """The tables, their plan, and its exported choices."""
    shutil.copytree(TINY, tmp_path / "tables")
    shutil.copytree(tiny_planned, tmp_path / "plan")
    shutil.copy(exported, tmp_path)
    return tmp_path


def take(office: Path, edits: Iterable[Edit], *more: str, lang: str = "zh") -> Result:
    content = edited_book((office / "choices.xlsx").read_bytes(), edits)
    (office / "edited.xlsx").write_bytes(content)
    return run("import", office / "plan", office / "edited.xlsx", "--into", office / "tables", *more, lang=lang)


def why(name: str, page: str = "places") -> list[Edit]:
    return [(page, name, key, text) for key, text in WHY.items()]


def files(office: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (office / "tables").iterdir()}


def goes(office: Path) -> str:
    """An application that the plan serves, the only one of its firm at that fair."""
    _, plan = read_both(office / "plan")
    return plan.participations[0].application_id


def test_without_an_edit_nothing_is_written(office: Path) -> None:
    before = files(office)
    result = take(office, [])
    assert (result.exit_code, files(office)) == (0, before)
    assert "没有改动" in result.output


def test_who_is_taken_out_stays_out_of_the_next_plan(office: Path) -> None:
    before, name = files(office), goes(office)
    result = take(office, [("places", name, "goes", "否"), *why(name)], "--by", "分管处长", "--on", "2024-11-05")
    assert result.exit_code == 0, result.output
    new = files(office).keys() - before.keys()
    assert new == {"人工决定 2024-11-05.xlsx"}
    assert {k: v for k, v in files(office).items() if k not in new} == before
    (d,) = read_programme(office / "tables").decisions
    assert (d.kind, f"{d.firm_id}/{d.phase_id}/-", d.by, d.reason, d.basis) == (
        "must-not",
        name,
        "分管处长",
        *WHY.values(),
    )
    result.output.encode("gbk")
    assert run("plan", office / "tables", "--out", office / "next").exit_code == 0
    _, plan = read_both(office / "next")
    assert name not in {p.application_id for p in plan.participations}


def test_an_application_asks_for_something_else_and_its_table_stays_as_it_is(office: Path) -> None:
    name = goes(office)
    result = take(office, [("places", name, "planned", 3), ("places", name, "people", 5), *why(name)], lang="en")
    assert result.exit_code == 0, result.output
    told: list[Any] = []
    now = read_programme(office / "tables", told=told).application[name]
    assert (now.booths, now.least_booths, now.people) == (3, 3, 5)
    assert now.note == "重点 (纪要1号)"
    assert [p.what for p in told if p.what.startswith("told-corr")] == ["told-corrected"]
    assert (office / "tables" / "applications.csv").read_bytes() == (TINY / "applications.csv").read_bytes()


@pytest.mark.slow
def test_a_second_import_says_what_is_there_already_and_another_is_a_conflict(office: Path) -> None:
    name = goes(office)
    assert take(office, [("places", name, "people", 5), *why(name)]).exit_code == 0
    again = take(office, [("places", name, "people", 5), *why(name)])
    assert "改动都已在表格中" in again.output
    assert len(list((office / "tables").glob("人工决定*"))) == 1
    other = take(office, [("places", name, "people", 6), *why(name)])
    assert other.exit_code == 1
    assert "已改为“5”" in other.output


@pytest.mark.slow
def test_exported_anew_a_correction_is_corrected(office: Path) -> None:
    name = goes(office)
    assert take(office, [("places", name, "people", 5), *why(name)]).exit_code == 0
    assert run("plan", office / "tables", "--out", office / "plan", "--replace").exit_code == 0
    assert run("export", office / "plan", "--out", office / "choices.xlsx", "--replace").exit_code == 0
    assert take(office, [("places", name, "people", 6), *why(name)]).exit_code == 0
    told: list[Any] = []
    assert read_programme(office / "tables", told=told).application[name].people == 6
    assert "told-corrected-twice" in {p.what for p in told}


@pytest.mark.slow
def test_a_decision_against_one_that_was_made_since_is_a_conflict(office: Path) -> None:
    name = goes(office)
    firm_id, phase_id, _ = name.split("/")
    assert take(office, [("places", name, "goes", "否"), *why(name)]).exit_code == 0
    result = take(office, [("places", name, "state", "锁定"), *why(name)])
    assert result.exit_code == 1
    assert "相反的人工决定（W20241101-1）" in result.output
    same = take(office, [("places", name, "goes", "否"), *why(name)])
    assert "同样的人工决定" in same.output
    assert [(d.firm_id, d.phase_id) for d in read_programme(office / "tables").decisions] == [(firm_id, phase_id)]


def test_conflicts_write_nothing_and_are_told_together(office: Path) -> None:
    before, name = files(office), goes(office)
    result = take(office, [("places", name, "goes", "否"), ("places", name, "firm", "改名")], lang="en")
    assert (result.exit_code, files(office)) == (1, before)
    assert "3 problems" in result.output


def test_what_no_plan_can_do_is_told_with_its_cells(office: Path) -> None:
    """f04 has no money of its own for the fair in this programme, and every place is wanted at once at t-tea-1."""
    before = files(office)
    programme, plan = read_both(office / "plan")
    there = {p.application_id for p in plan.participations}
    out = [
        a.application_id for a in programme.applications if a.phase_id == "t-tea-1" and a.application_id not in there
    ]
    kept = [n for n in there if "/t-tea-1/" in n]
    edits = [e for n in out for e in (("places", n, "goes", "是"), *why(n))]
    edits += [e for n in kept for e in (("places", n, "state", "锁定"), *why(n))]
    result = take(office, edits)
    assert result.exit_code == 1
    assert files(office) == before
    assert "无法实现" in result.output
    assert "企业参展安排!" in result.output.partition("无法实现")[2]


def test_a_refusal_by_the_firm_cannot_be_overruled(office: Path) -> None:
    name = "f03/t-sea-1/-"
    result = take(office, [("places", name, "goes", "是"), *why(name)])
    assert result.exit_code == 1
    assert "意愿" in result.output


def test_a_delegation_that_stays_at_home(office: Path) -> None:
    _, plan = read_both(office / "plan")
    d = plan.delegations[0]
    name = f"{d.sponsor}/{d.stops[0].phase_id}"
    result = take(office, [("parties", name, "goes", "否"), *why(name, "parties")])
    assert result.exit_code == 0, result.output
    (found,) = read_programme(office / "tables").decisions
    assert (found.kind, found.zone_id, found.phase_id) == ("must-not", d.sponsor, d.stops[0].phase_id)


def test_dry_says_it_all_and_writes_nothing(office: Path) -> None:
    before, name = files(office), goes(office)
    result = take(office, [("places", name, "goes", "否"), *why(name)], "--dry")
    assert (result.exit_code, files(office)) == (0, before)
    assert "不得参加" in result.output


def test_the_workbook_of_another_plan_is_recognised(office: Path) -> None:
    _, plan = read_both(office / "plan")
    other = plan.model_copy(update={"revision": plan.revision + 1})
    (office / "plan" / "plan.json").write_bytes(plan_json(other))
    result = take(office, [])
    assert result.exit_code == 1
    assert "另一份方案" in result.output
    assert mark_of_plan(plan) in result.output


def test_the_folder_is_the_one_above_the_plan_or_must_be_named(office: Path) -> None:
    result = run("import", office / "plan", office / "choices.xlsx")
    assert result.exit_code == 1
    assert "--into" in result.output
    shutil.copytree(office / "plan", office / "tables" / "结果")
    assert run("import", office / "tables" / "结果", office / "choices.xlsx").exit_code == 0
    shutil.copytree(TINY.parent / "busy", office / "busy")
    result = run("import", office / "plan", office / "choices.xlsx", "--into", office / "busy", lang="en")
    assert result.exit_code == 1
    assert "another programme" in result.output


def test_a_correction_of_nothing_is_told_by_check(office: Path) -> None:
    name = goes(office)
    assert take(office, [("places", name, "people", 5), *why(name)]).exit_code == 0
    own = office / "tables" / "applications.csv"
    firm_id, phase_id, _ = name.split("/")
    lines = [x for x in own.read_text(encoding="utf-8").splitlines() if not x.startswith(f"{firm_id},{phase_id},")]
    own.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run("check", office / "tables")
    assert result.exit_code == 1
    assert "要更正的行" in result.output
