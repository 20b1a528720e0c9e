"""A firm goes to a phase with a delegation of its sponsor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import groups, implies, labels_of, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import hosted, numbered

KEYS = ["sponsor", "phase"]


@dataclass(frozen=True)
class Hosting(Law):
    """There is a participation only where a delegation of its sponsor stops at that phase.

    Label sponsor · phase. Unit of amount: most places that one application has there beyond the delegations.
    """

    key = "hosting"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Participations of an application with a sponsor <= delegations of the sponsor stopping there."""
        places = numbered(problem.participations)
        at, wanted = groups(places, [*KEYS, "application"])
        hosts = wanted.reset_index(names="row").merge(hosted(problem), on=KEYS)
        yield implies(
            labels_of(wanted, KEYS),
            {"participations": [(at, places["column"], 1)]},
            {"delegations": [(hosts["row"], hosts["column"], 1)]},
            widths(problem),
        )

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Looks for each participation's delegation."""
        hosts = Counter((d.sponsor, stop.phase_id) for d in plan.delegations for stop in d.stops)
        short = Counter[tuple[str, str]]()
        wanted = Counter((p.sponsor, p.phase_id, p.application_id) for p in plan.participations)
        for (sponsor, phase, _), count in wanted.items():
            short[sponsor, phase] = max(short[sponsor, phase], count - hosts[sponsor, phase])
        for key, amount in sorted(short.items()):
            if amount > 0:
                yield self.broken(label(*key), amount)
