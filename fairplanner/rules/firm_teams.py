"""A firm has no more teams out at once than it can field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Journey, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import cumulative, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered


@dataclass(frozen=True)
class FirmTeams(Law):
    """On every day at most `teams` journeys of a firm are out; days of leaving and of coming home both count.

    Journeys run from home to home, travel, set-up and strike included. Label firm. Unit of amount: teams missing on the worst day.
    """

    key = "firm-teams"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """One row per firm and maximal clique of its journeys."""
        teams = {f.firm_id: f.teams for f in problem.programme.firms}
        spans = numbered(problem.journeys)[["column", "firm", "depart", "return"]]
        spans = spans.rename(columns={"firm": "label", "depart": "start", "return": "end"})
        spans = spans.assign(capacity=spans["label"].map(teams).astype("int64"))
        yield cumulative(spans, "journeys", widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the journeys out on each day on which one begins."""
        journeys: dict[str, list[Journey]] = defaultdict(list)
        for journey in plan.journeys:
            journeys[journey.firm_id].append(journey)
        for firm_id, own in sorted(journeys.items()):
            out, day = max((sum(j.depart <= k.depart <= j.return_ for j in own), k.depart) for k in own)
            if out > programme.firm[firm_id].teams:
                teams = programme.firm[firm_id].teams
                yield self.broken(label(firm_id), out - teams, out=out, teams=teams, day=day.isoformat())
