"""Tables of people and money that paper shares: one delegation's party, and what each fund pays, to whom and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.kinds import Counts, Role
from fairplanner.domain.plan import Claim, Delegation, Journey, Participation, Plan
from fairplanner.domain.planning import Target
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.cash import outflows

ZERO = Decimal(0)


@dataclass(frozen=True)
class Party:
    """One delegation with everyone in it: places in the order of its stops, then section and firm."""

    delegation: Delegation
    participations: tuple[Participation, ...]
    journeys: tuple[Journey, ...]
    claims: tuple[Claim, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        """What its firms do, in the order of the closed list."""
        return tuple(role for role in Role if any(p.role is role for p in self.participations))

    @property
    def exhibitors(self) -> tuple[Participation, ...]:
        """Places of those who exhibit."""
        return tuple(p for p in self.participations if p.role is Role.EXHIBIT)

    @property
    def guests(self) -> tuple[Participation, ...]:
        """Places of those who buy, visit or negotiate."""
        return tuple(p for p in self.participations if p.role is not Role.EXHIBIT)

    @property
    def booths(self) -> int:
        """How many booths of 9 m², all kinds."""
        return sum(p.booths for p in self.participations)

    @property
    def phase_ids(self) -> tuple[str, ...]:
        """Its phases in order."""
        return tuple(stop.phase_id for stop in self.delegation.stops)

    def at(self, phase_id: str) -> tuple[Participation, ...]:
        """Its places at one phase."""
        return tuple(p for p in self.participations if p.phase_id == phase_id)


def parties(plan: Plan) -> tuple[Party, ...]:
    """Every delegation with its people, in the plan's order."""
    places: defaultdict[tuple[str, str], list[Participation]] = defaultdict(list)
    for p in plan.participations:
        places[p.sponsor, p.phase_id].append(p)
    journeys: defaultdict[str, list[Journey]] = defaultdict(list)
    for j in plan.journeys:
        journeys[j.firm_id].append(j)
    claims: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for c in plan.claims:
        claims[c.firm_id, c.phase_id].append(c)
    return tuple(_party(d, places, journeys, claims) for d in plan.delegations)


def _party(
    d: Delegation,
    places: dict[tuple[str, str], list[Participation]],
    journeys: dict[str, list[Journey]],
    claims: dict[tuple[str, str], list[Claim]],
) -> Party:
    own: list[Participation] = []
    for stop in d.stops:
        own += sorted(
            places.get((d.sponsor, stop.phase_id), ()), key=lambda p: (p.section_id, p.firm_id, p.participation_id)
        )
    attended = {(p.firm_id, p.phase_id) for p in own}
    firms = sorted({p.firm_id for p in own})
    travelled = [j for f in firms for j in journeys.get(f, ()) if any((f, q) in attended for q in j.phases)]
    paid = sorted((c for x in attended for c in claims.get(x, ())), key=lambda c: (c.firm_id, c.phase_id, c.claim_id))
    return Party(d, tuple(own), tuple(sorted(travelled, key=lambda j: (j.firm_id, j.depart))), tuple(paid))


def firms_of(places: Iterable[Participation]) -> int:
    """How many firms hold these places."""
    return len({p.firm_id for p in places})


@dataclass(frozen=True, order=True)
class Flow:
    """What leaves a fund: for a zone, in a calendar quarter, on a cost line; currency of the programme."""

    fund_id: str
    zone_id: str
    quarter: str
    line: str
    amount: Decimal


def flows(programme: Programme, plan: Plan) -> tuple[Flow, ...]:
    """Everything that funds pay: official parties in the quarter they depart, claims in the quarter in which they are paid.

    A claim counts for the zone of its firm, a party's cost for its sponsor.
    """
    sums: defaultdict[tuple[str, str, str, str], Decimal] = defaultdict(lambda: ZERO)
    for x in outflows(programme, plan):
        if x.amount:
            sums[x.fund_id, x.zone_id, x.quarter, x.line] += x.amount
    return tuple(Flow(*key, amount) for key, amount in sorted(sums.items()))


def spent(rows: Iterable[Flow]) -> dict[str, Decimal]:
    """Sum by fund."""
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        sums[row.fund_id] += row.amount
    return dict(sums)


def touches(programme: Programme, target: Target, party: Party) -> bool:
    """Whether what this delegation does can count towards a target."""
    if target.counts is Counts.BOOTHS and not party.booths:
        return False
    zones = {programme.firm[p.firm_id].zone_id for p in party.participations} | {party.delegation.sponsor}
    if not any(programme.is_within(zone, target.zone_id) for zone in zones):
        return False
    return any(_counts_phase(programme, target, q) for q in party.phase_ids)


def _counts_phase(programme: Programme, target: Target, phase_id: str) -> bool:
    fair = programme.fair[programme.phase[phase_id].fair_id]
    if target.fair_id and target.fair_id != fair.fair_id:
        return False
    if target.market_class and target.market_class != programme.market_class(phase_id):
        return False
    if target.counts == "promotion-trips" and not fair.promotes:
        return False
    return not (target.abroad_only and programme.regime(phase_id) == "home")


def total(amounts: Sequence[Decimal]) -> Decimal:
    """Sum of amounts."""
    return sum(amounts, ZERO)
