"""A zone sends one delegation to a phase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import exclusive, groups, labels_of, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import hosted

KEYS = ["sponsor", "phase"]


@dataclass(frozen=True)
class OneVisit(Law):
    """At most one delegation of a sponsor stops at a phase.

    Label sponsor · phase. Unit of amount: delegations too many.
    """

    key = "one-visit"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Sum of the sponsor's delegations stopping at the phase <= 1."""
        stops = hosted(problem)
        at, pairs = groups(stops, KEYS)
        yield exclusive(labels_of(pairs, KEYS), {"delegations": [(at, stops["column"], 1)]}, widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the delegations of each sponsor at each phase."""
        for key, count in sorted(
            Counter((d.sponsor, stop.phase_id) for d in plan.delegations for stop in d.stops).items()
        ):
            if count > 1:
                yield self.broken(label(*key), count - 1)
