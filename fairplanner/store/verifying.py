"""Does what is in the store hold together: the chain of revisions, the bytes of feeds, what they say they show."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, select

from fairplanner.domain.sealing import seal_of
from fairplanner.store import documents, feeds, revisions
from fairplanner.store.schema import feeds as feed_table


def flaws(connection: Connection, programme_id: str) -> tuple[str, ...]:
    """Everything that does not hold, one line each; empty where all is well."""
    return (
        *_chain(connection, programme_id),
        *_feeds(connection, programme_id),
        *_documents(connection, programme_id),
    )


def _chain(connection: Connection, programme_id: str) -> Iterator[str]:
    parent = ""
    for number, link in enumerate(revisions.chain(connection, programme_id), start=1):
        whole = revisions.numbered(connection, programme_id, link.number)
        if link.number != number:
            yield f"revision {number} is missing"
        if link.parent != parent:
            yield f"revision {link.number} does not follow the one before it"
        if seal_of(whole) != link.seal:
            yield f"revision {link.number} is not as it was sealed"
        parent = link.seal


def _feeds(connection: Connection, programme_id: str) -> Iterator[str]:
    newest = revisions.newest(connection, programme_id)
    last = newest.number if newest else 0
    query = select(feed_table.c.number, feed_table.c.slug, feed_table.c.lang).where(
        feed_table.c.programme_id == programme_id
    )
    for number, slug, lang in connection.execute(query):
        if number > last:
            yield f"feed {slug}.{lang} shows revision {number}, which is not published"
    for feed in feeds.complete(connection, programme_id).values():
        if sha256(feed.content).hexdigest() != feed.etag:
            yield f"feed {feed.slug}.{feed.key.lang} is not what its etag says"


def _documents(connection: Connection, programme_id: str) -> Iterator[str]:
    for name, own, content in documents.contents_of(connection, programme_id):
        if sha256(content).hexdigest() != own:
            yield f"document {name} is not what its hash says"
