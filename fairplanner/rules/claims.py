"""What is paid back follows from a participation, at the subsidy's rate and within its caps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from fairplanner.domain.kinds import Role
from fairplanner.domain.plan import Claim, Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Rows, label
from fairplanner.rules.helpers import Entries, at_most, groups, implies, labels_of, widths
from fairplanner.rules.reckon.money import claim_amount, is_eligible, to_fen
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered

KEYS = ["subsidy", "firm"]


@dataclass(frozen=True)
class Claims(Law):
    """A claim rests on a participation of the plan; its amount is the subsidy's rate on the stand within the caps a booth and
    a phase; a firm's claims under one subsidy stay within `cap_year`; one claim a participation and subsidy; and all
    claims on one stand together never exceed what it costs («中央、省、市 never exceed the invoice», planner.md 26).

    Labels claim (unit of amount: 1 without its participation, else fen off), subsidy · firm (fen), participation (fen).
    """

    key = "claims"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """claim <= participation; sum of a firm's claims under a subsidy <= cap."""
        claims, sizes = numbered(problem.claims), widths(problem)
        left: Entries = {"claims": [(claims["column"], claims["column"], 1)]}
        right: Entries = {"participations": [(claims["column"], claims["participation"], 1)]}
        yield implies(list(claims["claim"]), left, right, sizes)
        caps = {s.subsidy_id: to_fen(s.cap_year) for s in problem.programme.subsidies if s.cap_year is not None}
        capped = claims[claims["subsidy"].isin(list(caps))]
        at, firms = groups(capped, KEYS)
        upper: pd.Series = firms["subsidy"].map(caps).astype("int64")
        yield at_most(labels_of(firms, KEYS), {"claims": [(at, capped["column"], capped["amount"])]}, upper, sizes)
        yield _within_cost(problem, claims, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Reckons each claim again and adds up each firm's year."""
        given = {p.participation_id: p for p in plan.participations}
        seen: set[tuple[str, str]] = set()
        totals: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        back: dict[str, Decimal] = defaultdict(Decimal)
        for c in plan.claims:
            participation, key = given.get(c.participation_id), (c.subsidy_id, c.participation_id)
            off = 1 if participation is None or key in seen else _off(programme, c, participation)
            seen.add(key)
            totals[c.subsidy_id, c.firm_id] += c.amount
            back[c.participation_id] += c.amount
            if off:
                yield self.broken(label(c.claim_id), off, amount_claimed=c.amount)
        for name, total in sorted(back.items()):
            if name in given and total > given[name].stand_cost:
                yield self.broken(label(name), to_fen(total - given[name].stand_cost), amount_claimed=total)
        for (subsidy_id, firm_id), total in sorted(totals.items()):
            subsidy = next((s for s in programme.subsidies if s.subsidy_id == subsidy_id), None)
            if subsidy is not None and subsidy.cap_year is not None and total > subsidy.cap_year:
                over = to_fen(total - subsidy.cap_year)
                yield self.broken(label(subsidy_id, firm_id), over, amount_claimed=total)


def _within_cost(problem: Problem, claims: pd.DataFrame, sizes: dict[Block, int]) -> Rows:
    """Sum of the claims on a stand <= what it costs."""
    at, stands = groups(claims, ["participation"])
    own = problem.participations.iloc[stands["participation"].to_numpy()]
    names = labels_of(own, ["participation"])
    return at_most(names, {"claims": [(at, claims["column"], claims["amount"])]}, own["stand_cost"], sizes)


def _off(programme: Programme, claim: Claim, p: Participation) -> int:
    """Fen between what is claimed and what may be; all of it where the firm or the phase is not eligible."""
    subsidy = programme.subsidy.get(claim.subsidy_id)
    if subsidy is None or (claim.firm_id, claim.phase_id) != (p.firm_id, p.phase_id):
        return max(1, to_fen(claim.amount))
    if p.role is not Role.EXHIBIT or not is_eligible(programme, subsidy, p.firm_id, p.phase_id):
        return max(1, to_fen(claim.amount))
    return abs(to_fen(claim.amount) - to_fen(claim_amount(programme, subsidy, p.phase_id, p.booths, p.stand_cost)))
