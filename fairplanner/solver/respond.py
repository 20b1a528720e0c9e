"""Each firm's best answer to what all others do: a way to a first plan, and to a better one, at any size.

One firm after another gets the best year that its own rows and what the others leave of shared rows allow. Nothing that
holds is ever broken, and what is broken never gets worse; with the true gains the plan only gets better.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from scipy.sparse import csr_array

from fairplanner.solver.blocks import Floats, with_rows
from fairplanner.solver.model import Ints
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.search import FAR, best_year
from fairplanner.solver.shape import activity


class Answers:
    """A point of the model (`x`, n), the sums of its shared rows, and the blocks with the shared rows each firm has part in."""

    def __init__(self, pricer: Pricer, start: Ints) -> None:
        self.pricer, self.model = pricer, pricer.model
        blocks, usage = pricer.blocks, csr_array(pricer.usage[:, pricer.blocks.column])
        entry = usage.tocoo()
        firm = blocks.firm[entry.col]
        pairs, line = np.unique(firm * usage.shape[0] + entry.row, return_inverse=True)
        order = np.argsort(line, kind="stable")
        starts = np.append(0, np.cumsum(np.bincount(line, minlength=len(pairs))))
        more = pairs // usage.shape[0], starts, entry.col[order] - blocks.at[firm[order]], entry.data[order]
        self.blocks, extra = with_rows(blocks, more)
        self.shared = np.where(extra >= 0, (pairs % usage.shape[0])[extra], -1)
        self.floor, self.roof = pricer.model.row_lower[pricer.shared], pricer.model.row_upper[pricer.shared]
        # what says for nothing that others may go on is said wherever it can be
        helps = np.zeros(len(pricer.model.gain), bool)
        helps[usage_helps(pricer)] = True
        self.first_up = self.blocks.first_up | helps[self.blocks.column] & (pricer.model.gain[self.blocks.column] == 0)
        self.strict = np.zeros(len(self.floor), np.int64)
        self.set(start)

    def set(self, x: Ints) -> None:
        """Go on from another point."""
        self.x = x.copy()
        self.local = x[self.blocks.column]
        self.sums = np.asarray(self.pricer.usage @ x)

    @property
    def point(self) -> Ints:
        """The point as it is now."""
        self.x[self.blocks.column] = self.local
        return self.x

    def change(self, columns: Ints, values: Ints) -> None:
        """Set columns that belong to nobody."""
        self.sums += np.asarray(self.pricer.usage[:, columns] @ (values - self.x[columns]))
        self.x[columns] = values

    def respond(self, firms: Ints, gain: Floats, budget: int, slack: float = 5.0, steps: int = 20) -> int:
        """Let these firms answer in turn, by these gains (n); how many changed their year."""
        b = self.blocks
        own = np.where(b.row >= 0, 0.0, 0.0)
        own[self.shared < 0] = self.pricer.own
        return int(
            _answered(
                firms, gain[b.column], own, steps, self.pricer.low, self.pricer.high, b.at, b.row_at, b.by_column, b.by_row,
                b.floor, b.roof, self.shared, self.floor, self.roof, b.form, self.first_up, budget, slack, self.local, self.sums, self.strict,
            )
        )  # fmt: skip


def usage_helps(pricer: Pricer) -> Ints:
    """Columns that make room in a shared row: they lower a sum that must not be high, or raise one that must not be low."""
    usage, model = pricer.usage.tocoo(), pricer.model
    least, most = activity(pricer.usage, model.lower, model.upper)
    low, high = model.row_lower[pricer.shared], model.row_upper[pricer.shared]
    eased = np.where(usage.data < 0, (high < most)[usage.row], (low > least)[usage.row])
    return np.unique(usage.col[eased])


@njit(cache=True, nogil=True)
def _answered(
    firms, gain, price, steps, low, high, at, row_at, cols, rows, floor, roof, shared, least, most, form, first_up, budget, slack, x, sums, strict
):  # fmt: skip
    clique, parent, group, linked, link_at, lptr, lcol, serves = form
    changed = 0
    for i in range(len(firms)):
        f = firms[i]
        a, b, c, d = at[f], at[f + 1], row_at[f], row_at[f + 1]
        cp, rp = cols[0][a : b + 1], rows[0][c : d + 1]
        one = (cp - cp[0], cols[1][cp[0] : cp[-1]], cols[2][cp[0] : cp[-1]])
        two = (rp - rp[0], rows[1][rp[0] : rp[-1]], rows[2][rp[0] : rp[-1]])
        lp = lptr[link_at[f] : link_at[f + 1] + 1]
        shape = (clique[a:b], parent[a:b], group[a:b], linked[a:b], lp - lp[0], lcol[lp[0] : lp[-1]], serves[a:b])
        down, up = floor[c:d].copy(), roof[c:d].copy()
        for r in range(d - c):
            s = shared[c + r]
            if s >= 0:
                mine = np.int64(0)
                for k in range(two[0][r], two[0][r + 1]):
                    mine += two[2][k] * x[a + two[1][k]]
                others = sums[s] - mine
                # what is broken may stay as it is, but in rows where the firm must give way (1) or need not care (2)
                down[r] = least[s] - others if strict[s] == 1 else min(least[s] - others, mine)
                up[r] = most[s] - others if strict[s] == 1 else max(most[s] - others, mine)
                if strict[s] == 2:
                    down[r], up[r] = -FAR, FAR
        now = 0.0
        for j in range(a, b):
            now += gain[j] * x[j]
        kept = True
        for r in range(d - c):
            total = np.int64(0)
            for k in range(two[0][r], two[0][r + 1]):
                total += two[2][k] * x[a + two[1][k]]
            if total < down[r] or total > up[r]:
                kept = False
        best_x = x[a:b].copy()
        start = now if kept else -1e30
        priced, fixed = gain[a:b].copy(), 0.0
        value, _, _ = best_year(
            gain[a:b], priced, 1e30, low[a:b].copy(), high[a:b].copy(), one, two, down, up, shape, first_up[a:b], budget, slack, start, best_x
        )
        if value > start:
            for r in range(d - c):
                s = shared[c + r]
                if s >= 0:
                    for k in range(two[0][r], two[0][r + 1]):
                        sums[s] += two[2][k] * (best_x[two[1][k]] - x[a + two[1][k]])
            x[a:b] = best_x
            changed += 1
    return changed
