"""A plan in the making: delegations opened and closed, firms answering one another, what nobody owns settled last."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from fairplanner.rules.tables import DECIDED
from fairplanner.solver.blocks import Floats
from fairplanner.solver.model import Ints
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.ranking import Ranking, ranking_of
from fairplanner.solver.respond import Answers

Flags = NDArray[np.bool_]
Places = NDArray[Any]
BUDGET = 300
"""Nodes for one answer of a firm."""
PASSES = 5
"""Times that all firms answer one another."""
LEAD = 100_000
"""Thousandths of a point for what lets others go on, while a first plan is made or a delegation opens."""
LONGEST = 1_000
"""Places of a ranking after which nobody is asked any more whether it moves up."""


class Improver:
    """A plan in the making: `answers`, and which firms have to do with which column that belongs to nobody."""

    def __init__(self, pricer: Pricer, start: Ints) -> None:
        self.pricer, self.model = pricer, pricer.model
        self.answers = Answers(pricer, start)
        self.gain = self.model.gain.astype(float)
        place = self.model.blocks["delegations"]
        self.delegations = np.arange(place.start, place.stop)
        self.columns = self.answers.by_column
        self.rows = csr_array(pricer.usage)
        self.private = pricer.others[(pricer.others < place.start) | (pricer.others >= place.stop)]

    def value(self) -> int:
        """Of the point as it is, kept or not."""
        return self.answers.worth()

    def broken(self) -> Ints:
        """Shared rows that are not kept."""
        a = self.answers
        return np.flatnonzero((a.sums < a.floor) | (a.sums > a.roof))

    def in_broken(self) -> Ints:
        """Firms that have part in shared rows that are not kept."""
        firms = self.model.group[csr_array(self.rows[self.broken()]).indices]
        return np.asarray(np.unique(firms[firms >= 0]), np.int64)

    def may_rise(self, column: int) -> bool:
        """Whether a column can go up without a row getting too much that other columns cannot give back."""
        a, (rows, more) = self.answers, self.part(column)
        return bool(
            (
                a.sums[rows] + more
                <= np.maximum(a.roof[rows], a.sums[rows] + np.minimum(more, 0)) + self.slack_of(rows)
            ).all()
        )

    def slack_of(self, rows: Places) -> Ints:
        """Rows that firms fill up after a delegation opens (fewest firms), or in which they give way (an excuse that is gone)."""
        return np.where(self.filled_up[rows] | self.gives_way[rows], np.int64(1) << 60, 0)

    @cached_property
    def gives_way(self) -> Flags:
        """Shared rows in which firms only say something, for nothing, that they can take back."""
        model = self.model
        said = self.is_private & (model.gain == 0) & (model.group >= 0)
        entry = self.pricer.usage.tocoo()
        told = said[entry.col] & (entry.data > 0)
        return np.asarray(np.bincount(entry.row[told], minlength=self.pricer.usage.shape[0]) > 0)

    @cached_property
    def filled_up(self) -> Flags:
        """Shared rows in which what one firm has makes room for others."""
        own = csr_array(self.pricer.usage[:, self.pricer.blocks.column])
        negative = csr_array((own.data < 0, own.indices, own.indptr), shape=own.shape)
        return np.asarray(negative.sum(axis=1)).ravel() > 0

    def firms_of(self, column: int, there: bool) -> Ints:
        """Firms whose columns share a row with this one that takes it as leave to go; `there`: only those that use it now."""
        rows = self.columns.indices[self.columns.indptr[column] : self.columns.indptr[column + 1]]
        below = self.columns.data[self.columns.indptr[column] : self.columns.indptr[column + 1]] < 0
        part = csr_array(self.rows[rows[below]])
        columns = part.indices.astype(np.int64)
        if there:
            columns = columns[self.answers.at(columns) > 0]
        firms = self.model.group[columns]
        return np.unique(firms[firms >= 0])

    def count(self) -> None:
        """Raise what firms' private columns say for nothing where a broken row only wants it said."""
        a, model = self.answers, self.model
        rows = self.broken()
        if not len(rows):
            return
        point = a.point
        sums = model.matrix @ point
        missing = np.where(a.sums < a.floor, a.floor - a.sums, a.roof - a.sums)
        whole = self.whole
        for row in rows.tolist():
            for k in range(self.rows.indptr[row], self.rows.indptr[row + 1]):
                j, by = int(self.rows.indices[k]), self.rows.data[k]
                if (
                    not missing[row]
                    or by * missing[row] <= 0
                    or model.gain[j]
                    or point[j] >= model.upper[j]
                    or not self.is_private[j]
                ):
                    continue
                part = slice(whole.indptr[j], whole.indptr[j + 1])
                at, more = whole.indices[part], whole.data[part]
                after = sums[at] + more
                if (
                    (after <= np.maximum(model.row_upper[at], sums[at]))
                    & (after >= np.minimum(model.row_lower[at], sums[at]))
                ).all():
                    sums[at] = after
                    point[j] += 1
                    missing[row] -= by if abs(missing[row]) >= abs(by) else missing[row]
        a.set(point)

    @cached_property
    def whole(self) -> csc_array:
        """The model's rows by column."""
        return csc_array(self.model.matrix)

    @cached_property
    def is_private(self) -> Flags:
        """Columns that no table has: what rules need to count."""
        made = np.ones(len(self.model.gain), bool)
        for name in DECIDED:
            made[self.model.blocks[name]] = False
        return made

    def settle(self) -> None:
        """Private columns of nobody: those that cost something as low as rows allow, all others as high."""
        self.count()
        a, model = self.answers, self.model
        dear = self.private[self.gain[self.private] < 0]
        free = self.private[self.gain[self.private] >= 0]
        a.change(dear, model.upper[dear])
        # a switch that promises what is not reached is taken back
        for column in free[a.x[free] > model.lower[free]].tolist():
            rows, by = self.part(column)
            if ((a.sums[rows] > a.roof[rows]) & (by > 0) | (a.sums[rows] < a.floor[rows]) & (by < 0)).any():
                a.change(np.array([column]), np.array([model.lower[column]]))
        for columns, up in ((free, True), (dear, False)):
            for column in columns.tolist():
                rows, by = self.part(column)
                more = int(model.upper[column] - a.x[column]) if up else int(a.x[column] - model.lower[column])
                step = by if up else -by
                room = np.where(step > 0, a.roof[rows] - a.sums[rows], a.sums[rows] - a.floor[rows]) // np.maximum(
                    1, np.abs(step)
                )
                more = max(0, min(more, int(room.min(initial=more))))
                if more:
                    a.change(np.array([column]), np.array([a.x[column] + (more if up else -more)]))

    def part(self, column: int) -> tuple[Places, Ints]:
        """Shared rows and coefficients of a column."""
        part = slice(self.columns.indptr[column], self.columns.indptr[column + 1])
        return self.columns.indices[part], np.asarray(self.columns.data[part], np.int64)

    def close_short(self) -> int:
        """Close delegations whose rows are broken, until none is or none can be; how many went."""
        closed = 0
        for _ in range(20):
            part = csr_array(self.rows[self.broken()])
            columns = np.unique(part.indices[np.isin(part.indices, self.delegations)])
            went = sum(self._closed(d) for d in columns[self.answers.x[columns] > 0].tolist())
            closed += went
            if not went:
                break
        return closed

    def _closed(self, d: int) -> bool:
        """Close a delegation; taken back where a firm cannot leave it without breaking something else."""
        a, was = self.answers, self.broken()
        kept = a.kept()
        self.close(d)
        if not np.setdiff1d(self.broken(), was).size:
            return True
        a.back(kept)
        return False

    def needed(self, d: int) -> Places:
        """Shared rows in which a delegation gives leave to go."""
        part = slice(self.columns.indptr[d], self.columns.indptr[d + 1])
        return self.columns.indices[part][self.columns.data[part] < 0]

    def close(self, d: int) -> None:
        """Close a delegation and let its firms answer."""
        firms = self.firms_of(d, there=True)
        a, needed = self.answers, self.needed(d)
        a.change(np.array([d]), np.array([0]))
        a.strict[needed] = 1
        a.respond(firms, self.gain, BUDGET)
        a.strict[needed] = 0

    def opened(self, d: int, gain: Floats, alive: Callable[[], bool]) -> None:
        """Open a delegation: what stands against it is taken back first, then firms answer."""
        a = self.answers
        rows, by = self.part(d)
        over = (by > 0) & self.gives_way[rows] & (a.sums[rows] + by > a.roof[rows])
        if over.any():
            # before they may go: nobody takes back what those behind have come by
            a.roof[rows[over]] -= by[over]
            self._take_back(rows[over], gain)
            a.roof[rows[over]] += by[over]
        a.change(np.array([d]), np.array([1]))
        firms = self.firms_of(d, there=False)
        a.respond(firms, gain, BUDGET)
        said = a.helps[np.isin(self.model.group[a.helps], firms)]
        self.move_up(gain, alive, self.ranking.of(said))

    def _take_back(self, rows: Places, gain: Floats) -> None:
        """Firms take back what they say in these shared rows; in a ranking the last first, for nobody can who is built upon."""
        a, model = self.answers, self.model
        columns = csr_array(self.rows[rows]).indices.astype(np.int64)
        columns = columns[(a.at(columns) > 0) & (model.group[columns] >= 0)]
        own = np.unique(csc_array(self.whole[:, columns]).indices)
        near = np.unique(csr_array(model.matrix[own[model.row_group[own] >= 0]]).indices).astype(np.int64)
        said = self.ranking.from_behind(near)
        firms = model.group[np.append(said, columns)]
        a.strict[rows] = 1
        a.respond(firms[np.sort(np.unique(firms, return_index=True)[1])], gain, BUDGET, more=(said, -LEAD))
        a.strict[rows] = 0

    def start(self, wanted: Floats, least: float, gain: Floats, alive: Callable[[], bool]) -> None:
        """Open what is wanted, first what needs no firms to fill it up, then the rest if enough firms come at these gains."""
        order = self.delegations[np.argsort(-wanted[self.delegations], kind="stable")]
        order = order[(wanted[order] >= least) & (self.answers.x[order] == 0)]
        free = np.array([not self.asks_for_firms(d) for d in order.tolist()], bool)
        for d in order[free].tolist():
            if self.may_rise(d):
                self.answers.change(np.array([d]), np.array([1]))
        self.settled_answers(gain, alive)
        for d in order[~free].tolist():
            if not alive():
                break
            self._tried(d, gain, alive)

    def asks_for_firms(self, d: int) -> bool:
        """Whether there is a row that a delegation breaks until firms fill it up."""
        rows, by = self.part(d)
        return bool((self.filled_up[rows] & (by > 0)).any())

    def settled_answers(self, gain: Floats, alive: Callable[[], bool]) -> None:
        """Let all firms answer, to and fro, until few change their mind: in a ranking one waits for the other."""
        everyone = np.arange(self.pricer.firms)
        for n in range(PASSES):
            if not alive() or self.answers.respond(everyone[:: 1 - 2 * (n % 2)], gain, BUDGET) * 100 <= len(everyone):
                break
        self.move_up(gain, alive)

    def move_up(self, gain: Floats, alive: Callable[[], bool], number: Ints | None = None) -> None:
        """Whoever comes next in a ranking answers, once each, until nobody gets on; in some rankings, or in all."""
        a, model = self.answers, self.model
        asked = np.zeros(len(model.gain), bool)
        for _ in range(LONGEST):
            waiting = self.ranking.next_up(a.at, number)
            waiting = waiting[~asked[waiting]]
            firms = np.unique(model.group[waiting])
            if not len(waiting) or not alive() or not a.respond(firms[firms >= 0], gain, BUDGET):
                break
            asked[waiting] = True

    @cached_property
    def ranking(self) -> Ranking:
        """Who waits for whom."""
        return ranking_of(self.model, self.answers.helps)

    def _tried(self, d: int, gain: Floats, alive: Callable[[], bool]) -> None:
        a, was = self.answers, self.broken()
        if not self.may_rise(d):
            return
        kept = a.kept()
        self.opened(d, gain, alive)
        if np.setdiff1d(self.broken(), was).size:
            a.back(kept)
