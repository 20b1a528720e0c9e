"""Every year a firm can have: its own columns under its own rows, enumerated whole where they are few enough."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array, vstack

from fairplanner.solver.model import SHARED, Ints, Model

MOST_YEARS = 4_000
"""A firm with more partial years than this stays compact: its own columns and rows go into the master as they are."""
_MIXER = np.int64(0x9E3779B97F4A7C1)
MOST_VALUES = 4
"""A private column with more values than this keeps its firm compact."""


@dataclass(frozen=True, eq=False)
class Years:
    """k admissible years, sorted by firm: `firm` (k) group numbers, `points` k × n of the model, `gain` (k)."""

    firm: Ints
    points: csr_array
    gain: Ints

    def __len__(self) -> int:
        return len(self.firm)

    def starts(self) -> Ints:
        """Where each firm's years begin."""
        return np.flatnonzero(np.diff(self.firm, prepend=-1))


def all_years(model: Model, most: int = MOST_YEARS) -> Years:
    """The years of every firm that has at most `most`; the other firms are simply not in it."""
    columns = _by_group(model.group, len(model.firms))
    rows = _by_group(model.row_group, len(model.firms))
    whole = [(f, _enumerated(model, columns[f], rows[f], most)) for f in range(len(model.firms))]
    kept = [(f, made) for f, made in whole if made is not None]
    n = len(model.gain)
    points = [_placed(made, columns[f], n) for f, made in kept]
    firm = np.concatenate([np.zeros(0, np.int64), *(np.full(len(made), f, np.int64) for f, made in kept)])
    return best_of_equal(model, firm, csr_array(vstack(points)) if points else csr_array((0, n), dtype=np.int64))


def of_point(x: Ints, group: Ints, firms: Ints) -> csr_array:
    """The years that firms (group numbers, rising) have in a point: firms × n."""
    used = np.flatnonzero(np.isin(group, firms) & (x != 0))
    return csr_array((x[used], (np.searchsorted(firms, group[used]), used)), shape=(len(firms), len(x)))


def best_of_equal(model: Model, firm: Ints, points: csr_array) -> Years:
    """Years with their gain, sorted by firm; of those that ask the same of all shared rows only the best is kept."""
    gain = np.asarray(points @ model.gain)
    asked = csr_array(points @ csr_array(model.matrix[model.row_group == SHARED].T))
    # a fixed multiplier mixes the demands into one number; equal numbers are compared in full before a year is dropped
    mixed = asked @ (np.arange(1, asked.shape[1] + 1, dtype=np.int64) * _MIXER)
    order = np.lexsort((-gain, mixed, firm))
    fresh = np.diff(firm[order], prepend=-1).astype(bool) | np.diff(mixed[order], prepend=0).astype(bool)
    fresh[:1] = True
    best = order[np.flatnonzero(fresh)[np.cumsum(fresh) - 1]]
    other = abs(asked[order] - asked[best]).sum(axis=1) != 0
    kept = np.sort(order[fresh | np.asarray(other).ravel()])
    kept = kept[np.argsort(firm[kept], kind="stable")]
    return Years(firm[kept], csr_array(points[kept]), gain[kept])


def _by_group(group: Ints, count: int) -> list[Ints]:
    """Indices of each group 0 ... count - 1, in order."""
    order = np.argsort(group, kind="stable")
    edges = np.searchsorted(group[order], np.arange(count + 1))
    return [order[a:b] for a, b in pairwise(edges)]


def _placed(made: Ints, columns: Ints, n: int) -> csr_array:
    row, place = np.nonzero(made)
    return csr_array((made[row, place], (row, columns[place])), shape=(len(made), n))


def _enumerated(model: Model, columns: Ints, rows: Ints, most: int) -> Ints | None:
    """All points of one firm's columns that keep its own rows, or None where there are too many on the way.

    Column by column over all partial years at once; one is dropped as soon as a row can no longer be kept.
    """
    if (model.upper[columns] - model.lower[columns] >= MOST_VALUES).any():
        return None
    matrix = csr_array(model.matrix[rows]).toarray()[:, columns]
    low, high = model.row_lower[rows], model.row_upper[rows]
    ends = matrix * model.lower[columns], matrix * model.upper[columns]
    still_least, still_most = _still(np.minimum(*ends)), _still(np.maximum(*ends))
    made, sums = np.zeros((1, 0), np.int64), np.zeros((1, len(rows)), np.int64)
    for t, column in enumerate(columns):
        values = np.arange(model.lower[column], model.upper[column] + 1)[::-1]
        made = np.hstack([np.repeat(made, len(values), axis=0), np.tile(values, len(made))[:, None]])
        sums = np.repeat(sums, len(values), axis=0) + made[:, -1:] * matrix[:, t]
        can = ((sums + still_least[t] <= high) & (sums + still_most[t] >= low)).all(axis=1)
        made, sums = made[can], sums[can]
        if len(made) > most:
            return None
    return made


def _still(ends: Ints) -> Ints:
    """What the columns after each one can still add to every row: columns × rows."""
    return np.cumsum(ends[:, ::-1], axis=1)[:, ::-1].T - ends.T
