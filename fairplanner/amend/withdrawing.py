"""A firm leaves (退展): its places go, its journeys are cut, its claims reckoned anew, and the empty booths are remembered."""

from __future__ import annotations

from collections.abc import Sequence

from fairplanner.amend.completing import complete
from fairplanner.amend.draft import Draft, finished, in_order, with_parts, with_tables, without_reasons
from fairplanner.amend.empty import emptied, noted, told_by
from fairplanner.amend.find import firm_of, nowhere, phases_of, places_of, refuse, still_open
from fairplanner.amend.promoting import fill
from fairplanner.amend.year import reclaimed, shortened
from fairplanner.domain.amending import Act, Amended, Amendment
from fairplanner.domain.kinds import ApplicationState, DecisionKind, Role, StandKind, Wish
from fairplanner.domain.plan import Excluded, Participation, Plan
from fairplanner.domain.planning import Application, Decision
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.applications import asks

PINS = (DecisionKind.MUST_GO, DecisionKind.KEEP)


def withdraw(programme: Programme, plan: Plan, firm: str, where: str, act: Act, *, promote: bool = False) -> Amended:
    """The plan without the firm's places at a phase, or at every phase of a fair that is not over; a firm that only waits on
    a reserve list there leaves the list. With `promote` the places go down the reserve order at once.

    Raises UserError for a firm or fair that is not known, where the firm has nothing there, has withdrawn already or the fair
    is over; Broken (a UserError) where the plan without it breaks a rule: what then happens is for people to decide.
    """
    firm_id, phases = firm_of(programme, firm), phases_of(programme, where)
    there = {p.phase_id for p in places_of(plan, firm_id, phases)}
    there |= {a.phase_id for q in phases for a in programme.by_firm.asked.get((firm_id, q), ()) if asks(programme, a)}
    if not there:
        raise _gone_already(programme, firm_id, phases) or nowhere(plan, firm_id, where)
    open_ = still_open(programme, [q for q in phases if q in there], act.on)
    before = Draft(programme, plan)
    gone, made = places_of(plan, firm_id, open_), left(before, firm_id, open_, act)
    made, came, passed = fill(made, gone) if promote else (made, (), ())
    made = emptied(made, gone, came, act)
    after = finished(before, made, act)
    amendment = Amendment(act, open_, out=gone, came=came, passed=passed)
    firms = dict.fromkeys((firm_id, *(p.firm_id for p in came)))
    return Amended(before, after, complete(before, after, amendment, *firms))


def _gone_already(programme: Programme, firm_id: str, phases: Sequence[str]) -> Exception | None:
    rows = (a for q in phases for a in programme.by_firm.asked.get((firm_id, q), ()))
    gone = next((a for a in rows if a.state is ApplicationState.WITHDRAWN), None)
    return None if gone is None else refuse("FIRM", "amend-withdrawn-already", firm_id, phase=gone.phase_id)


def left(draft: Draft, firm_id: str, phases: Sequence[str], act: Act) -> Draft:
    """The draft without the firm at these phases, neither settled nor judged."""
    programme, plan = draft
    gone = places_of(plan, firm_id, phases)
    tables = _withdrawn(programme, firm_id, phases, gone, act) | _decided(programme, firm_id, phases, act)
    programme = with_tables(programme, **tables)
    kept = [p for p in plan.participations if p not in gone]
    own = [j for j in plan.journeys if j.firm_id == firm_id]
    cut = shortened(programme, firm_id, [p for p in kept if p.firm_id == firm_id], own)
    others = [j for j in plan.journeys if j.firm_id != firm_id]
    plan = with_parts(plan, participations=kept, journeys=[*others, *cut], excluded=_excluded(draft, firm_id, phases))
    return reclaimed(Draft(programme, plan), firm_id)


def _withdrawn(
    programme: Programme, firm_id: str, phases: Sequence[str], gone: Sequence[Participation], act: Act
) -> dict[str, tuple[Application, ...]]:
    """Applications marked as withdrawn with the reason; one that refuses for each place that rested on an invitation."""
    there = {(firm_id, q) for q in phases}
    rows = {
        a.application_id: a.model_copy(update={"state": ApplicationState.WITHDRAWN, "note": noted(a.note, act)})
        if (a.firm_id, a.phase_id) in there and a.wish is not Wish.REFUSES
        else a
        for a in programme.applications
    }
    for p in gone:
        if p.application_id not in rows:
            rows[p.application_id] = Application(
                firm_id=firm_id, phase_id=p.phase_id, section_id=p.section_id, wish=Wish.REFUSES, role=p.role,
                stand=p.stand if p.role is Role.EXHIBIT else StandKind.NONE, booths=p.booths, people=p.people,
                state=ApplicationState.WITHDRAWN, note=noted("", act), source=f"plan {programme.settings.id}",
                confidence=told_by(programme),
            )  # fmt: skip
    return {"applications": tuple(sorted(rows.values(), key=lambda a: (a.firm_id, a.phase_id, a.section_id)))}


def _decided(programme: Programme, firm_id: str, phases: Sequence[str], act: Act) -> dict[str, tuple[Decision, ...]]:
    """With a post and a document behind it: decisions that the firm must go are lifted; where it withdraws (and nobody is put in
    its place) one that it does not go is added."""
    if not act.is_decided:
        return {}
    lifted = {
        d.decision_id for d in programme.decisions if d.firm_id == firm_id and d.phase_id in phases and d.kind in PINS
    }
    kept = [d for d in programme.decisions if d.decision_id not in lifted]
    barred = {d.phase_id for d in kept if d.firm_id == firm_id and d.kind is DecisionKind.MUST_NOT}
    wanted = [q for q in phases if act.verb == "withdraw" and q not in barred]
    rows = [decision(programme, DecisionKind.MUST_NOT, firm_id, q, act) for q in wanted]
    return {"decisions": tuple(sorted([*kept, *rows], key=lambda d: d.decision_id))}


def decision(programme: Programme, kind: DecisionKind, firm_id: str, phase_id: str, act: Act) -> Decision:
    """A row of `decisions` for what was done; its id says what it is about."""
    return Decision(
        decision_id=f"{act.verb}/{firm_id}/{phase_id}", kind=kind, firm_id=firm_id, phase_id=phase_id, by=act.by, on=act.on,
        reason=act.reason, basis=act.basis, source=act.basis, confidence=told_by(programme),
    )  # fmt: skip


def _excluded(draft: Draft, firm_id: str, phases: Sequence[str]) -> tuple[Excluded, ...]:
    """What is left out and why, the firm's applications there as withdrawn."""
    programme, plan = draft
    zone_id = programme.firm[firm_id].zone_id
    own = [
        a
        for a in programme.applications
        if a.firm_id == firm_id and a.phase_id in phases and a.wish is not Wish.REFUSES
    ]
    rows = [
        Excluded(kind="application", rule="asked-for", firm_id=firm_id, zone_id=zone_id, phase_id=a.phase_id,
                 facts=(("application", a.application_id), ("reason", "withdrawn")))
        for a in own
    ]  # fmt: skip
    return in_order([*without_reasons(plan, [a.application_id for a in own]), *rows])
