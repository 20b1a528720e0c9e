"""Which engine runs when: branch and cut, the exact engine, the plans engine (prices, years, neighbourhoods), polish.

Each engine takes up what the one before left open, so a programme that is easy ends with the first. Where the plan must
be repeatable every stage has a budget of nodes or of work, fixed by the time asked for, so the same input takes the same
road; the clock is an emergency stop only. Where it need not be, branch and cut and the plans engine run side by side.

Measured on 2 busy cores to a gap of 0.1 %: the sample year (3,100 columns, 5,000 rows) branch 0.5 s, CP-SAT 3 s; 200
firms × 30 phases (11,000 columns, 18,000 rows) branch 6 s, CP-SAT 0.5 % left at 40 s. Branch alone for a minute: 0.04 %
at 16,000 columns without rankings and subsidies, no plan at 44,000 with them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from fairplanner.solver.blocks import Floats
from fairplanner.solver.branch import branch
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.interrupt import Aside, Interrupted
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.plans import Plans
from fairplanner.solver.result import Found, gap_between
from fairplanner.solver.tidy import tidied

Tell = Callable[[str, int | None, int | None], None]

WORK_A_SECOND = 0.45
"""CP-SAT's work units budgeted for a second of the caller's time: 0.7 a second were measured on two busy cores."""
NODES_A_SECOND = 15
"""Nodes of branch and cut budgeted for a second of the caller's time."""
MOST_COLUMNS = 25_000
"""Above this branch and cut on the whole model finds nothing in useful time."""
MOST_EXACT = 20_000
"""Above this the exact engine does not begin before the plans engine, and is not asked to polish."""
MOST_LAST = 300_000
"""Above this CP-SAT is not asked even where nobody has found a plan: it would not fit into memory."""
BRANCH, RACE, POLISH, TIDY = 0.5, 0.3, 0.1, 0.02
"""Shares of the time for branch and cut, the exact engine, polish and the order of ties."""
GRACE = 0.5
"""Seconds before the end at which branch and cut must stop where it runs beside the plans engine, and that it has to do so."""
ROUNDS_A_SECOND, STEPS_A_SECOND = 0.1, 1.0
"""Rounds of prices and neighbourhoods budgeted for a second of the caller's time, where the plan must be repeatable."""


@dataclass(frozen=True, eq=False)
class Begin:
    """Where a search begins: the point of an earlier plan (n, may break rows) and the prices (m) that went with it, if any."""

    point: Ints | None = None
    prices: Floats | None = None


