"""Why a plan does not claim a subsidy at a visit: the firm is not eligible, something has no room for it, or it was weighed.

Reckoned claim by claim beside a finished plan: what is told of room is what the plan leaves, not what another plan would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from fairplanner.domain.kinds import CostLine, Nature
from fairplanner.domain.packs import Subsidy
from fairplanner.domain.plan import Claim, Journey, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.money.money_view import evenly, lines_of, total
from fairplanner.rules.claim_counts import ClaimCounts
from fairplanner.rules.claim_exclusion import ClaimExclusion
from fairplanner.rules.claim_groups import ClaimGroups
from fairplanner.rules.claim_shares import ClaimShares
from fairplanner.rules.claim_spread import ClaimSpread
from fairplanner.rules.contract import SEPARATOR, Rule
from fairplanner.rules.reckon.cash import outflows
from fairplanner.rules.reckon.coupled import turn_limits
from fairplanner.rules.reckon.dates import quarter
from fairplanner.rules.reckon.eligibility import Reason, could_fit, paid_day, refused
from fairplanner.rules.reckon.entitlement import Entitled, entitled
from fairplanner.rules.reckon.funds import available, comes_in_parts, quarters_of, spendable
from fairplanner.rules.reckon.grants import account
from fairplanner.rules.reckon.turns import stored_turn, turn_numbers

LINES = frozenset(line.value for line in CostLine)
ZERO = Decimal(0)
Visit = tuple[str, str]


@dataclass(frozen=True)
class Unclaimed:
    """A subsidy that is not claimed at a visit: `key` of `money.why`, its facts, and what could be claimed (programme
    currency, before limits; None where the firm is not eligible or nothing would be paid)."""

    firm_id: str
    phase_id: str
    subsidy_id: str
    key: str
    facts: tuple[tuple[str, str], ...] = ()
    could: Decimal | None = None


class Unpaid:
    """What one plan leaves unclaimed."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        self.programme, self.plan = programme, plan

    def of(self, firm_id: str, phase_id: str) -> tuple[Unclaimed, ...]:
        """One entry for each subsidy in force that could fit the visit and is not claimed there, in order of the subsidies."""
        claimed = {c.subsidy_id for c in self._claims.get(firm_id, ()) if c.phase_id == phase_id}
        open_ = (s for s in self.programme.subsidy.values() if s.subsidy_id not in claimed)
        return tuple(x for s in open_ for x in self._why(s, (firm_id, phase_id)))

    def _why(self, s: Subsidy, visit: Visit) -> Iterator[Unclaimed]:
        places = [p for p in self._places.get(visit, ()) if could_fit(self.programme, s, *visit, p.role)]
        reasons = [self._refused(s, p) for p in places]
        open_ = [p for p, reason in zip(places, reasons, strict=True) if reason is None]
        if open_:
            yield self._not_admitted(s, open_[0])
        elif reasons and reasons[0] is not None:
            key, facts = reasons[0]
            told = {"fund": s.fund_id} | facts
            yield Unclaimed(*visit, s.subsidy_id, _of_fund(facts) if key == "fund" else key, tuple(told.items()))

    def _refused(self, s: Subsidy, p: Participation) -> Reason | None:
        asked = self.programme.application.get(p.application_id)
        return refused(self.programme, s, p.firm_id, p.phase_id, role=p.role, stand=p.stand, application=asked)

    def _not_admitted(self, s: Subsidy, p: Participation) -> Unclaimed:
        on = self._journeys.get((p.firm_id, p.phase_id)) if s.on_journeys else p
        best, claim = self._best(s, p, on) if on else (None, None)
        visit = p.firm_id, p.phase_id
        if best is None or claim is None or not best.amount:
            spent = best is not None and best.trace[0][1] > 0
            return Unclaimed(*visit, s.subsidy_id, "below-least" if spent else "no-cost")
        key, facts = self._bar(s, claim)
        return Unclaimed(*visit, s.subsidy_id, key, facts, best.amount)

    def _best(self, s: Subsidy, p: Participation, on: Participation | Journey) -> tuple[Entitled, Claim]:
        """The claim at the turn that it would have beside the plan's, at the dearest level that is given there."""
        claimed = [c for c in self._claims.get(p.firm_id, ()) if c.subsidy_id == s.subsidy_id]
        numbers = turn_numbers(self.programme, s, p.firm_id, [*(c.phase_id for c in claimed), p.phase_id])
        turn, is_journey = stored_turn(s, numbers[p.phase_id]), isinstance(on, Journey)
        costs = {CostLine.FARE: on.fare, CostLine.LODGING: on.lodging} if isinstance(on, Journey) else lines_of(on)
        made = [
            (level, entitled(
                self.programme, s, firm_id=p.firm_id, phase_id=p.phase_id, booths=0 if is_journey else p.booths, costs=costs,
                people=on.people, phases=len(on.phases) if isinstance(on, Journey) else 1, turn=turn, level=level,
            ))
            for level in (range(1, len(s.menu) + 1) if s.menu else (0,))
        ]  # fmt: skip
        level, best = max(made, key=lambda x: x[1].amount)
        journey_id = on.journey_id if isinstance(on, Journey) else ""
        claim = Claim(
            claim_id=f"{journey_id}/{p.phase_id}${s.subsidy_id}" if is_journey else f"{p.participation_id}${s.subsidy_id}",
            subsidy_id=s.subsidy_id, participation_id="" if is_journey else p.participation_id, journey_id=journey_id,
            firm_id=p.firm_id, phase_id=p.phase_id, fund_id=s.fund_id, turn=turn, level=level, entitled=best.amount,
            amount=best.amount,
        )  # fmt: skip
        return best, claim

    def _bar(self, s: Subsidy, claim: Claim) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What has no room for one claim more, beside those of the plan; `value` where all have."""
        if coupled := self._coupled(claim):
            return coupled
        gain, by = self._gain(claim)
        room = self._room(claim)
        if room < gain:
            return "cost", (("left", str(room)),)
        left, until = self._left(s, claim.phase_id)
        if left < gain:
            facts = (("fund", s.fund_id), ("left", str(left)))
            return ("fund-until", (*facts, ("until", until))) if until else ("fund", facts)
        if gain < claim.entitled and by:
            return "limit", (("limit", by), ("left", str(gain)))
        return "value", ()

    def _coupled(self, claim: Claim) -> tuple[str, tuple[tuple[str, str], ...]] | None:
        """The rule over several claims that one claim more would break."""
        p, own = self.programme, self._own(claim.firm_id)
        concerned: tuple[tuple[Rule, tuple[Claim, ...], Iterable[tuple[str, ...]]], ...] = (
            (ClaimCounts(), own, (x.subsidies for x in turn_limits(p))),
            (ClaimExclusion(), own, ((*x.subsidies, *x.others) for x in p.exclusions)),
            (ClaimSpread(), own, (x.subsidies for x in p.market_spreads)),
            (ClaimGroups(), self.plan.claims, (x.subsidies for x in p.group_minimums)),
            (ClaimShares(), self.plan.claims, (x.subsidies for x in p.share_limits)),
        )
        for rule, claims, ids in concerned:
            if not any(claim.subsidy_id in several for several in ids):
                continue
            before, after = (
                {v.label for v in rule.check(self.programme, self.plan.model_copy(update={"claims": x}))}
                for x in (claims, (*claims, claim))
            )
            if fresh := sorted(after - before):
                return rule.key, (("limit", fresh[0].split(SEPARATOR)[0]),)
        return None

    def _gain(self, claim: Claim) -> tuple[Decimal, str]:
        """What would be paid more in all if it were claimed too, and the first limit that takes something."""
        own = [c for c in self._own(claim.firm_id) if c.subsidy_id in self.programme.subsidy]
        before, after = account(self.programme, own).cells, account(self.programme, [*own, claim]).cells
        gain = total(x.paid for x in after.values()) - total(x.paid for x in before.values())
        changed = (by for cell, x in after.items() for by in x.by if cell not in before or before[cell] != x)
        return max(ZERO, gain), next(changed, "")

    def _room(self, claim: Claim) -> Decimal:
        """What its participations, or its part of the journey, cost beyond what is paid on them."""
        visit = claim.firm_id, claim.phase_id
        if claim.journey_id:
            j = self._journeys[visit]
            cost = evenly(j.fare + j.lodging, len(j.phases))[0]
        else:
            cost = total(p.cost for p in self._places[visit])
        there = [c for c in self._claims.get(claim.firm_id, ()) if c.phase_id == claim.phase_id]
        return cost - total(c.amount for c in there if bool(c.journey_id) == bool(claim.journey_id))

    def _left(self, s: Subsidy, phase_id: str) -> tuple[Decimal, str]:
        """What the fund has left for a payment in that quarter, so that no later one is short of what the plan pays then; and
        the quarter that is shortest where its money comes in instalments."""
        fund, when = self.programme.fund[s.fund_id], quarter(paid_day(self.programme, s, phase_id))
        drawn = self._drawn[fund.fund_id]
        left = spendable(self.programme, fund) - total(drawn.values())
        if not comes_in_parts(self.programme, fund.fund_id):
            return left, ""
        later = [q for q in sorted({*quarters_of(self.programme, fund), *drawn, when}) if q >= when]
        until = {q: available(self.programme, fund, q) - total(a for d, a in drawn.items() if d <= q) for q in later}
        shortest = min(later, key=lambda q: until[q])
        return (max(ZERO, until[shortest]), shortest) if until[shortest] < left else (left, "")

    def _own(self, firm_id: str) -> tuple[Claim, ...]:
        """The claims of a firm and of those it is connected with."""
        group = self.programme.firm[firm_id].group
        firms = self.programme.by_firm.group.get(group, (firm_id,)) if group else (firm_id,)
        return tuple(c for f in sorted({*firms, firm_id}) for c in self._claims.get(f, ()))

    @cached_property
    def _claims(self) -> dict[str, list[Claim]]:
        found: defaultdict[str, list[Claim]] = defaultdict(list)
        for c in self.plan.claims:
            found[c.firm_id].append(c)
        return dict(found)

    @cached_property
    def _places(self) -> dict[Visit, list[Participation]]:
        found: defaultdict[Visit, list[Participation]] = defaultdict(list)
        for p in self.plan.participations:
            found[p.firm_id, p.phase_id].append(p)
        return dict(found)

    @cached_property
    def _journeys(self) -> dict[Visit, Journey]:
        return {(j.firm_id, q): j for j in self.plan.journeys for q in j.phases}

    @cached_property
    def _drawn(self) -> defaultdict[str, defaultdict[str, Decimal]]:
        drawn: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for flow in outflows(self.programme, self.plan):
            drawn[flow.fund_id][flow.quarter] += flow.amount
        return drawn


def _of_fund(facts: dict[str, str]) -> str:
    """Which of the things a fund asks stands in the way."""
    if facts["limit"] == Nature.TRADE_DEVELOPMENT.value:
        return "fund-nature"
    if facts["value"] in LINES:
        return "fund-lines"
    return "fund-period" if "/" in facts["limit"] else "fund-scheme"
