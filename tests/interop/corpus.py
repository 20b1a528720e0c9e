"""The feeds that every reader is given, with what was published in them, reckoned from agendas and not from the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from fairplanner.domain.published import Feed, FeedKey
from fairplanner.domain.revising import on_show
from fairplanner.domain.uids import uid
from fairplanner.publish.agendas.agenda import Entry
from fairplanner.publish.calendars.feeds import feeds_of
from fairplanner.publish.calendars.ical import HOST, calendar_bytes
from fairplanner.publish.calendars.showing import entry_of
from fairplanner.words import words
from tests.publish import feeds, plans

FIRST = datetime(2024, 11, 2, 8, tzinfo=UTC)
SECOND = FIRST + timedelta(days=1)
PEER = "plan.example"
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Seen:
    """One event as every reader must see it: days (`after` excluded) or instants in seconds since 1970."""

    uid: str
    title: str
    start: str | float
    end: str | float
    sequence: int
    status: str


@dataclass(frozen=True)
class Case:
    """One feed and its events."""

    name: str
    content: bytes
    events: frozenset[Seen]


@cache
def cases() -> tuple[Case, ...]:
    """Feeds of a small plan after its first and second revision in both languages, and feeds made to be hard."""
    return (*_published(), *_hard())


def standing() -> tuple[dict[FeedKey, Feed], dict[FeedKey, Feed]]:
    """The feeds of two revisions: in the second the delegation abroad is gone, so that its entries are cancelled."""
    langs = ("zh", "en")
    made = feeds_of(plans.programme(), plans.plan(), {}, FIRST, PEER, langs)
    first = {feed.key: feed for feed in made.changed}
    home = plans.plan(
        delegations=(plans.at_home(),), participations=(plans.place("f1"),), journeys=(plans.journey(),), claims=()
    )
    second = first | {f.key: f for f in feeds_of(plans.programme(), home, first, SECOND, PEER, langs).changed}
    return first, second


def _published() -> Iterable[Case]:
    for number, feeds_ in enumerate(standing(), start=1):
        at = (FIRST, SECOND)[number - 1]
        for key, feed in sorted(feeds_.items()):
            name = f"r{number}-{key.kind}-{key.subject or 'all'}-{key.lang}".replace("/", "_")
            yield Case(name, feed.content, frozenset(_states(feed, at)))


def _states(feed: Feed, at: datetime) -> Iterable[Seen]:
    say = words(feed.key.lang)
    for state in on_show(feed.states, at):
        entry = entry_of(state.body)
        gone = state.cancelled is not None
        title = say("calendar.cancelled", title=entry.title) if gone else entry.title
        status = "CANCELLED" if gone else "CONFIRMED" if entry.is_firm else "TENTATIVE"
        yield _seen(entry, state.uid, title, state.sequence, status)


def _hard() -> Iterable[Case]:
    for name, entries in (("torture", feeds.a_full_agenda().entries), ("summer", (feeds.SPRING,)), ("empty", ())):
        agenda = feeds.an_agenda(*entries)
        events = (
            _seen(e, uid(HOST, e.key), e.title, agenda.revision - 1, "CONFIRMED" if e.is_firm else "TENTATIVE")
            for e in entries
        )
        yield Case(name, calendar_bytes(agenda), frozenset(events))


def _seen(entry: Entry, own: str, title: str, sequence: int, status: str) -> Seen:
    start: str | float = entry.first.isoformat()
    end: str | float = (entry.last + timedelta(days=1)).isoformat()
    if entry.starts and entry.ends:
        start, end = entry.starts.timestamp(), entry.ends.timestamp()
    return Seen(own, CONTROLS.sub("", title), start, end, sequence, status)
