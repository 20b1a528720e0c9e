"""Column generation: years come in by price until none is missing; each round's prices prove a bound of their own.

Prices may only move so far from the best ones known (boxstep, Marsten, Hogan and Blankenship 1975): a dear way out of
every row keeps them there, and gives the master a solution from the first round on.
"""

from __future__ import annotations

from dataclasses import replace
from math import floor
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from fairplanner.solver.blocks import Floats
from fairplanner.solver.master import master_of
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.pool import Pool, Years
from fairplanner.solver.pricing import NOTHING, Priced, Pricer
from fairplanner.solver.relax import relax

BOX, SHRINK, GROW = 0.1, 0.7, 1.3
"""Share of itself by which a price may move in one round, and by how much that falls where the bound did not fall, and rises where it did."""
POINTS = 20_000
"""A price of so many thousandths for a row's largest coefficient is one worth speaking of."""
UNIT = 1_000_000
BREACH, WORTH = 1e-6, 0.005
"""A row comes into the master when it is broken by so much, or has this share of a price worth speaking of (less is within
the box around 0)."""
NEAR = 20
"""Years of a firm in the master at the most."""
NODES, MOST_NODES = 600, 20_000
"""Nodes for one search of a year: to begin with, and at the most where a firm's bound is loose."""


class Columns:
    """Prices, years and the bound they prove; `round` makes all three better."""

    def __init__(self, pricer: Pricer, prices: Floats, bound: float, start: Ints) -> None:
        self.pricer, self.pool = pricer, Pool(pricer)
        shared = pricer.model.row_group == SHARED
        self.best = self.prices = np.where(shared, prices, 0.0)
        self.bound, self.proven = np.inf, bound
        self.grid = int(np.gcd.reduce(pricer.model.gain)) or 1
        self.box, self.rounds, self.wanted = BOX, 0, np.zeros(len(pricer.others))
        self.active, self.late = np.zeros(len(pricer.shared), bool), False
        largest = np.maximum(1.0, abs(pricer.usage).max(axis=1).toarray().ravel())
        self.typical = POINTS / largest
        self.reach = np.maximum(
            1, np.abs(pricer.model.row_upper - pricer.model.row_lower)[pricer.shared] + 50 * largest
        )
        self.add(start)

    def add(self, point: Ints) -> None:
        """Take up the years of a point of the model."""
        self.pool.add(np.arange(self.pricer.firms), point[self.pricer.blocks.column])

    def round(self, slack: float, seconds: float = 60.0) -> bool:
        """One round: price, take up years, look for better prices; False where no year came in and prices stay."""
        pool = self.pool
        priced = self._priced(slack)
        better = priced.bound < self.bound
        if better:
            self.bound, self.best = priced.bound, self.prices
            self.box = min(BOX, self.box * GROW) if self.rounds else self.box
        elif self.rounds:
            self.box *= SHRINK
        new = pool.add(priced.fresh, priced.years)
        self.rounds += 1
        if not better and not len(new) and self.box < 0.005:
            return False
        self._solved(seconds)
        return True

    def _solved(self, seconds: float) -> None:
        """New prices from the master, over the rows that have a price or that its point would break."""
        pool, pricer, ends = self.pool, self.pricer, perf_counter() + seconds
        chosen = self._near()
        n, m = len(chosen), len(pricer.others)
        self.active |= np.abs(self.best[pricer.shared]) > WORTH * self.typical
        rows = np.flatnonzero(self.active)
        master = self._boxed(master_of(pool, chosen, rows), rows)
        relaxed = relax(master, tolerance=1e-4, seconds=seconds)
        self.weights, self.wanted = relaxed.point[:n], relaxed.point[n : n + m]
        self.prices = np.zeros_like(self.best)
        self.prices[pricer.shared[rows]] = relaxed.prices[: len(rows)]
        self.late = self.late or perf_counter() >= ends
        # what it missed comes in at the next round
        self.active |= self._missed(chosen)

    def _missed(self, chosen: Ints) -> NDArray[np.bool_]:
        """Rows that are not in the master and that its point breaks."""
        model, pricer = self.pricer.model, self.pricer
        sums = self.pool.asked[chosen].T @ self.weights + csr_array(pricer.usage[:, pricer.others]) @ self.wanted
        low, high = model.row_lower[pricer.shared], model.row_upper[pricer.shared]
        return np.asarray(~self.active & ((sums < low - BREACH) | (sums > high + BREACH)))

    def whole(self) -> Floats:
        """What the master wants of each column (n): of each firm the year it wants most, and the other columns as they are."""
        pool, pricer = self.pool, self.pricer
        firm = pool.firm[self._chosen]
        order = np.lexsort((-self.weights, firm))
        first = order[np.unique(firm[order], return_index=True)[1]]
        made = np.asarray(pool.points[self._chosen[first]].sum(axis=0), float).ravel()
        made[pricer.others] = self.wanted
        return made

    def years(self, most: int) -> Years:
        """Of each firm up to so many years, those that are worth most at the master's prices."""
        best = self._worth_most(self.prices, most)
        return Years(self.pool.firm[best], csr_array(self.pool.points[best]))

    def _worth_most(self, prices: Floats, most: int) -> Ints:
        """Numbers of up to so many years a firm, those that are worth most at these prices."""
        pool = self.pool
        worth = pool.gain - pool.asked @ prices[self.pricer.shared]
        order = np.lexsort((-worth, pool.firm))
        place = np.arange(len(order)) - np.searchsorted(pool.firm[order], pool.firm[order])
        return np.sort(order[place < most])

    def proof(self) -> float:
        """No point of the model is worth more; on the objective's grid."""
        grid, bound = self.grid, min(self.bound, self.proven)
        return floor(bound / grid) * grid if np.isfinite(bound) else bound

    def _priced(self, slack: float) -> Priced:
        """The best years at these prices; firms whose bound is loose are searched longer."""
        pool, pricer = self.pool, self.pricer
        worth = pool.gain - pool.asked @ self.prices[pricer.shared]
        known = np.full(pricer.firms, NOTHING)
        np.maximum.at(known, pool.firm, worth)
        return pricer.price(self.prices, known, NODES, slack, MOST_NODES)

    def _near(self) -> Ints:
        """Years of the pool that may be wanted at prices near the best ones: the master stays small."""
        self._chosen = self._worth_most(self.best, NEAR)
        return self._chosen

    def _boxed(self, master: Model, rows: Ints) -> Model:
        """The master over some shared rows with two ways out of each shared row, which cost what its price may rise or fall to."""
        centre = self.best[self.pricer.shared[rows]]
        width = self.box * (np.abs(centre) + 0.1 * self.typical[rows])
        low, high = centre - width, centre + width
        unit = np.clip(np.round(UNIT / np.maximum(np.abs(low), np.abs(high))), 1, UNIT * 1000).astype(np.int64)
        count = len(unit)
        i = np.arange(count)
        ways = csr_array(
            (np.append(-unit, unit), (np.append(i, i), np.arange(2 * count))), shape=(master.size[0], 2 * count)
        )
        most = np.maximum(1, np.ceil(self.reach[rows] / unit)).astype(np.int64)
        return replace(
            master, lower=np.append(master.lower, np.zeros(2 * count, np.int64)), upper=np.concatenate([master.upper, most, most]),
            gain=np.concatenate([master.gain, -np.round(high * unit).astype(np.int64), np.round(low * unit).astype(np.int64)]),
            matrix=csr_array(hstack([master.matrix, ways])), group=np.full(master.size[1] + 2 * count, SHARED),
        )  # fmt: skip
