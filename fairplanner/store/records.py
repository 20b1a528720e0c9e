"""What else an office must not lose: its ledger of participations, and which notices have been sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from fairplanner.domain.money import LedgerRow
from fairplanner.store.schema import ledger, sent


def record(connection: Connection, programme_id: str, rows: Sequence[LedgerRow]) -> None:
    """Write rows of the ledger; one with the same firm, fair, day and subsidy replaces what was known."""
    own = {(row.firm_id, row.fair_id, row.on, row.subsidy_id): row.model_dump_json() for row in rows}
    for (firm_id, fair_id, ended, subsidy_id), facts in own.items():
        key = {
            "programme_id": programme_id,
            "firm_id": firm_id,
            "fair_id": fair_id,
            "ended": ended,
            "subsidy_id": subsidy_id,
        }
        connection.execute(delete(ledger).filter_by(**key))
        connection.execute(insert(ledger).values(**key, facts=facts))


def recorded(connection: Connection, programme_id: str) -> tuple[LedgerRow, ...]:
    """The ledger in order of day, firm, fair and subsidy."""
    found = connection.execute(select(ledger.c.facts).where(ledger.c.programme_id == programme_id)).scalars()
    rows = [LedgerRow.model_validate_json(facts) for facts in found]
    return tuple(sorted(rows, key=lambda row: (row.on, row.firm_id, row.fair_id, row.subsidy_id)))


def mark_sent(connection: Connection, programme_id: str, messages: Iterable[str], at: datetime) -> None:
    """Remember that messages have gone out; one that is known keeps its instant."""
    known = sent_at(connection, programme_id)
    rows = [
        {"programme_id": programme_id, "message": m, "sent_at": at} for m in dict.fromkeys(messages) if m not in known
    ]
    if rows:
        connection.execute(insert(sent), rows)


def sent_at(connection: Connection, programme_id: str) -> dict[str, datetime]:
    """When each message went out."""
    query = select(sent.c.message, sent.c.sent_at).where(sent.c.programme_id == programme_id)
    return {row.message: row.sent_at for row in connection.execute(query)}
