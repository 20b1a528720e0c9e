"""Points near to nothing at all: nobody goes anywhere but those whom what is wanted asks for, and what that asks for in turn.

To see that some limits can be kept it is enough to find one point; most limits are kept where little happens.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from fairplanner.rules.tables import DECIDED
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.rest import best_of
from fairplanner.solver.result import Found

Flags = NDArray[np.bool_]
MOST = 0.75
"""Share of what may be decided above which it is no longer near to nothing."""
STEPS = 60
"""Times that what is asked for may ask for more."""


def at_nothing(model: Model) -> Ints:
    """Everything as low as it may be, but for the slack of soft rows, which is as high."""
    point = np.clip(np.zeros(len(model.gain), np.int64), model.lower, model.upper)
    for block, place in model.blocks.items():
        if isinstance(block, tuple) and block[1].startswith("breach "):
            point[place] = model.upper[place]
    return point


def is_broken(model: Model, point: Ints) -> Flags:
    """Which rows a point breaks."""
    sums = model.matrix @ point
    return np.asarray((sums < model.row_lower) | (sums > model.row_upper))


def near_nothing(model: Model, effort: Effort) -> Found:
    """The best point where little is decided that nobody asks for; no bound and never `infeasible`, since more may have to happen.

    First only what asks for least in its turn is let come (the journey to one fair, not to three), then all that could help.
    """
    point, asking = at_nothing(model), None
    for only_easiest in (True, False):
        asking = _Asking(model, point) if asking is None else asking
        free = asking.for_(only_easiest)
        decided = _decided(model)
        if free[decided].sum() > MOST * decided.sum():
            break
        found = best_of(model, point, decided & ~free, lambda part, hint: search(part, effort, hint))
        if found.point is not None:
            return Found(found.point, None)
    return Found(None, None)


def _decided(model: Model) -> Flags:
    made = np.zeros(len(model.gain), bool)
    for name in DECIDED:
        made[model.blocks[name]] = True
    return made


class _Asking:
    """What each column breaks where it alone is raised, and who can put it right."""

    def __init__(self, model: Model, point: Ints) -> None:
        self.model, self.point = model, point
        self.sums = model.matrix @ point
        matrix = csc_array(model.matrix)
        step = np.where(np.diff(matrix.indptr) > 0, np.minimum(1, model.upper - point), 0)
        column = np.repeat(np.arange(len(step)), np.diff(matrix.indptr))
        after = self.sums[matrix.indices] + matrix.data * step[column]
        short, over = after < model.row_lower[matrix.indices], after > model.row_upper[matrix.indices]
        worse = np.where(matrix.data < 0, short, over) & (step[column] > 0)
        sign = np.where(matrix.data < 0, 1, -1)
        # row by column: +1 where the row then asks for more, -1 where for less
        self.breaks = csc_array(
            csr_array((sign[worse], (matrix.indices[worse], column[worse])), shape=matrix.shape, dtype=np.int64)
        )
        self.ease = np.diff(self.breaks.indptr)

    def for_(self, only_easiest: bool) -> Flags:
        """Columns asked for by the rows broken at the point, by what these break, and so on."""
        model, free = self.model, np.zeros(len(self.model.gain), bool)
        need = np.sign(np.maximum(0, model.row_lower - self.sums) - np.maximum(0, self.sums - model.row_upper))
        done = np.zeros((2, len(need)), bool)
        for _ in range(STEPS):
            rows = np.flatnonzero(need)
            rows = rows[~done[(need[rows] > 0).astype(np.int64), rows]]
            if not len(rows):
                break
            done[(need[rows] > 0).astype(np.int64), rows] = True
            new = self._helpers(rows, need[rows], only_easiest)
            new = new[~free[new]]
            free[new] = True
            need = np.sign(np.asarray(self.breaks[:, new].sum(axis=1)).ravel()) if len(new) else 0 * need
        return free

    def _helpers(self, rows: Ints, need: Ints, only_easiest: bool) -> Ints:
        part = csr_array(self.model.matrix[rows])
        at = np.repeat(np.arange(len(rows)), np.diff(part.indptr))
        helps = (np.sign(part.data) == need[at]) & (self.model.upper > self.point)[part.indices]
        at, columns = at[helps], part.indices[helps]
        if only_easiest and len(columns):
            least = np.full(len(rows), np.iinfo(np.int64).max)
            np.minimum.at(least, at, self.ease[columns])
            columns = columns[self.ease[columns] <= least[at]]
        return np.unique(columns)
