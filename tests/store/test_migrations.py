"""A store is made once, brought up to date in one transaction, and never touched by a program that is too old for it."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import MetaData, inspect, text
from sqlalchemy.exc import DBAPIError

from fairplanner.store import StoreError, open_store
from fairplanner.store.database import Database
from fairplanner.store.migrations import STEPS, VERSIONS, migrate, version_of
from fairplanner.store.schema import metadata
from tests.store.made import PROGRAMME, publish_next

NEWER = "INSERT INTO fairplanner_schema (version) VALUES (99)"
FURTHER = dict.fromkeys(STEPS[0], ("ALTER TABLE feeds ADD COLUMN colour VARCHAR NOT NULL DEFAULT 'blue'",))
BROKEN = dict.fromkeys(STEPS[0], ("CREATE TABLE extra (x INTEGER)", "ALTER TABLE nowhere ADD COLUMN y INTEGER"))


def _version(url: str) -> int:
    database = Database(url, create=False)
    with database.looking() as connection:
        found = version_of(connection)
    database.close()
    return found


def test_the_steps_make_the_tables_that_the_queries_speak_of(url: str) -> None:
    open_store(url).close()
    database, found = Database(url, create=False), MetaData()
    with database.looking() as connection:
        found.reflect(connection)
    database.close()
    assert set(found.tables) == set(metadata.tables) | {VERSIONS}
    for name, table in metadata.tables.items():
        own = found.tables[name]
        assert [c.name for c in own.columns] == [c.name for c in table.columns]
        assert [c.nullable for c in own.columns] == [c.nullable for c in table.columns], name
        assert {c.name for c in own.primary_key} == {c.name for c in table.primary_key}, name


def test_opening_again_makes_nothing_anew(url: str) -> None:
    with open_store(url) as store:
        publish_next(store)
    with open_store(url, create=False) as store:
        assert len(store.revisions(PROGRAMME)) == 1
    assert _version(url) == len(STEPS)


def test_an_older_store_is_brought_up_to_date_and_keeps_what_it_holds(url: str) -> None:
    with open_store(url) as store:
        first = publish_next(store)
    database = Database(url, create=False)
    with database.making() as connection:
        migrate(connection, "here", "other.example.org", steps=(*STEPS, FURTHER))
    with database.looking() as connection:
        assert version_of(connection) == len(STEPS) + 1
        assert set(connection.execute(text("SELECT colour FROM feeds")).scalars()) == {"blue"}
        assert connection.execute(text("SELECT seal FROM revisions")).scalar() == first.seal
        assert connection.execute(text("SELECT host FROM office")).scalar() == "fairplanner.invalid"
    database.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(url: str) -> None:
    with open_store(url) as store:
        first = publish_next(store)
    database = Database(url, create=False)
    with pytest.raises((DBAPIError, StoreError)), database.making() as connection:
        migrate(connection, "here", "h", steps=(*STEPS, FURTHER, BROKEN))
    with database.looking() as connection:
        assert version_of(connection) == len(STEPS)
        assert not inspect(connection).has_table("extra")
        assert "colour" not in {c["name"] for c in inspect(connection).get_columns("feeds")}
    database.close()
    with open_store(url) as store:
        assert store.head(PROGRAMME) == first


def test_a_newer_store_is_refused_and_nothing_is_touched(url: str) -> None:
    with open_store(url) as store:
        publish_next(store)
        with store._database.making() as connection:
            connection.execute(text(NEWER))
    before = _everything(url)
    with pytest.raises(StoreError) as refused:
        open_store(url, host="other.example.org")
    (problem,) = refused.value.problems
    assert (problem.what, problem.value, dict(problem.facts)) == ("store-newer", "99", {"known": str(len(STEPS))})
    assert _everything(url) == before


def _everything(url: str) -> list[object]:
    database = Database(url, create=False)
    with database.looking() as connection:
        found: list[object] = [
            sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {name}")))  # noqa: S608  our own names
            for name in (*sorted(metadata.tables), VERSIONS)
        ]
    database.close()
    return found


def test_not_even_the_bytes_of_a_newer_sqlite_file_are_touched(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with open_store(str(path)) as store, store._database.making() as connection:
        connection.execute(text(NEWER))
    before = sha256(path.read_bytes()).hexdigest()
    with pytest.raises(StoreError, match="store-newer"):
        open_store(str(path))
    assert sha256(path.read_bytes()).hexdigest() == before


def test_somebody_elses_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE addresses (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="store-foreign addresses"):
        open_store(str(path))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_without_create_an_empty_database_stays_empty(url: str) -> None:
    if url.startswith("sqlite"):
        sqlite3.connect(url.removeprefix("sqlite:///")).close()
    with pytest.raises(StoreError, match="store-missing"):
        open_store(url, create=False)
    database = Database(url, create=True)
    with database.looking() as connection:
        assert inspect(connection).get_table_names() == []
    database.close()


def test_papers_of_a_store_before_they_said_what_they_say_are_kept(url: str) -> None:
    database = Database(url, create=True)
    with database.making() as connection:
        migrate(connection, "here", "h", steps=STEPS[:1])
        connection.execute(text("INSERT INTO programmes VALUES ('p')"))
        connection.execute(text("INSERT INTO contents VALUES ('abc', :content)"), {"content": b"%PDF"})
        connection.execute(
            text("INSERT INTO documents VALUES ('p', 'firm', 'f1', 'zh', 'a.pdf', 'A', 'application/pdf', 'abc')")
        )
    database.close()
    with open_store(url) as store:
        (paper,) = store.documents("p")
    assert (paper.content, paper.said) == (b"%PDF", "")
