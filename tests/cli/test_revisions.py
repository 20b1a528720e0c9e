"""What was published, as a user asks for it: `fairplanner revisions`."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.domain.published import Revision
from fairplanner.store import open_store
from tests.store.made import PROGRAMME, publish_next


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "office.db"
    with open_store(str(made)) as store:
        publish_next(store, by="甲岗")
        publish_next(store, by="乙岗")
    monkeypatch.setenv("FAIRPLANNER_STORE", str(made))
    return made


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["revisions", *args], catch_exceptions=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_published_when_and_why_is_listed(path: Path, lang: str) -> None:
    result = run("--lang", lang)
    assert result.exit_code == 0
    first, second = result.output.splitlines()
    assert all(said in first for said in ("1", "2026-11-22 08:31 UTC", "甲岗", "第 1 稿"))
    assert all(said in second for said in ("2", "2026-11-22 08:32 UTC", "乙岗", "第 2 稿"))
    result.output.encode("cp936")


def test_a_machine_reads_the_same(path: Path) -> None:
    facts = json.loads(run("--json").stdout)
    assert facts["programme"] == PROGRAMME
    assert [(r["number"], r["by"]) for r in facts["revisions"]] == [(1, "甲岗"), (2, "乙岗")]
    assert facts["revisions"][0]["at"] == "2026-11-22T08:31:00+00:00"


def test_a_revision_comes_out_of_the_store_byte_for_byte(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "old"
    assert run("1", "--out", str(out)).exit_code == 0
    with open_store(str(path)) as store:
        revision: Revision = store.revision(PROGRAMME, 1)
    assert (out / "plan.json").read_bytes() == revision.plan
    assert (out / "programme.json").read_bytes() == revision.programme
    (out / "plan.json").write_bytes(b"mine")
    assert run("1", "--out", str(out)).exit_code == 1
    assert (out / "plan.json").read_bytes() == b"mine"
    assert run("1", "--out", str(out), "--replace").exit_code == 0


@pytest.mark.parametrize("number", ["3", "0", "x"])
def test_a_revision_that_there_is_not_is_the_users_input(path: Path, number: str) -> None:
    result = run(number)
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    if number == "3":
        assert "the last one is 2" in result.output


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_verify_says_what_was_changed_behind_our_back(path: Path, lang: str) -> None:
    assert run("--verify", "--lang", lang).exit_code == 0
    with sqlite3.connect(path) as other:
        other.execute("UPDATE feeds SET content = x'00' WHERE subject = 'f001'")
    other.close()
    result = run("--verify", "--lang", lang)
    assert result.exit_code == 1
    assert "firm-f001.zh" in result.output
    assert "store-feed-unlike" not in result.output, "it is said in words"


def test_a_store_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    assert run("--store", str(tmp_path / "none.db")).exit_code == 1
    assert list(tmp_path.iterdir()) == []
