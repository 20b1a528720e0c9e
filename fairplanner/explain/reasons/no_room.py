"""Limits that leave no room for a delegation: what keeps every one at home that a zone could send to a phase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fairplanner.domain.kinds import DecisionKind
from fairplanner.domain.plan import Delegation
from fairplanner.errors import Blame
from fairplanner.explain.again import Base
from fairplanner.explain.reasons.answers import Obstacle
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.away import closed_to_party, fits, permits
from fairplanner.rules.reckon.cash import outflows
from fairplanner.rules.reckon.dates import quarter
from fairplanner.rules.reckon.funds import available, comes_in_parts, quarters_of, spendable
from fairplanner.rules.reckon.money import from_fen, to_fen
from fairplanner.rules.reckon.staff import pool, size, skills_needed
from fairplanner.rules.views import hosted


@dataclass(frozen=True)
class _Party:
    """A delegation that could be sent."""

    delegation_id: str
    sponsor: str
    phases: tuple[str, ...]
    depart: date
    back: date
    officials: int
    pools: tuple[str, ...]
    fund: str
    cost: Decimal


def of_parties(base: Base, zones: Sequence[str], phase_id: str) -> tuple[Obstacle, ...]:
    """What keeps each delegation of these zones to a phase at home: of the one with the fewest obstacles, the cheapest first; ()
    where one could go, or none could be posed."""
    found = [(tuple(_against(base, party)), party) for party in _parties(base, zones, phase_id)]
    if not found or any(not obstacles for obstacles, _ in found):
        return ()
    return min(found, key=lambda one: (len(one[0]), one[1].cost, one[1].delegation_id))[0]


def _parties(base: Base, zones: Sequence[str], phase_id: str) -> Iterator[_Party]:
    problem = base.problem
    stops = hosted(problem)
    mine = stops[(stops["phase"] == phase_id) & stops["sponsor"].isin(list(zones))]["column"].unique().tolist()
    for column in mine:
        row: Any = problem.delegations.iloc[column]
        trip: Any = problem.trips.iloc[int(row["trip"])]
        route = problem.stops[problem.stops["trip"] == row["trip"]].sort_values("order")["phase"]
        pools = tuple(str(row[name]) for name in ("leader_pool", "interpreter_pool") if row[name])
        days = date.fromordinal(int(trip["depart"])), date.fromordinal(int(trip["return"]))
        yield _Party(
            str(row["delegation"]), str(row["sponsor"]), tuple(route), *days, int(row["officials"]), pools,
            str(row["fund"]), from_fen(int(row["cost"])),
        )  # fmt: skip


def _against(base: Base, party: _Party) -> Iterator[Obstacle]:
    programme = base.programme
    for d in programme.decisions:
        if d.kind is DecisionKind.MUST_NOT and d.zone_id == party.sponsor and d.phase_id in party.phases:
            yield Obstacle(Blame("decisions", label(d.decision_id), 1))
    closed, _ = closed_to_party(programme, party.sponsor, party.depart, party.back) if party.officials else (0, None)
    if closed:
        yield Obstacle(Blame("blackouts", label(party.delegation_id), closed))
    for permit in permits(programme) if party.officials else ():
        met = permit.zone_id == party.sponsor and set(permit.phases) & set(party.phases)
        if met and not fits(permit, party.phases, party.depart, party.back, party.officials):
            yield Obstacle(Blame("approvals", label(permit.approval_id), 1))
    for name in party.pools:
        out = _most_out(base, name, party)
        if out + 1 > size(programme, name):
            yield Obstacle(Blame("staff", label(name), out + 1 - size(programme, name)))
    yield from _money(base, party)


def _most_out(base: Base, name: str, party: _Party) -> int:
    """Most delegations of the plan that draw on a pool on one day of the party's, but for those whose stops it would take over."""
    met = [
        d for d in base.plan.delegations
        if d.depart <= party.back and party.depart <= d.return_ and _draws(base, d, name)
        and not (d.sponsor == party.sponsor and {s.phase_id for s in d.stops} & set(party.phases))
    ]  # fmt: skip
    span = [party.depart + timedelta(n) for n in range((party.back - party.depart).days + 1)]
    return max((sum(d.depart <= day <= d.return_ for d in met) for day in span), default=0)


def _draws(base: Base, d: Delegation, name: str) -> bool:
    return any(pool(base.programme, d.sponsor, skill) == name for skill in skills_needed(base.programme, d))


def _money(base: Base, party: _Party) -> Iterator[Obstacle]:
    """The fund, or a quarter of it, that has too little left."""
    programme, fund = base.programme, base.programme.fund.get(party.fund)
    if fund is None or not party.cost:
        return
    flows = [x for x in outflows(programme, base.plan) if x.fund_id == fund.fund_id]
    left = {"": spendable(programme, fund) - sum((x.amount for x in flows), Decimal(0))}
    if comes_in_parts(programme, fund.fund_id):
        for q in quarters_of(programme, fund):
            if q >= quarter(party.depart):
                drawn = sum((x.amount for x in flows if x.quarter <= q), Decimal(0))
                left[q] = available(programme, fund, q) - drawn
    short = {q: party.cost - rest for q, rest in left.items() if rest < party.cost}
    if not short:
        return
    worst = min(short, key=lambda q: (-short[q], q != "", q))
    name = label(fund.fund_id, worst) if worst else label(fund.fund_id)
    yield Obstacle(Blame("fund-budget", name, to_fen(short[worst])))
