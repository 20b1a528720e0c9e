"""One audience's view of a plan, computed once; every format only dresses it, so calendar, paper and page cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AudienceKind(StrEnum):
    """Who an agenda is for."""

    DELEGATION = "delegation"
    ZONE = "zone"
    FIRM = "firm"
    FAIR = "fair"
    EVERYTHING = "everything"
    DEADLINES = "deadlines"


class EntryKind(StrEnum):
    """What an entry is."""

    FAIR_DAYS = "fair-days"
    MOVE_IN = "move-in"
    MOVE_OUT = "move-out"
    TRAVEL_OUT = "travel-out"
    TRAVEL_BACK = "travel-back"
    DEADLINE = "deadline"
    ENDED = "ended"


@dataclass(frozen=True)
class Spot:
    """Where an entry happens, in the agenda's language; coordinates WGS-84 of the city."""

    place_id: str
    city: str
    territory: str
    venue: str
    lat: float
    lon: float
    tz: str


@dataclass(frozen=True)
class Entry:
    """One thing that happens, in one language.

    `key` is stable across revisions, languages and audiences (`kind:ids`) and makes the calendar's UID; `first` and `last`
    are both dates, the last one included. `starts`/`ends` are instants with zone where the time of day is known.
    `is_firm` False: the date is not announced (printed （暂定，据往届推算）, TENTATIVE in calendars).
    """

    key: str
    kind: EntryKind
    title: str
    first: date
    last: date
    is_firm: bool
    spot: Spot | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    lines: tuple[str, ...] = ()
    phase_id: str = ""


@dataclass(frozen=True)
class Agenda:
    """What one audience sees, in date order. `stamp` is the instant of the revision (UTC midnight of `as_of`).

    `window`: first and last year of the programme.
    """

    audience: AudienceKind
    subject: str
    lang: str
    title: str
    about: str
    revision: int
    stamp: datetime
    sample: bool
    window: tuple[int, int]
    entries: tuple[Entry, ...] = ()
