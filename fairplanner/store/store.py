"""The store of an office: everything that is published, and everything that publishing again must know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select

from fairplanner.domain.money import LedgerRow
from fairplanner.domain.published import Document, Feed, FeedKey, Revision, Scope, Token
from fairplanner.errors import Problem
from fairplanner.store import documents, feeds, records, revisions, tokens, verifying
from fairplanner.store.database import Database
from fairplanner.store.errors import StoreTaken, trouble
from fairplanner.store.migrations import STEPS, migrate, version_of
from fairplanner.store.schema import office, programmes

HOST = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\Z")
"""What a host may be called (RFC 1123 section 2.1): it stands in every UID."""
CHANGE = select(office.c.change)


class Store:
    """One office's store. A context manager; threads may share it.

    `host` stands in every UID and was frozen when the store was made. Writing is one transaction a call: it happens whole
    or not at all, whatever dies meanwhile. Every call raises StoreError where the database does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.looking() as connection:
            self.host = str(connection.execute(select(office.c.host)).scalar_one())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    @property
    def where(self) -> str:
        """The path or address of the store, without a password."""
        return self._database.where

    # revisions

    def programmes(self) -> tuple[str, ...]:
        """Every programme the store knows, in order."""
        with self._database.looking() as connection:
            return tuple(sorted(connection.execute(select(programmes.c.programme_id)).scalars()))

    def head(self, programme_id: str) -> Revision | None:
        """The revision that stands published, whole; None before the first."""
        with self._database.looking() as connection:
            return revisions.newest(connection, programme_id, whole=True)

    def revisions(self, programme_id: str) -> tuple[Revision, ...]:
        """All revisions, newest last, without the bytes of plan and programme."""
        with self._database.looking() as connection:
            return revisions.chain(connection, programme_id)

    def revision(self, programme_id: str, number: int) -> Revision:
        """One revision, whole; raises KeyError if there is none."""
        with self._database.looking() as connection:
            return revisions.numbered(connection, programme_id, number)

    def publish(
        self, revision: Revision, feeds: Iterable[Feed], documents: Iterable[Document] | None, *, onto: str
    ) -> None:
        """Publish a revision with the feeds that changed, and the whole set of documents (None: leave them), at once.

        `onto` is the seal of the head it was made from, '' for none. Raises StoreTaken if the head is another by now, and
        ValueError for a revision that is not the next one after its parent.
        """
        with self._database.writing() as connection:
            head = self._must_stand(connection, revision.programme_id, onto)
            number = head.number + 1 if head else 1
            if (revision.number, revision.parent) != (number, onto):
                raise ValueError(f"revision {revision.number} after {revision.parent!r} is not {number} after {onto!r}")
            revisions.know(connection, revision.programme_id)
            revisions.add(connection, revision)
            self._put(connection, revision.programme_id, number, feeds, documents)

    def refresh(
        self, programme_id: str, feeds: Iterable[Feed], documents: Iterable[Document] | None = None, *, onto: str
    ) -> None:
        """Feeds that changed though the plan did not (a cancelled entry leaves after a while).

        Raises StoreTaken, and StoreError where no revision stands yet.
        """
        with self._database.writing() as connection:
            head = self._must_stand(connection, programme_id, onto)
            if head is None:
                raise trouble(self.where, "store-without", programme_id)
            self._put(connection, programme_id, head.number, feeds, documents)

    def _must_stand(self, connection: Connection, programme_id: str, onto: str) -> Revision | None:
        head = revisions.newest(connection, programme_id)
        if head is not None and head.seal != onto:
            raise StoreTaken(self.where, head, feeds.zone(connection, programme_id))
        if head is None and onto:
            raise trouble(self.where, "store-without", programme_id)
        return head

    @staticmethod
    def _put(
        connection: Connection, programme_id: str, number: int, changed: Iterable[Feed], new: Iterable[Document] | None
    ) -> None:
        feeds.put(connection, programme_id, number, changed)
        if new is not None:
            documents.replace(connection, programme_id, new)

    def verify(self, programme_id: str) -> tuple[Problem, ...]:
        """What does not hold together; empty where all is well. Reads everything of the programme."""
        with self._database.reading() as connection:
            return verifying.flaws(connection, programme_id, self.where)

    # feeds and documents

    def feeds(self, programme_id: str) -> dict[FeedKey, Feed]:
        """Every feed with its states and content, in order of key."""
        with self._database.reading() as connection:
            return feeds.complete(connection, programme_id)

    def heads(self, programme_id: str) -> tuple[Feed, ...]:
        """Every feed without states and content (b""), in order of key."""
        with self._database.looking() as connection:
            return feeds.heads(connection, programme_id)

    def zone(self, programme_id: str) -> str:
        """IANA name of the zone of the office, as its calendars state it; UTC where they state none."""
        with self._database.looking() as connection:
            return feeds.zone(connection, programme_id)

    def feed(self, programme_id: str, key: FeedKey, *, states: bool = True) -> Feed | None:
        """One feed with content, and unless `states` is off with its states; None if there is none."""
        with self._database.reading() as connection:
            return feeds.one(connection, programme_id, key, states=states)

    def documents(self, programme_id: str, scope: Scope | None = None) -> tuple[Document, ...]:
        """The documents of an audience, or of the whole programme, with content."""
        with self._database.looking() as connection:
            return documents.of(connection, programme_id, scope)

    def change(self) -> int:
        """A number that grows whenever a subscriber may see something else: published, refreshed, a token made or revoked."""
        with self._database.looking() as connection:
            return int(connection.execute(CHANGE).scalar_one())

    # tokens

    def create_token(self, programme_id: str, scope: Scope, at: datetime, note: str = "") -> str:
        """A new token for an audience; the plain token comes back this once, the store keeps its hash."""
        with self._database.writing() as connection:
            revisions.know(connection, programme_id)
            return tokens.create(connection, programme_id, scope, at, note)

    def tokens(self, programme_id: str) -> tuple[Token, ...]:
        """All tokens of a programme, revoked ones too, oldest first."""
        with self._database.looking() as connection:
            return tokens.of(connection, programme_id)

    def find(self, token: str) -> Token | None:
        """What a plain token opens, also when it was revoked; None if it is none."""
        with self._database.looking() as connection:
            return tokens.find(connection, token)

    def revoke(self, token_id: int, at: datetime) -> None:
        """The token opens nothing from now on; raises KeyError if there is none."""
        with self._database.writing() as connection:
            tokens.numbered(connection, token_id)
            tokens.revoke(connection, token_id, at)

    def renew(self, token_id: int, at: datetime) -> str:
        """A new token in the place of one that is revoked with it; raises KeyError if there is none."""
        with self._database.writing() as connection:
            old = tokens.numbered(connection, token_id)
            tokens.revoke(connection, token_id, at)
            return tokens.create(connection, old.programme_id, old.scope, at, old.note)

    def mark_used(self, used: Mapping[int, datetime]) -> None:
        """When tokens were last used; unknown ones are passed over."""
        if used:
            with self._database.writing(seen=False) as connection:
                tokens.mark_used(connection, used)

    # ledger and notices

    def record(self, programme_id: str, rows: Sequence[LedgerRow]) -> None:
        """Write rows of the ledger of participations; the same firm, fair, day and subsidy replaces what was known."""
        with self._database.writing(seen=False) as connection:
            revisions.know(connection, programme_id)
            records.record(connection, programme_id, rows)

    def ledger(self, programme_id: str) -> tuple[LedgerRow, ...]:
        """The ledger in order of day, firm, fair and subsidy."""
        with self._database.looking() as connection:
            return records.recorded(connection, programme_id)

    def mark_sent(self, programme_id: str, messages: Iterable[str], at: datetime) -> None:
        """Remember that notices have gone out, by the id of the message; one that is known keeps its instant."""
        with self._database.writing(seen=False) as connection:
            revisions.know(connection, programme_id)
            records.mark_sent(connection, programme_id, messages, at)

    def sent(self, programme_id: str) -> dict[str, datetime]:
        """When each notice went out, by the id of the message."""
        with self._database.looking() as connection:
            return records.sent_at(connection, programme_id)


def open_store(url: str, *, host: str = "fairplanner.invalid", create: bool = True) -> Store:
    """Open a store and bring it up to date: a path, `sqlite:///path`, or `postgresql://user@server/database`.

    `host` is taken where the store is made now and left alone otherwise; `create=False` makes none. Raises StoreError for
    one that is not there, is not ours, is newer than this program, or does not answer.
    """
    if not HOST.match(host):
        raise trouble("", "store-host", host)
    database = Database(url, create=create)
    try:
        with database.looking() as connection:
            is_current = version_of(connection) == len(STEPS)
        if not is_current:  # only then: it would wait for whoever is writing just now
            with database.making() as connection:
                migrate(connection, database.where, host, create=create)
        database.settle()
        return Store(database)
    except BaseException:
        database.close()
        raise