class Search:
    """What is known so far, and the time and work that are left."""

    def __init__(
        self,
        model: Model,
        seconds: float,
        gap: float,
        reproducible: bool,
        workers: int,
        tell: Tell | None,
        begin: Begin,
    ) -> None:
        self.model, self.begin = model, begin
        self.ends = perf_counter() + seconds
        self.seconds, self.gap = seconds, gap
        self.effort = Effort(seconds, None, gap, workers, reproducible)
        self.tell = tell
        self.best = Found(None, None)
        self.engine = "branch"
        self.prices: Floats | None = None

    def run(self) -> tuple[Found, str]:
        """Branch, exact, plans, polish, order; goes to the order as soon as the target gap is reached.

        At Ctrl-C all of it ends with what is known then; KeyboardInterrupt goes up where no point is known.
        """
        try:
            self._engines()
        except KeyboardInterrupt:
            if self.best.point is None:
                raise
            self.best = replace(self.best, infeasible=False, repeatable=False, interrupted=True)
        return self.best, self.engine

    def _engines(self) -> None:
        small = len(self.model.gain) <= MOST_COLUMNS
        if self.begin.point is not None and not small:
            self._plans(self.ends - TIDY * self.seconds)
        elif small and not self.effort.reproducible:
            self._raced()
        elif small:
            self._say("branch", None)
            self._learn(self._branched(self.model, BRANCH), "branch")
        exact = len(self.model.gain) <= MOST_EXACT
        if exact and not self._is_enough():
            self._exact(RACE, lean=True)
        if not self.best.infeasible and not self._is_enough() and self.prices is None:
            self._plans(self.ends - TIDY * self.seconds)
        last = self.best.point is None and len(self.model.gain) <= MOST_LAST
        if not self.best.infeasible and not self._is_enough() and (exact or last):
            self._exact(POLISH if self.best.point is not None else 1 - BRANCH - RACE, lean=False)
        if self.best.point is not None:
            self._order()

    def _raced(self) -> None:
        """Branch and cut on the whole model, and plans beside it, until one of them is near enough."""
        seconds = (1.0 - TIDY) * self.seconds
        made = Plans(self.model, perf_counter() + seconds, self.gap, self._learn, lambda: self.best)

        def branched() -> None:
            found = branch(self.model, max(0.01, seconds - GRACE), 1 << 30, self.gap)
            made.tell(found.point, found.bound, "branch")

        aside = Aside(branched).begin()
        try:
            if self.model.firms:
                made.run(self.begin.point, self.begin.prices)
            # HiGHS cannot be stopped: where plans are near enough it is left behind
            wait = 0.0 if self._is_enough() else self.ends - TIDY * self.seconds + GRACE - perf_counter()
            if aside.is_over(max(0.0, wait)):
                aside.end()
        finally:
            made.close()
            self.prices = made.prices

    def _left(self) -> float:
        """Seconds until the written order must begin."""
        return max(0.01, self.ends - TIDY * self.seconds - perf_counter())

    def _share(self, share: float) -> Effort:
        work = self.seconds * share * WORK_A_SECOND if self.effort.reproducible else None
        wanted = self._left() if self.effort.reproducible else min(self._left(), self.seconds * share)
        return replace(self.effort, seconds=wanted, work=work)

    def _is_enough(self) -> bool:
        return self._gap(self.best.bound) <= self.gap

    def _gap(self, bound: int | None) -> float:
        if self.best.point is None or bound is None:
            return float("inf")
        return gap_between(self.model.value(self.best.point), bound)

    def _learn(self, found: Found, engine: str) -> None:
        """Keep the better point (the earlier one where they are equal) and the lower bound."""
        mine, theirs = self.best, found
        worth = [-1 if f.point is None else self.model.value(f.point) for f in (mine, theirs)]
        better = mine.point is None or (theirs.point is not None and worth[1] > worth[0])
        if better and theirs.point is not None:
            self.engine = engine
        point = theirs.point if better else mine.point
        told = [self.model.bound_for(f.bound, point) for f in (mine, theirs)]
        self.best = Found(
            point,
            min((bound for bound in told if bound is not None), default=None),
            theirs.infeasible and mine.point is None,
            mine.repeatable and theirs.repeatable,
        )
        self._say(engine, self.best.bound)

    def _say(self, engine: str, bound: int | None) -> None:
        if self.tell:
            self.tell(engine, None if self.best.point is None else self.model.value(self.best.point), bound)

    def _exact(self, share: float, lean: bool) -> None:
        report = (lambda value, bound: self._heard(value, bound)) if self.tell else None
        try:
            self._learn(search(self.model, replace(self._share(share), lean=lean), self.best.point, report), "exact")
        except Interrupted as cut:
            self._learn(cut.found, "exact")
            raise

    def _branched(self, model: Model, share: float) -> Found:
        """Branch and cut; where it must be repeatable it may use all the time, because its nodes are counted."""
        seconds = self._left() if self.effort.reproducible else min(self._left(), share * self.seconds)
        nodes = max(1, int(share * self.seconds * NODES_A_SECOND))
        return branch(model, max(0.01, min(seconds, self.seconds * (share + 0.25))), nodes, self.gap)

    def _heard(self, value: int | None, bound: int | None) -> None:
        """Progress from inside the exact engine, never worse than what is known."""
        known = None if self.best.point is None else self.model.value(self.best.point)
        values = [v for v in (known, value) if v is not None]
        bounds = [b for b in (self.best.bound, bound) if b is not None]
        if self.tell:
            self.tell("exact", max(values, default=None), min(bounds, default=None))

    def _plans(self, ends: float) -> None:
        """Prices and plans, until the gap is reached or the time, or the work, for them is up."""
        if not self.model.firms:
            return
        made = Plans(self.model, ends, self.gap, self._learn, lambda: self.best)
        try:
            if self.effort.reproducible:
                rounds = max(1, int(ROUNDS_A_SECOND * self.seconds))
                made.run_counted(rounds, int(STEPS_A_SECOND * self.seconds), self.begin.point, self.begin.prices)
                self.best = replace(self.best, repeatable=self.best.repeatable and not made.late)
            else:
                made.run(self.begin.point, self.begin.prices)
        finally:
            made.close()
            self.prices = made.prices

    def _order(self) -> None:
        point: Ints = self.best.point  # type: ignore[assignment]
        spare = self._left() if self.effort.reproducible else 0.0
        effort = replace(self._share(TIDY), gap=0.0, seconds=max(0.5, spare + TIDY * self.seconds))
        point, repeatable = tidied(self.model, point, effort)
        self._learn(Found(point, None, repeatable=repeatable), self.engine)
        self.best = replace(self.best, point=point)


def run(
    model: Model,
    seconds: float,
    gap: float,
    reproducible: bool,
    workers: int,
    tell: Tell | None,
    begin: Begin | None = None,
) -> tuple[Found, str, Floats | None]:
    """What is known of the model after the time given, the engine that found the best point, and prices of shared rows."""
    made = Search(model, seconds, gap, reproducible, workers, tell, begin or Begin())
    return *made.run(), made.prices
