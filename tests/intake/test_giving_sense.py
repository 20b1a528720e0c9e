"""Score sheets, draws, notices and reserves that do not make sense are told, each where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import read_programme
from fairplanner.report import report
from tests.programmes.broken_table import BASE

ITEMS = "firm_id,phase_id,item,full_marks,points,figure,figure_on,figure_source,source,confidence\n"
GOOD = ITEMS + (
    "F1,canton-137-1,出口额,60,50,2024 年出口 120 万美元,2024-10-01,海关数据,示例,sample\n"
    "F1,canton-137-1,参展表现,40,36,,,,示例,sample\nF1,canton-137-1,空展位,0,-5,,,,示例,sample\n"
)


def told(folder: Path, **files: str) -> list[tuple[str, int, str, str]]:
    for name, content in (BASE | {f"{k}.csv": v for k, v in files.items()}).items():
        (folder / name).write_text(str(content), encoding="utf-8")
    found: tuple[Problem, ...] = ()
    try:
        read_programme(folder)
    except CatalogueError as error:
        found = error.problems
    for lang in ("zh", "en"):
        assert len(report(found, lang)) == len(found)
    return [(p.file, p.row, p.column, p.what) for p in found]


def test_a_sheet_that_sums_to_100_with_a_deduction_is_fine(tmp_path: Path) -> None:
    assert told(tmp_path, scores=GOOD) == []


@pytest.mark.parametrize(
    ("line", "column", "what"),
    [
        ("F2,canton-137-2,all,100,101,,,,s,sample", "points", "too-big"),
        ("F2,canton-137-2,all,100,-3,,,,s,sample", "full_marks", "deduction-with-marks"),
        ("F2,canton-137-2,all,99,50,,,,s,sample", "full_marks", "sheet-not-100"),
        ("F2,canton-137-2,all,100,80,1 million,,customs,s,sample", "figure_on", "figure-without-date"),
        ("F2,canton-137-2,all,100,80,1 million,2024-10-01,,s,sample", "figure_source", "figure-without-source"),
        ("F2,canton-137-1,all,100,80,,,,s,sample", "firm_id", "sheet-without-application"),
    ],
)
def test_a_line_that_is_wrong_is_told_at_its_row(tmp_path: Path, line: str, column: str, what: str) -> None:
    assert told(tmp_path, scores=GOOD + line + "\n") == [("scores.csv", 5, column, what)]


def test_points_over_the_full_marks_of_an_item_are_told(tmp_path: Path) -> None:
    assert told(tmp_path, scores=GOOD.replace("40,36", "40,41")) == [("scores.csv", 3, "points", "points-over-marks")]


def test_a_score_beside_a_sheet_must_be_its_total(tmp_path: Path) -> None:
    header = "firm_id,phase_id,booths,score,source,confidence\n"
    rows = "F1,canton-137-1,2,{},示例,sample\nF2,canton-137-2,1,,示例,sample\n"
    assert told(tmp_path, scores=GOOD, applications=header + rows.format("81")) == []
    wrong = told(tmp_path, scores=GOOD, applications=header + rows.format("80"))
    assert wrong == [("applications.csv", 2, "score", "score-not-of-sheet")]


def test_a_reserve_larger_than_what_is_handed_down_is_told(tmp_path: Path) -> None:
    quotas = "phase_id,zone_id,booths,reserve,source,confidence\ncanton-137-1,gz,3,4,示例,sample\n"
    assert told(tmp_path, quotas=quotas) == [("quotas.csv", 2, "reserve", "reserve-over-booths")]


def test_more_answers_than_objections_and_an_end_before_the_start_are_told(tmp_path: Path) -> None:
    notices = "notice_id,phase_id,first,last,objections,answered,source,confidence\n"
    row = "n1,canton-137-1,2024-12-05,2024-12-01,1,2,示例,sample\n"
    assert told(tmp_path, notices=notices + row) == [
        ("notices.csv", 2, "answered", "answers-over-objections"), ("notices.csv", 2, "last", "end-before-start"),
    ]  # fmt: skip


def test_a_lottery_with_applications_and_no_draw_is_told(tmp_path: Path) -> None:
    choices = "fair_id,phase_id,policy,source,confidence\ncanton,canton-137-1,lottery,示例,sample\n"
    assert told(tmp_path, choices=choices) == [("draws", 0, "phase_id", "draw-missing")]
    draws = "phase_id,number,on,witness,source,confidence\ncanton-137-1,2024131,2024-11-19,示例公证处,示例,sample\n"
    assert told(tmp_path, choices=choices, draws=draws) == []
