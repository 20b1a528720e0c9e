"""A fund pays only what it may pay, when and for whom it may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.kinds import CostLine, Nature
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.money import may_pay, paid_on


@dataclass(frozen=True)
class FundUse(Law):
    """Official travel is paid from a fund of that nature, claims from trade development; owner, period, line, scheme fit.

    A delegation is paid on the day it departs, a claim on the day its phase ends. Label delegation or claim.
    Unit of amount: cost lines that the fund may not pay. `pose` offers no other; so there are no rows.
    """

    key = "fund-use"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Tries each cost line of each delegation, and each claim."""
        for d in plan.delegations:
            lines = [CostLine(line) for line, amount in d.cost if amount > 0]
            wrong = [x for x in lines if not _fits(programme, d.fund_id, Nature.OFFICIAL_TRAVEL)
                     or not may_pay(programme, d.fund_id, d.sponsor, x, d.depart)]  # fmt: skip
            if wrong:
                yield self.broken(label(d.delegation_id), len(wrong), fund=d.fund_id or "-", lines=", ".join(wrong))
        for c in plan.claims:
            subsidy = programme.subsidy.get(c.subsidy_id)
            fits = (
                subsidy is not None
                and subsidy.fund_id == c.fund_id
                and _fits(programme, c.fund_id, Nature.TRADE_DEVELOPMENT)
            )
            zone = programme.firm[c.firm_id].zone_id
            if (
                not fits
                or subsidy is None
                or not may_pay(programme, c.fund_id, zone, CostLine.STAND, paid_on(programme, c.phase_id))
            ):
                yield self.broken(label(c.claim_id), 1, fund=c.fund_id or "-", lines=CostLine.STAND)


def _fits(programme: Programme, fund_id: str, nature: Nature) -> bool:
    return fund_id in programme.fund and programme.fund[fund_id].nature is nature
