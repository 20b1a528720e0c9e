"""One feed through its life, as a subscriber meets it: published, edited badly, edited well, cancelled, thinned, grown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from fairplanner.domain.published import EntryState
from fairplanner.domain.revising import RETENTION, on_show, revised
from fairplanner.publish.agendas.agenda import Agenda, Entry, EntryKind
from fairplanner.publish.calendars.ical import Dresser
from fairplanner.publish.calendars.showing import entry_of, showings, stamps_of
from fairplanner.words import words
from tests.interop.corpus import Seen, _seen
from tests.publish import feeds

HOST = "story.plan.example"
AT = datetime(2024, 11, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def _fair(number: int, title: str, first: date) -> Entry:
    return Entry(f"fair-days:story-{number}", EntryKind.FAIR_DAYS, title, first, first + 4 * DAY, True, feeds.HALL)


SILENT = _fair(1, "第138届广交会第1期", date(2027, 4, 15))
MOVED = _fair(2, "第138届广交会第2期", date(2027, 4, 23))
CANCELLED = _fair(3, "山地博览会", date(2027, 5, 10))
DELETED = _fair(4, "进博会", date(2027, 11, 5))
FLIGHT = replace(feeds.FLIGHT, key="journey-out:story")
ADDED = _fair(5, "NAMM 乐器展 🎸", date(2027, 1, 21))


@dataclass(frozen=True)
class Step:
    """The feed after one step, and what is published in it; `title` of the event that the step is about."""

    name: str
    content: bytes
    events: frozenset[Seen]


def later(entry: Entry, days: int) -> Entry:
    return replace(entry, first=entry.first + days * DAY, last=entry.last + days * DAY)


def _agenda(entries: Iterable[Entry]) -> Agenda:
    return feeds.an_agenda(*sorted(entries, key=lambda e: (e.first, e.key)))


def _revision(before: tuple[EntryState, ...], entries: Iterable[Entry], at: datetime) -> tuple[EntryState, ...]:
    return revised(before, showings(_agenda(entries), HOST), at)


def _step(name: str, states: tuple[EntryState, ...], at: datetime, unstamped: Entry | None = None) -> Step:
    """A feed as publish renders it; `unstamped` is shown instead of the entry of its key, without a new stamp."""
    shown = on_show(states, at)
    entries = {s.key: entry_of(s.body) for s in shown}
    if unstamped:
        entries[unstamped.key] = unstamped
    content = Dresser("zh", HOST).feed(_agenda(entries.values()), stamps_of(shown))
    return Step(name, content, frozenset(_events(shown, entries)))


def _events(shown: Iterable[EntryState], entries: dict[str, Entry]) -> Iterable[Seen]:
    for state in shown:
        entry, gone = entries[state.key], state.cancelled is not None
        title = words("zh")("calendar.cancelled", title=entry.title) if gone else entry.title
        yield _seen(entry, state.uid, title, state.sequence, "CANCELLED" if gone else "CONFIRMED")


@cache
def story() -> tuple[Step, ...]:
    """Every step, each over the one before."""
    entries = [SILENT, MOVED, CANCELLED, DELETED, FLIGHT]
    states = _revision((), entries, AT)
    steps = [_step("subscribe", states, AT)]
    silent = later(SILENT, 2)
    steps.append(_step("silent edit", states, AT, silent))
    entries[1] = later(MOVED, 7)
    states = _revision(states, entries, AT + DAY)
    steps.append(_step("proper edit", states, AT + DAY, silent))
    entries.remove(CANCELLED)
    states = _revision(states, entries, AT + 2 * DAY)
    steps.append(_step("cancel", states, AT + 2 * DAY, silent))
    # what is withdrawn without a trace, and the tombstone that has stood long enough
    entries.remove(DELETED)
    left = tuple(s for s in states if s.key != DELETED.key)
    steps.append(_step("delete", left, AT + 2 * DAY + RETENTION, silent))
    states = _revision(left, [*entries, ADDED], AT + 40 * DAY)
    steps.append(_step("add", states, AT + 40 * DAY, silent))
    entries[0] = silent
    states = _revision(states, [*entries, ADDED], AT + 41 * DAY)
    steps.append(_step("silent edit, stamped", states, AT + 41 * DAY))
    return tuple(steps)


def silently_stale(step: Step) -> frozenset[Seen]:
    """What a client has that trusts stamps: of the entry edited without one, the days of its first publication."""
    old = next(e for e in story()[0].events if e.title == SILENT.title)
    return frozenset(old if e.uid == old.uid and e.sequence == old.sequence else e for e in step.events)
