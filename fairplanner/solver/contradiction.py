"""Which rows of a model can be seen not to be kept together: by bounds that follow from one another, or by prices.

Both find few rows that collide, without saying that none of them could be left out; None proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, hstack

from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.nothing import at_nothing, is_broken
from fairplanner.solver.relax import bound_of, relax
from fairplanner.solver.shape import activity

ROUNDS = 200
"""Rounds in which bounds may follow from one another."""
UNIT = 1_000_000
"""Price of a breach of a row's largest coefficient."""
TRIFLE = 1e-6
"""Share of the highest price under which a row has no part in a proof."""


def by_bounds(model: Model) -> Ints | None:
    """Rows from which two bounds of one column follow that leave nothing between them; None where none do."""
    empty = np.flatnonzero((np.diff(model.matrix.indptr) == 0) & ((model.row_lower > 0) | (model.row_upper < 0)))
    if len(empty):
        return empty[:1]
    walk = _Walk(model)
    column = walk.run()
    return None if column is None else walk.rows_behind(column)


@dataclass(frozen=True, eq=False)
class _Round:
    """Bounds before a round, and which row moved which column's lower (upper) bound in it, columns in order."""

    lower: Ints
    upper: Ints
    moved: tuple[tuple[Ints, Ints], tuple[Ints, Ints]]


class _Walk:
    """Rounds of propagation over the rows that have changed, and the way back from a contradiction."""

    def __init__(self, model: Model) -> None:
        self.model, self.columns = model, csc_array(model.matrix)
        self.rounds: list[_Round] = []

    def run(self) -> int | None:
        """A column whose bounds have crossed, or None where nothing follows any more."""
        lower, upper = self.model.lower, self.model.upper
        rows = np.arange(self.model.size[0])
        for _ in range(ROUNDS):
            made = self._round(rows, lower, upper)
            self.rounds.append(made[2])
            lower, upper = made[:2]
            crossed = np.flatnonzero(lower > upper)
            if len(crossed):
                return int(crossed[0])
            changed = np.union1d(*(columns for columns, _ in made[2].moved))
            if not len(changed):
                return None
            rows = np.unique(csc_array(self.columns[:, changed]).indices)
        return None

    def _round(self, rows: Ints, lower: Ints, upper: Ints) -> tuple[Ints, Ints, _Round]:
        matrix = csr_array(self.model.matrix[rows])
        at = np.repeat(np.arange(len(rows)), np.diff(matrix.indptr))
        to, by = matrix.indices.astype(np.int64), matrix.data
        least, most = activity(matrix, lower, upper)
        own_least, own_most = (np.where(by > 0, by * a[to], by * b[to]) for a, b in ((lower, upper), (upper, lower)))
        over = (self.model.row_upper[rows] - least)[at] + own_least
        under = (self.model.row_lower[rows] - most)[at] + own_most
        size = np.abs(by)
        down, up = over // size, -(-under // size)
        low, low_by = _best(np.where(by > 0, up, -down), to, at, lower, 1)
        high, high_by = _best(np.where(by > 0, down, -up), to, at, upper, -1)
        moved = tuple((columns, rows[row]) for columns, row in (low_by, high_by))
        return low, high, _Round(lower, upper, moved)  # type: ignore[arg-type]

    def rows_behind(self, column: int) -> Ints:
        """All rows from which the crossing of a column's bounds follows."""
        found: set[int] = set()
        last = len(self.rounds)
        waiting = [(column, side, last) for side in (0, 1)]
        seen: set[tuple[int, int, int]] = set()
        while waiting:
            column, side, before = waiting.pop()
            event = self._event(column, side, before)
            if event is None or (column, side, event[0]) in seen:
                continue
            seen.add((column, side, event[0]))
            found.add(event[1])
            waiting += self._reasons(column, side, *event)
        return np.array(sorted(found), np.int64)

    def _event(self, column: int, side: int, before: int) -> tuple[int, int] | None:
        """The last round before one in which a bound moved, and the row that moved it."""
        for number in range(before - 1, -1, -1):
            columns, rows = self.rounds[number].moved[side]
            place = int(np.searchsorted(columns, column))
            if place < len(columns) and columns[place] == column:
                return number, int(rows[place])
        return None

    def _reasons(self, column: int, side: int, number: int, row: int) -> list[tuple[int, int, int]]:
        """Bounds of other columns that a row needed to move this one; those it would have moved it without are left out."""
        model, then = self.model, self.rounds[number]
        part = slice(model.matrix.indptr[row], model.matrix.indptr[row + 1])
        to, by = model.matrix.indices[part].astype(np.int64), model.matrix.data[part]
        own = int(by[to == column][0])
        # an upper bound of a column counted in plus comes from the row's upper end, as a lower one of a column in minus does
        least = (side == 1) == (own > 0)
        lows = (by > 0) == least
        was = np.where(lows, model.lower[to], model.upper[to])
        now = np.where(lows, then.lower[to], then.upper[to])
        share = np.abs(by * (now - was))
        share[to == column] = 0
        end = (
            model.row_upper[row] - (by * now)[to != column].sum()
            if least
            else (by * now)[to != column].sum() - model.row_lower[row]
        )
        # so much more room leaves the bound, rounded to whole numbers, where it is
        spare = abs(own) - 1 - int(end) % abs(own)
        order = np.argsort(share, kind="stable")
        needed = order[np.cumsum(share[order]) > spare]
        needed = needed[share[needed] > 0]
        return [(int(to[k]), int(not lows[k]), number) for k in needed.tolist()]


