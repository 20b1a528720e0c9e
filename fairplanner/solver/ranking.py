"""Rankings: who waits for whom, read off the columns in which firms say that others may go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.shape import activity


@dataclass(frozen=True, eq=False)
class Ranking:
    """Columns (`column`, k) that open the way for others: the one that each waits for (`ahead`, k, -1: none), how many are
    ahead of it (`place`, k), and in which ranking it is (`number`, k)."""

    column: Ints
    ahead: Ints
    place: Ints
    number: Ints

    def next_up(self, at: Callable[[Ints], Ints], number: Ints | None = None) -> Ints:
        """Columns that are not said and wait for nobody, or for what is said; of some rankings only, or of all.

        `at`: values of columns.
        """
        may = (at(self.column) == 0) & ((self.ahead < 0) | (at(np.maximum(self.ahead, 0)) > 0))
        if number is not None:
            may &= np.isin(self.number, number)
        return np.asarray(self.column[may], np.int64)

    def from_behind(self, columns: Ints) -> Ints:
        """All columns of the rankings of which these are part, the last first."""
        at = np.flatnonzero(np.isin(self.number, self.of(columns)))
        return self.column[at[np.argsort(-self.place[at], kind="stable")]]

    def of(self, columns: Ints) -> Ints:
        """Numbers of the rankings of which these columns are part."""
        return np.unique(self.number[np.isin(self.column, columns)])


def ranking_of(model: Model, columns: Ints) -> Ranking:
    """Rankings of columns of a model, from rows in which one of them asks for one other.

    Where only two are ranked one column opens the way, and nobody waits for another column: that is a ranking too.
    """
    chosen = np.zeros(len(model.gain), bool)
    chosen[columns] = True
    rows = np.flatnonzero(np.diff(model.matrix.indptr) == 2)
    two = csr_array(model.matrix[rows])
    ends, values = two.indices.reshape(-1, 2), two.data.reshape(-1, 2)
    least, most = activity(two, model.lower, model.upper)
    # "this one only with that one": the one that may not rise by itself waits
    first = np.where(model.row_upper[rows] < most, values[:, 0] > 0, values[:, 0] < 0)
    one_sided = (model.row_upper[rows] < most) != (model.row_lower[rows] > least)
    real = chosen[ends].all(axis=1) & (values.sum(axis=1) == 0) & one_sided
    waits, ahead = np.where(first, ends[:, 0], ends[:, 1])[real], np.where(first, ends[:, 1], ends[:, 0])[real]
    before = np.full(len(model.gain), -1)
    before[waits] = ahead
    alone = np.setdiff1d(_leading(model, chosen), np.append(waits, ahead))
    bound = coo_array((np.ones(len(waits), np.int8), (waits, ahead)), shape=(len(chosen), len(chosen)))
    number = connected_components(bound, directed=False)[1].astype(np.int64)
    inside = np.unique(np.concatenate([waits, ahead, alone]))
    return Ranking(inside, before[inside], _places(before)[inside], number[inside])


def _leading(model: Model, chosen: NDArray[np.bool_]) -> Ints:
    """Those of these columns without which others' places cannot be: alone among places in a row that firms share."""
    rows = np.flatnonzero(model.row_group == SHARED)
    part = csr_array(model.matrix[rows])
    line = np.repeat(np.arange(len(rows)), np.diff(part.indptr))
    place = np.zeros(len(chosen), bool)
    place[model.blocks.get("participations", slice(0))] = True
    mine = np.bincount(line[chosen[part.indices]], minlength=len(rows))
    rest = np.bincount(line[~chosen[part.indices] & ~place[part.indices]], minlength=len(rows))
    whose = (mine == 1) & (rest == 0)
    return np.unique(part.indices[whose[line] & chosen[part.indices]]).astype(np.int64)


def _places(before: Ints) -> Ints:
    """How many are ahead of each; twice as far is looked in every step, and never in a circle."""
    place, jump = (before >= 0).astype(np.int64), before.copy()
    for _ in range(len(before).bit_length()):
        on = np.flatnonzero(jump >= 0)
        place[on] += place[jump[on]]
        jump[on] = jump[jump[on]]
    return place
