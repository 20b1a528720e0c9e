"""No fund pays more than it holds, nor before its money has come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from fairplanner.domain.money import Fund
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Rows, label
from fairplanner.rules.helpers import Entries, at_most, widths
from fairplanner.rules.reckon.cash import outflows
from fairplanner.rules.reckon.funds import available, comes_in_parts, quarters_of, spendable
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import DECIDED, Problem

EVER = "9999Q4"
"""A quarter after all others."""


@dataclass(frozen=True)
class FundBudget(Law):
    """What delegations and claims draw from a fund is at most its amount less the reserve; where the money comes in
    instalments, what is drawn up to the end of each quarter is at most what has come in by then (carry-over).

    Labels fund, fund · quarter. Unit of amount: fen (0.01 of programme currency).
    """

    key = "fund-budget"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Sum of the cashflows of a fund <= what it may spend; up to each quarter <= what has come in."""
        programme, sizes = problem.programme, widths(problem)
        funds = programme.funds
        whole = pd.DataFrame({"fund": [f.fund_id for f in funds], "until": EVER}, dtype=object)
        yield _limits(problem, whole, [f.fund_id for f in funds], [spendable(programme, f) for f in funds], sizes)
        parts = _parts(programme)
        ends = pd.DataFrame([(f.fund_id, q) for f, q in parts], columns=["fund", "until"], dtype=object)
        names = [label(f.fund_id, q) for f, q in parts]
        yield _limits(problem, ends, names, [available(programme, f, q) for f, q in parts], sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Adds up what the plan draws from each fund, in all and up to each quarter."""
        drawn: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for flow in outflows(programme, plan):
            drawn[flow.fund_id][flow.quarter] += flow.amount
        for fund in programme.funds:
            total = sum(drawn[fund.fund_id].values(), Decimal(0))
            yield from self._over(label(fund.fund_id), total, spendable(programme, fund))
        for fund, until in _parts(programme):
            used = sum((a for q, a in drawn[fund.fund_id].items() if q <= until), Decimal(0))
            yield from self._over(label(fund.fund_id, until), used, available(programme, fund, until))

    def _over(self, name: str, drawn: Decimal, holds: Decimal) -> Iterator[Violation]:
        over = drawn - holds
        if over > 0:
            yield self.broken(name, to_fen(over), over=over, drawn=drawn, holds=holds)


def _parts(programme: Programme) -> list[tuple[Fund, str]]:
    """Funds that come in parts, with each quarter in which they can be used."""
    funds = (f for f in programme.funds if comes_in_parts(programme, f.fund_id))
    return [(f, q) for f in funds for q in quarters_of(programme, f)]


def _limits(
    problem: Problem, ends: pd.DataFrame, names: list[str], holds: list[Decimal], sizes: dict[Block, int]
) -> Rows:
    """One row for each fund and end of a quarter: what is drawn until then."""
    met = ends.reset_index(names="to").merge(problem.cashflows, on="fund")
    met = met[met["quarter"] <= met["until"]]
    by_table = {name: met[met["table"] == name] for name in DECIDED}
    entries: Entries = {
        name: [(part["to"], part["row"], part["amount"])] for name, part in by_table.items() if len(part)
    }
    return at_most(names, entries, [to_fen(h) for h in holds], sizes)
