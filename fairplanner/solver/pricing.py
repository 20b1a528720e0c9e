"""Years by price: the best year of every firm at given prices of the rows that firms share, and the bound that this proves.

Prices y of shared rows take from each column what it uses of them. What is left falls apart into one small problem a firm
(`search.best_year`) and columns that belong to nobody, each at its better end. The sum of their bests and of what the
prices pay for the rows' ends is a bound on the whole model, whatever the prices (Lagrangian relaxation of shared rows).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import fsum

import numpy as np
from scipy.sparse import csr_array

from fairplanner.solver import search
from fairplanner.solver.blocks import PLACE, Floats, blocks_of
from fairplanner.solver.descent import HUGE, UNIT
from fairplanner.solver.model import SHARED, Ints, Model

THREADS = 2
NOTHING = -1e30
"""Worth of no year at all."""


@dataclass(frozen=True, eq=False)
class Priced:
    """What prices of shared rows (m, 0 for own rows) tell: a bound, and for each firm the worth of its best year found.

    `worth`, `most` (firms): thousandths of a point at these prices, found and at the very most. `years`: local columns.
    """

    prices: Floats
    bound: float
    worth: Floats
    most: Floats
    years: Ints
    fresh: Ints
    nodes: int


class Pricer:
    """The blocks of a model, and prices of firms' own rows that make their searches short (any are valid)."""

    def __init__(self, model: Model, own: Floats) -> None:
        self.model, self.blocks = model, blocks_of(model)
        self.shared = np.flatnonzero(model.row_group == SHARED)
        self.others = np.flatnonzero(model.group == SHARED)
        self.usage = csr_array(model.matrix[self.shared])
        self.down = csr_array(self.usage.T)
        blocks = self.blocks
        self.low, self.high = model.lower[blocks.column], model.upper[blocks.column]
        self.own = np.where(blocks.row >= 0, own[blocks.row], 0.0)
        self.firms = len(blocks.at) - 1
        self.steps = 100

    def left(self, prices: Floats) -> Floats:
        """Gain of each column of the model less what it pays for shared rows."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(self.model.gain - self.down @ prices[self.shared])

    def idle(self, prices: Floats) -> tuple[Floats, Ints]:
        """Worth of the cheapest years there are, without any place, and those years."""
        gain = self.left(prices)[self.blocks.column]
        high = np.where(self.blocks.kind == PLACE, self.low, self.high)
        years = np.zeros(len(gain), np.int64)
        own, nothing = np.zeros(len(self.blocks.row)), np.full(self.firms, NOTHING)
        worth, _, _ = self._searched(np.arange(self.firms), gain, own, 1, high, 500, 0.0, nothing, years)
        return worth, years

    def price(self, prices: Floats, known: Floats, budget: int, slack: float, longest: int = 0) -> Priced:
        """The best years at these prices, as far as they beat what is `known` (firms) by more than `slack`.

        `budget`: nodes a firm; what they leave open counts in the bound. Firms that leave much open are searched again with
        up to `longest` nodes, those with most to win first.
        """
        left = self.left(prices)
        gain = left[self.blocks.column]
        years, found, most = np.zeros(len(gain), np.int64), known.copy(), np.full(self.firms, np.inf)
        nodes, who = 0, np.arange(self.firms)
        while budget <= max(longest, budget) and len(who):
            worth, ends, looked = self._searched(
                who, gain, self.own, self.steps, self.high, budget, slack, found[who], years
            )
            found[who], most[who] = worth, np.minimum(most[who], ends)
            nodes += int(looked.sum())
            loose = most - found
            # only where much is left open is more time well spent
            who = np.flatnonzero((loose > 4 * slack) & (loose > 1e-3 * np.maximum(1.0, np.abs(found))))
            budget *= 6
            if budget > longest:
                break
        fresh = np.flatnonzero(found > known + 1e-6)
        return Priced(prices, self._bound(prices, left, most), found, most, years, fresh, nodes)

    def _bound(self, prices: Floats, left: Floats, most: Floats) -> float:
        model, y = self.model, prices[self.shared]
        if (most == -np.inf).any():
            return -np.inf
        with np.errstate(over="ignore", invalid="ignore"):
            paid = np.where(y > 0, model.row_upper[self.shared], model.row_lower[self.shared]) * y
            others = left[self.others]
            ends = np.maximum(others * model.lower[self.others], others * model.upper[self.others])
            sizes = float(np.abs(paid).sum() + np.abs(most).sum() + np.abs(ends).sum() + self.own_sizes(y).sum())
        # prices with which nothing can be reckoned prove nothing
        if not sizes < HUGE:
            return np.inf
        # the search counts with its own rounding; here it is that of each column's payments and of the products
        terms = 4 + int(np.diff(self.down.indptr).max(initial=0))
        return fsum([*paid, *most, *ends, UNIT * terms * sizes])

    def own_sizes(self, y: Floats) -> Floats:
        """Sizes of the sums in which float64 may round, column by column."""
        box = np.maximum(np.abs(self.model.lower), np.abs(self.model.upper))
        return np.asarray((np.abs(self.model.gain) + abs(self.down) @ np.abs(y)) * box)

    def _searched(
        self, which: Ints, gain: Floats, own: Floats, steps: int, high: Ints, budget: int, slack: float, known: Floats, years: Ints
    ) -> tuple[Floats, Floats, Ints]:  # fmt: skip
        """`search.best_years`, some firms on each thread; the result does not hang on how many there are."""
        parts, firms = np.array_split(np.arange(len(which)), 8 * THREADS), self.blocks.firms
        worth, most, nodes = np.empty(len(which)), np.empty(len(which)), np.empty(len(which), np.int64)

        def one(part: Ints) -> None:
            worth[part], most[part], nodes[part] = search.best_years(
                which[part], firms, gain, own, steps, self.low, high, budget, slack, known[part], years
            )

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(one, parts))
        return worth, most, nodes
