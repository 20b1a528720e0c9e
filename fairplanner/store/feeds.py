"""Feeds in the store: the bytes that are served, and the state of every entry that was ever in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, bindparam, delete, insert, select, update

from fairplanner.domain.published import EntryState, Feed, FeedKey
from fairplanner.store.schema import entries, feeds

CHUNK = 200
"""Feeds written in one go: enough to be fast, few enough to stay small in memory."""
HEAD: tuple[Column[Any], ...] = (
    feeds.c.feed_id,
    feeds.c.kind,
    feeds.c.subject,
    feeds.c.lang,
    feeds.c.slug,
    feeds.c.title,
    feeds.c.etag,
    feeds.c.modified,
)
STATE: tuple[Column[Any], ...] = (
    entries.c.entry_key, entries.c.uid, entries.c.sequence, entries.c.created, entries.c.modified, entries.c.last_day, entries.c.body,
    entries.c.fingerprint, entries.c.cancelled,
)  # fmt: skip
"""The columns in the order of EntryState's fields."""
ONE = select(*HEAD, feeds.c.content).where(
    *(feeds.c[name] == bindparam(name) for name in ("programme_id", "kind", "subject", "lang"))
)
"""Written once: subscribers' polls ask this, and writing it anew took longer than the answer."""


def heads(connection: Connection, programme_id: str) -> tuple[Feed, ...]:
    """Every feed without content and states, in order of key."""
    rows = connection.execute(select(*HEAD).where(feeds.c.programme_id == programme_id))
    return tuple(sorted((_feed(row, b"") for row in rows), key=attrgetter("key")))


def zone(connection: Connection, programme_id: str) -> str:
    """The zone that the calendars state for their readers: one programme has one."""
    own = select(*HEAD, feeds.c.content).where(feeds.c.programme_id == programme_id).order_by(feeds.c.feed_id).limit(1)
    row = connection.execute(own).first()
    return (_feed(row, row.content).zone if row else "") or "UTC"


def complete(connection: Connection, programme_id: str) -> dict[FeedKey, Feed]:
    """Every feed with content and states, in order of key."""
    states = _states(
        connection,
        select(entries.c.feed_id, *STATE).where(
            entries.c.feed_id == feeds.c.feed_id, feeds.c.programme_id == programme_id
        ),
    )
    rows = connection.execute(select(*HEAD, feeds.c.content).where(feeds.c.programme_id == programme_id))
    found = [_feed(row, row.content, states.get(row.feed_id, ())) for row in rows]
    return {feed.key: feed for feed in sorted(found, key=attrgetter("key"))}


def one(connection: Connection, programme_id: str, key: FeedKey, *, states: bool) -> Feed | None:
    """One feed with its content, and with its states if asked for."""
    row = connection.execute(ONE, {"programme_id": programme_id, **key._asdict()}).first()
    if row is None:
        return None
    if not states:
        return _feed(row, row.content)
    query = select(entries.c.feed_id, *STATE).where(entries.c.feed_id == row.feed_id)
    return _feed(row, row.content, _states(connection, query).get(row.feed_id, ()))


def put(connection: Connection, programme_id: str, number: int, changed: Iterable[Feed]) -> None:
    """Write feeds over what was known of them; `number` is the revision they show."""
    known = _ids(connection, programme_id)
    waiting = iter(changed)
    while some := list(islice(waiting, CHUNK)):
        _put(connection, programme_id, number, some, known)


def _put(
    connection: Connection, programme_id: str, number: int, some: Sequence[Feed], known: dict[FeedKey, int]
) -> None:
    old, new = [f for f in some if f.key in known], [f for f in some if f.key not in known]
    facts = {f.key: {"programme_id": programme_id, "number": number, **_facts(f)} for f in some}
    if old:
        connection.execute(
            update(feeds).where(feeds.c.feed_id == bindparam("own")),
            [{"own": known[f.key], **facts[f.key]} for f in old],
        )
        connection.execute(
            delete(entries).where(entries.c.feed_id == bindparam("own")), [{"own": known[f.key]} for f in old]
        )
    if new:
        connection.execute(insert(feeds), [facts[f.key] for f in new])
        known.update(_ids(connection, programme_id, above=max(known.values(), default=0)))
    rows = [row for f in some for row in _rows(known[f.key], f)]
    if rows:
        connection.execute(insert(entries), rows)


def _ids(connection: Connection, programme_id: str, above: int = 0) -> dict[FeedKey, int]:
    """The feeds that are known, by key; those made last have the highest numbers."""
    query = select(feeds.c.kind, feeds.c.subject, feeds.c.lang, feeds.c.feed_id)
    query = query.where(feeds.c.programme_id == programme_id, feeds.c.feed_id > above)
    return {FeedKey(kind, subject, lang): feed_id for kind, subject, lang, feed_id in connection.execute(query)}


def _facts(feed: Feed) -> dict[str, Any]:
    own = {name: getattr(feed, name) for name in ("slug", "title", "etag", "modified", "content")}
    return {**feed.key._asdict(), **own}


def _rows(feed_id: int, feed: Feed) -> Iterator[dict[str, Any]]:
    for s in feed.states:
        yield {
            "feed_id": feed_id, "entry_key": s.key, "uid": s.uid, "sequence": s.sequence, "created": s.created, "modified": s.modified,
            "last_day": s.last, "body": s.body, "fingerprint": s.fingerprint, "cancelled": s.cancelled,
        }  # fmt: skip


def _feed(row: Row[*tuple[Any, ...]], content: bytes, states: tuple[EntryState, ...] = ()) -> Feed:
    key = FeedKey(row.kind, row.subject, row.lang)
    return Feed(key, row.slug, row.title, row.etag, row.modified, bytes(content), states)


def _states(connection: Connection, query: Select[Any]) -> dict[int, tuple[EntryState, ...]]:
    """States by feed, each in order of key as Python orders text, which no database's collation need agree with."""
    found: dict[int, list[EntryState]] = {}
    for feed_id, *facts in connection.execute(query):
        found.setdefault(feed_id, []).append(EntryState(*facts))
    return {feed_id: tuple(sorted(states, key=attrgetter("key"))) for feed_id, states in found.items()}
