"""Where a store can be, and what is said where it cannot."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from fairplanner.store import StoreError, open_store
from fairplanner.store import database as database_module
from fairplanner.store.database import url_of
from tests.store.made import PROGRAMME, numbers_shown, publish_next


@pytest.mark.parametrize(
    ("address", "driver", "where"),
    [
        ("office.db", "sqlite", "office.db"),
        ("sqlite:///a/office.db", "sqlite", "a/office.db"),
        ("postgresql://anna:secret@db.example.org/office", "postgresql+psycopg", "office"),
        ("postgres://db.example.org/office", "postgresql+psycopg", "office"),
    ],
)
def test_an_address_is_a_path_or_a_url(address: str, driver: str, where: str) -> None:
    url = url_of(address)
    assert (url.drivername, url.database) == (driver, where)


@pytest.mark.parametrize(
    "address", ["mysql://h/x", "http://example.org", "sqlite://", "sqlite:///:memory:", "://", "a://b:c:d"]
)
def test_an_address_that_cannot_hold_a_store_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="store-address"):
        url_of(address)


def test_what_stands_in_the_way_of_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database at all, but long enough to be taken for one" * 20)
    for path, what in (
        (tmp_path, "store-is-folder"),
        (tmp_path / "none" / "x.db", "store-no-folder"),
        (tmp_path / "text.db", "store-foreign"),
    ):
        with pytest.raises(StoreError, match=what):
            open_store(str(path))
    with pytest.raises(StoreError, match="store-missing"):
        open_store(str(tmp_path / "x.db"), create=False)
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("host", ["", "a b", "x/y", "-a.example", "a..b", "张.example", "a" * 254, "ok\n"])
def test_a_host_that_could_not_stand_in_a_uid_is_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(StoreError, match="store-host"):
        open_store(str(tmp_path / "x.db"), host=host)
    assert list(tmp_path.iterdir()) == []


def test_a_password_is_never_shown() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as refused:
        open_store("postgresql://anna:secret@127.0.0.1:1/office?connect_timeout=2")
    (problem,) = refused.value.problems
    assert problem.what == "store-fails"
    assert "secret" not in str(refused.value)
    assert "127.0.0.1" in problem.file


def test_who_writes_too_long_is_not_waited_for_forever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "PRAGMAS", ("busy_timeout=50", "foreign_keys=ON"))
    path = tmp_path / "office.db"
    with open_store(str(path)) as store:
        first = publish_next(store)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="store-busy"):
            publish_next(store)
        assert store.head(PROGRAMME) == first, "readers do not wait"
        with open_store(str(path)) as served:
            assert served.head(PROGRAMME) == first, "nor does who opens the store"
        other.execute("ROLLBACK")
        other.close()
        assert publish_next(store).number == 2


def test_a_full_disk_loses_nothing_that_was_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "office.db"
    with open_store(str(path)) as store:
        first = publish_next(store)
    monkeypatch.setattr(database_module, "PRAGMAS", ("max_page_count=60", "foreign_keys=ON"))
    with open_store(str(path)) as store:
        with pytest.raises(StoreError, match="store-fails database or disk is full"):
            publish_next(store, feeds=300, entries=20)
        assert store.head(PROGRAMME) == first
        assert numbers_shown(store) == {1}
        assert store.verify(PROGRAMME) == ()
        assert publish_next(store).number == 2, "what fits is published"


def test_the_file_is_set_up_to_be_read_while_it_is_written_and_to_survive_a_loss_of_power(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "office.db")) as store, store._database.looking() as connection:
        asked = {
            p: connection.exec_driver_sql(f"PRAGMA {p}").scalar()
            for p in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_what_belongs_to_a_programme_needs_one(url: str) -> None:
    with open_store(url) as store, pytest.raises(IntegrityError), store._database.writing() as connection:
        connection.execute(text("INSERT INTO sent (programme_id, message, sent_at) VALUES ('nobody', 'm', 'x')"))
