"""`fairplanner push`: where a feed comes from and what is said; the pushing itself is tested in tests/deliver."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.domain.published import FeedKey
from fairplanner.store import open_store
from tests.deliver.radicale import NEEDED, a_calendar, running
from tests.publish.notices import made as notices

pytestmark = NEEDED

KEY = FeedKey("firm", "f1", "zh")


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["push", *args, "--lang", lang], catch_exceptions=False)


def test_a_file_and_a_feed_of_the_store_are_the_same_to_a_calendar(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FAIRPLANNER_CALDAV_PASSWORD", "secret")
    made, path = notices.first(), tmp_path / "f1.zh.ics"
    path.write_bytes(made.standing[KEY].content)
    count = made.standing[KEY].content.count(b"BEGIN:VEVENT")
    with open_store(str(tmp_path / "office.db"), host=notices.HOST) as store:
        store.publish(made.revision, made.standing.values(), (), onto="")
    with running(tmp_path) as server:
        where = ("--url", a_calendar(server, "fairs").url, "--user", "office")
        rehearsed, first = run(str(path), *where, "--dry-run"), run(str(path), *where)
        monkeypatch.setenv("FAIRPLANNER_STORE", str(tmp_path / "office.db"))
        again = run(*KEY, *where)
    assert f"Would add {count}, change 0" in rehearsed.stdout
    assert first.exit_code == 0
    assert f"Added: {count}; changed: 0; deleted: 0; as they were: 0." in first.stdout
    assert "Entries of others in the calendar, not touched: 1." in first.stdout
    assert f"Added: 0; changed: 0; deleted: 0; as they were: {count}." in again.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("firm",), "give one .ics file"), (("none.ics",), "none.ics: there is no such file"), (("firm", "f1", "zh"), "no store is given"),
        (("firm", "f9", "zh", "--store", "STORE"), "has no such feed"), (("zh", "zh", "--store", "STORE", "--programme", "x"), "has no such feed"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_found_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], said: str
) -> None:
    monkeypatch.delenv("FAIRPLANNER_STORE", raising=False)
    made, path = notices.first(), str(tmp_path / "office.db")
    with open_store(path, host=notices.HOST) as store:
        store.publish(made.revision, made.standing.values(), (), onto="")
    result = run(*(path if x == "STORE" else x for x in args), "--url", "https://x.example/c/")
    assert result.exit_code == 1
    assert said in result.stderr


def test_without_the_extra_the_problem_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, load = tmp_path / "f1.zh.ics", builtins.__import__
    path.write_bytes(notices.first().standing[KEY].content)

    def without(name: str, *args: Any) -> Any:
        if name.startswith("caldav"):
            raise ModuleNotFoundError(name)
        return load(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    result = run(str(path), "--url", "https://x.example/c/")
    assert result.exit_code == 1
    assert 'pip install "fairplanner[caldav]"' in result.stderr
