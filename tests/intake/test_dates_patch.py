"""The table that a calendar's changes become: read back, it is the catalogue as the calendar has it."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from fairplanner.domain.kinds import Confidence, Status
from fairplanner.errors import CatalogueError
from fairplanner.intake.dates import compare_dates
from fairplanner.intake.dates_patch import patched
from fairplanner.intake.files import read_files
from fairplanner.intake.rows import TableRead, read_sheet
from fairplanner.words import words
from tests.intake.calendars import calendar, entry, read
from tests.intake.test_dates import programme


def rows(path: Path) -> dict[str, object]:
    into, problems = TableRead(), []
    found = read_files([path])
    for sheet in found.sheets:
        read_sheet(sheet, into, problems)
    assert [*found.problems, *problems] == []
    return {key[0]: placed.row for key, placed in into.rows.items()}


def patch(*events: list[str], lang: str = "zh", over: Path | None = None, **changes: object) -> bytes:
    feed = read(calendar(*events, head=("X-WR-CALNAME:省展会日历",)))
    return patched(compare_dates(programme(**changes), [feed]).changes, words(lang), over)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_written_reads_back_as_the_calendar_says(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "phases.csv"
    path.write_bytes(patch(entry("第1届山地博览会第1期", "20250506", "20250511", "STATUS:CONFIRMED"), lang=lang))
    (row,) = rows(path).values()
    before = programme().phase["expo-1-1"]
    assert (row.start.isoformat(), row.end.isoformat(), row.status) == ("2025-05-06", "2025-05-10", Status.HELD)
    assert (row.source, row.confidence, row.start_confidence) == ("省展会日历 (peer.ics)", Confidence.USER, "user")
    assert "2025-04-15" in row.note
    assert "tests" in row.note
    unchanged = {"start", "end", "start_confidence", "end_confidence", "note", "source", "confidence", "quote"}
    assert row.model_dump(exclude=unchanged) == before.model_dump(exclude=unchanged)


def test_a_cancelled_phase_keeps_its_days(tmp_path: Path) -> None:
    path = tmp_path / "phases.csv"
    path.write_bytes(patch(entry("【取消】第1届山地博览会第1期", "20250601", "20250602")))
    (row,) = rows(path).values()
    assert (row.start.isoformat(), row.status) == ("2025-04-15", Status.CANCELLED)


def test_what_is_the_same_is_not_written() -> None:
    content = patch(entry("第1届山地博览会第1期", "20250415", "20250420")).decode("utf-8-sig")
    assert len(list(csv.reader(StringIO(content)))) == 1


def test_the_other_rows_of_a_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "phases.csv"
    path.write_bytes(patch(entry("第1届山地博览会第2期", "20250506", "20250511")))
    before = rows(path)
    path.write_bytes(patch(entry("第1届山地博览会第1期", "20250507", "20250512"), over=path))
    after = rows(path)
    assert sorted(after) == ["expo-1-1", "expo-1-2"]
    assert after["expo-1-2"] == before["expo-1-2"]


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "phases.csv"
    events = (
        entry("第1届山地博览会第2期", "20250506", "20250511"),
        entry("第1届山地博览会第1期", "20250401", "20250402"),
    )
    path.write_bytes(patch(*events))
    assert patch(*events[::-1], over=path) == path.read_bytes() == patch(*events)


def test_a_table_of_something_else_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "fairs.csv"
    path.write_text("fair_id\nx\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as told:
        patch(entry("第1届山地博览会第1期", "20250506", "20250511"), over=path)
    assert [p.what for p in told.value.problems] == ["dates-not-phases"]


def test_a_broken_table_is_told_and_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "phases.csv"
    path.write_text(
        "phase_id,fair_id,year,edition,status,source,confidence,start\nx,y,2025,1,held,z,user,never\n", encoding="utf-8"
    )
    with pytest.raises(CatalogueError) as told:
        patch(entry("第1届山地博览会第1期", "20250506", "20250511"), over=path)
    assert [(p.row, p.what) for p in told.value.problems] == [(2, "days")]
