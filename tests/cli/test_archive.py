"""`archive FAIR DIR`, as an office uses it after a fair."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build

TINY = Path(__file__).parents[1] / "programmes" / "tiny"
STORE = ("--by", "office", "--in", "en", "--at", "2025-01-02T03:04:05Z")


def run(*args: str) -> Result:
    return CliRunner().invoke(build("en"), list(args), catch_exceptions=False)


@pytest.fixture(scope="module")
def plan(tiny_planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(tiny_planned, tmp_path_factory.mktemp("plan"), dirs_exist_ok=True)


def sums(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def test_a_fair_is_filed_with_its_tables_and_what_is_missing_is_said(plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    result = run(
        "archive",
        "t-guitar",
        str(folder),
        "--plan",
        str(plan),
        "--inputs",
        str(TINY),
        "--with",
        str(TINY / "firms.csv"),
    )
    assert result.exit_code == 0, result.output
    assert "missing: no store was named" in result.output
    assert "what the plan rests on" not in result.output
    for name, digest in sums(folder).items():
        assert sha256((folder / name).read_bytes()).hexdigest() == digest
    assert (folder / "inputs" / "applications.csv").read_bytes() == (TINY / "applications.csv").read_bytes()
    assert (folder / "received" / "firms.csv").is_file()


def test_a_folder_that_holds_something_else_is_left_alone_and_its_own_is_written_again(
    plan: Path, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    result = run("archive", "t-guitar", str(tmp_path), "--plan", str(plan))
    assert result.exit_code == 1
    assert "was not filed by this program" in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_with_a_plan_in_it_is_no_archive_although_we_wrote_it(plan: Path) -> None:
    before = {p.name: p.read_bytes() for p in plan.iterdir()}
    result = run("archive", "t-guitar", str(plan), "--plan", str(plan))
    assert result.exit_code == 1
    assert "was not filed by this program" in result.output
    assert {p.name: p.read_bytes() for p in plan.iterdir()} == before


def test_a_mistyped_fair_and_a_missing_plan_or_file_are_told(plan: Path, tmp_path: Path) -> None:
    wrong = run("archive", "t-gitar", str(tmp_path / "a"), "--plan", str(plan))
    assert wrong.exit_code == 1
    assert "did you mean 't-guitar'?" in wrong.output
    bare = run("archive", "t-guitar", str(tmp_path / "a"))
    assert "no plan is named" in bare.output
    lost = run("archive", "t-guitar", str(tmp_path / "a"), "--plan", str(plan), "--with", str(tmp_path / "no.pdf"))
    assert "there is no such file or folder" in lost.output
    assert not (tmp_path / "a").exists()


@pytest.mark.slow
def test_a_store_and_its_outbox_tell_what_was_published_and_to_whom_it_went(plan: Path, tmp_path: Path) -> None:
    store, outbox = ("--store", str(tmp_path / "o.db")), tmp_path / "outbox"
    published = run("publish", str(plan), *store, *STORE, "--out", str(tmp_path / "out"), "--outbox", str(outbox))
    assert published.exit_code == 0
    sent = [
        {"key": "k", "state": "trying", "at": "2025-01-02T04:00:00+00:00", "kind": "firm", "id": "f04", "lang": "en"},
        {"key": "k", "state": "sent", "at": "2025-01-02T04:00:01+00:00"},
    ]
    (outbox / "rev-0001" / "sent.jsonl").write_text("".join(json.dumps(x) + "\n" for x in sent), encoding="utf-8")
    folder = tmp_path / "archive"
    result = run("archive", "t-guitar", str(folder), *store, "--outbox", str(outbox))
    assert result.exit_code == 0, result.output
    assert "4 notices are not known to have been sent" in result.output
    names = sums(folder)
    assert {"versions/revisions.json", "versions/rev-0001/plan.json"} <= names.keys()
    assert [name for name in names if name.endswith("calendar.en.ics")]
    again = run("archive", "t-guitar", str(folder), *store, "--outbox", str(outbox))
    assert again.exit_code == 0
    assert sums(folder) == names
