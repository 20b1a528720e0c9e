"""A firm pays no more from its own money than it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import Entries, at_most, widths
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered


@dataclass(frozen=True)
class OwnMoney(Law):
    """Stands, fares and lodging of a firm, less what it is paid back, are at most its own money of the year.

    Label firm. Unit of amount: fen.
    """

    key = "own-money"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Stands + journeys - claims <= own money."""
        limits = {f.firm_id: to_fen(f.own_money) for f in problem.programme.firms if f.own_money is not None}
        numbers = {firm_id: number for number, firm_id in enumerate(limits)}
        journeys = problem.journeys
        paid = {
            "participations": numbered(problem.participations).assign(pays=problem.participations["stand_cost"]),
            "journeys": numbered(journeys).assign(pays=journeys["fare"] + journeys["lodging"]),
            "claims": numbered(problem.claims).assign(pays=-problem.claims["amount"]),
        }
        limited = {name: _limited(frame, numbers) for name, frame in paid.items()}
        entries: Entries = {name: [(f["to"], f["column"], f["pays"])] for name, f in limited.items()}
        yield at_most(list(limits), entries, list(limits.values()), widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Adds up what each firm pays itself."""
        pays: dict[str, Decimal] = defaultdict(Decimal)
        for p in plan.participations:
            pays[p.firm_id] += p.stand_cost
        for j in plan.journeys:
            pays[j.firm_id] += j.fare + j.lodging
        for c in plan.claims:
            pays[c.firm_id] -= c.amount
        for firm_id, amount in sorted(pays.items()):
            own = programme.firm[firm_id].own_money
            if own is not None and amount > own:
                yield self.broken(label(firm_id), to_fen(amount - own), over=amount - own, pays=amount, own=own)


def _limited(frame: pd.DataFrame, numbers: dict[str, int]) -> pd.DataFrame:
    limited = frame[frame["firm"].isin(list(numbers))]
    return limited.assign(to=limited["firm"].map(numbers).astype("int64"))
