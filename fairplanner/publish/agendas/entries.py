"""Entries of an agenda that are not deadlines: fair days, set-up and strike, journeys of firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fairplanner.domain.kinds import Role, StandKind, Status
from fairplanner.domain.plan import Journey, Participation
from fairplanner.domain.reference import Phase
from fairplanner.publish.agendas.agenda import AudienceKind, Entry, EntryKind, Spot
from fairplanner.publish.agendas.roster import Audience, Roster
from fairplanner.publish.naming import Naming
from fairplanner.rules.reckon.dates import occupied
from fairplanner.rules.reckon.notices import is_proposed
from fairplanner.rules.reckon.travel import arrives_on

DAY = timedelta(days=1)


def _dated(phase: Phase) -> tuple[date, date]:
    if phase.start is None or phase.end is None:
        raise ValueError(f"{phase.phase_id} has no dates")
    return phase.start, phase.end


@dataclass(frozen=True)
class Leg:
    """One way of a journey: from and to which city, first and last day."""

    kind: EntryKind
    here: str
    there: str
    first: date
    last: date
    journey: Journey

    @property
    def is_out(self) -> bool:
        """Whether it leads away from home."""
        return self.kind is EntryKind.TRAVEL_OUT


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
                yield from self._names(parts)
                stands = [p for p in parts if p.stand is not StandKind.NONE]
                if any(is_proposed(self.programme, p.phase_id, p.section_id) for p in stands):
                    yield self.say("giving.proposed_note")

    def _names(self, parts: tuple[Participation, ...]) -> Iterator[str]:
        for key, is_stand in (("firms", True), ("guests", False)):
            firms = sorted({p.firm_id for p in parts if (p.role is Role.EXHIBIT) is is_stand})
            if firms:
                yield self.say(f"calendar.line.{key}", firms=self.naming.listed([self.naming.firm(f) for f in firms]))

    def _own(self, part: Participation) -> Iterator[str]:
        yield self.say("calendar.line.role", role=self.say(f"enums.Role.{part.role}"), people=part.people)
        if section := self.programme.section.get(part.section_id):
            yield self.say("calendar.line.section", section=self.say.name(section))
        if part.stand is not StandKind.NONE:
            stand = self.say(f"enums.StandKind.{part.stand}")
            yield self.say("calendar.line.stand", stand=stand, booths=part.booths, area=part.area_m2)
            if is_proposed(self.programme, part.phase_id, part.section_id):
                yield self.say("giving.proposed_note")
        yield self.say("calendar.line.sponsor", sponsor=self.naming.zone(part.sponsor))
        if part.invited:
            yield self.say("calendar.line.invited")

    def of_journey(self, journey: Journey, team: int = 0) -> Iterator[Entry]:
        """A firm's days of travel out and back; none where it is at home already. `team` 0: it needs no number."""
        home = self.programme.home(self.programme.firm[journey.firm_id].zone_id)
        lines = (
            self._route(home, [self.programme.phase[q].place_id for q in journey.phases]),
            self.say("calendar.line.people", people=journey.people),
            self.say("calendar.line.estimate"),
        )
        for leg in self._legs(journey):
            facts = {"here": self.naming.city(leg.here), "there": self.naming.city(leg.there)}
            title = f"calendar.title.{leg.kind}"
            name = self.say(f"{title}-team", team=self._team(team), **facts) if team else self.say(title, **facts)
            # one more person is the same journey to a calendar: the number behind the star is left out
            key = f"journey-{'out' if leg.is_out else 'back'}:{journey.journey_id.partition('*')[0]}"
            yield self._travel(leg, key, name, leg.there, self._least_sure(journey.phases), lines)

    def of_firms(self, delegation_id: str, journeys: Iterable[Journey]) -> Iterator[Entry]:
        """How many firms of a delegation travel on which days to and from each fair's city."""
        groups: defaultdict[tuple[EntryKind, str, date, date], list[Leg]] = defaultdict(list)
        for leg in (leg for journey in journeys for leg in self._legs(journey)):
            groups[leg.kind, leg.there if leg.is_out else leg.here, leg.first, leg.last].append(leg)
        for (kind, town, *_), legs in sorted(groups.items()):
            firms = len({leg.journey.firm_id for leg in legs})
            name = self.say(f"calendar.title.{kind}-firms", firms=firms, city=self.naming.city(town))
            homes = sorted({leg.here if leg.is_out else leg.there for leg in legs})
            cities = self.naming.listed([self.naming.city(h) for h in homes])
            lines = (self.say(f"calendar.line.{kind}-homes", cities=cities), self.say("calendar.line.estimate"))
            key = f"firms-{'out' if legs[0].is_out else 'back'}:{delegation_id}:{self._from_fair(legs[0])}"
            status = self._least_sure(q for leg in legs for q in leg.journey.phases)
            yield self._travel(legs[0], key, name, town, status, lines)

    def _legs(self, journey: Journey) -> Iterator[Leg]:
        home = self.programme.home(self.programme.firm[journey.firm_id].zone_id)
        out, back = (self.programme.phase[journey.phases[n]].place_id for n in (0, -1))
        if home != out:
            there = arrives_on(self.programme, home, out, journey.depart)
            yield Leg(EntryKind.TRAVEL_OUT, home, out, journey.depart, max(journey.depart, there), journey)
        if home != back:
            parts = self.roster.parts((AudienceKind.FIRM, journey.firm_id), journey.phases[-1])
            busy = [occupied(self.programme, p.phase_id, p.role)[1] for p in parts]
            leaves = min(max(busy, default=journey.return_), journey.return_)
            yield Leg(EntryKind.TRAVEL_BACK, back, home, leaves, journey.return_, journey)

    def _from_fair(self, leg: Leg) -> str:
        """The fair and the days from its first day (its last, on the way back) to a leg's: a fair that moves takes it along."""
        phase_id = leg.journey.phases[0 if leg.is_out else -1]
        first, last = _dated(self.programme.phase[phase_id])
        day = first if leg.is_out else last
        return f"{phase_id}:{(leg.first - day).days}:{(leg.last - day).days}"

    def _team(self, team: int) -> str:
        key = f"calendar.team.{team}"
        return self.say(key if key in self.say else "calendar.team.further", n=team)

    def _travel(self, leg: Leg, key: str, name: str, place_id: str, status: Status, lines: tuple[str, ...]) -> Entry:
        title, spot = self.naming.dated(name, status), self.naming.at(place_id)
        return Entry(key, leg.kind, title, leg.first, leg.last, status.is_firm, spot, lines=lines)

    def _route(self, home: str, places: list[str]) -> str:
        stops = [home, *places, home]
        cities = [self.naming.city(p) for p, before in zip(stops, ["", *stops[:-1]], strict=True) if p != before]
        return self.say("calendar.line.route", route=self.say("calendar.arrow").join(cities))

    def _least_sure(self, phase_ids: Iterable[str]) -> Status:
        # Status lists its words from the surest down, so the last one is the least sure.
        order = list(Status)
        return max((self.programme.phase[q].status for q in phase_ids), key=order.index)
