"""What stands published: revisions, feeds, the state of every calendar entry, documents, and who may fetch them.

An entry's history is one feed's own: the same fact has one UID everywhere (research/output.md A1), but what a firm and what
its zone are shown of it differ, and nobody may be disturbed by a change that he does not see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

ZONE = re.compile(rb"^X-WR-TIMEZONE:([A-Za-z0-9_+/-]+)\r?$", re.MULTILINE)


class Scope(NamedTuple):
    """Whom a feed is for: kind of audience (AudienceKind) and id of the delegation (`party_id`), zone, firm or fair ('' for the
    office)."""

    kind: str
    subject: str


class FeedKey(NamedTuple):
    """One feed of a programme: an audience in one language."""

    kind: str
    subject: str
    lang: str

    @property
    def scope(self) -> Scope:
        """The audience, whatever the language."""
        return Scope(self.kind, self.subject)


@dataclass(frozen=True)
class Showing:
    """What a plan shows of one entry in one feed now.

    `body` is what publish needs to show it again (JSON, one line); `fingerprint` its SHA-256 in hexadecimal; `last` the
    entry's last day.
    """

    key: str
    uid: str
    last: date
    body: str
    fingerprint: str


@dataclass(frozen=True)
class EntryState:
    """What stands published of one entry in one feed.

    `sequence` counts visible changes from 0; `created` and `modified` are instants in whole seconds UTC; `cancelled` is the
    instant since which it is shown as cancelled, None while it holds. RFC 5545 sections 3.8.7.1 to 3.8.7.4.
    """

    key: str
    uid: str
    sequence: int
    created: datetime
    modified: datetime
    last: date
    body: str
    fingerprint: str
    cancelled: datetime | None = None


@dataclass(frozen=True)
class Feed:
    """One feed as it is served: `etag` is the SHA-256 of `content` in hexadecimal; `modified` the last time these bytes changed.

    `slug` is the file name without language and ending; `states` every entry that was ever in it, in order of key.
    """

    key: FeedKey
    slug: str
    title: str
    etag: str
    modified: datetime
    content: bytes
    states: tuple[EntryState, ...] = ()

    @property
    def zone(self) -> str:
        """IANA name of the zone that the calendar itself states for its readers; '' where it states none."""
        found = ZONE.search(self.content)
        return found[1].decode("ascii") if found else ""


TOGETHER = "-"
"""Between the languages of an edition in two."""


@dataclass(frozen=True)
class Document:
    """A file that an audience may fetch beside its feed (a handout, a briefing); `name` is a plain file name.

    `lang`: its language, or two of them (`zh-en`). `said`: digest of what a paper says, number and day of its revision left out; '' where that is not known.
    """

    scope: Scope
    lang: str
    name: str
    title: str
    media_type: str
    content: bytes
    said: str = ""


@dataclass(frozen=True)
class Revision:
    """A plan as it was published; never changed afterwards.

    `plan` and `programme` are the bytes of plan.json and programme.json; `digest` is the SHA-256 of what was decided and of
    what it rests on (not of the number); `parent` the `seal` of the revision before ('' for the first); `seal` the SHA-256
    of all of these together.
    """

    programme_id: str
    number: int
    digest: str
    parent: str
    seal: str
    at: datetime
    by: str
    why: str
    plan: bytes
    programme: bytes


@dataclass(frozen=True)
class Token:
    """The right to fetch one audience's feeds, in all languages; of the token itself only its SHA-256 is kept.

    `mark` is the beginning of that hash: what logs and lists may show.
    """

    token_id: int
    programme_id: str
    scope: Scope
    mark: str
    created: datetime
    used: datetime | None = None
    revoked: datetime | None = None
    note: str = ""
