"""Who may fetch: tokens, of which only the hash is kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from fairplanner.domain.published import Scope, Token
from fairplanner.store.schema import tokens

LENGTH = 20
"""Random bytes of a token: 160 bits cannot be guessed, and a link with 27 letters still fits a QR code that a phone reads."""
MARK = 8
"""Letters of the hash by which logs and lists tell tokens apart."""
FOUND = select(tokens).where(tokens.c.sha256 == bindparam("hashed"))
"""Written once, for the polls of subscribers."""


def hashed(token: str) -> str:
    """SHA-256 of a token in hexadecimal. Lookups compare hashes only, so the time they take tells nothing of a token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _drawn() -> str:
    """A random token that begins with a letter or a figure: folders of static sites are named so, and "-x" reads like an option."""
    while not (plain := secrets.token_urlsafe(LENGTH))[0].isalnum():
        continue
    return plain


def create(connection: Connection, programme_id: str, scope: Scope, at: datetime, note: str) -> str:
    """Write a new token; what comes back is said once and never known again."""
    plain = _drawn()
    facts = {"programme_id": programme_id, **scope._asdict(), "sha256": hashed(plain), "created": at, "note": note}
    connection.execute(insert(tokens).values(**facts))
    return plain


def find(connection: Connection, token: str) -> Token | None:
    """The token with this hash, revoked or not."""
    row = connection.execute(FOUND, {"hashed": hashed(token)}).first()
    return None if row is None else _token(row)


def numbered(connection: Connection, token_id: int) -> Token:
    """One token; raises KeyError if there is none."""
    row = connection.execute(select(tokens).where(tokens.c.token_id == token_id)).first()
    if row is None:
        raise KeyError(token_id)
    return _token(row)


def of(connection: Connection, programme_id: str) -> tuple[Token, ...]:
    """All tokens of a programme, oldest first."""
    query = select(tokens).where(tokens.c.programme_id == programme_id).order_by(tokens.c.token_id)
    return tuple(_token(row) for row in connection.execute(query))


def revoke(connection: Connection, token_id: int, at: datetime) -> None:
    """From now on the token opens nothing; one that was revoked before keeps its instant."""
    query = update(tokens).where(tokens.c.token_id == token_id, tokens.c.revoked.is_(None))
    connection.execute(query.values(revoked=at))


def mark_used(connection: Connection, used: Mapping[int, datetime]) -> None:
    """When tokens were last used; never earlier than is known."""
    when = bindparam("when", type_=tokens.c.used.type)
    query = update(tokens).where(
        tokens.c.token_id == bindparam("own"), or_(tokens.c.used.is_(None), tokens.c.used < when)
    )
    connection.execute(
        query.values(used=when), [{"own": token_id, "when": at} for token_id, at in sorted(used.items())]
    )


def _token(row: Row[Any]) -> Token:
    return Token(
        row.token_id,
        row.programme_id,
        Scope(row.kind, row.subject),
        row.sha256[:MARK],
        row.created,
        row.used,
        row.revoked,
        row.note,
    )
