"""A walk from neighbourhood to neighbourhood: every step is a better plan, or one that breaks less.

What is broken has a fine, which rises where it stays broken, so that the plan is put right first where little is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import numpy as np
from scipy.sparse import csc_array, csr_array

from fairplanner.solver.model import Ints
from fairplanner.solver.neighbours import Neighbourhoods
from fairplanner.solver.part import units
from fairplanner.solver.pool import Years
from fairplanner.solver.pricing import Pricer

SIZE, SMALLEST, LARGEST = 1_500, 300, 20_000
"""Columns of a neighbourhood: to begin with, at the least and at the most."""
SECONDS, NODES, PATIENCE, VAIN = 4.0, 60, 60.0, 6
"""Seconds for a search, or nodes and seconds where nodes are to end it.

Neighbourhoods get smaller where it ends without a proof, larger after VAIN in vain.
"""
FINE, HIGHEST = 80_000, 10_000_000
"""Thousandths of a point for each unit (largest coefficient) of a broken row: at first, and at the most where it stays so."""
MENDING = 300
"""Columns of a neighbourhood around a broken row, to begin with."""
MOVED, MENDED = (0.2, 0.35, 0.5), (0.25, 0.4, 0.65)
"""How often each way to choose who may move is taken, added up (`Neighbourhoods.free`): as a rule, and at broken rows."""
MOVES = 1_000
"""Whole years to which firms around a neighbourhood may change as well."""
LONG, LOOSE = 8 * FINE, 800
"""A row's fine from which others may be broken to put it right, around firms with at most so many columns."""


class Walk:
    """From neighbourhood to neighbourhood, by several walkers at once: what one finds the others go on from."""

    def __init__(self, pricer: Pricer, start: Ints, alive: Callable[[], bool], tell: Callable[[Ints], None]) -> None:
        self.pricer, self.alive, self.tell = pricer, alive, tell
        self.x = start.copy()
        self.sums = np.asarray(pricer.usage @ start)
        model = pricer.model
        self.floor, self.roof = model.row_lower[pricer.shared], model.row_upper[pricer.shared]
        self.columns = csc_array(model.matrix)
        self.lock = Lock()
        self.unit = units(model)
        self.fine = np.full(model.size[0], FINE)
        self.moves, self.late = 0, False
        self.years: Years | None = None

    def broken(self, sums: Ints) -> Ints:
        """Shared rows that are not kept at these sums."""
        return np.flatnonzero((sums < self.floor) | (sums > self.roof))

    @property
    def short(self) -> int:
        """How many shared rows the walk breaks where it is now."""
        with self.lock:
            return len(self.broken(self.sums))

    @property
    def is_kept(self) -> bool:
        """Whether the walk is at a plan that breaks no shared row."""
        return not self.short

    def kept(self) -> Ints | None:
        """Where the walk is now, if that breaks no shared row."""
        with self.lock:
            return None if len(self.broken(self.sums)) else self.x.copy()

    def jump(self, x: Ints) -> None:
        """Go on from another point."""
        with self.lock:
            self.x, self.sums = x.copy(), np.asarray(self.pricer.usage @ x)

    def fines(self, sums: Ints) -> int:
        """What all that is broken costs at these sums of shared rows."""
        off = np.maximum(self.floor - sums, 0) + np.maximum(sums - self.roof, 0)
        rows = np.flatnonzero(off)
        at = self.pricer.shared[rows]
        return int((-(-off[rows] // self.unit[at]) * self.fine[at]).sum())

    def run(self, walker: int) -> None:
        """Walk until time is up."""
        near = self.near(walker)
        while self.alive() and self._step(near, 1 << 30, SECONDS):
            pass

    def steps(self, count: int, seed: int) -> None:
        """So many steps, each with a fixed number of nodes; where the clock ends one all the same, `late` is true."""
        near = self.near(seed)
        for _ in range(count):
            if not self.alive() or not self._step(near, NODES, PATIENCE):
                break
        self.late = self.late or near.late

    def near(self, seed: int) -> Neighbourhoods:
        """Neighbourhoods of one walker."""
        return Neighbourhoods(self.pricer, SIZE, np.random.default_rng(seed))

    def _step(self, near: Neighbourhoods, nodes: int, seconds: float) -> bool:
        """Search one neighbourhood; they grow where nothing is found, and shrink where it takes long. False: there is none."""
        if not near.used:
            return False
        with self.lock:
            x, short = self.x.copy(), self.broken(self.sums)
        row = near.seed(short)
        at, mending = self.pricer.shared[row], bool(row in short)
        # what stays broken is looked at ever more widely
        size = int(MENDING * np.sqrt(self.fine[at] / FINE)) if mending else near.size
        free, whole = near.free(row, x, size, MENDED if mending else MOVED)
        if not len(free):
            return True
        # and may take other rows with it, which are put right in their turn
        loose = mending and self.fine[at] >= LONG and (not whole or len(free) <= LOOSE)
        years = self.years
        moves = None if years is None or mending else near.moves(years, x, free, MOVES)
        made, hard = near.better(x, free, self.fine, loose, seconds, nodes, moves)
        taken = not np.array_equal(made, x) and self._take(x, made)
        near.vain = 0 if taken else near.vain + 1
        self._raise(row)
        if not whole or mending:
            return True
        if hard:
            near.size = max(SMALLEST, int(0.7 * near.size))
        elif near.vain >= VAIN:
            near.size, near.vain = min(LARGEST, int(1.3 * near.size)), 0
        return True

    def _raise(self, row: int) -> None:
        """What was begun with and stays broken costs more from now on."""
        with self.lock:
            if not self.floor[row] <= self.sums[row] <= self.roof[row]:
                at = self.pricer.shared[row]
                self.fine[at] = min(HIGHEST, 2 * self.fine[at])

    def _is_own_kept(self, moved: Ints, by: Ints) -> bool:
        """Whether firms' own rows allow a step: another walker may have moved other columns of the same firm."""
        model = self.pricer.model
        rows = np.unique(csc_array(self.columns[:, moved]).indices)
        rows = rows[model.row_group[rows] >= 0]
        mine = csr_array(model.matrix[rows])
        was = mine @ self.x
        now = was + mine[:, moved] @ by
        low, high = np.minimum(model.row_lower[rows], was), np.maximum(model.row_upper[rows], was)
        return bool(((low <= now) & (now <= high)).all())

    def _take(self, before: Ints, made: Ints) -> bool:
        """Put a step on top of what others have done meanwhile, if it still fits and is worth it."""
        moved = np.flatnonzero(made != before)
        model = self.pricer.model
        with self.lock:
            if not np.array_equal(self.x[moved], before[moved]):
                return False
            by = made[moved] - before[moved]
            if not self._is_own_kept(moved, by):
                return False
            sums = self.sums + np.asarray(self.pricer.usage[:, moved] @ by)
            if int(model.gain[moved] @ by) <= self.fines(sums) - self.fines(self.sums):
                return False
            self.x[moved] = made[moved]
            self.sums = sums
            self.moves += 1
            told = None if len(self.broken(sums)) else self.x.copy()
        if told is not None:
            self.tell(told)
        return True
