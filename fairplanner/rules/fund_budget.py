"""No fund pays more than it holds, nor before its money has come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

import numpy as np
import pandas as pd

from fairplanner.domain.money import Fund
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Rows, label
from fairplanner.rules.helpers import Ints, at_most, widths
from fairplanner.rules.reckon.cash import outflows
from fairplanner.rules.reckon.funds import available, comes_in_parts, quarters_of, spendable
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import Problem, once

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
    entries: dict[Block, list[tuple[object, object, object]]] = {}
    for (fund, quarter, table), flows in _drawn(problem).items():
        for to in ends.index[(ends["fund"] == fund) & (ends["until"] >= quarter)]:
            row, amount = flows
            entries.setdefault(table, []).append((np.full(len(row), to), row, amount))
    return at_most(names, entries, [to_fen(h) for h in holds], sizes)


@once
def _drawn(problem: Problem) -> dict[tuple[str, str, str], tuple[Ints, Ints]]:
    """Rows of the decided tables and what they draw, by fund, quarter and table."""
    flows, keys = problem.cashflows, ["fund", "quarter", "table"]
    row, amount = flows["row"].to_numpy(np.int64), flows["amount"].to_numpy(np.int64)
    codes = [pd.factorize(flows[key]) for key in keys]
    at = pd.DataFrame({key: code for key, (code, _) in zip(keys, codes, strict=True)}).groupby(keys)
    made = {}
    for key, found in at.indices.items():
        fund, quarter, table = (str(ids[n]) for (_, ids), n in zip(codes, cast("tuple[int, ...]", key), strict=True))
        made[fund, quarter, table] = row[found], amount[found]
    return {key: made[key] for key in sorted(made)}
