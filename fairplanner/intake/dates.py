"""What calendars say of the phases of a programme, beside what its catalogue says.

Entries of our own feeds are known by their UID, whatever their host; others by the names in their titles. Several phases
that fit one entry, or entries that say different things of one phase, are told and never chosen from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fairplanner.domain.kinds import Status
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.domain.uids import uid
from fairplanner.errors import Problem
from fairplanner.intake.fair_names import CANCELLED, NOT_FAIR_DAYS, FairNames
from fairplanner.intake.ics import FeedEvent, FeedRead
from fairplanner.words import languages, words

What = Literal["moved", "dated", "cancelled", "restored", "confirmed", "same"]
How = Literal["uid", "name", "like"]
Why = Literal["phases", "entries"]

FAIR_DAYS = "fair-days"
"""Key of a phase's fair days; with the id behind it, it makes the UID."""
UNSURE = (Status.PROVISIONAL, Status.PROJECTED, Status.UNKNOWN)


@dataclass(frozen=True)
class Said:
    """One entry of a calendar about fair days, with its days where it is held, and how its phase was known."""

    event: FeedEvent
    source: str
    first: date
    last: date
    cancelled: bool
    how: How = "name"


@dataclass(frozen=True)
class DateChange:
    """What one phase becomes by a calendar; `status` is the one it would have. The same as before where `what` is same."""

    what: What
    phase: Phase
    first: date
    last: date
    status: Status
    said: Said


@dataclass(frozen=True)
class Doubt:
    """Several phases fit one entry (`phases`), or several entries contradict one another about one phase (`entries`)."""

    why: Why
    said: tuple[Said, ...]
    phases: tuple[Phase, ...]


@dataclass(frozen=True)
class DateReport:
    """Every entry of the calendars once: in `changes` (`same` included), `doubts`, `unmatched` or `others`.

    `others` are entries that are not about fair days. `problems` could not be read; `remarks` were read nevertheless.
    """

    changes: tuple[DateChange, ...]
    doubts: tuple[Doubt, ...]
    unmatched: tuple[Said, ...]
    others: tuple[FeedEvent, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]

    def only(self, what: What) -> tuple[DateChange, ...]:
        """Changes of one kind, in order of phase."""
        return tuple(c for c in self.changes if c.what == what)

    @property
    def news(self) -> tuple[DateChange, ...]:
        """Everything that differs from the catalogue."""
        return tuple(c for c in self.changes if c.what != "same")


def compare_dates(programme: Programme, feeds: Iterable[FeedRead]) -> DateReport:
    """What the calendars say of the programme's phases; nothing is changed. In order of phase, then of file and line."""
    finder = _Finder(programme)
    feeds = tuple(feeds)
    told: defaultdict[str, list[Said]] = defaultdict(list)
    doubts: list[Doubt] = []
    unmatched: list[Said] = []
    others: list[FeedEvent] = []
    for feed in feeds:
        for event in feed.events:
            if not finder.is_about_days(feed, event):
                others.append(event)
                continue
            said, phases = finder.find(feed, event)
            if len(phases) == 1:
                told[phases[0].phase_id].append(said)
            elif phases:
                doubts.append(Doubt("phases", (said,), phases))
            else:
                unmatched.append(said)
    changes: list[DateChange] = []
    for phase_id, entries in sorted(told.items()):
        phase = programme.phase[phase_id]
        if len({(s.first, s.last, s.cancelled) for s in entries}) > 1:
            doubts.append(Doubt("entries", tuple(entries), (phase,)))
        else:
            changes.append(_change(phase, entries))
    problems = tuple(p for feed in feeds for p in sorted(feed.problems))
    remarks = tuple(p for feed in feeds for p in feed.remarks)
    return DateReport(tuple(changes), tuple(doubts), tuple(unmatched), tuple(others), problems, remarks)


class _Finder:
    """Phases by UID and by name."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.names = FairNames(programme)
        self._of_host: dict[str, Mapping[str, str]] = {}
        self._fair_days = {words(lang)(f"calendar.category.{FAIR_DAYS}") for lang in languages()}

    def _ours(self, event: FeedEvent) -> str:
        """The phase whose fair days have this UID at the host that stands in it; ''."""
        host = event.uid.partition("@")[2]
        if host not in self._of_host:
            self._of_host[host] = {uid(host, f"{FAIR_DAYS}:{q.phase_id}"): q.phase_id for q in self.programme.phases}
        return self._of_host[host].get(event.uid, "") if host else ""

    def is_about_days(self, feed: FeedRead, event: FeedEvent) -> bool:
        """Whether an entry states the days of a fair; a feed of ours says so in its category, others in their title."""
        if self._ours(event):
            return True
        if feed.ours and event.categories:
            return event.categories in self._fair_days
        return not NOT_FAIR_DAYS.search(event.title)

    def find(self, feed: FeedRead, event: FeedEvent) -> tuple[Said, tuple[Phase, ...]]:
        """The entry as it is understood, and the phases that it may be about."""
        cancelled = event.status == "CANCELLED" or bool(CANCELLED.search(event.title))
        if phase_id := self._ours(event):
            phase = self.programme.phase[phase_id]
            return Said(event, feed.source, *event.days(self._tz((phase,))), cancelled, "uid"), (phase,)
        fairs, is_named = self.names.fairs(event.title)
        phases = self.names.phases(fairs, event.title, event.first, event.last)
        days = event.days(self._tz(phases))
        return Said(event, feed.source, *days, cancelled, "name" if is_named else "like"), phases

    def _tz(self, phases: tuple[Phase, ...]) -> str:
        """The zone where these phases are held; '' where that is not one known zone."""
        zones = {self.programme.place[q.place_id].tz for q in phases if q.place_id}
        return zones.pop() if len(zones) == 1 else ""


def _change(phase: Phase, entries: list[Said]) -> DateChange:
    said = max(entries, key=lambda s: _SURENESS.get(s.event.status, 0))
    what = _what(phase, said)
    if what in ("cancelled", "same"):
        return DateChange(
            what, phase, said.first, said.last, Status.CANCELLED if said.cancelled else phase.status, said
        )
    return DateChange(what, phase, said.first, said.last, _status(phase.status, said.event.status), said)


_SURENESS = {"CONFIRMED": 2, "TENTATIVE": 1}


def _what(phase: Phase, said: Said) -> What:
    if said.cancelled:
        return "same" if phase.status is Status.CANCELLED else "cancelled"
    if phase.status is Status.CANCELLED:
        return "restored"
    if phase.start is None or phase.end is None:
        return "dated"
    if (phase.start, phase.end) != (said.first, said.last):
        return "moved"
    return "confirmed" if phase.status in UNSURE and said.event.status == "CONFIRMED" else "same"


def _status(now: Status, said: str) -> Status:
    """CONFIRMED makes dates announced, TENTATIVE provisional; a calendar that says neither leaves firm ones firm."""
    if now.is_firm and said != "TENTATIVE":
        return now
    return Status.ANNOUNCED if said == "CONFIRMED" else Status.PROVISIONAL
