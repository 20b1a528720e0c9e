"""A fund pays only what it may pay, when and for whom it may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fairplanner.domain.kinds import CostLine, Nature
from fairplanner.domain.plan import Claim, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.eligibility import paid_day
from fairplanner.rules.reckon.money import may_pay
from fairplanner.rules.reckon.uses import membership_of, pays


@dataclass(frozen=True)
class FundUse(Law):
    """Official travel is paid from a fund of that nature, claims from trade development; owner, period, lines, scheme fit.

    A delegation is paid on the day it departs, a claim on its day of payment. Where a rule pack of the fund's programme
    lists its uses, lines it does not name are refused with the quote. Label delegation or claim. Unit of amount: cost lines
    that the fund may not pay. `pose` offers no other; so there are no rows.
    """

    key = "fund-use"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Tries each cost line of each delegation, and each claim."""
        for d in plan.delegations:
            lines = [CostLine(line) for line, amount in d.cost if amount > 0]
            wrong = _wrong(programme, d.fund_id, Nature.OFFICIAL_TRAVEL, d.sponsor, lines, d.depart)
            if wrong:
                yield self._refused(programme, d.delegation_id, d.fund_id, wrong)
        for c in plan.claims:
            wrong = _wrong_claim(programme, c)
            if wrong:
                yield self._refused(programme, c.claim_id, c.fund_id, wrong)

    def _refused(self, programme: Programme, name: str, fund_id: str, wrong: Sequence[CostLine]) -> Violation:
        facts = {"fund": fund_id or "-", "lines": ", ".join(wrong), "quote": _quote(programme, fund_id, wrong)}
        return self.broken(label(name), len(wrong), **facts)


def _wrong(
    programme: Programme, fund_id: str, nature: Nature, zone_id: str, lines: Sequence[CostLine], day: date
) -> list[CostLine]:
    fits = fund_id in programme.fund and programme.fund[fund_id].nature is nature
    return [x for x in lines if not fits or not may_pay(programme, fund_id, zone_id, x, day)]


def _wrong_claim(programme: Programme, c: Claim) -> list[CostLine]:
    subsidy = programme.subsidy.get(c.subsidy_id)
    if subsidy is None or subsidy.fund_id != c.fund_id:
        return [CostLine.STAND if subsidy is None else subsidy.lines[0]]
    day, zone = paid_day(programme, subsidy, c.phase_id), programme.firm[c.firm_id].zone_id
    return _wrong(programme, c.fund_id, Nature.TRADE_DEVELOPMENT, zone, subsidy.lines, day)


def _quote(programme: Programme, fund_id: str, wrong: Sequence[CostLine]) -> str:
    """The words of the funding programme's own list, where that is what stands in the way; else the fund's quote, if any."""
    fund = programme.fund.get(fund_id)
    if fund is None:
        return ""
    rules = membership_of(programme, fund)
    unnamed = any(line in fund.pays and not pays(programme, fund, line) for line in wrong)
    return rules.quote if rules is not None and unnamed else fund.quote
