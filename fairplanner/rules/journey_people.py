"""As many people travel as stand at the booths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import groups, implies, labels_of, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered

PLACE = ["firm", "phase"]


@dataclass(frozen=True)
class JourneyPeople(Law):
    """A journey has exactly the people of the largest place that the firm has at its phases.

    Label firm · phase for places without a journey of people enough (amount: so many places), or journey for one with more
    people than any of its places (amount: 1).
    """

    key = "journey-people"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Places of an application with n people or more <= visits with n or more; journey with n <= places with n."""
        sizes = widths(problem)
        places = numbered(problem.participations)[["column", "application", *PLACE, "people"]]
        travel = numbered(problem.journeys)[["column", "journey", "people"]]
        visits = travel.merge(problem.visits[["journey", *PLACE]], left_on="column", right_on="journey")
        visits = visits[["column", *PLACE, "people"]]
        asked = places[["application", *PLACE, "people"]].rename(columns={"people": "least"})
        _, levels = groups(asked, [*PLACE, "application", "least"])
        levels = levels.reset_index(names="row")
        large, enough = levels.merge(places, on=["application", *PLACE]), levels.merge(visits, on=PLACE)
        large, enough = (met[met["people"] >= met["least"]] for met in (large, enough))
        yield implies(
            labels_of(levels, PLACE),
            {"participations": [(large["row"], large["column"], 1)]},
            {"journeys": [(enough["row"], enough["column"], 1)]},
            sizes,
        )
        same = visits.merge(places, on=[*PLACE, "people"], suffixes=("", "_place"))
        every = np.arange(len(travel))
        yield implies(
            labels_of(travel, ["journey"]),
            {"journeys": [(every, every, 1)]},
            {"participations": [(same["column"], same["column_place"], 1)]},
            sizes,
        )

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the people of each firm's places and journeys."""
        places: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for p in plan.participations:
            places[p.firm_id, p.phase_id][p.application_id].append(p.people)
        teams: dict[tuple[str, str], list[int]] = defaultdict(list)
        for j in plan.journeys:
            for q in j.phases:
                teams[j.firm_id, q].append(j.people)
        for key, applications in sorted(places.items()):
            amount = max(_too_few(wanted, teams[key]) for wanted in applications.values())
            if amount > 0:
                needed, travelling = max(map(max, applications.values())), max(teams[key], default=0)
                yield self.broken(label(*key), amount, needed=needed, people=travelling)
        for j in plan.journeys:
            wanted = [n for q in j.phases for one in places.get((j.firm_id, q), {}).values() for n in one]
            if j.people not in wanted:
                yield self.broken(label(j.journey_id), 1, needed=max(wanted, default=0), people=j.people)


def _too_few(wanted: list[int], teams: list[int]) -> int:
    """Places with n people or more, less the teams with n or more, at the worst n."""
    return max(sum(n >= least for n in wanted) - sum(n >= least for n in teams) for least in wanted)
