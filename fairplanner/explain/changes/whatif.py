"""What if: a plan and the one that would be made under assumptions, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.compared import Compared, compared
from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Claim, Journey, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.explain.again import Base, again
from fairplanner.explain.assuming import assumed
from fairplanner.rules.reckon.funds import whole
from fairplanner.rules.reckon.value import cuts_value, gain
from fairplanner.solver import Solved

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Side:
    """One plan in sums: value and bound in thousandths of a point, amounts in programme currency.

    `short`: what is missing of all targets; `public`: what parties cost; `cost`: what firms pay, `back`: what they get back.
    """

    value: int
    bound: int | None
    delegations: int
    abroad: int
    firms: int
    places: int
    booths: int
    short: int
    public: Decimal
    cost: Decimal
    back: Decimal


@dataclass(frozen=True)
class FundPair:
    """A fund before and after: what it holds (None: there is no such fund), and what is planned to leave it."""

    fund_id: str
    holds: tuple[Decimal | None, Decimal | None]
    planned: tuple[Decimal, Decimal]


@dataclass(frozen=True)
class FirmPair:
    """A firm whose places or money differ: what the year is worth to it in thousandths of a point (places, less what they cost
    it, plus what is paid back), phases it gains and loses, phases at which its booths differ, and money."""

    firm_id: str
    zone_id: str
    points: tuple[int, int]
    gains: tuple[str, ...]
    loses: tuple[str, ...]
    booths: tuple[tuple[str, int, int], ...]
    cost: tuple[Decimal, Decimal]
    back: tuple[Decimal, Decimal]

    @property
    def is_better(self) -> bool:
        """Whether the year is worth more to it."""
        return self.points[1] > self.points[0]


@dataclass(frozen=True)
class ZonePair:
    """Places and what they are worth to the firms of a zone (thousandths of a point), before and after."""

    zone_id: str
    places: tuple[int, int]
    points: tuple[int, int]


@dataclass(frozen=True)
class TargetPair:
    """A target before and after: reached and wanted; None where there is none."""

    target_id: str
    reached: tuple[int | None, int | None]
    wanted: tuple[int | None, int | None]


@dataclass(frozen=True, eq=False)
class WhatIf:
    """Two plans side by side. `funds`, `firms`, `zones`, `targets`: only what differs, the most first.

    `least`, `most`: between which the values of the best plans differ, as far as is proven (thousandths of a point).
    """

    assumptions: tuple[Assumption, ...]
    programme: Programme
    solved: Solved
    before: Side
    after: Side
    funds: tuple[FundPair, ...]
    firms: tuple[FirmPair, ...]
    zones: tuple[ZonePair, ...]
    targets: tuple[TargetPair, ...]
    found: Compared
    least: int | None
    most: int | None

    @property
    def is_sure(self) -> bool:
        """Whether it is proven which of the two years is worth more."""
        return self.least is not None and self.most is not None and (self.least > 0 or self.most < 0)


def whatif(base: Base, assumptions: Sequence[Assumption], *, seconds: float = 30, gap: float | None = None) -> WhatIf:
    """Plan again under assumptions and set the result beside the base.

    Raises CatalogueError for an assumption that does not fit, NoPlan where nothing can keep every rule.
    """
    solved = again(base, assumptions, seconds=seconds, gap=gap, near=True)
    return beside(base, assumptions, assumed(base.programme, assumptions), solved)


def beside(base: Base, assumptions: Sequence[Assumption], programme: Programme, solved: Solved) -> WhatIf:
    """A plan made under assumptions, beside the base."""
    was, now = (base.programme, base.plan), (programme, solved.plan)
    before, after = side(*was), side(*now)
    firms = _firms(was, now)
    sure = before.bound is not None and after.bound is not None
    return WhatIf(
        assumptions=tuple(assumptions), programme=programme, solved=solved, before=before, after=after,
        funds=_funds(was, now), firms=firms, zones=_zones(was, now, firms), targets=_targets(was, now),
        found=compared(base.plan, solved.plan),
        least=after.value - (before.bound or 0) if sure else None, most=(after.bound or 0) - before.value if sure else None,
    )  # fmt: skip


def side(programme: Programme, plan: Plan) -> Side:
    """A plan in sums."""
    wanted = {t.target_id for t in programme.targets}
    return Side(
        value=plan.value, bound=plan.bound, delegations=len(plan.delegations),
        abroad=sum(d.regime is not Regime.HOME for d in plan.delegations),
        firms=len({p.firm_id for p in plan.participations}), places=len(plan.participations),
        booths=sum(p.booths for p in plan.participations),
        short=sum(t.short for t in plan.targets if t.target_id in wanted),
        public=_sum(d.total for d in plan.delegations),
        cost=_sum(p.cost for p in plan.participations) + _sum(j.fare + j.lodging for j in plan.journeys),
        back=_sum(c.amount for c in plan.claims),
    )  # fmt: skip


Year = tuple[Programme, Plan]


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOTHING)


def _funds(was: Year, now: Year) -> tuple[FundPair, ...]:
    planned = tuple(planned_of(plan) for _, plan in (was, now))
    pairs = []
    for fund_id in sorted({f.fund_id for programme, _ in (was, now) for f in programme.funds}):
        holds = tuple(whole(p, p.fund[fund_id]) if fund_id in p.fund else None for p, _ in (was, now))
        pairs.append(FundPair(fund_id, (holds[0], holds[1]), (planned[0][fund_id], planned[1][fund_id])))
    return tuple(x for x in pairs if x.holds[0] != x.holds[1] or x.planned[0] != x.planned[1])


def planned_of(plan: Plan) -> dict[str, Decimal]:
    """What is planned to leave each fund."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for d in plan.delegations:
        found[d.fund_id] += d.total
    for c in plan.claims:
        found[c.fund_id] += c.amount
    return found


