"""Whoever has the same stand at a phase is paid at the same rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Columns, Rows, label
from fairplanner.rules.helpers import exclusive, groups, labels_of, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.units import Units, supported, units

STANDS = ["subsidy", "phase", "stand", "booths"]


@dataclass(frozen=True)
class EqualRates(Law):
    """Where the payer chooses a rate from a menu, all claims under the subsidy at one phase with the same kind of stand and
    number of booths have the same one (claims on journeys: all of them).

    Label subsidy · phase · stand · booths. Unit of amount: rates more than one. Own columns: `level` is given there.
    """

    key = "equal-rates"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """One a kind of stand at a phase and rate of the menu."""
        if menus := _menus(problem.programme):
            yield _levels(self.key, problem, menus).columns()

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """At most one rate is given to a kind of stand."""
        menus = _menus(problem.programme)
        if not menus:
            return
        levels = _levels(self.key, problem, menus)
        sizes = widths(problem, {levels.block: len(levels)})
        yield from levels.ties(sizes)
        at, stands = groups(levels.frame, STANDS)
        yield exclusive(labels_of(stands, STANDS), {levels.block: [(at, range(len(levels)), 1)]}, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Compares the rates of claims with the same stand."""
        stands = {p.participation_id: (p.stand.value, p.booths) for p in plan.participations}
        given: dict[tuple[str, str, str, int], set[int]] = defaultdict(set)
        for c in plan.claims:
            if c.subsidy_id in programme.subsidy and programme.subsidy[c.subsidy_id].menu:
                given[c.subsidy_id, c.phase_id, *stands.get(c.participation_id, ("", 0))].add(c.level)
        for (subsidy_id, *rest), levels in sorted(given.items()):
            if len(levels) > 1:
                menu = programme.subsidy[subsidy_id].menu
                rates = ", ".join(f"{float(100 * menu[n - 1]):g} %" for n in sorted(levels) if 0 < n <= len(menu))
                yield self.broken(label(subsidy_id, *rest), len(levels) - 1, rates=rates)


def _menus(programme: Programme) -> list[str]:
    return [s.subsidy_id for s in programme.subsidy.values() if s.menu]


def _levels(key: str, problem: Problem, menus: list[str]) -> Units:
    return units(key, "level", "claims", supported(problem, menus), [*STANDS, "level"])
