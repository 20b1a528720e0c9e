"""A firm pays no more from its own money than it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from math import gcd

import pandas as pd

from fairplanner.domain.plan import Claim, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import Entries, at_most, widths
from fairplanner.rules.reckon.money import FEN, to_fen
from fairplanner.rules.reckon.points import milli
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import PARTICIPATION_COSTS, numbered

THOUSANDTHS = 1000
"""In which the certainty of a fund is told."""


@dataclass(frozen=True)
class OwnMoney(Law):
    """What taking part costs a firm (all lines) and its journeys, less what it may count on being paid back, is at most its
    own money of the year. Of what a fund is expected to pay, a firm counts on the share `certainty` (补贴为预计收入).

    Label firm. Unit of amount: fen; where some fund is not certain, the part of a fen in which all is whole (`parts`).
    """

    key = "own-money"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Places + journeys - certainty × (claims - cuts) <= own money."""
        scale, sure = parts(problem.programme), shares(problem.programme)
        limits = {f.firm_id: scale * to_fen(f.own_money) for f in problem.programme.firms if f.own_money is not None}
        if not limits:
            return
        numbers = {firm_id: number for number, firm_id in enumerate(limits)}
        places, journeys, claims = problem.participations, problem.journeys, problem.claims
        paid = {
            "participations": numbered(places).assign(pays=scale * places[PARTICIPATION_COSTS].sum(axis=1)),
            "journeys": numbered(journeys).assign(pays=scale * (journeys["fare"] + journeys["lodging"])),
            "claims": numbered(claims).assign(pays=-claims["amount"] * claims["fund"].map(sure).astype("int64")),
            "cuts": numbered(problem.cuts).assign(pays=problem.cuts["fund"].map(sure).astype("int64")),
        }
        limited = {name: _limited(frame, numbers) for name, frame in paid.items()}
        entries: Entries = {name: [(f["to"], f["column"], f["pays"])] for name, f in limited.items()}
        yield at_most(list(limits), entries, list(limits.values()), widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Adds up what each firm pays itself."""
        pays: dict[str, Decimal] = defaultdict(Decimal)
        for p in plan.participations:
            pays[p.firm_id] += p.cost
        for j in plan.journeys:
            pays[j.firm_id] += j.fare + j.lodging
        for c in plan.claims:
            pays[c.firm_id] -= counted_on(programme, c)
        for firm_id, amount in sorted(pays.items()):
            own = programme.firm[firm_id].own_money
            if own is not None and amount > own:
                over = amount - own
                told = {"over": _fen_up(over), "pays": _fen_up(amount), "own": own}
                yield self.broken(label(firm_id), int(over * 100 * parts(programme)), **told)


def parts(programme: Programme) -> int:
    """Parts of a fen in which every fund's certain share of every fen is whole; 1 where all funds are certain."""
    return THOUSANDTHS // gcd(THOUSANDTHS, *(milli(f.certainty) for f in programme.funds))


def shares(programme: Programme) -> dict[str, int]:
    """How many of these parts of each fen that a fund pays a firm may count on, by fund."""
    return {f.fund_id: milli(f.certainty) * parts(programme) // THOUSANDTHS for f in programme.funds}


def counted_on(programme: Programme, claim: Claim) -> Decimal:
    """The part of what a claim is paid that the firm may count on, programme currency, to the thousandth of a fen."""
    fund = programme.fund.get(claim.fund_id)
    return claim.amount * (milli(fund.certainty) if fund else 0) / THOUSANDTHS


def _fen_up(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_UP)


def _limited(frame: pd.DataFrame, numbers: dict[str, int]) -> pd.DataFrame:
    limited = frame[frame["firm"].isin(list(numbers))]
    return limited.assign(to=limited["firm"].map(numbers).astype("int64"))
