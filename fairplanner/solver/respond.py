"""Each firm's best answer to what all others do: a way to a first plan, and to a better one, at any size.

One firm after another gets the best year that its own rows and what the others leave of shared rows allow. Nothing that
holds is ever broken, and what is broken never gets worse; with the true gains the plan only gets better.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.sparse import csc_array, csr_array

from fairplanner.solver.blocks import Floats, with_rows
from fairplanner.solver.compiled import STAMP, compiled, entry
from fairplanner.solver.model import Ints
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.propagation import FAR, Lines
from fairplanner.solver.search import Firms, Task, best_year, cut
from fairplanner.solver.shape import activity

_FIRM, _FREE = 1, 2
_NOTHING = -1e30


class State(NamedTuple):
    """Where answers stand: firms' columns in local order, sums of shared rows, columns of nobody."""

    local: Ints
    sums: Ints
    others: Ints


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
        self.helps = np.flatnonzero(helps & (pricer.model.gain == 0) & (pricer.model.group >= 0))
        said = helps[self.blocks.column] & (pricer.model.gain[self.blocks.column] == 0)
        self.blocks = replace(self.blocks, first_up=self.blocks.first_up | said)
        self.by_column = csc_array(pricer.usage)
        self._place = np.full(len(pricer.model.gain), -1)
        self._place[self.blocks.column] = np.arange(len(self.blocks.column))
        self._gain, self._gain_others = pricer.model.gain[self.blocks.column], pricer.model.gain[pricer.others]
        self._last, self._mine = np.zeros(0), np.zeros(0)
        self.strict = np.zeros(len(self.floor), np.int64)
        self.fine = np.zeros(len(self.floor))
        self.set(start)

    def set(self, x: Ints) -> None:
        """Go on from another point."""
        self.x, self._stale = x.copy(), False
        self.local = x[self.blocks.column]
        self.sums = np.asarray(self.pricer.usage @ x)

    @property
    def point(self) -> Ints:
        """The point as it is now."""
        if self._stale:
            self.x[self.blocks.column], self._stale = self.local, False
        return self.x

    def at(self, columns: Ints) -> Ints:
        """Some columns of the point; much cheaper than all of it at size."""
        place = self._place[columns]
        return np.where(place >= 0, self.local[place], self.x[columns])

    def worth(self) -> int:
        """Value of the point."""
        return int(self._gain @ self.local) + int(self._gain_others @ self.x[self.pricer.others])

    def kept(self) -> State:
        """The point and the sums, to come back to."""
        return State(self.local.copy(), self.sums.copy(), self.x[self.pricer.others])

    def back(self, state: State) -> None:
        """Go back to what was kept; it is used up."""
        self.local, self.sums, self._stale = state.local, state.sums, True
        self.x[self.pricer.others] = state.others

    def change(self, columns: Ints, values: Ints) -> None:
        """Set columns that belong to nobody."""
        self.sums += np.asarray(self.by_column[:, columns] @ (values - self.x[columns]))
        self.x[columns] = values

    def respond(
        self, firms: Ints, gain: Floats, budget: int, slack: float = 5.0, more: tuple[Ints, float] | None = None
    ) -> int:
        """Let these firms answer in turn, by these gains (n); how many changed their year.

        `more`: columns of firms (never of nobody) that are worth so much more this once. Gains are not looked at again while
        they are the same array.
        """
        if gain is not self._last:
            self._last, self._mine = gain, gain[self.blocks.column]
        mine, self._stale = self._mine, True
        if more is not None:
            mine[self._place[more[0]]] += more[1]
        # every other layout in memory would be compiled for itself, which takes ten seconds
        changed = answered(
            np.ascontiguousarray(firms), mine, self.blocks.firms, self.pricer.low, self.pricer.high,
            Shared(self.shared, self.floor, self.roof, self.strict, self.fine), budget, slack, self.local, self.sums,
        )  # fmt: skip
        if more is not None:
            mine[self._place[more[0]]] = gain[more[0]]
        return changed


