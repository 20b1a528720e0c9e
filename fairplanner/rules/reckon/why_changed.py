"""Why something differs between two plans: what changed in the programme beneath, else what the new plan gained by it.

Both programmes are asked, that of the earlier plan and that of the new one; where the earlier one is not known, less can be said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairplanner.domain.by_hand import SOFT, ByHand, cells
from fairplanner.domain.compared import PartyChange, PlaceChange
from fairplanner.domain.earlier import settled_of
from fairplanner.domain.kinds import ApplicationState, DecisionKind
from fairplanner.domain.plan import Excluded, Participation, Plan
from fairplanner.domain.planning import Application, Quota
from fairplanner.domain.programme import Programme
from fairplanner.domain.settled import Settled
from fairplanner.rules.reckon.kept import why_concerned


@dataclass(frozen=True)
class Why:
    """A reason: `key` (words under `replan.why`) with its facts: phase, days before and after, or what the new plan says
    stood in the way (`excluded`), or what was told when it was done by hand (`reason`)."""

    key: str
    phase_id: str = ""
    before: tuple[date | None, date | None] = (None, None)
    after: tuple[date | None, date | None] = (None, None)
    decision_id: str = ""
    excluded: Excluded | None = None
    reason: str = ""


class Reckoner:
    """Reasons for the changes from one plan to another."""

    def __init__(self, old: Plan, new: Plan, then: Programme | None, now: Programme) -> None:
        self.then, self.now = then, now
        self.by_hand = new.status == "amended"
        self.is_unsaid = self.by_hand and not now.by_hand  # by hand, and nothing says what was done to whom
        self.acts = _acts(now, then)
        self.undone = _acts(then, now) if then is not None else {}
        self.settled = {row.application_id: row for row in settled_of(old, then)}
        self.days = {row.phase_id: (row.first, row.last) for row in self.settled.values()}
        if then is not None:
            self.days |= {q.phase_id: (q.start, q.end) for q in then.phases}
        self.out = {dict(x.facts).get("application", ""): x for x in new.excluded if x.kind == "application"}
        stay = {p.application_id for p in new.participations}
        self.freed = {(p.phase_id, p.section_id) for p in old.participations if p.application_id not in stay}
        known = {d.decision_id for d in then.decisions} if then is not None else {d.decision_id for d in now.decisions}
        self.decided = [d for d in now.decisions if d.decision_id not in known]

    def of_place(self, change: PlaceChange) -> Why:
        """Why a firm has another place than before, or one that it had not."""
        p = change.either
        if change.before is None:
            return self._came_in(p)
        row = self.settled[p.application_id]
        key = why_concerned(self.now, row)
        if key == "moved":
            return self._fair("moved", p.phase_id)
        if key:
            act = self.acts.get(p.application_id)
            told = act.reason if act is not None and key == "withdrawn" else ""
            return Why(key, p.phase_id, decision_id=self._decision(row), reason=told)
        if change.what == "moved":
            return self._way(change)
        by_hand = self._hand(p.application_id, p.phase_id)
        if by_hand is not None:
            return by_hand
        if change.what == "people":
            return self._people(change)
        if self._quota_changed(p.phase_id, p.section_id, p.firm_id):
            return Why("quota", p.phase_id)
        if change.after is None:
            return Why("displaced", p.phase_id, excluded=self.out.get(p.application_id))
        return Why("optimum", p.phase_id)

    def _hand(self, application_id: str, phase_id: str) -> Why | None:
        """What was done to a place by hand, or what no longer holds of that; of plans whose programme does not remember such acts
        only that somebody did something."""
        act = self.acts.get(application_id)
        if act is not None:
            return Why("hand", phase_id, reason=act.reason)
        if application_id in self.undone and self._asked_otherwise(application_id):
            return Why("hand-undone", phase_id)
        return Why("hand", phase_id) if self.is_unsaid else None

    def _asked_otherwise(self, application_id: str) -> bool:
        """Whether the application is another than it was, remarks apart."""
        rows = [p.application.get(application_id) for p in (self.then, self.now) if p is not None]
        told = [[x for x in cells(row) if x[0] not in SOFT] if row is not None else None for row in rows]
        return any(x != told[0] for x in told)

    def of_party(self, change: PartyChange) -> Why:
        """Why a delegation goes otherwise than before."""
        route = [s.phase_id for d in (change.before, change.after) if d for s in d.stops]
        for phase_id in dict.fromkeys(route):
            key = self._fair_changed(phase_id)
            if key:
                return self._fair(key, phase_id)
        sponsor = change.either.sponsor
        for d in self.decided:
            if d.zone_id == sponsor and d.phase_id in route:
                return Why("decision", d.phase_id, decision_id=d.decision_id)
        known = {a.approval_id for a in self.then.approvals} if self.then else None
        if known is not None and any(
            a.approval_id not in known and a.zone_id == sponsor and set(a.phases) & set(route)
            for a in self.now.approvals
        ):
            return Why("permit", route[0])
        if self.by_hand and change.what in ("changed", "moved"):
            return Why("hand", route[0])
        return Why("firms" if change.what in ("added", "cancelled") else "optimum", route[0])

    def _fair_changed(self, phase_id: str) -> str:
        first, last = self.days.get(phase_id, (None, None))
        probe = Settled(firm_id="", phase_id=phase_id, sponsor="", first=first, last=last)
        key = why_concerned(self.now, probe)
        return key if key in ("cancelled", "undated", "window", "moved") else ""

    def _fair(self, key: str, phase_id: str) -> Why:
        phase = self.now.phase.get(phase_id)
        after = (phase.start, phase.end) if phase else (None, None)
        return Why(key, phase_id, self.days.get(phase_id, (None, None)), after)

    def _way(self, change: PlaceChange) -> Why:
        """The place is the same and the days of travel are not: another fair on the way, or nothing that can be told."""
        journeys = [x.journey for x in (change.before, change.after) if x and x.journey]
        for phase_id in sorted({q for j in journeys for q in j.phases} - {change.either.phase_id}):
            key = self._fair_changed(phase_id)
            if key:
                return self._fair(f"way-{key}", phase_id)
        return Why("way", change.either.phase_id)

    def _people(self, change: PlaceChange) -> Why:
        """The firm asks for other people than those it sent; else the fair's own rules changed how many a booth takes."""
        p = change.either
        a = self.now.application.get(p.application_id)
        asks = a is not None and change.before is not None and a.people != change.before.people
        return Why("asks" if asks else "optimum", p.phase_id)

    def _came_in(self, p: Participation) -> Why:
        for d in self.decided:
            if (d.firm_id, d.phase_id) == (p.firm_id, p.phase_id) and d.kind is not DecisionKind.MUST_NOT:
                return Why("decision", p.phase_id, decision_id=d.decision_id)
        if p.application_id in self.undone and self._asked_otherwise(p.application_id):
            return Why("hand-undone", p.phase_id)
        a = self.now.application.get(p.application_id)
        if self.then is not None and a is not None:
            before = self.then.application.get(p.application_id)
            if before is None:
                return Why("applied", p.phase_id)
            if _asks_otherwise(before, a):
                return Why("asks", p.phase_id)
            if before.state is not a.state:
                return Why(self._advanced(before, a), p.phase_id)
            then = self.then.phase.get(p.phase_id)
            if then is None or (then.start, then.end, then.status) != _standing(self.now, p.phase_id):
                return self._fair("dated", p.phase_id)
        if self._quota_changed(p.phase_id, p.section_id, p.firm_id):
            return Why("quota", p.phase_id)
        if self.is_unsaid:
            return Why("promoted", p.phase_id)
        return Why("freed" if (p.phase_id, p.section_id) in self.freed else "came-in", p.phase_id)

    def _advanced(self, before: Application, now: Application) -> str:
        """What the step of an application that asks for the same says: nobody comes in by hand but down the reserve list, or by a
        decision, which was told before."""
        if now.state.is_accepted:
            by_hand = self.is_unsaid or now.application_id in self.acts
            return "promoted" if by_hand or before.state is ApplicationState.RESERVE else "admitted"
        return "asks"

    def _decision(self, row: Settled) -> str:
        who = {(row.firm_id, row.phase_id), (row.sponsor, row.phase_id)}
        against = [d for d in self.now.decisions if d.kind is DecisionKind.MUST_NOT]
        return next((d.decision_id for d in against if (d.firm_id or d.zone_id, d.phase_id) in who), "")

    def _quota_changed(self, phase_id: str, section_id: str, firm_id: str) -> bool:
        """Whether a row of quotas that counts the firm there is another than it was."""
        if self.then is None or firm_id not in self.now.firm:
            return False
        then, now = (_quotas(p, phase_id, section_id, self.now.firm[firm_id].zone_id) for p in (self.then, self.now))
        return then != now


