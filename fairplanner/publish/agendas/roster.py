"""Whom a plan concerns, and with what: the look-ups of every agenda, built once for a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from fairplanner.domain.kinds import Role
from fairplanner.domain.plan import Delegation, Journey, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.agendas.agenda import AudienceKind

Audience = tuple[AudienceKind, str]
ALL: Audience = (AudienceKind.EVERYTHING, "")
DEADLINES: Audience = (AudienceKind.DEADLINES, "")


class Roster:
    """Participations and phases of each audience; an audience that is not here has nothing."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        self.programme = programme
        self.plan = plan
        self.delegation: dict[str, Delegation] = {d.party_id: d for d in plan.delegations}
        self._parts: defaultdict[Audience, list[Participation]] = defaultdict(list)
        self._phases: defaultdict[Audience, set[str]] = defaultdict(set)
        self.journeys: defaultdict[str, list[Journey]] = defaultdict(list)
        for journey in plan.journeys:
            self.journeys[journey.firm_id].append(journey)
        self._enter_delegations()
        self._enter_participations()

    def _enter(self, audiences: Iterable[Audience], phase_id: str, part: Participation | None = None) -> None:
        for audience in audiences:
            self._phases[audience].add(phase_id)
            if part is not None:
                self._parts[audience].append(part)

    def _zones(self, *zone_ids: str) -> set[Audience]:
        return {(AudienceKind.ZONE, above) for z in zone_ids for above in self.programme.zones_above(z)}

    def _enter_delegations(self) -> None:
        for delegation in self.plan.delegations:
            own = (AudienceKind.DELEGATION, delegation.party_id)
            for stop in delegation.stops:
                fair = (AudienceKind.FAIR, self.programme.phase[stop.phase_id].fair_id)
                self._enter({own, fair, ALL} | self._zones(delegation.sponsor), stop.phase_id)

    def _enter_participations(self) -> None:
        sponsored: defaultdict[tuple[str, str], set[Audience]] = defaultdict(set)
        for delegation in self.plan.delegations:
            for stop in delegation.stops:
                sponsored[delegation.sponsor, stop.phase_id].add((AudienceKind.DELEGATION, delegation.party_id))
        for part in self.plan.participations:
            firm = self.programme.firm[part.firm_id]
            fair = (AudienceKind.FAIR, self.programme.phase[part.phase_id].fair_id)
            around = sponsored[part.sponsor, part.phase_id] | self._zones(firm.zone_id, part.sponsor)
            self._enter({(AudienceKind.FIRM, part.firm_id), fair, ALL} | around, part.phase_id, part)

    def audiences(self) -> tuple[Audience, ...]:
        """Every delegation, zone, firm and fair with something in the plan, then everything and deadlines."""
        order = list(AudienceKind)
        named = {a for a in self._phases if a != ALL}
        return (*sorted(named, key=lambda a: (order.index(a[0]), a[1])), ALL, DEADLINES)

    def phases(self, audience: Audience) -> tuple[str, ...]:
        """Phases the audience is concerned with; for the deadlines, every phase that the year can use or still waits for."""
        if audience == DEADLINES:
            year = {q.phase_id for q in (*self.programme.in_window(), *self.programme.undated())}
            return tuple(sorted(year | self._phases[ALL]))
        return tuple(sorted(self._phases.get(audience, ())))

    def parts(self, audience: Audience, phase_id: str) -> tuple[Participation, ...]:
        """Participations of the audience at a phase, in order of their ids."""
        rows = [p for p in self._parts.get(audience, ()) if p.phase_id == phase_id]
        return tuple(sorted(rows, key=lambda p: p.participation_id))

    def roles(self, audience: Audience) -> tuple[Role, ...]:
        """What its firms do, in the order of the closed list."""
        found = {p.role for p in self._parts.get(audience, ())}
        return tuple(role for role in Role if role in found)

    def travelled(self, audience: Audience) -> tuple[Journey, ...]:
        """Journeys on which its firms attend its phases, in order of their first day."""
        attended = {(p.firm_id, p.phase_id) for p in self._parts.get(audience, ())}
        firms = sorted({firm_id for firm_id, _ in attended})
        made = [j for f in firms for j in self.journeys.get(f, ()) if any((f, q) in attended for q in j.phases)]
        return tuple(sorted(made, key=lambda j: (j.depart, j.journey_id)))


def teams(journeys: Sequence[Journey]) -> dict[str, int]:
    """Which team of a firm makes each journey: 1, 2, ... by the day it leaves; 0 for a journey that overlaps no other.

    Days of leaving and of coming home both count, as in the rule firm-teams.
    """
    ordered = sorted(journeys, key=lambda j: (j.depart, j.return_, j.journey_id))
    back: list[date] = []
    found: dict[str, int] = {}
    for j in ordered:
        free = next((n for n, day in enumerate(back) if day < j.depart), len(back))
        back[free : free + 1] = [j.return_]
        is_alone = sum(k.depart <= j.return_ and j.depart <= k.return_ for k in ordered) == 1
        found[j.journey_id] = 0 if is_alone else free + 1
    return found


def audiences(programme: Programme, plan: Plan) -> tuple[Audience, ...]:
    """Every audience a plan has something for, in a fixed order."""
    return Roster(programme, plan).audiences()
