"""What an archive is made of, beside programme and plan: bytes that others hold, gathered by whoever may read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fairplanner.domain.money import LedgerRow
from fairplanner.domain.published import Document, Feed, FeedKey, Revision

BLANK = "____"
"""What nobody has entered yet: to be filled in by hand, never invented."""


@dataclass(frozen=True)
class Given:
    """A file as it was received: its name below the folder it came from (forward slashes), and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Told:
    """A party that a revision's notice was drafted for: how many changes, to how many addresses it was sent, and when first.

    `sent` 0 and `at` None: no message to it is known to have gone out.
    """

    number: int
    kind: str
    subject: str
    titles: Mapping[str, str]
    changes: int
    sent: int = 0
    at: datetime | None = None


@dataclass(frozen=True)
class Material:
    """Everything that was gathered. None: nobody knows (no store, no outbox, no folder was named), unlike an empty tuple.

    `is_as_planned`: whether the tables received are those the plan was made from; None where there are none to compare.
    """

    inputs: tuple[Given, ...] | None = None
    is_as_planned: bool | None = None
    extras: tuple[Given, ...] = ()
    revisions: tuple[Revision, ...] | None = None
    told: tuple[Told, ...] | None = None
    ledger: tuple[LedgerRow, ...] = ()
    feeds: Mapping[FeedKey, Feed] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
