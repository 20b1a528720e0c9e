"""Which changes are worth trying for a delegation: fewer or more firms to it, money of the fund that pays, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.kinds import DecisionKind, Nature
from fairplanner.explain.again import Base
from fairplanner.explain.dials import Change, Switch, fund, least_firms
from fairplanner.explain.reasons.answers import Party, WhyZone
from fairplanner.explain.reasons.cell_levers import of_limits
from fairplanner.explain.reasons.no_room import of_parties
from fairplanner.rules.reckon.cash import outflows
from fairplanner.rules.reckon.funds import spendable, whole
from fairplanner.solver.taken import Taken


def zone_levers(base: Base, answer: WhyZone) -> tuple[Change, ...]:
    """What could send a delegation of the zone to the phase, or keep it at home."""
    if answer.is_in:
        return tuple(c for party in answer.parties for c in party_levers(base, party, answer.decisions))
    against = of_parties(base, (answer.zone_id,), answer.phase_id)
    limits = tuple(of_limits(base.programme, against)) if len(against) == 1 else ()
    return limits or (
        *_dropped(base, answer.zone_id, answer.phase_id, DecisionKind.MUST_NOT),
        *least_firms(
            base.programme, answer.zone_id, answer.phase_id, answer.least, (answer.least - answer.could,), up=False
        ),
        *_more_money(base, answer.zone_id),
    )


def party_levers(base: Base, party: Party, decisions: Sequence[str] = ()) -> tuple[Change, ...]:
    """What could keep a delegation at home: decisions dropped that send it or a firm with it; else a larger least number, less
    money."""
    dropped = tuple(Switch("decision", (Assumption("decisions", d, "", "-"),)) for d in decisions)
    return dropped or (*_larger(base, party), *_less_money(base, party))


def _dropped(base: Base, zone_id: str, phase_id: str, *kinds: DecisionKind) -> Iterator[Change]:
    for d in base.programme.decisions:
        if d.kind in kinds and (d.zone_id, d.phase_id) == (zone_id, phase_id):
            yield Switch("decision", (Assumption("decisions", d.decision_id, "", "-"),))


def _larger(base: Base, party: Party) -> Iterator[Change]:
    taken = Taken(base.programme, base.plan)
    for phase_id in party.phases:
        least, firms = base.programme.least_firms(phase_id), taken.firms.get((party.sponsor, phase_id), 0)
        if least:
            most = firms + 1 - least
            yield from least_firms(base.programme, party.sponsor, phase_id, most + 10, (most,), up=True)


def _less_money(base: Base, party: Party) -> Iterator[Change]:
    """The fund that pays the party, down to what no longer covers all that it pays."""
    found = base.programme.fund.get(party.fund_id)
    if found is None:
        return
    drawn = sum((f.amount for f in outflows(base.programme, base.plan) if f.fund_id == party.fund_id), Decimal(0))
    left = spendable(base.programme, found) - drawn
    rate = whole(base.programme, found) / found.amount if found.amount else Decimal(1)
    marks = (left / rate + 100, (left + sum((c.amount for c in party.cost), Decimal(0))) / rate)
    yield from fund(found, marks, found.amount, "fund", up=False)


def _more_money(base: Base, zone_id: str) -> Iterator[Change]:
    """Funds for official travel that the zone, or one above it, can draw on."""
    for found in base.programme.funds:
        above = found.zone_id in base.programme.zones_above(zone_id)
        if found.nature is Nature.OFFICIAL_TRAVEL and above:
            yield from fund(found, (), max(found.amount, Decimal(200_000)), "fund", up=True)
