"""Does what is in the store hold together: the chain of revisions, the bytes of feeds, what they say they show."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, select

from fairplanner.domain.sealing import seal_of
from fairplanner.errors import Problem
from fairplanner.store import documents, feeds, revisions
from fairplanner.store.schema import feeds as feed_table


def flaws(connection: Connection, programme_id: str, where: str) -> tuple[Problem, ...]:
    """Everything that does not hold; empty where all is well. `where` is the store's address."""
    found = (
        *_chain(connection, programme_id),
        *_feeds(connection, programme_id),
        *_documents(connection, programme_id),
    )
    return tuple(Problem(where, 0, "", f"store-{what}", value) for what, value in found)


def _chain(connection: Connection, programme_id: str) -> Iterator[tuple[str, str]]:
    parent = ""
    for number, link in enumerate(revisions.chain(connection, programme_id), start=1):
        if link.number != number:
            yield "revision-missing", str(number)
        if link.parent != parent:
            yield "revision-apart", str(link.number)
        if seal_of(revisions.numbered(connection, programme_id, link.number)) != link.seal:
            yield "revision-unsealed", str(link.number)
        parent = link.seal


def _feeds(connection: Connection, programme_id: str) -> Iterator[tuple[str, str]]:
    newest = revisions.newest(connection, programme_id)
    last = newest.number if newest else 0
    query = select(feed_table.c.slug, feed_table.c.lang).where(
        feed_table.c.programme_id == programme_id, feed_table.c.number > last
    )
    for slug, lang in connection.execute(query):
        yield "feed-ahead", f"{slug}.{lang}"
    for feed in feeds.complete(connection, programme_id).values():
        if sha256(feed.content).hexdigest() != feed.etag:
            yield "feed-unlike", f"{feed.slug}.{feed.key.lang}"


def _documents(connection: Connection, programme_id: str) -> Iterator[tuple[str, str]]:
    for name, own, content in documents.contents_of(connection, programme_id):
        if sha256(content).hexdigest() != own:
            yield "document-unlike", name
