"""The rest of an award comes only where its target is met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from fairplanner.domain.money import Award
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Columns, Rows
from fairplanner.rules.helpers import Entries, implies, ladder, widths
from fairplanner.rules.reckon.awards import is_reachable, points_at_stake
from fairplanner.rules.tables import Problem
from fairplanner.rules.targets import OWN as COUNTED
from fairplanner.rules.targets import counted_for

OWN: Block = ("awards", "met")


@dataclass(frozen=True)
class Awards(Law):
    """An award's rest is worth its points only where the target it hangs on is reached; one out of anybody's reach is switched
    off beforehand and shown.

    Own columns `met`, one an award: a switch, 1 only where what counts reaches what is wanted. Nothing to break: what is
    lost is told in the plan's value.
    """

    key = "awards"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """One switch for each award that can be had."""
        names = [a.award_id for a in _open(problem)]
        yield Columns("met", names, np.ones(len(names), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """missing × met <= what counts; met should be 1: if not, the points at stake are lost."""
        awards = _open(problem)
        sizes = widths(problem, {OWN: len(awards)})
        targets = {t.target_id: t for t in problem.programme.targets}
        for n, award in enumerate(awards):
            target = targets[award.target_id]
            missing = max(0, target.at_least - target.already)
            counted, width = counted_for(problem, target)
            yield implies([award.award_id], {OWN: [([0], [n], missing)]}, counted, sizes | {COUNTED: width})
            met: Entries = {OWN: [([0], [n], 1)]}
            yield ladder([award.award_id], met, 1, [(1, points_at_stake(award))], sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Nothing to break."""
        return iter(())


def _open(problem: Problem) -> list[Award]:
    rows = sorted(problem.programme.awards, key=lambda a: a.award_id)
    return [a for a in rows if is_reachable(problem.programme, a)]