def _best(bound: Ints, to: Ints, at: Ints, was: Ints, sign: int) -> tuple[Ints, tuple[Ints, NDArray[np.int64]]]:
    """The tightest bound told of each column, and of those that are tighter than before the columns and rows."""
    made = was.copy()
    (np.maximum if sign > 0 else np.minimum).at(made, to, bound)
    told = np.flatnonzero((bound == made[to]) & (made != was)[to])
    columns, first = np.unique(to[told], return_index=True)
    return made, (columns, at[told[first]])


def by_prices(model: Model, seconds: float = 30.0) -> Ints | None:
    """Rows that no point of the relaxation keeps together, from the prices of least breach; None where one does.

    Rows broken where nothing happens at all (what people want) get ways out, all others are kept: so the relaxation always has a
    point. Prices of the least breach add up its rows to one that no point of the box keeps, which is reckoned exactly.
    """
    point = at_nothing(model)
    wanted = np.flatnonzero(is_broken(model, point))
    if not len(wanted):
        return None
    try:
        paid = relax(_with_ways_out(model, wanted), seconds=seconds).prices
    except RuntimeError:
        return None
    rows = np.flatnonzero(np.abs(paid) > TRIFLE * np.abs(paid).max(initial=0))
    some = replace(model, gain=0 * model.gain).only(rows)
    return rows if bound_of(some, paid[rows]) < 0 else None


def _with_ways_out(model: Model, rows: Ints) -> Model:
    """The model whose only gain is what it costs to break these rows, each by shares of its largest coefficient."""
    least, most = activity(model.matrix, model.lower, model.upper)
    largest = np.maximum(1, abs(csr_array(model.matrix[rows])).max(axis=1).toarray().ravel())
    reach = np.maximum(model.row_lower - least, most - model.row_upper)[rows]
    k = len(rows)
    at, sides = np.tile(np.arange(k), 2), np.repeat(np.array([1, -1], np.int64), k)
    ways = csr_array((sides, (rows[at], np.arange(2 * k))), shape=(model.size[0], 2 * k))
    price = np.maximum(1, UNIT // largest).astype(np.int64)
    return replace(
        model, lower=np.append(model.lower, np.zeros(2 * k, np.int64)), upper=np.concatenate([model.upper, reach, reach]),
        gain=np.concatenate([0 * model.gain, -price, -price]), matrix=csr_array(hstack([model.matrix, ways])),
        group=np.append(model.group, np.full(2 * k, SHARED)),
    )  # fmt: skip
