"""A store that was tampered with, or written by a program with a bug, is found out."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest
from sqlalchemy import text

from fairplanner.store import Store
from tests.store.made import PROGRAMME, feed, publish_next, revision


def _tamper(store: Store, statement: str, **facts: object) -> None:
    """Change a database as somebody would who may do everything with it."""
    with store._database.making() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER revisions_kept"))
            connection.execute(text("DROP TRIGGER revisions_stay"))
        else:
            connection.execute(text("ALTER TABLE revisions DISABLE TRIGGER ALL"))
        connection.execute(text(statement), facts)


@pytest.mark.parametrize(
    ("statement", "flaw"),
    [
        ("UPDATE revisions SET why = 'other' WHERE number = 2", "revision 2 is not as it was sealed"),
        ("UPDATE revisions SET made_by = 'other' WHERE number = 1", "revision 1 is not as it was sealed"),
        (
            "UPDATE revisions SET made_at = '2020-01-01T00:00:00Z' WHERE number = 1",
            "revision 1 is not as it was sealed",
        ),
        ("UPDATE revisions SET plan = :plan WHERE number = 3", "revision 3 is not as it was sealed"),
        ("DELETE FROM revisions WHERE number = 2", "revision 2 is missing"),
        ("UPDATE revisions SET parent = 'x' WHERE number = 2", "revision 2 does not follow the one before it"),
        ("DELETE FROM revisions WHERE number = 3", "which is not published"),
        ("UPDATE feeds SET etag = 'x' WHERE subject = 'f001'", "feed firm-f001.zh is not what its etag says"),
        ("UPDATE contents SET content = :plan", "is not what its hash says"),
    ],
)
def test_a_change_behind_our_back_is_found(store: Store, statement: str, flaw: str) -> None:
    for _ in range(3):
        publish_next(store)
    assert store.verify(PROGRAMME) == ()
    facts = {"plan": zlib.compress(b"another plan")} if ":plan" in statement else {}
    _tamper(store, statement, **facts)
    assert any(flaw in line for line in store.verify(PROGRAMME)), store.verify(PROGRAMME)


def test_a_revision_with_a_wrong_seal_or_a_feed_with_a_wrong_etag_is_found(store: Store) -> None:
    store.publish(replace(revision(1), seal="x"), [replace(feed(1), etag="x")], None, onto="")
    assert len(store.verify(PROGRAMME)) == 2
