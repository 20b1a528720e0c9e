"""Large neighbourhoods: columns that may move while all others stay; branch and cut finds the best of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array
from scipy.sparse.csgraph import connected_components

from fairplanner.solver.branch import branch
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.part import Moves, part_of, units
from fairplanner.solver.pool import Years
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.result import gap_between

GAP, ROUGH = 2e-4, 5e-3
"""Gap at which a search ends, and where rows are broken."""
HOPS, FEW = 2, 5
"""Steps from row to row within a firm around what it does at one fair, and firms in a row to look at it as a whole."""
LINKS = 4
"""Places before and behind that are looked at in a ranking."""
WIDER = 4
"""How many times as many columns there may be of one fair at once as of firms around a row."""
BROKEN = 0.9
"""How often a broken row is begun with where there is one."""
CROWD = 100
"""Firms in a row beyond which it is not begun with more often."""
SHORT = 400
"""Firms in a row up to which it is followed from firm to firm."""


def queues(model: Model) -> Ints:
    """A number for each column (n), the same for those of firms that one condition after another binds: a ranking.

    Conditions are rows of two columns, journeys and columns of nobody aside.
    """
    free = model.group >= 0
    free[model.blocks["journeys"]] = False
    rows = np.flatnonzero(np.diff(model.matrix.indptr) == 2)
    ends = csr_array(model.matrix[rows]).indices.reshape(-1, 2)
    ends = ends[free[ends].all(axis=1)]
    bound = csr_array((np.ones(len(ends), np.int8), (ends[:, 0], ends[:, 1])), shape=(len(free), len(free)))
    return connected_components(bound, directed=False)[1].astype(np.int64)


class Neighbourhoods:
    """Ways to choose who may move: firms that meet in rows, found by walking from row to row."""

    def __init__(self, pricer: Pricer, size: int, dice: Generator) -> None:
        self.pricer, self.size, self.dice, self.late = pricer, size, dice, False
        self.unit, self.queues = units(pricer.model), queues(pricer.model)
        self.columns = csc_array(pricer.model.matrix)
        model = pricer.model
        usage = pricer.usage.tocoo()
        firm = model.group[usage.col]
        owned = firm >= 0
        pairs = np.unique(usage.row[owned].astype(np.int64) * pricer.firms + firm[owned])
        self.row_at = np.searchsorted(pairs // pricer.firms, np.arange(len(pricer.shared) + 1))
        self.row_firm = pairs % pricer.firms
        back = np.argsort(self.row_firm, kind="stable")
        self.firm_row = (pairs // pricer.firms)[back]
        self.firm_at = np.searchsorted(self.row_firm[back], np.arange(pricer.firms + 1))
        self.lengths = np.diff(pricer.blocks.at)
        others = csr_array(pricer.usage[:, pricer.others].T)
        self.others_rows = abs(others)
        self.shares = np.diff(self.row_at)
        self.shared_at = np.full(model.size[0], -1)
        self.shared_at[pricer.shared] = np.arange(len(pricer.shared))
        self.places = np.zeros(len(model.gain), bool)
        self.places[model.blocks["participations"]] = True
        self.rows = np.flatnonzero(self.shares >= min(2, self.shares.max(initial=0)))
        self.rows = self.rows[self.shares[self.rows] > 0]
        self.used, self.vain = bool(len(self.rows)), 0
        # rows in which many meet are begun with more often: a quota, a fund, a fair
        weight = np.minimum(self.shares[self.rows], CROWD).astype(float)
        self.weight = weight / max(1.0, weight.sum())

    def seed(self, short: Ints) -> int:
        """A shared row to begin with, most often a broken one where there is one."""
        if len(short) and self.dice.random() < BROKEN:
            return int(self.dice.choice(short))
        return int(self.dice.choice(self.rows, p=self.weight))

    def free(self, row: int, x: Ints, size: int, shares: tuple[float, float, float]) -> tuple[Ints, bool]:
        """Columns that may move, near to a shared row, and whether they are all that their firms have.

        None where it is too much. `shares`: how often it is a delegation and who goes with it, a row, a ranking, each with
        those before; else it is firms with about `size` columns.
        """
        met, way = self.met(row, x), float(self.dice.random())
        if way < shares[0]:
            free = self.at_once(self.party(met))
        elif way < shares[1] and self.shares[met] >= FEW:
            free = self.at_once(self.firms_columns(met))
        elif way < shares[2]:
            # who was passed over may have to leave another fair to come here
            free = np.union1d(self.at_once(self.queue(met)), self.of_firms(self.linked(met)))
        else:
            return self.of_firms(self.around(met, size)), True
        return (free if len(free) <= WIDER * size else free[:0]), False

    def met(self, row: int, x: Ints) -> int:
        """The row itself where firms are in it, else one in which they meet a column that could put it right."""
        line = self.pricer.usage
        part = slice(line.indptr[row], line.indptr[row + 1])
        if self.shares[row] or part.start == part.stop:
            return row
        columns, values = line.indices[part], line.data[part]
        short = values @ x[columns] < self.pricer.model.row_lower[self.pricer.shared[row]]
        likely = columns[(values > 0) & ((x[columns] > 0) != short)]
        rows = self._shared_of(self.dice.choice(likely if len(likely) else columns, 1))
        rows = rows[self.shares[rows] > 0]
        return int(self.dice.choice(rows)) if len(rows) else row

    def around(self, row: int, size: int) -> Ints:
        """Firms in a shared row, and those they meet in other rows, until there are columns enough."""
        chosen, taken = np.zeros(self.pricer.firms, bool), 0
        queue = [row]
        seen = {row}
        while queue and taken < size:
            at = queue.pop(0)
            for f in self.dice.permutation(self.row_firm[self.row_at[at] : self.row_at[at + 1]]).tolist():
                if not chosen[f]:
                    chosen[f] = True
                    taken += int(self.lengths[f])
                    if taken >= size:
                        break
                    rows = self.firm_row[self.firm_at[f] : self.firm_at[f + 1]]
                    # rows of few firms bind those together who have to do with one another
                    few = rows[self.shares[rows] <= SHORT]
                    for r in self.dice.permutation(few)[:2].tolist():
                        if r not in seen:
                            seen.add(r)
                            queue.append(r)
        return np.flatnonzero(chosen)

    def of_firms(self, firms: NDArray[Any]) -> Ints:
        """All columns of these firms, and those of nobody that share a row with them; none where there are no firms."""
        if not len(firms):
            return firms
        blocks = self.pricer.blocks
        own = np.concatenate([blocks.column[blocks.at[f] : blocks.at[f + 1]] for f in firms.tolist()])
        touched = np.zeros(len(self.pricer.shared), bool)
        for f in firms.tolist():
            touched[self.firm_row[self.firm_at[f] : self.firm_at[f + 1]]] = True
        near = self.others_rows @ touched.astype(np.int64) > 0
        return np.sort(np.append(own, self.pricer.others[near]))

    def at_once(self, first: NDArray[Any]) -> Ints:
        """These columns of firms and all that have to do with them: one fair, or one ranking, and who goes there.

        A firm's other places stay; its journeys, claims and whatever hangs on them may move.
        """
        model = self.pricer.model
        free = np.zeros(len(model.gain), bool)
        free[first] = True
        around: NDArray[Any] = first
        for _ in range(HOPS):
            rows = self._rows_of(around)
            rows = rows[model.row_group[rows] >= 0]
            near = np.unique(csr_array(model.matrix[rows]).indices)
            around = near[~free[near] & ~self.places[near]]
            free[around] = True
        chosen = np.flatnonzero(free)
        touched = np.zeros(len(self.pricer.shared), bool)
        touched[self._shared_of(chosen)] = True
        others = self.pricer.others[self.others_rows @ touched.astype(np.int64) > 0]
        return np.sort(np.append(chosen, others))

    def party(self, row: int) -> NDArray[Any]:
        """Columns of all firms that have to do with one column of nobody near to a shared row: a delegation, and who goes with it."""
        rows = self._shared_of(self.firms_columns(row))
        near = csr_array(self.pricer.usage[rows[self.shares[rows] <= CROWD]]).indices
        near = np.unique(near[self.pricer.model.group[near] < 0])
        if not len(near):
            return np.zeros(0, np.int64)
        rows = self._shared_of(self.dice.choice(near, 1))
        columns = np.unique(csr_array(self.pricer.usage[rows[self.shares[rows] <= CROWD]]).indices)
        return columns[self.pricer.model.group[columns] >= 0]

    def _shared_of(self, columns: NDArray[Any]) -> NDArray[Any]:
        rows: NDArray[Any] = self.shared_at[self._rows_of(columns)]
        return rows[rows >= 0]

    def firms_columns(self, row: int) -> NDArray[Any]:
        """Columns of firms in a shared row."""
        line = self.pricer.usage
        columns = line.indices[line.indptr[row] : line.indptr[row + 1]]
        return columns[self.pricer.model.group[columns] >= 0]

    def linked(self, row: int) -> NDArray[Any]:
        """Firms a few places before and behind in the ranking of which a shared row is part."""
        columns = self.firms_columns(row)
        same = np.isin(self.queues, self.queues[columns])
        for _ in range(LINKS):
            rows = self._shared_of(columns)
            columns = np.unique(csr_array(self.pricer.usage[rows[self.shares[rows] == 2]]).indices)
            columns = columns[same[columns] & (self.pricer.model.group[columns] >= 0)]
        return np.unique(self.pricer.model.group[columns])

    def queue(self, row: int) -> NDArray[Any]:
        """Columns of the rankings that have to do with a shared row; of one of them where there are several."""
        columns = self.firms_columns(row)
        if not len(columns):
            return columns
        return np.flatnonzero(self.queues == self.dice.choice(np.unique(self.queues[columns])))

    def _rows_of(self, columns: NDArray[Any]) -> NDArray[Any]:
        return np.unique(csc_array(self.columns[:, columns]).indices)

    def moves(self, years: Years, x: Ints, free: Ints, most: int) -> Moves | None:
        """Other whole years, of those told, for firms that meet the free columns and have none of them; None where there are none."""
        model, blocks = self.pricer.model, self.pricer.blocks
        touched = self._shared_of(free)
        near = np.unique(csr_array(self.pricer.usage[touched[self.shares[touched] <= SHORT]]).indices)
        chosen = np.zeros(self.pricer.firms + 1, bool)
        chosen[model.group[near]] = True
        chosen[model.group[free]] = False
        chosen[-1] = False
        which = np.flatnonzero(chosen[years.firm])
        if not len(which):
            return None
        if len(which) > most:
            firms = self.dice.permutation(np.unique(years.firm[which]))
            kept = np.zeros(len(chosen), bool)
            kept[firms[: max(1, most * len(firms) // len(which))]] = True
            which = which[kept[years.firm[which]]]
        firm = years.firm[which]
        owners, row = np.unique(firm, return_inverse=True)
        sizes = np.diff(blocks.at)[owners]
        at = np.concatenate([blocks.column[blocks.at[f] : blocks.at[f + 1]] for f in owners.tolist()])
        now = csr_array((x[at], (np.repeat(np.arange(len(owners)), sizes), at)), shape=(len(owners), len(x)))
        change = csr_array(years.point[which] - now[row])
        change.eliminate_zeros()
        real = np.flatnonzero(np.diff(change.indptr))
        return Moves(csr_array(change[real]), firm[real]) if len(real) else None

    def better(
        self, x: Ints, free: Ints, fine: Ints, loose: bool, seconds: float, nodes: int, moves: Moves | None = None
    ) -> tuple[Ints, bool]:
        """The point, or a better one by gain and fines (m) in which only these columns have moved; and whether it was hard."""
        part = part_of(self.pricer.model, self.columns, x, free, self.unit, fine, loose, moves)
        count = 0 if moves is None else len(moves.firm)
        gap = ROUGH if len(part.gain) > len(free) + count else GAP
        found = branch(part, seconds, nodes, gap)
        self.late = self.late or not found.repeatable
        proven = (
            found.point is not None
            and found.bound is not None
            and gap_between(part.value(found.point), found.bound) <= 2 * gap
        )
        if found.point is None:
            return x, True
        made = x.copy()
        made[free] = found.point[: len(free)]
        if moves is not None:
            made += np.asarray(moves.change.T @ found.point[-count:], np.int64)
        return made, not proven
