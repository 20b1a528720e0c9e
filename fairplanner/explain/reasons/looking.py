"""What would change an answer, found by planning again: the other decision taken by hand, then the least changes that turn it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fairplanner.domain.assuming import DROPPED, Assumption
from fairplanner.domain.plan import Participation, Plan
from fairplanner.explain.again import Base, pinned
from fairplanner.explain.assuming import assumed
from fairplanner.explain.dials import Change, after
from fairplanner.explain.reasons.answers import Asked, Looked, Place, Turned, Vain, WhyDelegation, WhyFirm, WhyZone
from fairplanner.explain.reasons.asking import Asking, Subject
from fairplanner.explain.reasons.flips import confirmed, flips
from fairplanner.explain.reasons.levers import OUTBID, Levers
from fairplanner.explain.reasons.party_levers import party_levers, zone_levers
from fairplanner.explain.reasons.standing import asked_of, places_of
from fairplanner.pose import pose

CANNOT = frozenset({"travel-dates", "kept", "deadline", "duties"})
"""Reasons that no decision overrules: a place cannot even be posed."""


def look(base: Base, answer: WhyFirm, *, whole: int = 0, questions: int = 0) -> Looked:
    """What turns the decision about a firm: `whole` of the flips are shown again by planning the whole year, the first ones.

    `questions`: plans made at the most; 0: as many as the size of the programme allows in seconds. Where what stood in the way
    is not all that does, a second change is looked for on top of the first.
    """
    asking = Asking(base, Subject((answer.phase_id,), firm_id=answer.firm_id), questions)
    turned = turned_by_hand(asking, answer.asked, answer.decisions)
    changes = [c for asked in _about(answer) for c in _levers(base, asked, answer.is_in, turned)]
    found = looked(asking, turned, changes, whole)
    if answer.is_in or found.flips:
        return found
    further = [c for v in found.vain if v.reasons and v.reasons[0].rule in OUTBID for c in _further(asking, answer, v)]
    more = looked(asking, turned, further, whole)
    return replace(found, flips=more.flips, vain=found.vain + more.vain, left=found.left + more.left)


def _further(asking: Asking, answer: WhyFirm, vain: Vain) -> Iterator[Change]:
    """What could bring the firm in once a first change is made, each with that change."""
    plan = asking.plan(vain.assumptions)
    if plan is None:
        return
    programme = assumed(asking.base.programme, vain.assumptions)
    base = Base(programme, pose(programme), plan)
    for asked in asked_of(base, answer.firm_id, answer.phase_id):
        for change in Levers(base, asked, None).to_come_in():
            yield after(vain.assumptions, change, vain.kind)


def looked(asking: Asking, turned: Turned | None, changes: Sequence[Change], whole: int) -> Looked:
    """The changes tried one after the other, the first `whole` flips by planning the whole year."""
    if asking.is_close:
        return Looked(turned, is_close=True)
    found, vain, left = flips(asking, changes)
    shown = [confirmed(asking, flip) if n < whole else flip for n, flip in enumerate(found)]
    return Looked(turned, tuple(flip for flip in shown if flip), vain, left)


def look_at_zone(base: Base, answer: WhyZone, *, whole: int = 0, questions: int = 0) -> Looked:
    """What turns whether the zone has a delegation at the phase."""
    asking = Asking(base, Subject((answer.phase_id,), zone_id=answer.zone_id), questions)
    if not (answer.could or answer.is_in):
        return Looked()
    turned = turned_by_hand(asking, decisions=answer.decisions)
    return looked(asking, turned, zone_levers(base, answer), whole)


def look_at_delegation(base: Base, answer: WhyDelegation, *, whole: int = 0, questions: int = 0) -> Looked:
    """What keeps the delegation at home."""
    party = answer.party
    asking = Asking(base, Subject(party.phases, zone_id=party.sponsor), questions)
    return looked(
        asking, turned_by_hand(asking, decisions=answer.decisions), party_levers(base, party, answer.decisions), whole
    )


def _about(answer: WhyFirm) -> list[Asked]:
    """The applications that a change is looked for: those with a place, or all where there is none."""
    return [a for a in answer.asked if a.is_placed] if answer.is_in else list(answer.asked)


def _levers(base: Base, asked: Asked, is_in: bool, turned: Turned | None) -> tuple[Change, ...]:
    levers = Levers(base, asked, turned.lost if turned else None)
    if is_in and turned is not None and not turned.possible:
        return levers.unpinned()
    return levers.to_go_out() if is_in else levers.to_come_in()


def turned_by_hand(asking: Asking, asked: tuple[Asked, ...] = (), decisions: Sequence[str] = ()) -> Turned | None:
    """The plan with a decision that says the opposite, `decisions` (ids) that say what the plan does taken back; None where no
    decision can be heeded: no place could be posed, or the firm does not want it."""
    s, base = asking.subject, asking.base
    if asked and not asking.is_in and all(_is_settled(a) for a in asked):
        return None
    who, kind = s.firm_id or s.zone_id, "must-not" if asking.is_in else "must-go"
    phases = s.phases[:1] if asking.is_in else s.phases
    pins = tuple(pinned(kind, who, q, is_zone=not s.firm_id) for q in phases)
    plan = asking.plan((*(Assumption("decisions", d, "", DROPPED) for d in decisions), *pins))
    if plan is None or s.is_in(plan) == asking.is_in:
        return Turned(False, None, (), (), asking.proof)
    reference = asking.reference
    comes, goes = difference(base, reference, plan)
    others = [
        tuple(x for x in places if x.firm_id != s.firm_id or x.phase_id not in s.phases) for places in (comes, goes)
    ]
    return Turned(True, reference.value - plan.value, others[0], others[1], asking.proof)


def _is_settled(a: Asked) -> bool:
    """Whether nothing can be decided: no place could be posed whatever people decide, or the firm does not want one."""
    reason = a.reasons[0] if a.reasons else None
    own = reason is not None and dict(reason.facts).get("reason") in ("refuses", "withdrawn", "role", "booths")
    return own or (reason is not None and reason.rule in CANNOT)


def difference(base: Base, was: Plan, plan: Plan) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Who gets a place at a phase by another plan, and who loses one."""
    before, after = _at(was), _at(plan)
    comes = places_of(base.programme, plan, (p for key, p in after.items() if key not in before))
    goes = places_of(base.programme, base.plan, (p for key, p in before.items() if key not in after))
    return comes, goes


def _at(plan: Plan) -> dict[tuple[str, str], Participation]:
    return {(p.firm_id, p.phase_id): p for p in plan.participations}