def _acts(programme: Programme, but: Programme | None) -> dict[str, ByHand]:
    """What was done by hand to applications, by their id, and is not remembered in the other programme too."""

    def acts(p: Programme) -> dict[tuple[object, ...], ByHand]:
        return {(x.key, x.verb, x.on, x.reason): x for x in p.by_hand if x.table == "applications"}

    known = acts(but) if but is not None else {}
    ids = {f"{a.firm_id}/{a.phase_id}/{a.section_id}": a.application_id for a in programme.applications}
    return {ids.get(x.key, x.key): x for name, x in acts(programme).items() if name not in known}


def _quotas(
    programme: Programme, phase_id: str, section_id: str, zone_id: str
) -> dict[tuple[str, str], tuple[object, ...]]:
    def numbers(q: Quota) -> tuple[object, ...]:
        return q.booths, q.area_m2, q.reserve, q.base_score, q.firms

    rows = (q for q in programme.quotas if q.phase_id == phase_id and q.section_id in ("", section_id))
    above = programme.zones_above(zone_id) if zone_id in programme.zone else ()
    return {(q.section_id, q.zone_id): numbers(q) for q in rows if q.zone_id in above}


def _asks_otherwise(before: Application, now: Application) -> bool:
    """Whether what a firm asks for is not what it was."""
    same = ("wish", "role", "stand", "booths", "least_booths", "people", "recommended_by", "received", "score")
    return any(getattr(before, name) != getattr(now, name) for name in same)


def _standing(programme: Programme, phase_id: str) -> tuple[object, ...]:
    phase = programme.phase[phase_id]
    return phase.start, phase.end, phase.status
