"""Every agenda of a plan in one language, from look-ups built once: hundreds of firms cost no more than one plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from functools import cached_property
from itertools import groupby

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry, EntryKind
from fairplanner.publish.agendas.deadlines import Deadlines
from fairplanner.publish.agendas.entries import Entries
from fairplanner.publish.agendas.roster import ALL, DEADLINES, Audience, Roster, teams
from fairplanner.publish.money.claim_dates import ToClaim, to_claim
from fairplanner.publish.naming import Naming

KINDS = list(EntryKind)
EVERYBODY = frozenset({"office", "officials", "firms", "goods"})
OBLIGED: dict[AudienceKind, frozenset[str]] = dict.fromkeys(AudienceKind, EVERYBODY - {"officials"}) | {
    AudienceKind.FIRM: frozenset({"firms", "goods"}),
    AudienceKind.DELEGATION: frozenset({"firms", "goods"}),
    AudienceKind.DEADLINES: EVERYBODY,
}
"""Whose duties each audience is told; an official party's stand in the office's own feed only."""


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries by their first day, then by what they are."""
    return tuple(sorted(entries, key=lambda e: (e.first, KINDS.index(e.kind), e.key)))


class AgendaBook:
    """All audiences of a plan and what each of them sees, in one language."""

    def __init__(self, programme: Programme, plan: Plan, lang: str) -> None:
        self.programme, self.plan, self.lang = programme, plan, lang
        self.naming = Naming(programme, lang)
        self.roster = Roster(programme, plan)
        self._entries = Entries(self.naming, self.roster)
        self._deadlines = Deadlines(self.naming)

    def audiences(self) -> tuple[Audience, ...]:
        """Every audience the plan has something for, in a fixed order."""
        return self.roster.audiences()

    def agenda(self, kind: AudienceKind, subject: str = "") -> Agenda:
        """What one audience sees, in date order; empty where the plan has nothing for it. Raises KeyError for an unknown subject."""
        say, settings = self.naming.say, self.programme.settings
        return Agenda(
            audience=kind,
            subject=subject,
            lang=self.lang,
            title=self._title(kind, subject),
            about=say("calendar.about", programme=say.name(settings)),
            revision=self.plan.revision,
            stamp=datetime.combine(self.plan.as_of, time(), UTC),
            sample=settings.sample,
            window=(settings.window_from.year, settings.window_to.year),
            entries=in_order(self._of((kind, subject))),
        )

    def _of(self, audience: Audience) -> Iterator[Entry]:
        phases = self.roster.phases(audience)
        if audience != DEADLINES:
            for phase_id in phases:
                yield from self._entries.of_phase(audience, phase_id)
        yield from self._journeys(audience)
        yield from self._deadlines.of_phases(self.roster.phases(DEADLINES) if audience == ALL else phases)
        yield from self._deadlines.duties_of(self._with_people(phases), OBLIGED[audience[0]])
        yield from self._deadlines.claims_of(self._claims(audience))
        if audience in (ALL, DEADLINES):
            yield from self._deadlines.of_programme()

    def _claims(self, audience: Audience) -> tuple[ToClaim, ...]:
        """What the audience is told to claim in time: a firm what it may claim itself, the office what anybody may."""
        if audience in (ALL, DEADLINES):
            return self._to_claim
        kind, subject = audience
        return self._to_claim_of.get(subject, ()) if kind is AudienceKind.FIRM else ()

    @cached_property
    def _to_claim(self) -> tuple[ToClaim, ...]:
        return to_claim(self.programme, self.plan.participations, self.plan.claims)

    @cached_property
    def _to_claim_of(self) -> dict[str, tuple[ToClaim, ...]]:
        return {firm: tuple(own) for firm, own in groupby(self._to_claim, key=lambda x: x.firm_id)}

    def _with_people(self, phases: tuple[str, ...]) -> tuple[str, ...]:
        """The phases that somebody has asked for or goes to: nothing is due for the others."""
        return tuple(q for q in phases if q in self._asked)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(a.phase_id for a in self.programme.applications) | frozenset(self.roster.phases(ALL))

    def _journeys(self, audience: Audience) -> Iterator[Entry]:
        # Dates and route of an official party stand in no agenda: telephones show whatever a feed holds (research/planner.md 34).
        kind, subject = audience
        if kind is AudienceKind.FIRM:
            made = self.roster.journeys.get(subject, [])
            team = teams(made)
            for journey in made:
                yield from self._entries.of_journey(journey, team[journey.journey_id])
        elif kind is AudienceKind.DELEGATION:
            yield from self._entries.of_firms(subject, self.roster.travelled(audience))

    def _title(self, kind: AudienceKind, subject: str) -> str:
        return self.naming.say(f"calendar.name.{kind}", subject=self._subject(kind, subject))

    def _subject(self, kind: AudienceKind, subject: str) -> str:
        match kind:
            case AudienceKind.DELEGATION:
                return self.naming.delegation(self.roster.delegation[subject], self.roster.roles((kind, subject)))
            case AudienceKind.ZONE:
                return self.naming.zone(subject)
            case AudienceKind.FIRM:
                return self.naming.firm(subject)
            case AudienceKind.FAIR:
                return self.naming.say.name(self.programme.fair[subject])
            case _:
                return self.naming.say.name(self.programme.settings)


def agenda(programme: Programme, plan: Plan, kind: AudienceKind, subject: str, lang: str) -> Agenda:
    """One agenda; for many of them make one AgendaBook."""
    return AgendaBook(programme, plan, lang).agenda(kind, subject)
