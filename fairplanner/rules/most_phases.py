"""A firm attends no more phases in the year than it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import at_most, groups, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import visited


@dataclass(frozen=True)
class MostPhases(Law):
    """The journeys of a firm go through at most `max_phases` phases.

    Label firm. Unit of amount: phases.
    """

    key = "most-phases"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Sum of the firm's visits <= max_phases."""
        limits = {f.firm_id: f.max_phases for f in problem.programme.firms if f.max_phases is not None}
        visits = visited(problem)
        visits = visits[visits["firm"].isin(list(limits))]
        at, firms = groups(visits, ["firm"])
        upper = firms["firm"].map(limits).astype("int64")
        yield at_most(list(firms["firm"]), {"journeys": [(at, visits["column"], 1)]}, upper, widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the phases of each firm."""
        counts = Counter[str]()
        for journey in plan.journeys:
            counts[journey.firm_id] += len(journey.phases)
        for firm_id, count in sorted(counts.items()):
            most = programme.firm[firm_id].max_phases
            if most is not None and count > most:
                yield self.broken(label(firm_id), count - most, phases=count, most=most)
