"""Plans made by hand go through `judge`: every place they say is found, every cell that is not understood is named with its cure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairplanner.cli import build
from fairplanner.errors import UserError
from fairplanner.intake.hand_made import read_hand_made
from fairplanner.pose import pose
from fairplanner.publish.plan_json import plan_json, snapshot_json
from fairplanner.report import problem_text
from fairplanner.solver import solve
from tests.messy.hand_sheets import ENGLISH, HAND_SHEETS, LISTS, LONG, MATRIX, HandSheet, programme
from tests.messy.make_old import OLD


def name(sheet: HandSheet) -> str:
    return sheet.name


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hand-made")
    own = programme()
    (folder / "programme.json").write_bytes(snapshot_json(own))
    (folder / "plan.json").write_bytes(plan_json(solve(pose(own), seconds=10, gap=0).plan))
    return folder


@pytest.mark.parametrize("sheet", HAND_SHEETS, ids=name)
def test_every_place_is_read_and_every_doubt_is_told(sheet: HandSheet, tmp_path: Path) -> None:
    hand = read_hand_made(sheet.make(tmp_path), programme())
    assert {(p.firm_id, p.phase_id, p.booths) for p in hand.places} == sheet.places
    assert {(p.file, p.row, p.column) for p in hand.problems} == {(r.file, r.row, r.column) for r in sheet.refused}
    for wanted in sheet.refused:
        said = [problem_text(p, "zh") for p in hand.problems if (p.row, p.column) == (wanted.row, wanted.column)]
        assert any(all(piece in text for piece in wanted.says) for text in said), (wanted, said)


@pytest.mark.parametrize(
    "sheet",
    [ENGLISH, *(pytest.param(x, marks=pytest.mark.slow) for x in (MATRIX, LONG, LISTS))],
    ids=name,
)
def test_judge_tells_the_same_to_a_user(sheet: HandSheet, plan: Path, tmp_path: Path) -> None:
    command = ["judge", str(plan), str(sheet.make(tmp_path)), "--json"]
    result = CliRunner().invoke(build("zh"), command, catch_exceptions=False)
    told = json.loads(result.stdout)
    assert told["places"] == len(sheet.places)
    assert len(told["problems"]) == len(sheet.refused)
    assert result.exit_code == (1 if sheet.refused or told["findings"] else 0)


def test_a_sheet_of_nothing_that_goes_anywhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "通讯录.csv").write_bytes("姓名,电话\n某某,略\n".encode("gb18030"))
    with pytest.raises(UserError):
        read_hand_made(tmp_path / "通讯录.csv", programme())


@pytest.mark.parametrize("sheet", [MATRIX, LISTS], ids=name)
def test_the_same_as_an_xls_reads_the_same(sheet: HandSheet) -> None:
    hand = read_hand_made(OLD / f"{sheet.name}.xls", programme())
    assert ({(p.firm_id, p.phase_id, p.booths) for p in hand.places}, hand.problems) == (sheet.places, ())
