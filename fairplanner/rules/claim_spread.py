"""A firm that is supported at all opens several markets in the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from fairplanner.domain.by_firm import rows_by
from fairplanner.domain.packs import Limit, MarketSpread
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Columns, Rows, label
from fairplanner.rules.helpers import Entries, at_least, labels_of, widths
from fairplanner.rules.reckon.coupled import past_visits, year_or_phase
from fairplanner.rules.reckon.limits import market_key
from fairplanner.rules.tables import Problem
from fairplanner.rules.units import Units, by_phase, columns_of, supported, units

OWNER = ["limit", "firm", "year"]


@dataclass(frozen=True)
class ClaimSpread(Law):
    """A firm with a claim under the subsidies of a spread has claims in at least `least` different markets in that calendar
    year (of the last fair day), what the ledger paid under them in the year included. A fair that opens several markets
    together is one of its own; a market that is not known counts for none.

    Label limit · firm · year. Unit of amount: markets missing. Own columns: `market` opened; `claims` the firm claims at all.
    """

    key = "claim-spread"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """Two blocks a limit."""
        return (c for x in problem.programme.market_spreads for c in columns_of(_posed(self.key, problem, x)[:2]))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """markets >= (least - those of the ledger) × claims at all."""
        for limit in problem.programme.market_spreads:
            markets, firms, missing = _posed(self.key, problem, limit)
            sizes = widths(problem, {u.block: len(u) for u in (markets, firms)})
            yield from markets.ties(sizes)
            yield from firms.ties(sizes)
            every = np.arange(len(firms))
            opened = markets.frame.reset_index(names="unit").merge(firms.frame.reset_index(names="row"), on=OWNER)
            entries: Entries = {
                markets.block: [(opened["row"], opened["unit"], 1)],
                firms.block: [(every, every, -missing)],
            }
            yield at_least(labels_of(firms.frame, OWNER), entries, 0, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the markets of each firm and year again."""
        for limit in programme.market_spreads:
            before = rows_by(past_visits(programme, _by_year(limit)), "owner")
            opened: dict[tuple[str, str], set[str]] = defaultdict(set)
            for c in plan.claims:
                if c.subsidy_id in limit.subsidies:
                    year = year_or_phase(programme, "year", c.phase_id)
                    opened[c.firm_id, year].add(market_key(programme, c.phase_id))
            for (firm_id, year), markets in sorted(opened.items()):
                known = (markets | {v.market for v in before.get(firm_id, ()) if v.keys == (year,)}) - {""}
                if len(known) < limit.least:
                    name = label(limit.limit_id, firm_id, year)
                    yield self.broken(name, limit.least - len(known), markets=len(known), least=limit.least)


def _by_year(limit: MarketSpread) -> Limit:
    return Limit(limit_id=limit.limit_id, subsidies=limit.subsidies, of="turns", most=limit.least)


def _posed(key: str, problem: Problem, limit: MarketSpread) -> tuple[Units, Units, np.ndarray]:
    """Markets that claims may open and the ledger has not; firms whose claims need more than it has; and how many more."""
    programme = problem.programme
    claims = supported(problem, limit.subsidies).assign(limit=limit.limit_id)
    years = by_phase(claims, partial(year_or_phase, programme, "year"))
    claims = claims.assign(year=years, market=by_phase(claims, partial(market_key, programme)))
    past = [(v.owner, v.keys[0], v.market) for v in past_visits(programme, _by_year(limit)) if v.market]
    before = pd.DataFrame(past, columns=["firm", "year", "market"], dtype=object).drop_duplicates()
    had = claims.merge(before.groupby(["firm", "year"], as_index=False).size(), on=["firm", "year"], how="left")
    missing = limit.least - had["size"].fillna(0).to_numpy(np.int64)
    claims = claims.assign(missing=missing)[missing > 0]
    known = pd.MultiIndex.from_frame(claims[["firm", "year", "market"]]).isin(pd.MultiIndex.from_frame(before))
    fresh = claims[~known & (claims["market"] != "")]
    firms = units(key, f"claims {limit.limit_id}", "claims", claims, OWNER)
    short = claims.groupby(OWNER, sort=True)["missing"].first().to_numpy(np.int64)
    return units(key, f"market {limit.limit_id}", "claims", fresh, [*OWNER, "market"]), firms, short
