"""Which places of a hand-made plan have a part in something that the plan breaks: read from the ids in its label and facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fairplanner.domain.hand_made import HandPlace, SheetCell
from fairplanner.domain.plan import Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import SEPARATOR

OF_SPONSORS = frozenset({"delegation-size", "hosting", "one-visit", "one-delegation", "presence"})
"""Rules whose zone is the one that takes firms along, not the firms' own."""
CULPRITS = {"rank-respected": "given", "booths-in-order": "given"}
"""Where a rule names several applications, the fact that says who has what it should not have."""
FIELD = {"booth-quota": "booths", "allotment": "booths", "booths-in-order": "booths", "booth-people": "booths"}
"""Which of a place's cells a rule is about, where that is not the one that sends the firm there."""
NOBODY = frozenset({"targets", "awards", "fair-shares", "least-disruption"})
"""Rules that count what is there: no cell is wrong, something is missing."""


@dataclass
class _About:
    """What a violation names; an empty set names all."""

    firms: set[str] = field(default_factory=set)
    phases: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    zones: set[str] = field(default_factory=set)
    sponsors: set[str] = field(default_factory=set)
    applications: set[str] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        return not any(vars(self).values())


class PlacesAbout:
    """Places of one hand-made plan; `placed` says which participation of the plan each became."""

    def __init__(self, programme: Programme, plan: Plan, placed: Sequence[tuple[HandPlace, Participation]]) -> None:
        self.programme, self.plan, self.placed = programme, plan, placed
        self._delegations = {d.delegation_id: d for d in plan.delegations}
        self._journeys = {j.journey_id: j for j in plan.journeys}
        self._decisions = {d.decision_id: d for d in programme.decisions}

    def __call__(self, v: Violation) -> tuple[HandPlace, ...]:
        """The places that a violation is about, in the order of the sheet."""
        if v.rule in NOBODY:
            return ()
        about = self._about(v)
        found = [(place, p) for place, p in self.placed if not about.is_empty and self._meets(about, p)]
        if v.rule == "firm-teams":
            found = self._out_on(found, dict(v.facts)["day"])
        return tuple(dict.fromkeys(place for place, _ in found))

    def cells(self, v: Violation, places: Sequence[HandPlace]) -> tuple[SheetCell, ...]:
        """Their cells, each once."""
        name = FIELD.get(v.rule, "fair")
        if v.rule in ("firm-teams", "most-phases", "own-money"):
            return tuple(dict.fromkeys(place.cell for place in places))
        return tuple(dict.fromkeys(place.at(name) for place in places))

    def _about(self, v: Violation) -> _About:
        about, facts = _About(), dict(v.facts)
        if v.rule in CULPRITS:
            about.applications.add(facts[CULPRITS[v.rule]])
            return about
        for part in v.label.split(SEPARATOR):
            self._name(part, about, of_sponsors=v.rule in OF_SPONSORS)
        if v.rule == "presence":
            about.phases = {facts["phase"]}
        return about

    def _name(self, part: str, about: _About, *, of_sponsors: bool) -> None:
        programme = self.programme
        if part in programme.firm:
            about.firms.add(part)
        elif part in programme.phase:
            about.phases.add(part)
        elif part in programme.section:
            about.sections.add(part)
        elif part in programme.zone:
            (about.sponsors if of_sponsors else about.zones).add(part)
        elif (d := self._delegations.get(part)) is not None:
            about.sponsors.add(d.sponsor)
            about.phases |= {stop.phase_id for stop in d.stops}
        elif (j := self._journeys.get(part)) is not None:
            about.firms.add(j.firm_id)
            about.phases |= set(j.phases)
        elif (decided := self._decisions.get(part)) is not None:
            about.phases.add(decided.phase_id)
            (about.firms if decided.firm_id else about.sponsors).add(decided.firm_id or decided.zone_id)
        elif part in programme.fund:
            about.sponsors |= {d.sponsor for d in self.plan.delegations if d.fund_id == part}
            about.firms |= {c.firm_id for c in self.plan.claims if c.fund_id == part and not about.sponsors}
        elif (application := part.split("@")[0]).count("/") == 2:
            about.applications.add(application)

    def _meets(self, about: _About, p: Participation) -> bool:
        zone = self.programme.firm[p.firm_id].zone_id
        return (
            (not about.applications or p.application_id in about.applications)
            and (not about.firms or p.firm_id in about.firms)
            and (not about.phases or p.phase_id in about.phases)
            and (not about.sections or p.section_id in about.sections)
            and (not about.sponsors or p.sponsor in about.sponsors)
            and (not about.zones or any(self.programme.is_within(zone, z) for z in about.zones))
        )

    def _out_on(self, found: list[tuple[HandPlace, Participation]], text: str) -> list[tuple[HandPlace, Participation]]:
        """Of these the places whose journeys are out on a day."""
        day = date.fromisoformat(text)
        out = {(j.firm_id, q) for j in self.plan.journeys if j.depart <= day <= j.return_ for q in j.phases}
        return [(place, p) for place, p in found if (p.firm_id, p.phase_id) in out]
