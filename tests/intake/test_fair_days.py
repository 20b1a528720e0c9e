"""Days of fairs in a sheet: one column for both, windows, years from row, title or programme, and what `check` tells of that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fairplanner.domain.reference import Phase
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import read_programme
from tests.programmes.broken_table import BASE

HEAD = "phase_id,fair_id,edition,source,confidence,place_id"
WINDOW = (date(2025, 4, 11), date(2025, 4, 20))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in BASE.items():
        (tmp_path / name).write_text(str(content), encoding="utf-8")
    return tmp_path


def read(folder: Path, head: str, *rows: str, title: str = "") -> tuple[list[Phase], list[Problem]]:
    """The phases x-1, x-2 ... whose cells beyond the usual ones are `rows`."""
    lines = [f"x-{n},canton,x,示例,sample,guangzhou,{row}" for n, row in enumerate(rows, 1)]
    (folder / "phases.csv").write_text(
        "\n".join([*([title] if title else []), f"{HEAD},{head}", *lines]) + "\n", encoding="utf-8"
    )
    told: list[Problem] = []
    programme = read_programme(folder, told=told)
    return [programme.phase[f"x-{n}"] for n in range(1, len(rows) + 1)], told


def wrong(folder: Path, head: str, *rows: str, title: str = "") -> list[tuple[int, str, str, str]]:
    with pytest.raises(CatalogueError) as caught:
        read(folder, head, *rows, title=title)
    return [(p.row, p.column, p.what, p.value) for p in caught.value.problems]


@pytest.mark.parametrize("header", ["时间", "举办时间", "展期时间", "Dates", "起止日期", "会期"])
def test_one_column_may_hold_both_days(folder: Path, header: str):
    (found,), told = read(folder, f"{header},status", "2025年4月15日—19日,已公布")
    assert (found.start, found.end, found.year, found.status) == (
        date(2025, 4, 15),
        date(2025, 4, 19),
        2025,
        "announced",
    )
    assert not [p for p in told if p.file == "phases.csv"]


def test_what_the_days_say_is_the_status_unless_the_sheet_says_otherwise(folder: Path):
    rows = (
        "2025年4月中旬,",
        "2025年4月中旬,已公布",
        "待定,",
        ",",
        "2025年4月15日（暂定）,",
        "2025年4月15日—19日（已取消）,",
        "2025年4月15日,",
        "2025年4月15日（暂定）,已公布",
    )
    found, told = read(folder, "时间,状态", *rows)
    assert [q.status.value for q in found] == [
        "projected",
        "announced",
        "unknown",
        "unknown",
        "projected",
        "cancelled",
        "provisional",
        "announced",
    ]
    assert [(q.window_start, q.window_end) for q in found[:3]] == [WINDOW, WINDOW, (None, None)]
    assert not any(q.start or q.end for q in found[:4])
    said = {p.what: dict(p.facts)["rows"] for p in told if p.what in ("told-window", "told-status")}
    assert said == {"told-window": "2, 3", "told-status": "8"}


def test_a_window_is_never_planned_as_if_it_were_days(folder: Path):
    (found,), _ = read(folder, "时间", "2025年4月15日之间")
    assert found.start is None
    programme = read_programme(folder)
    assert "x-1" not in {q.phase_id for q in programme.in_window()}
    assert "x-1" in {q.phase_id for q in programme.undated()}


def test_windows_may_stand_in_two_columns_too(folder: Path):
    found, _ = read(
        folder,
        "开幕,闭幕,年份,状态",
        "2025年4月中旬,,2025,",
        "4月中旬,4月下旬,2025,",
        "2025-04-15,待定,2025,初定",
        "2025-04-15,19日,2025,初定",
        "4月28日,5月2日,2025,初定",
        "12月30日,1月3日,2025,初定",
    )
    assert [(q.window_start, q.window_end) for q in found] == [
        WINDOW,
        (date(2025, 4, 11), date(2025, 4, 30)),
        *[(None, None)] * 4,
    ]
    assert [(q.start, q.end) for q in found[2:]] == [
        (date(2025, 4, 15), None), (date(2025, 4, 15), date(2025, 4, 19)), (date(2025, 4, 28), date(2025, 5, 2)), (date(2025, 12, 30), date(2026, 1, 3)),
    ]  # fmt: skip
    assert [q.status.value for q in found[:2]] == ["projected", "projected"]


def test_a_year_comes_from_the_row_then_the_title_then_the_programme_and_is_told(folder: Path):
    (by_row,), told = read(folder, "时间,年份", "4月15日—19日,2024年", title="2023年度展会计划表,,,,,,")
    assert by_row.start == date(2024, 4, 15)
    (by_title,), _ = read(folder, "时间", "4月15日—19日", title="2023年度展会计划表,,,,,,")
    assert by_title.start == date(2023, 4, 15)
    (by_programme,), _ = read(folder, "时间", "4月15日—19日")
    assert by_programme.start == date(2025, 4, 15)
    assert [(p.value, dict(p.facts)) for p in told if p.what == "told-year"] == [("2024", {"rows": "3"})]


def test_days_that_are_not_of_fairs_take_no_year_from_anywhere(folder: Path):
    text = str(BASE["applications.csv"]).replace("2024-10-01", "10月1日")
    (folder / "applications.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder)
    assert [(p.column, p.what) for p in caught.value.problems] == [("received", "date-year")]


def test_a_column_decides_which_number_is_the_month(folder: Path):
    found, told = read(folder, "时间", "4/5/2025", "4/15/2025", "5/4/2025")
    assert [q.start for q in found] == [date(2025, 4, 5), date(2025, 4, 15), date(2025, 5, 4)]
    assert [(p.column, p.value) for p in told if p.what == "told-month-first"] == [("时间", "4/5/2025, 5/4/2025")]
    found, _ = read(folder, "时间", "4/5/2025", "15/4/2025")
    assert found[0].start == date(2025, 5, 4)


def test_where_no_row_or_rows_of_both_kinds_decide_it_is_refused(folder: Path):
    assert wrong(folder, "时间", "4/5/2025") == [(2, "时间", "date-ambiguous", "4/5/2025")]
    assert wrong(folder, "时间", "4/5/2025", "15/4/2025", "4/15/2025") == [(2, "时间", "date-ambiguous", "4/5/2025")]


def test_every_problem_names_the_cell(folder: Path):
    rows = ("2025年4月31日", "2025年4月19日—15日", "老时间", "2025年4月15日")
    assert wrong(folder, "时间", *rows) == [
        (2, "时间", "date-none", "2025年4月31日"), (3, "时间", "dates-reversed", "2025年4月19日—15日"), (4, "时间", "days", "老时间"),
    ]  # fmt: skip
    assert wrong(folder, "时间,开幕", "2025年4月15日—19日,2025-04-16") == [
        (2, "时间", "dates-two", "2025年4月15日—19日")
    ]
    assert wrong(folder, "开幕,年份", "2025-04-15,2025")[0][1:3] == ("status", "column-missing")
    assert wrong(folder, "window_start,年份,状态", "2025-04-15,2025,暂定") == [(2, "window_end", "window-half", "")]


def test_days_in_one_column_replace_those_of_the_reference(folder: Path):
    (folder / "phases.csv").write_text(
        "展期编号,展会编号,届次,时间,来源,可信度\ncanton-137-1,canton,137,2025年4月16日—20日,示例,sample\n",
        encoding="utf-8",
    )
    found = read_programme(folder).phase["canton-137-1"]
    assert (found.start, found.end, found.status, found.place_id) == (
        date(2025, 4, 16),
        date(2025, 4, 20),
        "provisional",
        "guangzhou",
    )
    (folder / "phases.csv").write_text(
        "展期编号,展会编号,届次,时间,来源,可信度\ncanton-137-1,canton,137,待定,示例,sample\n", encoding="utf-8"
    )
    assert read_programme(folder).phase["canton-137-1"].start is None


def test_holidays_are_typed_from_the_notice(folder: Path):
    text = "2027年部分节假日安排,,\n日期,放假/上班,来源\n1月1日,放假,示例\n2027年1月2日,上班,示例\n20270103,off,示例\n"
    (folder / "holidays.csv").write_text(text, encoding="utf-8")
    told: list[Problem] = []
    rows = read_programme(folder, told=told).holidays
    assert [(p.value, dict(p.facts)["count"]) for p in told if p.what == "told-holidays"] == [("2027", "2")]
    assert [(h.on, h.work, h.territory_id, h.confidence.value) for h in rows] == [
        (date(2027, 1, 1), False, "CN", "user"), (date(2027, 1, 2), True, "CN", "user"), (date(2027, 1, 3), False, "CN", "user"),
    ]  # fmt: skip
