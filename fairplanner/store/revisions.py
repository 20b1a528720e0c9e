"""Revisions in the store: a chain per programme, each link sealed, none ever changed."""

from __future__ import annotations

import zlib
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from fairplanner.domain.published import Revision
from fairplanner.store.schema import programmes, revisions

NAMED = {"at": "made_at", "by": "made_by"}
"""Fields whose names mean something else in SQL."""
SMALL = tuple(column for column in revisions.c if column.name not in {"plan", "programme"})


def know(connection: Connection, programme_id: str) -> None:
    """See that the programme is in the store."""
    if connection.execute(select(programmes).filter_by(programme_id=programme_id)).first() is None:
        connection.execute(insert(programmes).values(programme_id=programme_id))


def newest(connection: Connection, programme_id: str, *, whole: bool = False) -> Revision | None:
    """The last revision, without its bytes unless `whole`; None before the first."""
    query = select(*(revisions.c if whole else SMALL)).where(revisions.c.programme_id == programme_id)
    row = connection.execute(query.order_by(revisions.c.number.desc()).limit(1)).mappings().first()
    return None if row is None else _revision(row)


def numbered(connection: Connection, programme_id: str, number: int) -> Revision:
    """One revision with its bytes; raises KeyError if there is none."""
    query = select(revisions).where(revisions.c.programme_id == programme_id, revisions.c.number == number)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise KeyError(number)
    return _revision(row)


def chain(connection: Connection, programme_id: str) -> tuple[Revision, ...]:
    """All revisions without their bytes, newest last."""
    query = select(*SMALL).where(revisions.c.programme_id == programme_id).order_by(revisions.c.number)
    return tuple(_revision(row) for row in connection.execute(query).mappings())


def add(connection: Connection, revision: Revision) -> None:
    """Write a revision; whether it may follow the last one was asked before."""
    facts = {NAMED.get(name, name): value for name, value in vars(revision).items()}
    facts |= {"plan": zlib.compress(revision.plan), "programme": zlib.compress(revision.programme)}
    connection.execute(insert(revisions).values(**facts))


def _revision(row: RowMapping) -> Revision:
    facts: dict[str, Any] = {
        name: row[NAMED.get(name, name)] for name in Revision.__dataclass_fields__ if NAMED.get(name, name) in row
    }
    for name in ("plan", "programme"):
        facts[name] = zlib.decompress(facts[name]) if name in facts else b""
    return Revision(**facts)
