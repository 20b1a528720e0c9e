"""The seal of a revision: one hash over everything it says, so that a chain of revisions cannot be changed unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from hashlib import sha256

from fairplanner.domain.published import Revision


def seal_of(revision: Revision) -> str:
    """SHA-256 in hexadecimal of all the fields of a revision but its seal, each with its length before it.

    The lengths keep fields apart: no text can be moved from one field into the next without changing the seal.
    """
    at = revision.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    texts = (
        revision.programme_id,
        str(revision.number),
        revision.digest,
        revision.parent,
        at,
        revision.by,
        revision.why,
    )
    sealed = sha256()
    for field in (*(text.encode() for text in texts), revision.plan, revision.programme):
        sealed.update(len(field).to_bytes(8, "big"))
        sealed.update(field)
    return sealed.hexdigest()


def sealed(revision: Revision) -> Revision:
    """The revision with its seal."""
    return replace(revision, seal=seal_of(revision))
