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
        ("UPDATE revisions SET why = 'other' WHERE number = 2", ("store-revision-unsealed", "2")),
        ("UPDATE revisions SET made_by = 'other' WHERE number = 1", ("store-revision-unsealed", "1")),
        ("UPDATE revisions SET made_at = '2020-01-01T00:00:00Z' WHERE number = 1", ("store-revision-unsealed", "1")),
        ("UPDATE revisions SET plan = :plan WHERE number = 3", ("store-revision-unsealed", "3")),
        ("DELETE FROM revisions WHERE number = 2", ("store-revision-missing", "2")),
        ("UPDATE revisions SET parent = 'x' WHERE number = 2", ("store-revision-apart", "2")),
        ("DELETE FROM revisions WHERE number = 3", ("store-feed-ahead", "firm-f000.zh")),
        ("UPDATE feeds SET etag = 'x' WHERE subject = 'f001'", ("store-feed-unlike", "firm-f001.zh")),
        ("UPDATE contents SET content = :plan", ("store-document-unlike", "参展手册.pdf")),
    ],
)
def test_a_change_behind_our_back_is_found(store: Store, statement: str, flaw: str) -> None:
    for _ in range(3):
        publish_next(store)
    assert store.verify(PROGRAMME) == ()
    facts = {"plan": zlib.compress(b"another plan")} if ":plan" in statement else {}
    _tamper(store, statement, **facts)
    assert flaw in {(problem.what, problem.value) for problem in store.verify(PROGRAMME)}


def test_a_revision_with_a_wrong_seal_or_a_feed_with_a_wrong_etag_is_found(store: Store) -> None:
    store.publish(replace(revision(1), seal="x"), [replace(feed(1), etag="x")], None, onto="")
    assert {problem.what for problem in store.verify(PROGRAMME)} == {"store-revision-unsealed", "store-feed-unlike"}
