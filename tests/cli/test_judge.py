"""`judge`, as a user runs it: the sheet's own plan passes, a broken one is told cell by cell, and it can be completed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.cli.door import read_both
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.intake import read_programme
from fairplanner.pose import pose
from fairplanner.publish.naming import Naming
from fairplanner.publish.plan_json import plan_json, snapshot_json
from fairplanner.rules import check
from fairplanner.solver import solve
from tests import builders as b
from tests.hand_made import Cells, workbook

GUIZHOU = Path(__file__).parents[2] / "catalogs" / "guizhou-2025"


def made() -> Programme:
    return b.a_programme(
        quotas=(b.quota("expo-1-1", 2),),
        choices=(b.choice("abroad", least_firms=2), b.choice("expo", policy="optimise")),
    )


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judge")
    programme = made()
    (folder / "programme.json").write_bytes(snapshot_json(programme))
    (folder / "plan.json").write_bytes(plan_json(solve(pose(programme), seconds=10, gap=0).plan))
    return folder


def run(*args: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), ["judge", *map(str, args)], catch_exceptions=False)


def own(plan: Plan) -> list[Cells]:
    return [["企业编号", "展会", "展位数"], *([p.firm_id, p.phase_id, p.booths or None] for p in plan.participations)]


def test_its_own_plan_has_nothing_wrong(plan: Path, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "手工.xlsx", ("名单", own(read_both(plan)[1])))
    result = run(plan, sheet)
    assert result.exit_code == 0
    assert "没有不符合项。" in result.output
    assert "两者相当" in result.output
    result.output.encode("gbk")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_wrong_is_told_with_its_cells(plan: Path, tmp_path: Path, lang: str) -> None:
    rows = [
        ["firm id", "fair", "booths"],
        ["f1", "expo-1-1", 1],
        ["f2", "expo-1-1", 1],
        ["f3", "expo-1-1", 1],
        ["f1", "nowhere", 1],
    ]
    result = run(plan, workbook(tmp_path / "p.xlsx", ("Plan", rows)), lang=lang)
    assert result.exit_code == 1
    quota = next(line for line in result.output.splitlines() if "Plan!C4" in line)
    assert all(cell in quota for cell in ("C2", "C3"))
    assert "B5" in result.output
    result.output.encode("gbk")


def test_a_machine_reads_the_same(plan: Path, tmp_path: Path) -> None:
    rows = [["firm id", "fair"], ["f1", "expo-1-1"], ["f2", "expo-1-1"], ["f3", "expo-1-1"]]
    told = json.loads(run(plan, workbook(tmp_path / "p.xlsx", ("Plan", rows)), "--json").output)
    assert [(x["rule"], x["cells"]) for x in told["findings"]] == [("booth-quota", ["Plan!B4", "Plan!B2", "Plan!B3"])]
    assert told["places"] == 3
    assert told["bound"] >= told["best"]


def test_completed_it_is_a_plan_with_decisions_that_can_be_pasted(plan: Path, tmp_path: Path) -> None:
    rows = [["firm id", "fair"], ["f3", "expo-1-1"], ["f2", "abroad-1-1"]]
    out = tmp_path / "out"
    result = run(
        plan, workbook(tmp_path / "p.xlsx", ("Plan", rows)), "--complete", out, "--by", "处长", "--basis", "纪要2号"
    )
    assert result.exit_code == 0, result.output
    programme, completed = read_both(out)
    assert check(programme, completed) == ()
    assert {("f3", "expo-1-1"), ("f2", "abroad-1-1")} <= {(p.firm_id, p.phase_id) for p in completed.participations}
    pasted = (out / "tables" / "decisions.csv").read_text(encoding="utf-8-sig").splitlines()
    # the firm that goes abroad has its place by the published order, and needs no decision
    assert [line.split(",")[2:5:2] for line in pasted[1:]] == [["f3", "expo-1-1"]]
    assert all("处长" in line and "纪要2号" in line for line in pasted[1:])
    assert completed.programme_digest == programme.digest


def test_choices_that_cannot_all_stand_are_told_as_such(plan: Path, tmp_path: Path) -> None:
    rows = [["firm id", "fair"], ["f1", "expo-1-1"], ["f2", "expo-1-1"], ["f3", "expo-1-1"]]
    result = run(plan, workbook(tmp_path / "p.xlsx", ("Plan", rows)), "--complete", tmp_path / "out", lang="en")
    assert result.exit_code == 2
    assert "The cells that meet there: Plan!B2, B3, B4" in result.output
    assert not (tmp_path / "out").exists()


def test_nothing_is_completed_while_a_cell_is_not_understood(plan: Path, tmp_path: Path) -> None:
    rows = [["firm id", "fair"], ["f1", "expo-1-1"], ["f9", "expo-1-1"]]
    result = run(plan, workbook(tmp_path / "p.xlsx", ("Plan", rows)), "--complete", tmp_path / "out")
    assert result.exit_code == 1
    assert "A3" in result.output


@pytest.fixture(scope="module")
def guizhou(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guizhou")
    programme = read_programme(GUIZHOU)
    (folder / "programme.json").write_bytes(snapshot_json(programme))
    (folder / "plan.json").write_bytes(plan_json(solve(pose(programme), seconds=30).plan))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("shape", ["long", "matrix", "lists"])
def test_guizhous_own_plan_in_every_shape_has_nothing_wrong_and_is_worth_the_same(
    guizhou: Path, tmp_path: Path, lang: str, shape: str
) -> None:
    programme, found = read_both(guizhou)
    sheet = workbook(tmp_path / "p.xlsx", *SHAPES[shape](programme, found, Naming(programme, lang), lang))
    result = run(guizhou, sheet, "--json", lang=lang)
    told = json.loads(result.output)
    assert (told["problems"], told["findings"]) == ([], [])
    assert told["value"] == told["best"]
    assert result.exit_code == 0


HEADS = {
    "zh": ("企业", "展会", "展区", "展位数（个）", "组团单位"),
    "en": ("Company", "Exhibition", "Section", "Booths", "Organised by"),
}


def long(programme: Programme, plan: Plan, naming: Naming, lang: str) -> list[tuple[str, list[Cells]]]:
    say = naming.say
    rows: list[Cells] = [[programme.settings.name_zh], [], HEADS[lang]]
    for p in plan.participations:
        section = say.name(programme.section[p.section_id]) if p.section_id else None
        rows.append(
            [naming.firm(p.firm_id), naming.phase(p.phase_id), section, p.booths or None, naming.zone(p.sponsor)]
        )
    return [("p", rows)]


def matrix(programme: Programme, plan: Plan, naming: Naming, lang: str) -> list[tuple[str, list[Cells]]]:
    phases = sorted({p.phase_id for p in plan.participations})
    rows: list[Cells] = [[programme.settings.name_zh], [HEADS[lang][0], *map(naming.phase, phases)]]
    rows += [
        [naming.firm(f), *(_mark(plan, f, q) for q in phases)] for f in sorted({p.firm_id for p in plan.participations})
    ]
    return [("p", rows)]


def _mark(plan: Plan, firm_id: str, phase_id: str) -> object:
    own_places = [p.booths for p in plan.participations if (p.firm_id, p.phase_id) == (firm_id, phase_id)]
    return (sum(own_places) or "√") if own_places else None


def lists(programme: Programme, plan: Plan, naming: Naming, lang: str) -> list[tuple[str, list[Cells]]]:
    made_sheets: list[tuple[str, list[Cells]]] = []
    for q in sorted({p.phase_id for p in plan.participations}):
        firms = sorted({p.firm_id for p in plan.participations if p.phase_id == q})
        rows: list[Cells] = [[naming.phase(q)], ["No.", HEADS[lang][0], HEADS[lang][3]]]
        rows += [[n, f, _mark(plan, f, q)] for n, f in enumerate(firms, 1)]
        made_sheets.append((q, rows))
    assert programme.phases
    return made_sheets


SHAPES = {"long": long, "matrix": matrix, "lists": lists}
