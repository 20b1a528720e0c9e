"""Documents beside the feeds; the same bytes are kept once, however many may fetch them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from fairplanner.domain.published import Document, Scope
from fairplanner.store.schema import contents, documents


def of(connection: Connection, programme_id: str, scope: Scope | None) -> tuple[Document, ...]:
    """The documents of one audience, or of all (None), with content, in order of language and name."""
    query = select(documents, contents.c.content).where(documents.c.sha256 == contents.c.sha256)
    query = query.where(documents.c.programme_id == programme_id)
    if scope is not None:
        query = query.where(documents.c.kind == scope.kind, documents.c.subject == scope.subject)
    return tuple(sorted((_document(row) for row in connection.execute(query)), key=lambda d: (d.scope, d.lang, d.name)))


def replace(connection: Connection, programme_id: str, new: Iterable[Document]) -> None:
    """Put the whole set of a programme in the place of the old one; bytes that nothing needs any more leave."""
    connection.execute(delete(documents).where(documents.c.programme_id == programme_id))
    known = set(connection.execute(select(contents.c.sha256)).scalars())
    rows = []
    for document in new:
        own = sha256(document.content).hexdigest()
        if own not in known:
            connection.execute(insert(contents).values(sha256=own, content=document.content))
            known.add(own)
        rows.append({"programme_id": programme_id, "sha256": own, **_facts(document)})
    if rows:
        connection.execute(insert(documents), rows)
    connection.execute(delete(contents).where(contents.c.sha256.not_in(select(documents.c.sha256))))


def _facts(document: Document) -> dict[str, Any]:
    own = {name: getattr(document, name) for name in ("lang", "name", "title", "media_type", "said")}
    return {**document.scope._asdict(), **own}


def _document(row: Row[Any]) -> Document:
    return Document(
        Scope(row.kind, row.subject), row.lang, row.name, row.title, row.media_type, bytes(row.content), row.said
    )


def contents_of(connection: Connection, programme_id: str) -> Iterator[tuple[str, str, bytes]]:
    """Name, hash and bytes of every document."""
    query = select(documents.c.name, documents.c.sha256, contents.c.content).join(
        contents, documents.c.sha256 == contents.c.sha256
    )
    for name, own, content in connection.execute(query.where(documents.c.programme_id == programme_id)):
        yield name, own, bytes(content)
