"""What a planner may change of a plan in a workbook: every application and every delegation that goes or could, and what is locked."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from fairplanner.domain.choices import ASKED, LOCKED, NO, NOTES, OPEN, YES, Choice, Given
from fairplanner.domain.duties import Approval
from fairplanner.domain.plan import Participation, Plan
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.asking import sponsors, standing
from fairplanner.rules.reckon.away import EXHIBITION
from fairplanner.rules.reckon.kept import held

At = tuple[str, str]
Lock = tuple[str, tuple[str, ...]]


def mark_of_plan(plan: Plan) -> str:
    """16 hexadecimal digits of the SHA-256 of all that a plan says."""
    return hashlib.sha256(plan.model_dump_json().encode()).hexdigest()[:16]


def place_choices(programme: Programme, plan: Plan) -> tuple[Choice, ...]:
    """A row for each application, and for each firm that was invited without one; by fair in order of date, those who go first."""
    placed = {p.application_id: p for p in plan.participations}
    decided, approved = _decided(programme), _approved(programme)
    rows = [_of_application(a, placed.get(a.application_id)) for a in programme.applications]
    rows += [_of_guest(p) for p in plan.participations if p.application_id not in programme.application]
    made = [_locked(row, _lock_of_place(programme, row, decided, approved)) for row in rows]
    return tuple(sorted(made, key=lambda c: (*_by_day(programme, c), c.section_id, not c.goes, c.name)))


def party_choices(programme: Programme, plan: Plan) -> tuple[Choice, ...]:
    """A row for each zone at each fair that it sends a delegation to, or whose firms ask to go there with it."""
    there = {(d.sponsor, s.phase_id) for d in plan.delegations for s in d.stops}
    could = {
        (zone_id, a.phase_id)
        for a in standing(programme)
        for zone_id in sponsors(programme, programme.firm[a.firm_id].zone_id, a.recommended_by)
    }
    decided, approved = _decided(programme), _approved(programme)
    kept = {(x.sponsor, programme.application[name].phase_id) for name, x in held(programme).items() if x.is_exact}
    rows = []
    for at in there | could:
        values = _open(goes=at in there)
        row = Choice(name="/".join(at), phase_id=at[1], sponsor=at[0], values=values)
        rows.append(_locked(row, _first(("decided", decided[at]), ("approved", approved[at]), _settled(at in kept))))
    return tuple(sorted(rows, key=lambda c: (*_by_day(programme, c), not c.goes, c.name)))


def _open(*, goes: bool, **more: Given) -> tuple[tuple[str, Given], ...]:
    values: dict[str, Given] = {"goes": YES if goes else NO, "state": OPEN, **more}
    return (*values.items(), *((key, "") for key in NOTES))


def _of_application(a: Application, place: Participation | None) -> Choice:
    asked: dict[str, Given] = {key: getattr(a, key) for key in ASKED}
    values = _open(goes=place is not None, planned=place.booths if place else None, **asked)
    return Choice(
        a.application_id, a.phase_id, a.firm_id, a.section_id, place.sponsor if place else "", values, place=place, application=a
    )  # fmt: skip


def _of_guest(p: Participation) -> Choice:
    """Whom nobody heard of yet asks for nothing that could be changed."""
    return Choice(p.application_id, p.phase_id, p.firm_id, p.section_id, p.sponsor, _open(goes=True), place=p)


def _by_day(programme: Programme, c: Choice) -> tuple[str, str]:
    start = programme.phase[c.phase_id].start
    return start.isoformat() if start else "9", c.phase_id


def _decided(programme: Programme) -> defaultdict[At, tuple[str, ...]]:
    """Ids of decisions by firm or zone and phase."""
    found: defaultdict[At, tuple[str, ...]] = defaultdict(tuple)
    for d in programme.decisions:
        found[d.firm_id or d.zone_id, d.phase_id] += (d.decision_id,)
    return found


def _approved(programme: Programme) -> defaultdict[At, tuple[str, ...]]:
    """Numbers of permits by zone and phase: the parties they freeze, and the firms whose people an exhibition's permit counts."""
    found: defaultdict[At, tuple[str, ...]] = defaultdict(tuple)
    for approval in programme.approvals:
        for phase_id in approval.phases:
            found[approval.zone_id, phase_id] += (approval.number,)
    return found


def _counts_firms(approval: Approval) -> bool:
    return approval.kind == EXHIBITION


def _lock_of_place(
    programme: Programme, c: Choice, decided: defaultdict[At, tuple[str, ...]], approved: defaultdict[At, tuple[str, ...]]
) -> Lock:  # fmt: skip
    counted = {a.number for a in programme.approvals if _counts_firms(a)}
    permits = tuple(n for n in approved[c.sponsor, c.phase_id] if n in counted) if c.place else ()
    return _first(
        _settled(c.name in held(programme)), ("approved", permits), ("decided", decided[c.firm_id, c.phase_id])
    )


def _settled(is_so: bool) -> Lock:
    return "settled", ("",) if is_so else ()


def _first(*locks: Lock) -> Lock:
    return next(((why, tuple(filter(None, about))) for why, about in locks if about), ("", ()))


def _locked(c: Choice, lock: Lock) -> Choice:
    why, about = lock
    if not why:
        return c
    values = tuple((key, LOCKED if key == "state" else value) for key, value in c.values)
    return Choice(
        c.name, c.phase_id, c.firm_id, c.section_id, c.sponsor, values, lock=why, about=about, place=c.place,
        application=c.application,
    )  # fmt: skip
