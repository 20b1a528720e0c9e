"""What of a plan belongs to one fair: its phases, its delegations, its people."""

from __future__ import annotations

from dataclasses import dataclass

from fairplanner.domain.plan import Delegation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.naming import LARGEST_ORDINAL
from fairplanner.publish.press import Press


@dataclass(frozen=True)
class Scope:
    """The phases of a fair (or one phase) that anybody asked for or goes to, by date; and the delegations that stop there."""

    fair_id: str
    phase_ids: tuple[str, ...]
    delegations: tuple[Delegation, ...]


def scope_of(programme: Programme, plan: Plan, wanted: str) -> Scope | None:
    """The scope of a fair or a phase by its id; None where there is none of that id, or nothing is known of it."""
    phases = [q for q in programme.phases if wanted in (q.fair_id, q.phase_id)]
    used = {a.phase_id for a in programme.applications} | {p.phase_id for p in plan.participations}
    used |= {stop.phase_id for d in plan.delegations for stop in d.stops}
    used |= {n.phase_id for n in programme.notices} | {q for a in programme.approvals for q in a.phases}
    found = sorted((q for q in phases if q.phase_id in used), key=lambda q: (q.start is None, q.start, q.phase_id))
    if not found:
        return None
    ids = tuple(q.phase_id for q in found)
    there = tuple(d for d in plan.delegations if any(stop.phase_id in ids for stop in d.stops))
    return Scope(found[0].fair_id, ids, there)


def short(press: Press, phase_id: str) -> str:
    """A phase of a fair that everybody knows it is about: 第138届第1期."""
    phase = press.programme.phase[phase_id]
    is_divided = sum((q.fair_id, q.edition) == (phase.fair_id, phase.edition) for q in press.programme.phases) > 1
    is_number = phase.edition.isdigit() and int(phase.edition) <= LARGEST_ORDINAL
    key = f"list.{'edition' if is_number else 'year'}{'_phase' if is_divided else ''}"
    return press.w(key, edition=phase.edition if is_number else phase.year, year=phase.year, phase=phase.phase)


def known(programme: Programme) -> tuple[str, ...]:
    """Ids of fairs and phases that an archive can be asked for."""
    return tuple(sorted({q.fair_id for q in programme.phases} | {q.phase_id for q in programme.phases}))
