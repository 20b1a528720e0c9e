"""What papers an office owes by when, and whether the data fill them: the list behind `fairplanner papers`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fairplanner.domain.plan import Delegation
from fairplanner.publish.office.closing import closing
from fairplanner.publish.office.desk import Desk
from fairplanner.publish.office.firms import listing
from fairplanner.publish.office.giving import least, noticing, scoring
from fairplanner.publish.office.journey import announcing, approval_of, budgeting, requesting, scheduling
from fairplanner.publish.office.paper import Paper
from fairplanner.publish.office.recruiting import recruiting
from fairplanner.rules.reckon.calendar import WorkCalendar
from fairplanner.rules.reckon.duties import Due, dues, occasion_of, occasions_of

MAKERS: dict[str, Callable[[Desk], Iterator[Paper]]] = {
    "recruit": recruiting, "scores": scoring, "notice": noticing, "firms": listing, "request": requesting,
    "party-notice": announcing, "itinerary": scheduling, "budget": budgeting, "summary": closing,
}  # fmt: skip
"""Kinds of papers in the order in which a year brings them; a new kind is one function and one entry here."""
KINDS = tuple(MAKERS)
DUTIES = {
    "firms": ("ccpit-people",), "request": ("task-apply",), "party-notice": ("public-notice",), "itinerary": ("task-apply",),
    "budget": ("task-apply",), "summary": ("report",),
}  # fmt: skip
"""Which duty of the catalogue (or one that replaces it) says when a paper is due."""


@dataclass(frozen=True)
class Day:
    """A day something is due, the last working day at or before it, and what that rests on, in words."""

    due: date
    working: date
    basis: str


@dataclass(frozen=True)
class Owed:
    """One paper, when it is due (None: nobody says), whether that is past, and the permit that was given already ('')."""

    paper: Paper
    day: Day | None
    is_overdue: bool
    approved: str = ""

    @property
    def is_past(self) -> bool:
        """Whether its day is over, be it done or not."""
        return self.is_overdue or bool(self.approved)

    @property
    def state(self) -> str:
        """`approved`, `lacking` or `ready`; a key of `office.state`."""
        return "approved" if self.approved else "lacking" if self.paper.lacks else "ready"


def owed(desk: Desk, kinds: Iterable[str] = (), wanted: str = "") -> tuple[Owed, ...]:
    """The papers of these kinds (all of them where none is named), about one fair, phase or delegation (`wanted`; '' all).

    By the day they are due, then those without one, last those whose day is past. `wanted` is an id: `known` lists them.
    """
    reckoned, chosen = Days(desk), set(kinds) or set(KINDS)
    found = [
        reckoned.owed(paper)
        for kind, make in MAKERS.items()
        if kind in chosen
        for paper in make(desk)
        if not wanted or wanted in reckoned.ids(paper)
    ]
    return tuple(
        sorted(
            found,
            key=lambda x: (x.is_past, x.day is None, x.day.working if x.day else date.max, KINDS.index(x.paper.kind)),
        )
    )


def known(desk: Desk) -> tuple[str, ...]:
    """Every id that papers can be asked for by."""
    reckoned = Days(desk)
    return tuple(sorted({x for make in MAKERS.values() for paper in make(desk) for x in reckoned.ids(paper)}))


class Days:
    """When the papers of one plan are due."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.p, self.calendar = desk, desk.programme, WorkCalendar(desk.programme)
        self.parties = {d.delegation_id: d for d in desk.press.plan.delegations}
        self.editions = {e.edition_id: e for e in desk.editions}

    def owed(self, paper: Paper) -> Owed:
        """One paper with its day."""
        day = self._day(paper)
        party = self.parties.get(paper.subject_id)
        done = (
            approval_of(self.desk, party)
            if party and paper.kind in ("request", "itinerary", "budget", "party-notice")
            else None
        )
        return Owed(
            paper, day, bool(day and day.working < self.p.settings.as_of and not done), done.number if done else ""
        )

    def ids(self, paper: Paper) -> frozenset[str]:
        """What a paper can be asked for by: its own subject, the fair, the phases, the delegation with or without its days."""
        party = self.parties.get(paper.subject_id)
        phases = self._phases(paper)
        fairs = {self.p.phase[q].fair_id for q in phases}
        return frozenset({paper.subject_id, *phases, *fairs, *([party.party_id] if party else [])})

    def _phases(self, paper: Paper) -> tuple[str, ...]:
        if paper.subject_id in self.editions:
            return self.editions[paper.subject_id].phase_ids
        if paper.subject_id in self.parties:
            return tuple(s.phase_id for s in self.parties[paper.subject_id].stops)
        return (paper.subject_id,)

    def _day(self, paper: Paper) -> Day | None:
        if paper.kind == "recruit":
            return self._closing(paper)
        if paper.kind in ("scores", "notice"):
            notice = least(self.desk, self.desk.lists[paper.subject_id]).notice
            return self._on(notice.first, self.desk.w("office.due.notice")) if notice else None
        found = [x for x in self._dues(paper) if self._is(x, DUTIES[paper.kind])]
        first = min(found, key=lambda x: (x.due, x.duty.duty_id), default=None)
        if first is None:
            return None
        return Day(first.due, first.working, self._based(self.desk.w.name(first.duty), is_known=not first.is_forecast))

    def _closing(self, paper: Paper) -> Day | None:
        """A notice must be out before applications close: this office's own day, the earliest of the edition's phases."""
        choices = [self.p.choice(q) for q in self._phases(paper)]
        days = [c.closes for c in choices if c and c.closes]
        return self._on(min(days), self.desk.w("office.due.closes")) if days else None

    def _on(self, day: date, basis: str) -> Day:
        return Day(day, self.calendar.last_working(day), self._based(basis, is_known=self.calendar.is_known(day)))

    def _based(self, basis: str, *, is_known: bool) -> str:
        return basis if is_known else self.desk.w("office.due.forecast", basis=basis)

    def _dues(self, paper: Paper) -> tuple[Due, ...]:
        """Duties of the delegation, or of the first phase of an edition that has any."""
        party = self.parties.get(paper.subject_id)
        if party:
            return self._of_party[party.delegation_id]
        occasions = filter(None, (occasion_of(self.p, q) for q in self._phases(paper)))
        return tuple(x for o in occasions for x in dues(self.p, o))

    @cached_property
    def _of_party(self) -> dict[str, tuple[Due, ...]]:
        def own(d: Delegation) -> tuple[Due, ...]:
            return tuple(x for o in occasions_of(self.p, [d], self.desk.press.plan.journeys) for x in dues(self.p, o))

        return {name: own(d) for name, d in self.parties.items()}

    @staticmethod
    def _is(due: Due, ids: tuple[str, ...]) -> bool:
        return due.duty.duty_id in ids or due.duty.replaces in ids
