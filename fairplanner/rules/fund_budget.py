"""No fund pays more than it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import Entries, at_most, widths
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import DECIDED, Problem


@dataclass(frozen=True)
class FundBudget(Law):
    """What delegations and claims draw from a fund is at most its amount.

    Label fund. Unit of amount: fen (0.01 of programme currency).
    """

    key = "fund-budget"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Sum of the cashflows of a fund <= its amount."""
        funds = problem.programme.funds
        flows = problem.cashflows
        numbers = {fund.fund_id: number for number, fund in enumerate(funds)}
        flows = flows[flows["fund"].isin(list(numbers))]
        flows = flows.assign(to=flows["fund"].map(numbers))
        parts = {name: flows[flows["table"] == name] for name in DECIDED}
        entries: Entries = {
            name: [(part["to"], part["row"], part["amount"])] for name, part in parts.items() if len(part)
        }
        yield at_most([f.fund_id for f in funds], entries, [to_fen(f.amount) for f in funds], widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Adds up what the plan draws from each fund."""
        drawn: dict[str, Decimal] = defaultdict(Decimal)
        for d in plan.delegations:
            drawn[d.fund_id] += d.total
        for c in plan.claims:
            drawn[c.fund_id] += c.amount
        for fund in programme.funds:
            over = drawn[fund.fund_id] - fund.amount
            if over > 0:
                yield self.broken(
                    label(fund.fund_id), to_fen(over), over=over, drawn=drawn[fund.fund_id], holds=fund.amount
                )
