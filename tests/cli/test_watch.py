"""What goes on while planning: in words on a line, and as lines of JSON in a log."""

from __future__ import annotations

import io
import json
import string
import sys
from pathlib import Path
from typing import Any

import pytest

from fairplanner.cli.watch import Watch, watching
from fairplanner.errors import OutputError
from fairplanner.solver import Progress
from fairplanner.words import words

TOLD = (
    Progress(0.1, "relax", None, 9_000, None),
    Progress(0.2, "start", 4_000, None, None),
    Progress(0.3, "years", 3_000, 9_500, None),
    Progress(0.3, "years", 3_500, 9_200, None),
    Progress(0.4, "neighbours", 6_000, None, None),
    Progress(0.5, "exact", 6_000, 6_000, 0.0),
)


def read(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_the_log_has_rising_seconds_better_values_and_falling_bounds(tmp_path: Path) -> None:
    with watching(words("en"), tmp_path / "new" / "plan.log") as watch:
        watch.phase("pose")
        for told in TOLD:
            watch.heard(told)
        watch.ended(6_000, 6_000)
    told_lines = read(tmp_path / "new" / "plan.log")
    assert [list(line) for line in told_lines] == [["seconds", "phase", "value", "bound", "gap"]] * len(told_lines)
    assert [(x["phase"], x["value"], x["bound"], x["gap"]) for x in told_lines] == [
        ("pose", None, None, None),
        ("relax", None, 9.0, None),
        ("start", 4.0, 9.0, 1.25),
        ("years", 4.0, 9.0, 1.25),
        ("neighbours", 6.0, 9.0, 0.5),
        ("exact", 6.0, 6.0, 0.0),
        ("done", 6.0, 6.0, 0.0),
    ]
    seconds = [x["seconds"] for x in told_lines]
    assert seconds == sorted(seconds)


def test_a_log_can_be_read_while_planning_goes_on(tmp_path: Path) -> None:
    with watching(words("en"), tmp_path / "plan.log") as watch:
        watch.heard(TOLD[0])
        assert read(tmp_path / "plan.log")[-1]["phase"] == "relax"


def test_a_log_of_an_earlier_run_is_begun_anew_and_any_other_file_is_kept(tmp_path: Path) -> None:
    log, mine = tmp_path / "plan.log", tmp_path / "firms.csv"
    for _ in range(2):
        with watching(words("en"), log) as watch:
            watch.phase("pose")
    assert len(read(log)) == 1
    for content in (b"firm_id\nf1\n", b"{}", b"[1]", b"\xff\xfe", b"null"):
        mine.write_bytes(content)
        with pytest.raises(OutputError) as caught, watching(words("en"), mine):
            pass
        assert [p.what for p in caught.value.problems] == ["exists"]
        assert mine.read_bytes() == content
    with watching(words("en"), mine, replace=True) as watch:
        watch.phase("pose")
    assert len(read(mine)) == 1


def test_a_log_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError), watching(words("en"), tmp_path / "file" / "plan.log"):
        pass


class Full(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_disk_that_is_full_ends_the_log_and_not_the_plan() -> None:
    watch = Watch(words("en"), Full())
    for told in TOLD:
        watch.heard(told)
    assert watch.broken is not None
    assert watch.broken.strerror == "No space left on device"
    assert "6.0" in watch.line()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_phase_has_a_word_and_one_without_is_called_as_it_is(lang: str) -> None:
    watch, w = Watch(words(lang)), words(lang)
    for name in (
        "read",
        "pose",
        "build",
        "branch",
        "exact",
        "relax",
        "years",
        "plans",
        "start",
        "neighbours",
        "core",
        "check",
    ):
        watch.phase(name)
        assert w(f"cli.phase.{name}") in watch.line()
        watch.line().encode("cp936")
    watch.heard(Progress(1.0, "quantum", None, None, None))
    assert watch.line().startswith("quantum")


def test_the_line_says_value_bound_and_gap() -> None:
    watch = Watch(words("en"))
    watch.heard(Progress(1.0, "exact", 1_234_500, 1_300_000, None))
    assert watch.line() == "Exact search  0 s  value 1,234.5  bound 1,300.0  gap 5.31%"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_one_line_of_plain_characters_is_redrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    with watching(words("en")) as watch:
        watch.heard(TOLD[-1])
    shown = screen.getvalue()
    assert "Exact search" in shown
    assert shown.count("\n") <= 1
    assert set(shown) <= set(string.printable) | {"\x1b"}


def test_elsewhere_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = io.StringIO()
    monkeypatch.setattr(sys, "stderr", silent)
    with watching(words("en")) as watch:
        watch.heard(TOLD[-1])
    assert silent.getvalue() == ""
