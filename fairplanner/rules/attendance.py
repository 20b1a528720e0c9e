"""A firm that takes part in a phase travels there, and a firm that travels there takes part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import Entries, exclusive, groups, implies, labels_of, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered, visited

PLACE = ["firm", "phase"]


@dataclass(frozen=True)
class Attendance(Law):
    """One journey of the firm goes through each phase at which it has a place, and none through any other.

    Label firm · phase. Unit of amount: places without a journey, or journeys too many.
    """

    key = "attendance"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Places of an application <= visits; visits <= places of the firm; visits <= 1."""
        places, visits = numbered(problem.participations)[["column", "application", *PLACE]], visited(problem)
        sizes = widths(problem)
        at, applications = groups(places, [*PLACE, "application"])
        wanted = applications.reset_index(names="row").merge(visits, on=PLACE)
        yield implies(
            labels_of(applications, PLACE),
            {"participations": [(at, places["column"], 1)]},
            {"journeys": [(wanted["row"], wanted["column"], 1)]},
            sizes,
        )
        seen, there = groups(visits, PLACE)
        taken = there.reset_index(names="row").merge(places, on=PLACE)
        labels = labels_of(there, PLACE)
        gone: Entries = {"journeys": [(seen, visits["column"], 1)]}
        yield implies(labels, gone, {"participations": [(taken["row"], taken["column"], 1)]}, sizes)
        yield exclusive(labels, gone, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts places and journeys of each firm at each phase."""
        journeys = Counter((j.firm_id, phase) for j in plan.journeys for phase in j.phases)
        places = Counter((p.firm_id, p.phase_id) for p in plan.participations)
        most = Counter[tuple[str, str]]()
        for (firm, phase, _), count in Counter(
            (p.firm_id, p.phase_id, p.application_id) for p in plan.participations
        ).items():
            most[firm, phase] = max(most[firm, phase], count)
        for key in sorted(journeys.keys() | places.keys()):
            gone, there = journeys[key], places[key]
            amount = max(most[key] - gone, gone - there, gone - 1)
            if amount > 0:
                yield self.broken(label(*key), amount, journeys=gone, places=there)
