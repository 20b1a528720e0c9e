"""The plans engine: prices of what firms share, each firm's best year at them, and plans made better part by part.

For programmes in which branch and cut on the whole model ends too late. The bound comes from prices (`columns`), the plan
from firms that answer one another (`start`), then from what the prices want of each firm, put right (`mend`), and from
neighbourhoods (`walk`). The two help each other, and each has a core of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import floor, isfinite
from threading import Event, Lock
from time import perf_counter

import numpy as np

from fairplanner.solver.blocks import Floats
from fairplanner.solver.columns import Columns
from fairplanner.solver.improve import Improver
from fairplanner.solver.interrupt import POLL, Aside
from fairplanner.solver.mend import mended
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.relax import Relaxed, relax
from fairplanner.solver.result import Found, gap_between
from fairplanner.solver.start import first_plan, given_up, gone_on
from fairplanner.solver.walk import Walk

Learn = Callable[[Found, str], None]
RELAX = 0.3
"""Share of the time after which the relaxation must have told its prices."""
MENDING = 0.75
"""Share of the time left after which a plan that is not put right is given up, if it will not be in time."""
YEARS = 6
"""Years a firm may change to where it is near to a neighbourhood."""
LOSS = 40_000
"""Thousandths of a point that putting right a broken row costs at the end: 25,000 to 40,000 were measured."""
CLOSE = 0.02
"""Gap of a first plan from which on what the master wants is not looked at."""
TOLERANCE = 1e-3
"""Of the relaxation: rounds of prices make up for what it leaves."""
SLACK = 2e-5
"""Share of a firm's part of the value by which a year may be worse than the best without being looked for."""
WALKERS = 2
"""Walkers from neighbourhood to neighbourhood."""
MENDS, MENDED, MOST = 0.3, 0.1, 5
"""Broken rows that walkers put right in a second, and one in a step, cautiously; and how many times as many they may be given."""
PARTS = 4
"""Parts in which counted steps are made, at the least: between them bound and plan learn from each other."""
GUIDED, GUIDING = 12, 0.35
"""Rounds after which what the master wants of the firms mostly fits together, and share of the time left for them at the most."""


