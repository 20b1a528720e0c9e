"""Completes a change with what people must know of it: doors, losses, who must be told, and what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from fairplanner.amend.doors import OF_FIRMS, OF_PARTIES, doors
from fairplanner.amend.draft import Draft
from fairplanner.amend.losing import claimed, losses
from fairplanner.domain.amending import Amendment, Consequence, DoorAt, Told, facts
from fairplanner.domain.duties import Approval
from fairplanner.domain.kinds import DecisionKind, Policy
from fairplanner.domain.plan import Delegation, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.applications import stands
from fairplanner.rules.reckon.away import EXHIBITION, concerns
from fairplanner.rules.reckon.lists import PlacesList, State, places_lists


def complete(before: Draft, after: Draft, amendment: Amendment, *firms: str) -> Amendment:
    """The amendment with doors, losses, parties and consequences; `firms`: those it is about, in order."""
    return replace(
        amendment,
        doors=_doors(before, after, amendment, firms),
        losses=tuple(losses(before, after, amendment, firms)),
        told=tuple(dict.fromkeys(_told(before, after, amendment, firms))),
        consequences=tuple(_consequences(before, after, amendment, firms)),
    )


def moved(amendment: Amendment) -> tuple[Participation, ...]:
    """Every participation that the change speaks of."""
    return (*amendment.out, *amendment.came, *(new for _, new in amendment.differ))


def _hosts(plan: Plan, amendment: Amendment) -> list[Delegation]:
    """Delegations whose people change, in order of id."""
    touched = {(p.sponsor, p.phase_id) for p in moved(amendment)}
    named = {delegation_id for delegation_id, _, _ in amendment.posts}
    return [
        d
        for d in plan.delegations
        if d.delegation_id in named or any((d.sponsor, s.phase_id) in touched for s in d.stops)
    ]


def _doors(before: Draft, after: Draft, amendment: Amendment, firms: Sequence[str]) -> tuple[DoorAt, ...]:
    programme, plan = before.programme, after.plan if amendment.came else before.plan
    hosts = _hosts(plan, amendment)
    journeys = [j for j in plan.journeys if j.firm_id in firms]
    made: list[DoorAt] = []
    for q in amendment.phases:
        host = next((d for d in hosts if any(s.phase_id == q for s in d.stops)), None)
        own = [j for j in journeys if q in j.phases]
        made += doors(programme, [q], amendment.act.on, host, own, OF_PARTIES if amendment.posts else OF_FIRMS)
    return tuple(made)


def _told(before: Draft, after: Draft, amendment: Amendment, firms: Sequence[str]) -> Iterator[Told]:
    programme = before.programme
    out, came = {p.firm_id for p in amendment.out}, {p.firm_id for p in amendment.came}
    for f in firms:
        yield Told(
            "firm", f, "out" if f in out else "came" if f in came else "list" if not amendment.differ else "people"
        )
    hosts = _hosts(after.plan if amendment.came else before.plan, amendment)
    for d in hosts:
        yield Told("sponsor", d.sponsor, "posts" if amendment.posts else "firms")
    for f in firms:
        a = next((programme.application.get(p.application_id) for p in moved(amendment) if p.firm_id == f), None)
        zone = (a.recommended_by if a is not None else "") or programme.firm[f].zone_id
        if zone not in {d.sponsor for d in hosts}:
            yield Told("zone", zone, "firms")
    for d in hosts:
        yield Told("delegation", d.delegation_id, "posts" if amendment.posts else "firms")
    for q in amendment.phases if moved(amendment) else ():
        yield Told("organiser", programme.phase[q].fair_id, "places")
    for approval in permits_touched(before, amendment):
        yield Told("permit", approval.approval_id, "posts" if amendment.posts else "people")
    changed = {c.fund_id for c in set(before.plan.claims) ^ set(after.plan.claims)}
    for fund_id in sorted(changed):
        yield Told("fund", fund_id, "claims")


def permits_touched(before: Draft, amendment: Amendment) -> list[Approval]:
    """Permits whose list of people no longer holds: of the exhibition where firms change, of the task where a post does."""
    touched = {(p.sponsor, p.phase_id) for p in moved(amendment)}
    named = {x[0] for x in amendment.posts}
    parties = [d for d in before.plan.delegations if d.delegation_id in named]
    return [
        a
        for a in before.programme.approvals
        if (a.kind == EXHIBITION and any((a.zone_id, q) in touched for q in a.phases))
        or (a.kind != EXHIBITION and any(concerns(a, d) for d in parties))
    ]


def _consequences(before: Draft, after: Draft, amendment: Amendment, firms: Sequence[str]) -> Iterator[Consequence]:
    for q in amendment.phases if amendment.out else ():
        booths = sum(p.booths for p in amendment.out if p.phase_id == q)
        booths -= sum(p.booths for p in amendment.came if p.phase_id == q)
        if booths > 0:
            yield Consequence("empty", facts(booths=booths, firm=amendment.out[0].firm_id, phase=q))
    if not amendment.posts:
        yield from _waiting(after, amendment)
    yield from _left_of_delegations(after, amendment)
    for a in permits_touched(before, amendment):
        if a.kind == EXHIBITION:
            there = [p for p in after.plan.participations if p.sponsor == a.zone_id and p.phase_id in a.phases]
            now = max((sum(p.people for p in there if p.phase_id == q) for q in a.phases), default=0)
            yield Consequence("permit", facts(approval=a.approval_id, approved=a.people, now=now))
        else:
            yield Consequence("permit-posts", facts(approval=a.approval_id))
    yield from _money(before, after, amendment, firms)
    yield from _decided(before, after)
    yield from _targets(before.plan, after.plan)


def _waiting(after: Draft, amendment: Amendment) -> Iterator[Consequence]:
    """Who is next on the reserve list of each place that was left and not given to another."""
    taken = {(p.phase_id, p.section_id) for p in amendment.came}
    left = [x for x in dict.fromkeys((p.phase_id, p.section_id) for p in amendment.out) if x not in taken]
    lists = places_lists(*after)
    for q, section in left:
        if after.programme.policy(q) is Policy.OPTIMISE:
            yield Consequence("no-order", facts(phase=q))
            continue
        own = [x for x in lists if (x.phase_id, x.section_id) == (q, section)]
        if not own:
            root = after.programme.settings.root
            yield Consequence("nobody-next", facts(phase=q, section=section, zone=root))
        for found in own:
            yield from _next(after.programme, found, {x.application_id for x in amendment.passed})


def _next(programme: Programme, found: PlacesList, passed: Collection[str]) -> Iterator[Consequence]:
    where = {"phase": found.phase_id, "section": found.section_id, "zone": found.zone_id}
    waiting = [x for x in found.of(State.WAITING) if x.application.application_id not in passed]
    if not waiting and found.of(State.WAITING):
        yield Consequence("nobody-can", facts(**where))
    elif waiting:
        able = [x for x in waiting if stands(programme, x.application)]
        over = waiting.index(able[0]) if able else 0
        told = {"firm": able[0].application.firm_id} | ({"over": over} if over else {}) if able else {}
        yield Consequence("nobody-can" if not able else "next-over" if over else "next", facts(**told, **where))
    else:
        yield Consequence("nobody-next", facts(**where))


def _left_of_delegations(after: Draft, amendment: Amendment) -> Iterator[Consequence]:
    for sponsor, q in dict.fromkeys((p.sponsor, p.phase_id) for p in amendment.out):
        firms = {p.firm_id for p in after.plan.participations if (p.sponsor, p.phase_id) == (sponsor, q)}
        least = after.programme.least_firms(q)
        what = "delegation-empty" if not firms else "delegation-least" if len(firms) == least else "delegation"
        yield Consequence(what, facts(firms=len(firms), least=least, phase=q, zone=sponsor))


def _money(before: Draft, after: Draft, amendment: Amendment, firms: Sequence[str]) -> Iterator[Consequence]:
    """What others, or the firms themselves, are now paid; what those who leave lose is told with their losses."""
    known = {c.claim_id: c.amount for c in before.plan.claims}
    now = {c.claim_id: c.amount for c in after.plan.claims}
    firm_of = {c.claim_id: c.firm_id for c in (*before.plan.claims, *after.plan.claims)}
    others = sorted({firm_of[x] for x in known.keys() | now.keys() if known.get(x) != now.get(x)} - set(firms))
    for f in (*firms, *others):
        was, now_is = claimed(before.plan, f), claimed(after.plan, f)
        if was != now_is and not (now_is < was and any(p.firm_id == f for p in amendment.out)):
            yield Consequence("claims", facts(firm=f, now=now_is, was=was))


def _decided(before: Draft, after: Draft) -> Iterator[Consequence]:
    for d in before.programme.decisions:
        if d not in after.programme.decisions:
            yield Consequence("lifted", facts(decision=d.decision_id))
    for d in after.programme.decisions:
        if d not in before.programme.decisions:
            what = "barred" if d.kind is DecisionKind.MUST_NOT else "decided"
            yield Consequence(what, facts(basis=d.basis, decision=d.decision_id, firm=d.firm_id, phase=d.phase_id))


def _targets(before: Plan, after: Plan) -> Iterator[Consequence]:
    was = {r.target_id: r.reached for r in before.targets}
    for r in after.targets:
        if r.reached != was.get(r.target_id, r.reached):
            said = facts(now=r.reached, target=r.target_id, wanted=r.wanted, was=was[r.target_id])
            yield Consequence("target" if r.short else "target-kept", said)
