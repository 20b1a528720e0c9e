"""Entries of an agenda that are not deadlines: fair days, set-up and strike, journeys, official parties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fairplanner.domain.kinds import Regime, Role, StandKind, Status
from fairplanner.domain.plan import Delegation, Journey, Participation, Stop
from fairplanner.domain.reference import Phase
from fairplanner.publish.agenda import AudienceKind, Entry, EntryKind, Spot
from fairplanner.publish.naming import Naming
from fairplanner.publish.roster import Audience, Roster
from fairplanner.rules.reckon.dates import occupied
from fairplanner.rules.reckon.travel import arrives_on

DAY = timedelta(days=1)


def _dated(phase: Phase) -> tuple[date, date]:
    if phase.start is None or phase.end is None:
        raise ValueError(f"{phase.phase_id} has no dates")
    return phase.start, phase.end


class Entries:
    """Makes the entries of one plan in one language."""

    def __init__(self, naming: Naming, roster: Roster) -> None:
        self.naming = naming
        self.say = naming.say
        self.programme = naming.programme
        self.roster = roster

    def of_phase(self, audience: Audience, phase_id: str) -> Iterator[Entry]:
        """Fair days and, where the audience exhibits, set-up and strike days."""
        phase = self.programme.phase[phase_id]
        parts = self.roster.parts(audience, phase_id)
        first, last = _dated(phase)
        title = self.naming.dated(self.naming.phase(phase_id), phase.status)
        lines = (*self._about(phase), *self._shares(audience, parts))
        spot = self.naming.spot(phase_id)
        yield Entry(
            f"fair-days:{phase_id}",
            EntryKind.FAIR_DAYS,
            title,
            first,
            last,
            phase.status.is_firm,
            spot,
            lines=lines,
            phase_id=phase_id,
        )
        if any(p.role is Role.EXHIBIT for p in parts):
            yield from self._set_up(phase, first, last, spot)

    def _set_up(self, phase: Phase, first: date, last: date, spot: Spot | None) -> Iterator[Entry]:
        before, after = self.programme.move_in_days(phase.phase_id), self.programme.move_out_days(phase.phase_id)
        if before:
            yield self._works(phase, EntryKind.MOVE_IN, phase.move_in_days, first - before * DAY, first - DAY, spot)
        if after:
            yield self._works(phase, EntryKind.MOVE_OUT, phase.move_out_days, last + DAY, last + after * DAY, spot)

    def _works(
        self, phase: Phase, kind: EntryKind, stated: int | None, first: date, last: date, spot: Spot | None
    ) -> Entry:
        # A number of days from the profile is our assumption, not the organiser's word: it stays tentative.
        name = self.say(f"calendar.title.{kind}", phase=self.naming.phase(phase.phase_id))
        is_known = stated is not None
        is_firm = is_known and phase.status.is_firm
        is_assumed = phase.status.is_firm and not is_known
        title = self.say("calendar.dated.assumed", title=name) if is_assumed else self.naming.dated(name, phase.status)
        doubts = ("" if phase.status.is_firm else phase.status.value, "" if is_known else "assumed")
        lines = tuple(self.say(f"calendar.line.{doubt}") for doubt in doubts if doubt)
        return Entry(
            f"{kind}:{phase.phase_id}", kind, title, first, last, is_firm, spot, lines=lines, phase_id=phase.phase_id
        )

    def _about(self, phase: Phase) -> Iterator[str]:
        name_zh, name_en = phase.name_zh, phase.name_en
        if name := (name_zh or name_en) if self.say.lang == "zh" else (name_en or name_zh):
            yield self.say("calendar.line.phase-name", name=name)
        if not phase.status.is_firm:
            yield self.say(f"calendar.line.{phase.status}")
        if website := self.programme.fair[phase.fair_id].website:
            yield self.say("calendar.line.website", website=website)

    def _shares(self, audience: Audience, parts: tuple[Participation, ...]) -> Iterator[str]:
        if audience[0] is AudienceKind.FIRM:
            for part in parts:
                yield from self._own(part)
        elif parts:
            firms, booths = len({p.firm_id for p in parts}), sum(p.booths for p in parts)
            yield self.say(f"calendar.line.counts{'' if booths else '-no-booths'}", firms=firms, booths=booths)
            if audience[0] is AudienceKind.DELEGATION:
                names = [self.naming.firm(f) for f in sorted({p.firm_id for p in parts})]
                yield self.say("calendar.line.firms", firms=self.naming.listed(names))

    def _own(self, part: Participation) -> Iterator[str]:
        yield self.say("calendar.line.role", role=self.say(f"enums.Role.{part.role}"), people=part.people)
        if section := self.programme.section.get(part.section_id):
            yield self.say("calendar.line.section", section=self.say.name(section))
        if part.stand is not StandKind.NONE:
            stand = self.say(f"enums.StandKind.{part.stand}")
            yield self.say("calendar.line.stand", stand=stand, booths=part.booths, area=part.area_m2)
        yield self.say("calendar.line.sponsor", sponsor=self.naming.zone(part.sponsor))
        if part.invited:
            yield self.say("calendar.line.invited")

    def of_journey(self, journey: Journey) -> Iterator[Entry]:
        """A firm's days of travel out and back; none where it is at home already."""
        home = self.programme.home(self.programme.firm[journey.firm_id].zone_id)
        places = [self.programme.phase[q].place_id for q in journey.phases]
        audience = (AudienceKind.FIRM, journey.firm_id)
        status = self._least_sure(journey.phases)
        lines = (
            self._route(home, places),
            self.say("calendar.line.people", people=journey.people),
            self.say("calendar.line.estimate"),
        )
        if home != places[0]:
            there = arrives_on(self.programme, home, places[0], journey.depart)
            days = (journey.depart, max(journey.depart, there))
            yield self._leg(
                EntryKind.TRAVEL_OUT, f"journey-out:{journey.journey_id}", home, places[0], days, status, lines
            )
        if home != places[-1]:
            parts = self.roster.parts(audience, journey.phases[-1])
            busy = [occupied(self.programme, p.phase_id, p.role)[1] for p in parts]
            days = (min(max(busy, default=journey.return_), journey.return_), journey.return_)
            yield self._leg(
                EntryKind.TRAVEL_BACK, f"journey-back:{journey.journey_id}", places[-1], home, days, status, lines
            )

    def of_trip(self, delegation: Delegation) -> Iterator[Entry]:
        """Travel and presence of the staff and officials of a delegation; a standing body at home does not travel."""
        if delegation.regime is Regime.HOME or not (delegation.officials or delegation.posts):
            return
        places = [self.programme.phase[s.phase_id].place_id for s in delegation.stops]
        status = self._least_sure(tuple(s.phase_id for s in delegation.stops))
        lines = (self._route(delegation.home, places), *self._party(delegation))
        arrive, leave = delegation.stops[0].arrive, delegation.stops[-1].leave
        out = (delegation.depart, max(delegation.depart, arrive))
        back = (min(leave, delegation.return_), delegation.return_)
        own = delegation.delegation_id
        yield self._leg(EntryKind.TRAVEL_OUT, f"trip-out:{own}", delegation.home, places[0], out, status, lines)
        for stop in delegation.stops:
            yield self._presence(own, stop)
        yield self._leg(EntryKind.TRAVEL_BACK, f"trip-back:{own}", places[-1], delegation.home, back, status, lines)

    def _presence(self, delegation_id: str, stop: Stop) -> Entry:
        phase, spot = self.programme.phase[stop.phase_id], self.naming.spot(stop.phase_id)
        name = self.say(
            "calendar.title.presence", city=self.naming.city(phase.place_id), phase=self.naming.phase(stop.phase_id)
        )
        key, title = f"presence:{delegation_id}:{stop.phase_id}", self.naming.dated(name, phase.status)
        return Entry(
            key, EntryKind.PRESENCE, title, stop.arrive, stop.leave, phase.status.is_firm, spot, phase_id=stop.phase_id
        )

    def _party(self, delegation: Delegation) -> Iterator[str]:
        if delegation.officials:
            yield self.say("calendar.line.officials", officials=delegation.officials)
        if delegation.posts:
            yield self.say(
                "calendar.line.posts", posts=self.naming.listed([self.naming.post(p) for p in delegation.posts])
            )

    def _leg(
        self,
        kind: EntryKind,
        key: str,
        here: str,
        there: str,
        days: tuple[date, date],
        status: Status,
        lines: tuple[str, ...],
    ) -> Entry:
        name = self.say(f"calendar.title.{kind}", here=self.naming.city(here), there=self.naming.city(there))
        return Entry(
            key, kind, self.naming.dated(name, status), *days, status.is_firm, self.naming.at(there), lines=lines
        )

    def _route(self, home: str, places: list[str]) -> str:
        stops = [home, *places, home]
        cities = [self.naming.city(p) for p, before in zip(stops, ["", *stops[:-1]], strict=True) if p != before]
        return self.say("calendar.line.route", route=self.say("calendar.arrow").join(cities))

    def _least_sure(self, phase_ids: tuple[str, ...]) -> Status:
        # Status lists its words from the surest down, so the last one is the least sure.
        order = list(Status)
        return max((self.programme.phase[q].status for q in phase_ids), key=order.index)
