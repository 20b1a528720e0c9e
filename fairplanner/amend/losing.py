"""What is or may be lost by a change: stands, other costs, journeys, subsidies, deposits. What nobody knows stays unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from fairplanner.amend.draft import Draft
from fairplanner.domain.amending import Amendment, Loss, facts
from fairplanner.domain.plan import Participation, Plan
from fairplanner.rules.reckon.fairness import is_used
from fairplanner.rules.reckon.money import stand_price


def losses(before: Draft, after: Draft, amendment: Amendment, firms: Sequence[str]) -> Iterator[Loss]:
    """Stands of those who leave, then what changes for them in journeys and subsidies, then the zones' deposits."""
    for p in amendment.out:
        yield from _of_place(before, p)
    for f in firms:
        if any(p.firm_id == f for p in (*amendment.out, *(old for old, _ in amendment.differ))):
            yield from _of_firm(before.plan, after.plan, f)
    yield from _deposits(before, after, amendment)


def _of_place(before: Draft, p: Participation) -> Iterator[Loss]:
    """The stand, with whether it is known to be paid; other lines. Whether anything is given back no table says."""
    application = before.programme.application.get(p.application_id)
    paid = "paid" if application is not None and application.state.is_committed else "unpaid-unknown"
    if p.booths:
        known = stand_price(before.programme, p.phase_id, p.stand) is not None
        said = facts(application=p.application_id, booths=p.booths, paid=paid)
        yield Loss("stand", p.stand_cost if known else None, said)
    other = sum((amount for _, amount in p.other_cost), Decimal(0))
    if other:
        yield Loss("other", other, facts(application=p.application_id, paid=paid))


def _of_firm(before: Plan, after: Plan, firm_id: str) -> Iterator[Loss]:
    travel = _travel(before, firm_id) - _travel(after, firm_id)
    if travel > 0:
        yield Loss("travel", travel, facts(firm=firm_id))
    claims = claimed(before, firm_id) - claimed(after, firm_id)
    if claims > 0:
        yield Loss("claims", claims, facts(firm=firm_id))


def _travel(plan: Plan, firm_id: str) -> Decimal:
    return sum((j.fare + j.lodging for j in plan.journeys if j.firm_id == firm_id), Decimal(0))


def claimed(plan: Plan, firm_id: str) -> Decimal:
    """What a firm is expected to be paid back in the year."""
    return sum((c.amount for c in plan.claims if c.firm_id == firm_id), Decimal(0))


def _deposits(before: Draft, after: Draft, amendment: Amendment) -> Iterator[Loss]:
    """Deposits of zones above those who leave: kept while anybody of the zone goes; else back up to a day, or lost."""
    programme, on = before.programme, amendment.act.on
    for d in programme.deposits:
        touched = any(
            p.phase_id == d.phase_id and programme.is_within(programme.firm[p.firm_id].zone_id, d.zone_id)
            for p in amendment.out
        )
        if not touched:
            continue
        back = d.refund_until is not None and on <= d.refund_until
        what = (
            "deposit-kept"
            if is_used(programme, d, after.plan.participations)
            else "deposit-back"
            if back
            else "deposit-lost"
        )
        yield Loss(what, d.amount, facts(phase=d.phase_id, zone=d.zone_id, until=d.refund_until or ""))
