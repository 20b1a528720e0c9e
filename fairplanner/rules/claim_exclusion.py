"""What is paid under one programme is not paid under another that excludes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from fairplanner.domain.packs import Exclusion
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Columns, Rows, label
from fairplanner.rules.helpers import at_most, implies, labels_of, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.units import supported

WHO = ["limit", "firm", "phase"]


@dataclass(frozen=True)
class ClaimExclusion(Law):
    """A firm has no claim under the subsidies of an exclusion at a phase where it claims under one of the `others` (of the same
    pack or another). Who else pays there is not known to a plan: only subsidies in force are looked at.

    Label limit · firm · phase. Unit of amount: 1, both are claimed. Own column: `side`, 1 for the subsidies, 0 for the others.
    """

    key = "claim-exclusion"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """One a firm and phase where both may be claimed."""
        for limit in problem.programme.exclusions:
            block, sides, _ = _posed(self.key, problem, limit)
            yield Columns(block[1], labels_of(sides, WHO, first=block[1]), np.ones(len(sides), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """own claim <= side; other claim <= 1 - side."""
        for limit in problem.programme.exclusions:
            block, sides, claims = _posed(self.key, problem, limit)
            sizes = widths(problem, {block: len(sides)})
            for own in (True, False):
                rows = claims[claims["own"] == own]
                every, names = np.arange(len(rows)), labels_of(rows, WHO)
                claimed, side = (every, rows["column"], 1), (every, rows["at"], 1)
                if own:
                    yield implies(names, {"claims": [claimed]}, {block: [side]}, sizes)
                else:
                    yield at_most(names, {"claims": [claimed], block: [side]}, 1, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Looks for firms and phases with both."""
        under: dict[tuple[str, str], set[str]] = defaultdict(set)
        for c in plan.claims if programme.exclusions else ():
            under[c.firm_id, c.phase_id].add(c.subsidy_id)
        for limit in programme.exclusions:
            own, others = _sides(limit)
            for (firm_id, phase_id), claimed in sorted(under.items()):
                if not (claimed.intersection(own) and claimed.intersection(others)):
                    continue
                told = ", ".join(s for s in sorted(claimed) if s in own + others)
                yield self.broken(label(limit.limit_id, firm_id, phase_id), 1, subsidies=told)


def _sides(limit: Exclusion) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides; what stands on both is of the first alone, for no subsidy excludes itself."""
    return limit.subsidies, tuple(s for s in limit.others if s not in limit.subsidies)


def _posed(key: str, problem: Problem, limit: Exclusion) -> tuple[tuple[str, str], pd.DataFrame, pd.DataFrame]:
    """The block; firms and phases where both may be claimed; their claims with the number of that row (`at`)."""
    own, others = _sides(limit)
    claims = pd.concat([supported(problem, ids).assign(own=side) for ids, side in ((own, True), (others, False))])
    claims = claims.assign(limit=limit.limit_id)
    claims = claims[claims.groupby(WHO)["own"].transform("nunique") == 2]
    sides = claims[WHO].drop_duplicates().sort_values(WHO).reset_index(drop=True)
    block = (key, f"side {limit.limit_id}")
    return block, sides, claims.merge(sides.reset_index(names="at"), on=WHO)
