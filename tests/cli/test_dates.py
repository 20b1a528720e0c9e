"""`fairplanner dates`, as a user runs it on the tiny programme."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.intake import read_programme
from tests.intake.calendars import calendar, entry

TINY = Path(__file__).parents[1] / "programmes" / "tiny"


def run(*args: str | Path, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["dates", *map(str, args)], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny programme."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture
def peer(folder: Path, tmp_path: Path) -> Path:
    """A calendar with one fair of the programme a week later, one event without a day, one repeating, one of nobody."""
    phase = read_programme(folder).in_window()[0]
    fair = read_programme(folder).fair[phase.fair_id]
    assert phase.start
    title = f"{fair.name_zh} {phase.year}"
    path = tmp_path / "peer.ics"
    path.write_bytes(
        calendar(
            entry(title, f"{phase.start.year}0105", f"{phase.start.year}0109", "STATUS:CONFIRMED", f"X-EDITION:{phase.edition}"),
            ["BEGIN:VEVENT", "SUMMARY:sometime", "END:VEVENT"],
            entry("Lunch", "20250101", "", "RRULE:FREQ=DAILY"),
            entry("Team outing", "20250101"),
        )
    )  # fmt: skip
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_what_moved_and_what_could_not_be_read(folder: Path, peer: Path, lang: str) -> None:
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    result = run(peer, "--for", folder, lang=lang)
    assert result.exit_code == 0, result.output
    assert "2025" in result.stdout
    assert "Team outing" in result.stdout
    assert "sometime" in result.stdout
    assert "DTSTART" in result.stdout
    assert not re.search(r"（(\S+) → \1）|\((\w+) -> \2\)", result.stdout), "a status that stays is not told"
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_machine_gets_one_object(folder: Path, peer: Path) -> None:
    facts = json.loads(run(peer, "--for", folder, "--json").stdout)
    assert [c["what"] for c in facts["changes"]] == ["moved"]
    assert facts["changes"][0]["after"] == ["2025-01-05", "2025-01-08", "held"]
    assert [p["what"] for p in facts["problems"]] == ["ics-no-start", "ics-repeats"]
    assert [u["title"] for u in facts["unmatched"]] == ["Team outing"]
    assert facts["out"] == ""


def test_what_is_written_takes_effect_in_the_programme(folder: Path, peer: Path, tmp_path: Path) -> None:
    out = folder / "phases.csv"
    assert run(peer, "--for", folder, "--out", out).exit_code == 1
    kept = {q.phase_id for q in read_programme(folder).phases}
    result = run(peer, "--for", folder, "--out", out, "--replace")
    assert result.exit_code == 0, result.output
    after = read_programme(folder)
    (moved,) = [q for q in after.phases if q.source == "peer.ics"]
    assert moved.start
    assert moved.start.isoformat() == "2025-01-05"
    assert {q.phase_id for q in after.phases} == kept
    again = json.loads(run(peer, "--for", folder, "--json").stdout)
    assert [c["what"] for c in again["changes"]] == ["same"]


def test_nothing_is_written_where_nothing_changed(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.ics"
    path.write_bytes(calendar())
    result = run(path, "--for", folder, "--out", tmp_path / "new.csv")
    assert result.exit_code == 0
    assert "Nothing changed" in result.stdout
    assert not (tmp_path / "new.csv").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_file_that_is_no_calendar_is_told_at_once(folder: Path, tmp_path: Path, lang: str) -> None:
    contents = {"page.ics": b"<html>", "empty.ics": b"", "text.ics": b"hello"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    result = run(
        *(tmp_path / n for n in contents), "webcal://www.example.org/x.ics", "none.ics", "--for", folder, lang=lang
    )
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert all(word in result.stderr for word in (*contents, "https://", "none.ics"))
    assert "VCALENDAR" in result.stderr
