"""Native code that prints for itself does not get into what we print."""

from __future__ import annotations

import ctypes
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairplanner.cli import build
from fairplanner.cli.choices import write_alternatives
from fairplanner.cli.quiet import quiet
from fairplanner.cli.watch import Watch
from fairplanner.cli.work import Wish, make_plan
from fairplanner.solver import Progress
from fairplanner.words import words
from tests import builders as b

ROOT = Path(__file__).parent.parent.parent
BY_C = pytest.mark.skipif(os.name != "posix", reason="elsewhere the C library has another name")
CLOSED = """
import os, sys
from fairplanner.cli.quiet import quiet
os.close(1)
with quiet():
    sys.stderr.write("begun ")
try:
    os.fstat(1)
except OSError:
    sys.stderr.write("still closed")
sys.stdout = None
with quiet():
    sys.stderr.write(", and without a stream")
os._exit(0)
"""
PRINTED = """
import ctypes, json, sys
from fairplanner.cli.quiet import quiet
libc = ctypes.CDLL(None)
sys.stdout.write(json.dumps({"before": 1}))
with quiet():
    libc.printf(b"transformNewIntegerFeasibleSolution\\n")
    sys.stderr.write("progress")
sys.stdout.write(json.dumps({"after": 1}))
"""


def of_its_own(code: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-c", code]
    return subprocess.run(call, capture_output=True, text=True, timeout=60, check=True, cwd=ROOT)  # noqa: S603 - our own script


def loud(text: str = "") -> None:
    """Writes past `sys.stdout`, as native code does."""
    os.write(1, f"engine {text}\n".encode())


def loud_and_broken(error: type[BaseException]) -> None:
    loud()
    raise error


def test_what_is_written_meanwhile_goes_nowhere_and_the_rest_is_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    sys.stdout.write("before ")
    with quiet():
        loud()
        sys.stderr.write("progress")
    sys.stdout.write("after")
    sys.stdout.flush()
    assert capfd.readouterr() == ("before after", "progress")


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_after_an_error_or_ctrl_c_standard_output_is_back(
    error: type[BaseException], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(error), quiet():
        loud_and_broken(error)
    os.write(1, b"back")
    assert capfd.readouterr().out == "back"


def test_one_within_another_and_no_file_left_open(capfd: pytest.CaptureFixture[str]) -> None:
    next_one = os.dup(0)
    os.close(next_one)
    with quiet():
        with quiet():
            loud()
        loud()
    os.write(1, b"back")
    assert capfd.readouterr().out == "back"
    again = os.dup(0)
    os.close(again)
    assert again == next_one


def test_a_standard_output_that_is_no_file_stays_what_it_is(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ours = io.StringIO()
    monkeypatch.setattr(sys, "stdout", ours)
    with quiet():
        sys.stdout.write("ours")
        loud()
    assert (ours.getvalue(), capfd.readouterr().out) == ("ours", "")


@BY_C
def test_what_c_keeps_in_its_buffer_does_not_come_out_at_the_end_of_the_process() -> None:
    done = of_its_own(PRINTED)
    assert (done.stdout, done.stderr) == ('{"before": 1}{"after": 1}', "progress")


@BY_C
def test_what_c_keeps_in_its_buffer_does_not_come_out_later_either(capfd: pytest.CaptureFixture[str]) -> None:
    libc = ctypes.CDLL(None)
    with quiet():
        libc.printf(b"native\n")
    libc.fflush(None)
    assert capfd.readouterr().out == ""


@BY_C
def test_a_process_without_standard_output_is_left_without() -> None:
    assert of_its_own(CLOSED).stderr == "begun still closed, and without a stream"


class Loud(Watch):
    """Hears of the search while it goes on, and writes as an engine would."""

    def heard(self, told: Progress) -> None:
        loud(told.engine)
        sys.stderr.write(told.engine)


def test_while_a_plan_and_its_alternatives_are_sought_nothing_gets_through(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    programme, w = b.a_programme(), words("en")
    solved = make_plan(programme, w, Wish(seconds=10), Loud(w)).solved
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err
    write_alternatives(programme, solved.plan, tmp_path, w, 1, 0.5, 10, loud, replace=False)
    assert "engine" not in capfd.readouterr().out
    assert (tmp_path / "plan-2.json").is_file()


def test_plan_still_prints_its_one_object(tmp_path: Path) -> None:
    tiny = ROOT / "tests" / "programmes" / "tiny"
    done = CliRunner().invoke(build("en"), ["plan", str(tiny), "--out", str(tmp_path), "--json"])
    assert json.loads(done.stdout)["plan"].endswith("plan.json")