@dataclass(frozen=True)
class _Own:
    """What a plan gives one firm."""

    points: int
    booths: dict[str, int]
    cost: Decimal
    back: Decimal


def _owns(programme: Programme, plan: Plan) -> dict[str, _Own]:
    parts: dict[str, list[Participation | Journey | Claim]] = defaultdict(list)
    whole: list[Participation | Journey | Claim] = [*plan.participations, *plan.journeys, *plan.claims]
    for part in whole:
        parts[part.firm_id].append(part)
    return {firm: _own(programme, own) for firm, own in parts.items()}


def _own(programme: Programme, parts: Sequence[Participation | Journey | Claim]) -> _Own:
    claims = [x for x in parts if isinstance(x, Claim)]
    booths: dict[str, int] = defaultdict(int)
    for x in parts:
        if isinstance(x, Participation):
            booths[x.phase_id] += x.booths
    cost = _sum(
        x.cost if isinstance(x, Participation) else x.fare + x.lodging for x in parts if not isinstance(x, Claim)
    )
    points = sum(gain(programme, x) for x in parts) - cuts_value(programme, claims)
    return _Own(points, booths, cost, _sum(c.amount for c in claims))


def _firms(was: Year, now: Year) -> tuple[FirmPair, ...]:
    before, after, none = _owns(*was), _owns(*now), _Own(0, {}, NOTHING, NOTHING)
    pairs = []
    for firm_id in sorted(before.keys() | after.keys()):
        a, b = before.get(firm_id, none), after.get(firm_id, none)
        if a != b:
            pairs.append(_pair(firm_id, (now[0] if firm_id in now[0].firm else was[0]).firm[firm_id].zone_id, a, b))
    return tuple(sorted(pairs, key=lambda x: (-abs(x.points[1] - x.points[0]), x.firm_id)))


def _pair(firm_id: str, zone_id: str, a: _Own, b: _Own) -> FirmPair:
    return FirmPair(
        firm_id=firm_id, zone_id=zone_id, points=(a.points, b.points),
        gains=tuple(sorted(b.booths.keys() - a.booths.keys())), loses=tuple(sorted(a.booths.keys() - b.booths.keys())),
        booths=tuple((q, a.booths[q], b.booths[q]) for q in sorted(a.booths.keys() & b.booths.keys())
                     if a.booths[q] != b.booths[q]),
        cost=(a.cost, b.cost), back=(a.back, b.back),
    )  # fmt: skip


def _zones(was: Year, now: Year, firms: Sequence[FirmPair]) -> tuple[ZonePair, ...]:
    """Zones of the firms that differ."""
    places = [_places(*year) for year in (was, now)]
    points: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for year, own in enumerate((_owns(*was), _owns(*now))):
        programme = (was, now)[year][0]
        for firm_id, x in own.items():
            points[programme.firm[firm_id].zone_id][year] += x.points
    touched = sorted({x.zone_id for x in firms})
    pairs = [ZonePair(z, (places[0][z], places[1][z]), (points[z][0], points[z][1])) for z in touched]
    return tuple(sorted(pairs, key=lambda x: (-abs(x.points[1] - x.points[0]), x.zone_id)))


def _places(programme: Programme, plan: Plan) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for p in plan.participations:
        found[programme.firm[p.firm_id].zone_id] += 1
    return found


def _targets(was: Year, now: Year) -> tuple[TargetPair, ...]:
    sides = [{t.target_id: t for t in plan.targets} for _, plan in (was, now)]
    pairs = []
    for target_id in sorted(sides[0].keys() | sides[1].keys()):
        a, b = (x.get(target_id) for x in sides)
        reached = (a.reached if a else None, b.reached if b else None)
        pairs.append(TargetPair(target_id, reached, (a.wanted if a else None, b.wanted if b else None)))
    return tuple(x for x in pairs if x.reached[0] != x.reached[1] or x.wanted[0] != x.wanted[1])
