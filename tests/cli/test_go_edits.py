"""Whoever has no terminal changes a plan in the workbook that `go` lays beside it, and runs `go` again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from fairplanner.cli import build
from fairplanner.cli.door import read_both
from fairplanner.cli.go_edits import are_edited, offer_edits, take_in_edits
from fairplanner.errors import UserError
from fairplanner.intake import read_programme
from fairplanner.words import words
from tests.intake.edited.choosing import WHY, edited_book

TINY = Path(__file__).parents[1] / "programmes" / "tiny"
BOOK = "方案修改表.xlsx"


@pytest.fixture
def office(tiny_planned: Path, tmp_path: Path) -> Path:
    """A programme's folder with the plan and its workbook below it, as a run of `go` leaves them."""
    folder = shutil.copytree(TINY, tmp_path / "2027 年计划")
    shutil.copytree(tiny_planned, folder / "结果")
    offer_edits(*read_both(folder / "结果"), folder / "结果", words("zh"), replace=False)
    return folder


def sent_home(folder: Path) -> tuple[str, list[tuple[str, str, str, Any]]]:
    """An application that the plan serves, and the edit that takes it out."""
    _, plan = read_both(folder / "结果")
    name = min(p.application_id for p in plan.participations)
    return name, [("places", name, "goes", "否")]


def edit(folder: Path, edits: list[tuple[str, str, str, Any]]) -> None:
    book = folder / "结果" / BOOK
    book.write_bytes(edited_book(book.read_bytes(), edits))


def test_a_workbook_that_nobody_changed_is_left_alone(office: Path) -> None:
    assert not are_edited(office / "结果", words("zh"))


def test_an_edit_becomes_a_decision_and_the_workbook_is_kept(office: Path) -> None:
    name, edits = sent_home(office)
    edit(office, [*edits, *(("places", name, key, text) for key, text in WHY.items())])
    assert are_edited(office / "结果", words("zh"))
    said: list[str] = []
    written = take_in_edits(office, office / "结果", words("zh"), said.append)
    assert written
    assert (office / "已读入的修改表" / written.name).is_file()
    assert not (office / "结果" / BOOK).exists()
    (decision,) = [d for d in read_programme(office).decisions if d.kind == "must-not"]
    assert name.startswith(f"{decision.firm_id}/{decision.phase_id}/")
    assert any(decision.reason in line for line in said)


def test_an_edit_without_a_reason_is_told_by_its_cell_and_nothing_is_moved(office: Path) -> None:
    edit(office, sent_home(office)[1])
    with pytest.raises(UserError) as caught:
        take_in_edits(office, office / "结果", words("zh"), print)
    assert {p.file for p in caught.value.problems} == {f"{BOOK}[企业参展安排]"}
    assert (office / "结果" / BOOK).is_file()


def test_what_people_wrote_beside_the_choices_is_kept_though_nothing_is_decided(office: Path) -> None:
    book = office / "结果" / BOOK
    for number in (1, 2):
        offer_edits(*read_both(office / "结果"), office / "结果", words("zh"), replace=True)
        edited = load_workbook(book)
        edited.create_sheet("我的备忘")["A1"] = f"第{number}次"
        edited.save(book)
        assert take_in_edits(office, office / "结果", words("zh"), print) is None
        assert not book.exists()
    kept = sorted((office / "已读入的修改表").iterdir())
    assert [load_workbook(path)["我的备忘"]["A1"].value for path in kept] == ["第2次", "第1次"]


@pytest.mark.slow
def test_the_next_run_plans_with_what_was_changed(tmp_path: Path) -> None:
    folder = shutil.copytree(TINY, tmp_path / "2027 年计划")
    assert go(folder).exit_code == 0
    name, edits = sent_home(folder)
    edit(folder, [*edits, *(("places", name, key, text) for key, text in WHY.items())])
    again = go(folder)
    assert again.exit_code == 0, again.output
    steps = [line[:5] for line in again.stdout.splitlines() if line.startswith("[")]
    assert steps == [f"[{n}/7]" for n in range(1, 8)]
    assert name not in {p.application_id for p in read_both(folder / "结果")[1].participations}
    assert not are_edited(folder / "结果", words("zh"))


def go(folder: Path) -> Result:
    return CliRunner().invoke(build("zh"), ["go", str(folder), "--no-open", "--lang", "zh"], catch_exceptions=False)
