"""Why a firm, a zone or a delegation is in a plan or is not: facts at once, and what would change it by planning again."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.domain.kinds import DecisionKind
from fairplanner.domain.plan import Delegation, Excluded
from fairplanner.explain.again import Base
from fairplanner.explain.reasons.answers import Cost, Party, WhyDelegation, WhyFirm, WhyZone
from fairplanner.explain.reasons.standing import asked_of, is_placed, places_of
from fairplanner.rules.reckon.asking import standing
from fairplanner.rules.reckon.kept import least_firms
from fairplanner.rules.reckon.value import gain

OF_PARTY = ("delegation", "trip")


def why(base: Base, firm_id: str, phase_id: str) -> WhyFirm:
    """What the firm's applications at the phase came to, and why; KeyError for ids that the programme does not have."""
    programme, plan = base.programme, base.plan
    firm, phase = programme.firm[firm_id], programme.phase[phase_id]
    journey = next((j for j in plan.journeys if j.firm_id == firm_id and phase_id in j.phases), None)
    return WhyFirm(
        firm_id=firm.firm_id, phase_id=phase.phase_id, is_in=is_placed(plan, firm_id, phase_id),
        asked=asked_of(base, firm_id, phase_id), journey=journey.phases if journey else (), value=plan.value, bound=plan.bound,
        decisions=tuple(d.decision_id for d in programme.decisions if (d.firm_id, d.phase_id) == (firm_id, phase_id)),
    )  # fmt: skip


def why_zone(base: Base, zone_id: str, phase_id: str) -> WhyZone:
    """Whether a delegation of the zone goes to the phase, who of its own firms goes there and with whom, and why the others
    do not; KeyError for ids that the programme does not have."""
    programme, plan = base.programme, base.plan
    zone, phase = programme.zone[zone_id].zone_id, programme.phase[phase_id].phase_id
    parties = tuple(
        party_of(base, d) for d in plan.delegations if d.sponsor == zone and phase in {s.phase_id for s in d.stops}
    )
    own = [p for p in plan.participations if p.phase_id == phase and _is_of(base, p.firm_id, zone)]
    out = [
        e for e in plan.excluded if e.phase_id == phase and e.kind == "application" and _is_of(base, e.firm_id, zone)
    ]
    return WhyZone(
        zone_id=zone, phase_id=phase, is_in=bool(parties), parties=parties, placed=places_of(programme, plan, own),
        carried_by=tuple(sorted({p.sponsor for p in own})), unplaced=tuple(out), reasons=_against(base, zone, phase),
        least=least_firms(programme, zone, phase), most=programme.most_firms(phase),
        could=len({a.firm_id for a in standing(programme) if a.phase_id == phase and _is_of(base, a.firm_id, zone)}),
        value=plan.value, bound=plan.bound,
        decisions=tuple(dict.fromkeys(
            x for d in plan.delegations if d.sponsor == zone and phase in {s.phase_id for s in d.stops} for x in decided(base, d)
        )),
    )  # fmt: skip


def why_delegation(base: Base, delegation_id: str) -> WhyDelegation:
    """What a delegation of the plan brings and costs; KeyError where the plan has none of that id, with or without its days."""
    programme, plan = base.programme, base.plan
    known = {d.party_id: d for d in plan.delegations} | {d.delegation_id: d for d in plan.delegations}
    found = known[delegation_id]
    sizes = [least_firms(programme, found.sponsor, s.phase_id) for s in found.stops]
    most = [m for s in found.stops if (m := programme.most_firms(s.phase_id)) is not None]
    return WhyDelegation(
        party_of(base, found),
        max(sizes, default=0),
        min(most, default=None),
        plan.value,
        plan.bound,
        decided(base, found),
    )


def decided(base: Base, d: Delegation) -> tuple[str, ...]:
    """Ids of decisions that want the delegation, or one of its firms, at one of its phases."""
    phases = {s.phase_id for s in d.stops}
    firms = {p.firm_id for p in base.plan.participations if p.sponsor == d.sponsor and p.phase_id in phases}
    return tuple(
        x.decision_id
        for x in base.programme.decisions
        if x.kind is not DecisionKind.MUST_NOT
        and x.phase_id in phases
        and (x.zone_id == d.sponsor or x.firm_id in firms)
    )


def party_of(base: Base, d: Delegation) -> Party:
    """A delegation with its firms; `gained`: what their places, journeys and subsidies add by themselves, `spent`: what the party
    takes away, thousandths of a point."""
    programme, plan = base.programme, base.plan
    phases = tuple(s.phase_id for s in d.stops)
    firms = [p for p in plan.participations if p.sponsor == d.sponsor and p.phase_id in phases]
    there = {(p.firm_id, p.phase_id) for p in firms}
    gained = sum(gain(programme, p) for p in firms)
    gained += sum(gain(programme, c) for c in plan.claims if (c.firm_id, c.phase_id) in there)
    gained += sum(gain(programme, j) for j in plan.journeys if any((j.firm_id, q) in there for q in j.phases))
    return Party(
        delegation_id=d.delegation_id, sponsor=d.sponsor, phases=phases, depart=d.depart, back=d.return_,
        officials=d.officials, fund_id=d.fund_id, cost=tuple(Cost(line, amount) for line, amount in d.cost if amount),
        firms=places_of(programme, plan, firms), gained=gained, spent=-gain(programme, d),
    )  # fmt: skip


def _is_of(base: Base, firm_id: str, zone_id: str) -> bool:
    firm = base.programme.firm.get(firm_id)
    return firm is not None and base.programme.is_within(firm.zone_id, zone_id)


def _against(base: Base, zone_id: str, phase_id: str) -> tuple[Excluded, ...]:
    """What kept a delegation of the zone from going there at all, each reason once; the phase's own reasons first."""
    there = [e for e in base.plan.excluded if e.phase_id == phase_id]
    phase = [e for e in there if e.kind == "phase"]
    party = [e for e in there if e.kind in OF_PARTY and e.zone_id in ("", zone_id)]
    hosting = [e for e in there if e.rule == "hosting" and _is_of(base, e.firm_id, zone_id)]
    first: dict[tuple[str, str], Excluded] = {}
    for e in (*phase, *party, *hosting):
        first.setdefault((e.rule, dict(e.facts).get("because", "")), e)
    return tuple(first.values())


def spent_by(party: Party) -> Decimal:
    """Public money of a party, all lines."""
    return sum((c.amount for c in party.cost), Decimal(0))
