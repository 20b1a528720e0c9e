"""The tables as the queries speak of them; what makes and changes them is in migrations.py."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, Date, Integer, LargeBinary, MetaData, String, Table, TypeDecorator
from sqlalchemy.engine import Dialect


class Instant(TypeDecorator[datetime]):
    """An instant in whole seconds UTC, kept as text (2026-11-22T08:30:00Z): the same in every database, legible, in order of time."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """The text; raises ValueError for an instant without a zone, which would mean something else on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        """The instant, aware, in UTC."""
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, String, primary_key=key, nullable=False)


def _instant(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Instant, nullable=nullable)


office = Table(
    "office",
    metadata,
    Column("office_id", Integer, primary_key=True, autoincrement=False),
    _text("host"),
    Column("change", BigInteger, nullable=False),
)
programmes = Table("programmes", metadata, _text("programme_id", key=True))
revisions = Table(
    "revisions",
    metadata,
    _text("programme_id", key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("digest"),
    _text("parent"),
    _text("seal"),
    _instant("made_at"),
    _text("made_by"),
    _text("why"),
    Column("plan", LargeBinary, nullable=False),
    Column("programme", LargeBinary, nullable=False),
)
feeds = Table(
    "feeds",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    _text("programme_id"),
    _text("kind"),
    _text("subject"),
    _text("lang"),
    _text("slug"),
    _text("title"),
    _text("etag"),
    _instant("modified"),
    Column("number", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
entries = Table(
    "entries",
    metadata,
    Column("feed_id", Integer, primary_key=True, autoincrement=False),
    _text("entry_key", key=True),
    _text("uid"),
    Column("sequence", Integer, nullable=False),
    _instant("created"),
    _instant("modified"),
    Column("last_day", Date, nullable=False),
    _instant("cancelled", nullable=True),
    _text("fingerprint"),
    _text("body"),
)
contents = Table("contents", metadata, _text("sha256", key=True), Column("content", LargeBinary, nullable=False))
documents = Table(
    "documents",
    metadata,
    _text("programme_id", key=True),
    _text("kind", key=True),
    _text("subject", key=True),
    _text("lang", key=True),
    _text("name", key=True),
    _text("title"),
    _text("media_type"),
    _text("sha256"),
    _text("said"),
)
tokens = Table(
    "tokens",
    metadata,
    Column("token_id", Integer, primary_key=True),
    _text("programme_id"),
    _text("kind"),
    _text("subject"),
    _text("sha256"),
    _instant("created"),
    _instant("used", nullable=True),
    _instant("revoked", nullable=True),
    _text("note"),
)
ledger = Table(
    "ledger",
    metadata,
    _text("programme_id", key=True),
    _text("firm_id", key=True),
    _text("fair_id", key=True),
    Column("ended", Date, primary_key=True),
    _text("subsidy_id", key=True),
    _text("facts"),
)
sent = Table("sent", metadata, _text("programme_id", key=True), _text("message", key=True), _instant("sent_at"))
