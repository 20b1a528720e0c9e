"""Places are shared out evenly between zones and firms, fairs are kept up, deposits are used: all at a price."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import Entries, Ints, Steps, ladder, widths
from fairplanner.rules.reckon import fairness as f
from fairplanner.rules.reckon.points import milli
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import ancestry, numbered, visited


@dataclass(frozen=True)
class FairShares(Law):
    """A zone that gets fewer places than firms of it have asked costs points, more for each quarter of the shortfall; so does
    a firm that gets none (or no second one), a fair given up after years, a deposit thrown away.

    Nothing to break: what is lost is told in the plan's value. Labels zone, firm, fair, phase · zone.
    """

    key = "fair-shares"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Soft rows: places >= what is entitled to, at rising prices."""
        yield from _zones(problem)
        yield from _firms(problem)
        yield from _fairs(problem)
        yield from _deposits(problem)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Nothing to break."""
        return iter(())


NONE = np.zeros(0, np.int64)


def _soft(problem: Problem, name: str, columns: Ints, wanted: int, steps: Steps, table: str) -> Rows:
    entries: Entries = {table: [(np.zeros(len(columns)), columns, 1)]}
    return ladder([name], entries, wanted, steps, widths(problem))


def _zones(problem: Problem) -> Iterator[Rows]:
    programme = problem.programme
    if not programme.settings.fairness.zone_points:
        return
    own = problem.participations["firm"].map({firm: f.zone_of(programme, firm) for firm in programme.firm})
    at = own.groupby(own).indices
    for zone, entitled in sorted(f.entitled_places(programme).items()):
        places = np.sort(at.get(zone, NONE))
        yield _soft(problem, zone, places, entitled, f.zone_steps(programme, entitled), "participations")


def _firms(problem: Problem) -> Iterator[Rows]:
    """One block of rows for each number of places that firms are compared by: at most as many as there are prices."""
    programme, steps = problem.programme, f.firm_steps(problem.programme)
    asking = f.asking_firms(programme)
    visits = visited(problem)
    for wanted in sorted(set(asking.values()) - {0}):
        firms = [firm for firm, n in asking.items() if n == wanted]
        numbers = {firm: n for n, firm in enumerate(firms)}
        mine = visits[visits["firm"].isin(firms)]
        entries: Entries = {"journeys": [(mine["firm"].map(numbers), mine["column"], 1)]}
        yield ladder(firms, entries, wanted, steps[len(steps) - wanted :], widths(problem))


def _fairs(problem: Problem) -> Iterator[Rows]:
    price = milli(problem.programme.settings.fairness.keep_points)
    at = problem.participations.groupby("fair").indices
    for fair in f.kept_fairs(problem.programme):
        yield _soft(problem, fair, np.sort(at.get(fair, NONE)), 1, [(1, price)], "participations")


def _deposits(problem: Problem) -> Iterator[Rows]:
    programme, below = problem.programme, ancestry(problem.programme)
    places = numbered(problem.participations)
    for d in f.sunk(programme):
        zones = below["zone"][below["above"] == d.zone_id]
        here = (places["phase"] == d.phase_id) & places["zone"].isin(list(zones))
        price = f.deposit_points(programme, d.amount)
        yield _soft(
            problem,
            label(d.phase_id, d.zone_id),
            places["column"][here].to_numpy(np.int64),
            1,
            [(1, price)],
            "participations",
        )