class Plans:
    """One search: it tells of better plans and lower bounds until the gap is reached or the time, or the work, is up."""

    def __init__(self, model: Model, ends: float, gap: float, learn: Learn, best: Callable[[], Found]) -> None:
        self.model, self.ends, self.gap, self.learn, self.best = model, ends, gap, learn, best
        self.lock, self.done, self.late, self.counted = Lock(), Event(), False, False
        self.prices: Floats | None = None
        self.closed = False

    def close(self) -> None:
        """From now on nothing is taken up: who comes too late is not heard."""
        with self.lock:
            self.closed = True

    def alive(self) -> bool:
        """Whether there is time left and the gap still too wide."""
        if perf_counter() >= self.ends:
            self.late = True
        return not self.late and not self.done.is_set()

    def tell(self, point: Ints | None, bound: float | None, engine: str) -> None:
        """Take up what was found, and end where that is enough."""
        with self.lock:
            if self.closed:
                return
            self.learn(
                Found(point, None if bound is None or not isfinite(bound) else floor(bound), repeatable=self.counted),
                engine,
            )
            best = self.best()
        if (
            best.point is not None
            and best.bound is not None
            and gap_between(self.model.value(best.point), best.bound) <= self.gap
        ):
            self.done.set()

    def run(self, start: Ints | None, prices: Floats | None) -> None:
        """A first plan beside some rounds of prices, then bound and plan side by side; the clock ends it.

        `start` (n) and `prices` (m): those of an earlier plan, to begin with.
        """
        aside: list[Aside[None]] = []
        try:
            self._run(start, prices, aside)
        finally:
            self.done.set()
            for walker in aside:
                walker.end()

    def _run(self, start: Ints | None, prices: Floats | None, aside: list[Aside[None]]) -> None:
        relaxed = self._relaxed(prices, self._left(RELAX))
        pricer = Pricer(self.model, relaxed.prices)
        first = Aside(partial(self._first, pricer, relaxed, start, MENDS * self._left(1.0))).begin()
        columns = self._columns(pricer, relaxed, None if start is None else first.end())
        going, late = True, perf_counter() + GUIDING * self._left(1.0)
        while start is None and going and columns.rounds < GUIDED and (perf_counter() < late or not first.is_over()):
            going = self._round(columns)
            if first.is_over() and self._is_near(columns):
                break
        walk = self._walk(columns, first.end())
        if start is None and not self._is_near(columns):
            self._wished(columns, walk, MENDS * self._left(1.0))
        aside.extend(Aside(partial(self._walked, walk, n)).begin() for n in range(WALKERS))
        # until the plan keeps all rows it needs both cores
        late = perf_counter() + MENDING * self._left(1.0)
        while not walk.is_kept and not all(walker.is_over(POLL) for walker in aside):
            if perf_counter() >= late:
                if walk.short > MOST * MENDS * self._left(1.0):
                    self._back(walk)
                going = going and self._round(columns, walk)
        while going and self._round(columns, walk):
            pass
        while not all(walker.is_over(POLL) for walker in aside):
            pass

    def run_counted(self, rounds: int, steps: int, start: Ints | None, prices: Floats | None) -> None:
        """As `run`, one thing after another and each so many times: the same model takes the same road.

        Where the clock ends any of it all the same, `late` is true afterwards.
        """
        self.counted = True
        relaxed = self._relaxed(prices, self._left(1.0))
        pricer = Pricer(self.model, relaxed.prices)
        first = self._first(pricer, relaxed, start, MENDED * steps)
        columns, going = self._columns(pricer, relaxed, first), True
        while start is None and going and columns.rounds < min(GUIDED, rounds // 2) and not self._is_near(columns):
            going = self._round(columns)
        walk = self._walk(columns, first)
        if start is None and not self._is_near(columns):
            self._wished(columns, walk, MENDED * steps)
        parts = max(PARTS, rounds - columns.rounds)
        for n in range(parts):
            walk.steps(-(-steps // parts), n)
            if n + 1 >= MENDING * parts and walk.short > MOST * MENDED * steps * (parts - n - 1) / parts:
                self._back(walk)
            going = going and columns.rounds < rounds and self._round(columns, walk)
            if not self.alive():
                break
        self.late = self.late or walk.late or columns.late

    def _back(self, walk: Walk) -> None:
        """Give up a plan that cannot be put right in time: the walk goes on from the best one that keeps all rows."""
        best = self.best().point
        if best is not None:
            walk.jump(best)

    def _walked(self, walk: Walk, walker: int) -> None:
        """One walker's way; where it fails the search ends, and is not heard of only when time is up."""
        try:
            walk.run(walker)
        except BaseException:
            self.done.set()
            raise

    def _left(self, share: float) -> float:
        return max(1.0, share * (self.ends - perf_counter()))

    def _relaxed(self, prices: Floats | None, seconds: float) -> Relaxed:
        """Prices of all rows and a bound: those of the relaxation, where none are known."""
        if prices is not None:
            return Relaxed(np.zeros(len(self.model.gain)), prices, np.inf, 0)
        relaxed = relax(self.model, seconds=seconds, tolerance=TOLERANCE)
        self.tell(None, relaxed.bound, "relax")
        return relaxed

    def _first(self, pricer: Pricer, relaxed: Relaxed, start: Ints | None, few: float) -> Ints:
        """A first plan, or an earlier one put right; it may break some rows, then one that keeps all is told where it is found.

        Where fines leave far more than a `few` rows broken, firms give that up.
        """
        shared = relaxed.prices * (self.model.row_group == SHARED)
        wanted = relaxed.point if start is None else start.astype(float)
        anew = partial(first_plan, pricer, shared, wanted, self.alive)
        made = anew() if start is None else gone_on(pricer, start, self.alive)
        self._offer(made.answers.point, "start")
        if start is not None and len(made.broken()):
            safe = given_up(pricer, start, self.alive)
            self._offer(safe.answers.point, "start")
            if len(safe.broken()):
                self._offer(anew().answers.point, "start")
            if MOST * few < len(made.broken()) > len(safe.broken()):
                made = safe
        return made.answers.point.copy()

    def _columns(self, pricer: Pricer, relaxed: Relaxed, start: Ints | None) -> Columns:
        """Column generation from the relaxation's prices; the years of a plan are the first ones, or years without a place."""
        if start is None:
            start = self.model.lower.copy()
            start[pricer.blocks.column] = pricer.idle(np.zeros(self.model.size[0]))[1]
        columns = Columns(pricer, relaxed.prices, relaxed.bound, start)
        self.prices = columns.best
        return columns

    def _walk(self, columns: Columns, first: Ints) -> Walk:
        """A walk from the best plan there is, or from the first one where that promises more; it knows the years worth most."""
        best, value = self.best().point, self.model.value
        walk = Walk(columns.pricer, first, self.alive, lambda x: self._offer(x, "neighbours"))
        if best is not None and value(first) - LOSS * walk.short <= value(best):
            walk.jump(best)
        walk.years = columns.years(YEARS) if columns.rounds else None
        return walk

    def _is_near(self, columns: Columns) -> bool:
        """Whether the best plan is so near to the bound that neighbourhoods are the better way."""
        best, bound = self.best().point, columns.proof()
        return best is not None and isfinite(bound) and gap_between(self.model.value(best), floor(bound)) <= CLOSE

    def _wished(self, columns: Columns, walk: Walk, few: float) -> None:
        """What the master wants after some rounds, in whole years and mostly put right: the walk goes on from there.

        Not so where far more than a `few` rows are still broken, or it promises less than the walk has.
        """
        model = self.model
        if not columns.rounds or not self.alive():
            return
        wanted = np.clip(np.rint(columns.whole()).astype(np.int64), model.lower, model.upper)
        made = Improver(columns.pricer, wanted)
        mended(made, few, self.alive, MOST * few)
        self._offer(made.answers.point, "mend")
        broken = len(made.broken())
        if broken <= MOST * few and made.value() - LOSS * broken > model.value(walk.x) - LOSS * walk.short:
            walk.jump(made.answers.point)

    def _offer(self, x: Ints, engine: str) -> None:
        if self.model.is_kept(x):
            self.tell(x.copy(), None, engine)

    def _round(self, columns: Columns, walk: Walk | None = None) -> bool:
        """One round of prices; False where there is no more to learn from them, or no time. A walk takes up what it learns."""
        if not self.alive():
            return False
        bound = columns.proof()
        slack = max(1.0, SLACK * abs(bound) / max(1, columns.pricer.firms)) if np.isfinite(bound) else 10.0
        going = columns.round(slack, self._left(1.0))
        self.prices = columns.best
        self.tell(None, columns.proof(), "plans")
        if walk is not None:
            walk.years = columns.years(YEARS)
            if (kept := walk.kept()) is not None:
                columns.add(kept)
        return going
