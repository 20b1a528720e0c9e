"""The money of a plan as people ask for it: what each firm pays at each fair and gets back, and what each fund pays when.

Amounts in programme currency, whole fen; every sum here is the sum of the parts beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from fairplanner.domain.kinds import PARTICIPATION_LINES, CostLine
from fairplanner.domain.money import Fund, Rate
from fairplanner.domain.plan import Claim, Journey, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.awards import AtStake, at_stake
from fairplanner.rules.reckon.cash import outflows
from fairplanner.rules.reckon.dates import quarter
from fairplanner.rules.reckon.entitlement import COUNTED, Entitled, entitled, rate_of
from fairplanner.rules.reckon.fairness import Portion, portions
from fairplanner.rules.reckon.funds import available, quarters_of, spendable, whole
from fairplanner.rules.reckon.grants import Account, account
from fairplanner.rules.reckon.limits import cell_of_claim
from fairplanner.rules.reckon.money import from_fen, to_fen

LINES = (*PARTICIPATION_LINES, CostLine.FARE, CostLine.LODGING)
"""Lines of what a firm pays, in the order in which they print."""
PAYER = "payer"
"""Stands beside ids of limits where the payer itself takes something, as an `up-to` subsidy lets it."""
ZERO = Decimal("0.00")

Visit = tuple[str, str]
"""Firm and phase."""


@dataclass(frozen=True)
class ClaimSeen:
    """A claim with how it came about: rate 0 to 1, steps of the reckoning, and what took the rest (limits, rounding, payer).

    `booths` and `people` of what it is claimed on; `section_id`: None unless the firm claims the same again in another
    section of the phase.
    """

    claim: Claim
    rate: Decimal
    trace: tuple[tuple[str, Decimal], ...] = ()
    by: tuple[str, ...] = ()
    up_to: bool = False
    booths: int = 0
    people: int = 0
    section_id: str | None = None

    @property
    def counted(self) -> tuple[tuple[str, Decimal], ...]:
        """The steps before the rate: what of the base counts, with the base after each."""
        return tuple(x for x in self.trace if x[0] in COUNTED)

    @property
    def base(self) -> Decimal | None:
        """What the rate is taken of; None without a trace."""
        return next((amount for step, amount in reversed(self.trace) if step in ("base", *COUNTED)), None)

    @property
    def steps(self) -> tuple[tuple[str, Decimal], ...]:
        """The steps after the rate: the caps that bit, with the amount after each."""
        return tuple(x for x in self.trace if x[0] not in ("base", *COUNTED, "rate"))


@dataclass(frozen=True)
class Visited:
    """A firm at a phase: costs by line (its part of the journey included), what it is to be paid back, and how."""

    firm_id: str
    phase_id: str
    costs: Mapping[CostLine, Decimal]
    claims: tuple[ClaimSeen, ...] = ()

    @property
    def cost(self) -> Decimal:
        """All lines."""
        return total(self.costs.values())

    @property
    def entitled(self) -> Decimal:
        """What its subsidies give, each claim alone."""
        return total(c.claim.entitled for c in self.claims)

    @property
    def paid(self) -> Decimal:
        """What is expected to be paid of that."""
        return total(c.claim.amount for c in self.claims)

    @property
    def cut(self) -> Decimal:
        """What limits, rounding and payer take."""
        return self.entitled - self.paid

    @property
    def net(self) -> Decimal:
        """What stays with the firm."""
        return self.cost - self.paid


@dataclass(frozen=True)
class InQuarter:
    """A fund in a quarter: carried over, come in, planned to be paid, left at its end."""

    quarter: str
    carried: Decimal
    came_in: Decimal
    planned: Decimal

    @property
    def left(self) -> Decimal:
        """What goes over into the next quarter."""
        return self.carried + self.came_in - self.planned


@dataclass(frozen=True)
class FundSeen:
    """A fund: all of it in programme currency, what may be used (its reserve held back), the dated rate of a foreign one, and its
    quarters."""

    fund: Fund
    whole: Decimal
    spendable: Decimal
    quarters: tuple[InQuarter, ...]
    rate: Rate | None = None

    @property
    def planned(self) -> Decimal:
        """What the plan pays from it."""
        return total(q.planned for q in self.quarters)

    @property
    def left(self) -> Decimal:
        """What may be used and is not."""
        return self.spendable - self.planned


class MoneyView:
    """The money of one plan."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        self.programme, self.plan = programme, plan

    @cached_property
    def visits(self) -> tuple[Visited, ...]:
        """Every firm at every phase, by firm and first fair day."""
        costs, claims = self._costs(), defaultdict(list)
        for seen in self.claims:
            claims[seen.claim.firm_id, seen.claim.phase_id].append(seen)
        return tuple(
            Visited(*key, {x: costs[key].get(x, ZERO) for x in LINES}, tuple(claims[key]))
            for key in sorted(costs, key=lambda k: (k[0], str(self.programme.phase[k[1]].start), k[1]))
        )

    def of_firm(self, firm_id: str) -> tuple[Visited, ...]:
        """The visits of one firm."""
        return tuple(v for v in self.visits if v.firm_id == firm_id)

    @cached_property
    def claims(self) -> tuple[ClaimSeen, ...]:
        """Every claim with its trace, by firm, phase and id."""
        made = sorted(self.plan.claims, key=lambda c: (c.firm_id, c.phase_id, c.claim_id))
        return tuple(self._seen(c) for c in made)

    @cached_property
    def funds(self) -> tuple[FundSeen, ...]:
        """Every fund of the programme, in order of its table."""
        planned: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for flow in outflows(self.programme, self.plan):
            planned[flow.fund_id, flow.quarter] += flow.amount
        return tuple(self._fund(fund, planned) for fund in self.programme.funds)

    @cached_property
    def awards(self) -> tuple[AtStake, ...]:
        """Every award: the advance, the rest, and whether its target is met."""
        return at_stake(self.programme, self.plan)

    @cached_property
    def portions(self) -> tuple[Portion, ...]:
        """Who bears the loss, zone by zone; () where the programme sets no fairness."""
        fairness = self.programme.settings.fairness
        is_used = fairness.zone_points or fairness.firm_points
        return portions(self.programme, self.plan.participations) if is_used else ()

    @cached_property
    def by_quarter(self) -> tuple[tuple[str, Decimal], ...]:
        """What all funds pay, quarter by quarter."""
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        for flow in outflows(self.programme, self.plan):
            sums[flow.quarter] += flow.amount
        return tuple(sorted(sums.items()))

    @cached_property
    def _account(self) -> Account:
        known = [c for c in self.plan.claims if c.subsidy_id in self.programme.subsidy]
        return account(self.programme, known)

    @cached_property
    def _places(self) -> dict[str, Participation]:
        return {p.participation_id: p for p in self.plan.participations}

    @cached_property
    def _journeys(self) -> dict[str, Journey]:
        return {j.journey_id: j for j in self.plan.journeys}

    @cached_property
    def _given(self) -> dict[tuple[str, str, str], Decimal]:
        """What is paid of each cell, as the plan has it."""
        sums: defaultdict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
        for c in self.plan.claims:
            if c.subsidy_id in self.programme.subsidy:
                sums[cell_of_claim(self.programme, c)] += c.amount
        return sums

    def _seen(self, claim: Claim) -> ClaimSeen:
        subsidy = self.programme.subsidy.get(claim.subsidy_id)
        on = self._journeys.get(claim.journey_id) or self._places.get(claim.participation_id)
        if subsidy is None or on is None:
            return ClaimSeen(claim, ZERO)
        cell = cell_of_claim(self.programme, claim)
        paid = self._account.cells[cell]
        by = (*paid.by, *([PAYER] if self._given[cell] < paid.paid else [])) if claim.cut else ()
        rate = rate_of(self.programme, subsidy, claim.firm_id, claim.phase_id, claim.turn, claim.level)
        booths = on.booths if isinstance(on, Participation) else 0
        section = on.section_id if isinstance(on, Participation) and self._is_repeated(claim) else None
        return ClaimSeen(claim, rate, self._reckoned(claim, on).trace, by, paid.up_to, booths, on.people, section)

    def _is_repeated(self, claim: Claim) -> bool:
        return self._alike[claim.firm_id, claim.phase_id, claim.subsidy_id] > 1

    @cached_property
    def _alike(self) -> Counter[tuple[str, str, str]]:
        return Counter((c.firm_id, c.phase_id, c.subsidy_id) for c in self.plan.claims)

    def _reckoned(self, claim: Claim, on: Participation | Journey) -> Entitled:
        if isinstance(on, Journey):
            costs, booths, phases = {CostLine.FARE: on.fare, CostLine.LODGING: on.lodging}, 0, len(on.phases)
        else:
            costs, booths, phases = lines_of(on), on.booths, 1
        return entitled(
            self.programme, self.programme.subsidy[claim.subsidy_id], firm_id=claim.firm_id, phase_id=claim.phase_id,
            booths=booths, costs=costs, people=on.people, phases=phases, turn=claim.turn, level=claim.level,
        )  # fmt: skip

    def _costs(self) -> dict[Visit, dict[CostLine, Decimal]]:
        sums: defaultdict[Visit, defaultdict[CostLine, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for p in self.plan.participations:
            for line, amount in lines_of(p).items():
                sums[p.firm_id, p.phase_id][line] += amount
        for j in self.plan.journeys:
            for line, amount in ((CostLine.FARE, j.fare), (CostLine.LODGING, j.lodging)):
                for phase_id, part in zip(j.phases, evenly(amount, len(j.phases)), strict=True):
                    sums[j.firm_id, phase_id][line] += part
        return {key: dict(lines) for key, lines in sums.items()}

    def _fund(self, fund: Fund, planned: Mapping[tuple[str, str], Decimal]) -> FundSeen:
        rows: list[InQuarter] = []
        has = ZERO
        drawn = [q for f, q in planned if f == fund.fund_id]
        for q in sorted({*quarters_of(self.programme, fund), *drawn}):
            in_all = available(self.programme, fund, q) if q >= quarter(fund.period_from) else ZERO
            carried = rows[-1].left if rows else ZERO
            rows.append(InQuarter(q, carried, in_all - has, planned.get((fund.fund_id, q), ZERO)))
            has = in_all
        rate = next((r for r in self.programme.rates if r.currency == fund.currency), None)
        is_foreign = fund.currency != self.programme.settings.currency
        amounts = whole(self.programme, fund), spendable(self.programme, fund)
        return FundSeen(fund, *amounts, _used(rows), rate if is_foreign else None)


def _used(rows: list[InQuarter]) -> tuple[InQuarter, ...]:
    """The quarters in which something moves."""
    return tuple(q for q in rows if q.came_in or q.planned)


def lines_of(p: Participation) -> dict[CostLine, Decimal]:
    """What a participation costs, line by line."""
    return {CostLine.STAND: p.stand_cost} | {CostLine(line): amount for line, amount in p.other_cost}


def evenly(amount: Decimal, parts: int) -> tuple[Decimal, ...]:
    """An amount in so many parts of whole fen that add up to it; the first ones have the fen that are over."""
    each, over = divmod(to_fen(amount), parts)
    return tuple(from_fen(each + (n < over)) for n in range(parts))


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Sum of amounts."""
    return sum(amounts, ZERO)
