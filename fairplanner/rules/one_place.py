"""An application is given one place at the most."""

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
from fairplanner.rules.views import numbered


@dataclass(frozen=True)
class OnePlace(Law):
    """One sponsor and one number of booths for each application.

    Label application. Unit of amount: places too many.
    """

    key = "one-place"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Sum of the participations of an application <= 1."""
        places = numbered(problem.participations)
        at, applications = groups(places, ["application"])
        yield exclusive(
            labels_of(applications, ["application"]), {"participations": [(at, places["column"], 1)]}, widths(problem)
        )

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the places of each application."""
        for application, count in sorted(Counter(p.application_id for p in plan.participations).items()):
            if count > 1:
                yield self.broken(label(application), count - 1)