def usage_helps(pricer: Pricer) -> Ints:
    """Columns that make room in a shared row: they lower a sum that must not be high, or raise one that must not be low."""
    usage, model = pricer.usage.tocoo(), pricer.model
    least, most = activity(pricer.usage, model.lower, model.upper)
    low, high = model.row_lower[pricer.shared], model.row_upper[pricer.shared]
    eased = np.where(usage.data < 0, (high < most)[usage.row], (low > least)[usage.row])
    return np.unique(usage.col[eased])


class Shared(NamedTuple):
    """Which shared row each row of a firm is (-1: an own one); ends of shared rows, how strict each is, and its fine.

    `strict`: 0 what is broken may stay as it is, 1 the firm must give way, 2 it need not care. `fine`: what each unit of a
    firm's part in a row costs it while the row is broken.
    """

    row: Ints
    floor: Ints
    roof: Ints
    strict: Ints
    fine: Floats


@entry
def answered(
    which: Ints, gain: Floats, firms: Firms, low: Ints, high: Ints, shared: Shared, budget: int, slack: float, x: Ints,
    sums: Ints, _stamp: int = STAMP,
) -> int:  # fmt: skip
    """Give each of these firms its best year by what all others leave; how many changed. `x` and `sums` follow."""
    changed = 0
    for f in which:
        a, b, c, d = firms.at[f], firms.at[f + 1], firms.row_at[f], firms.row_at[f + 1]
        lines, form = cut(firms, f, firms.lines.floor[c:d].copy(), firms.lines.roof[c:d].copy())
        year = x[a:b].copy()
        mine = gain[a:b].copy()
        kept = _leave(lines, shared.row[c:d], shared, year, sums, mine)
        now = 0.0
        for j in range(b - a):
            now += mine[j] * year[j]
        start = now if kept else _NOTHING
        task = Task(mine, mine, 0.0, 0.0, False, firms.first_up[a:b])
        value, _, _ = best_year(task, low[a:b].copy(), high[a:b].copy(), lines, form, budget, slack, start, year)
        if value > start:
            _follow(lines, shared.row[c:d], year - x[a:b], sums)
            x[a:b] = year
            changed += 1
    return changed


@compiled
def _leave(lines: Lines, row: Ints, shared: Shared, year: Ints, sums: Ints, gain: Floats) -> bool:
    """Fill in the ends that the others leave of shared rows, and fines in the gains; whether the present year keeps all rows."""
    kept = True
    for r in range(len(row)):
        mine, s = np.int64(0), row[r]
        for k in range(lines.row_at[r], lines.row_at[r + 1]):
            mine += lines.row_value[k] * year[lines.row_column[k]]
        if s >= 0 and shared.strict[s] == _FREE:
            lines.floor[r], lines.roof[r] = -FAR, FAR
        elif s >= 0:
            low, high = shared.floor[s] - (sums[s] - mine), shared.roof[s] - (sums[s] - mine)
            firm = shared.strict[s] == _FIRM
            lines.floor[r], lines.roof[r] = low if firm else min(low, mine), high if firm else max(high, mine)
            if shared.fine[s] > 0.0 and not low <= mine <= high:
                fine = shared.fine[s] if mine > high else -shared.fine[s]
                for k in range(lines.row_at[r], lines.row_at[r + 1]):
                    gain[lines.row_column[k]] -= fine * lines.row_value[k]
        kept = kept and lines.floor[r] <= mine <= lines.roof[r]
    return kept


@compiled
def _follow(lines: Lines, row: Ints, change: Ints, sums: Ints) -> None:
    """Bring the sums of shared rows up to date."""
    for r in range(len(row)):
        if row[r] >= 0:
            for k in range(lines.row_at[r], lines.row_at[r + 1]):
                sums[row[r]] += lines.row_value[k] * change[lines.row_column[k]]
