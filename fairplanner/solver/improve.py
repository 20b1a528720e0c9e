"""A first plan from prices, and better ones: delegations opened and closed, firms answering, as long as it pays."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from scipy.sparse import csc_array, csr_array

from fairplanner.rules.tables import DECIDED
from fairplanner.solver.blocks import Floats
from fairplanner.solver.model import Ints
from fairplanner.solver.neighbours import Neighbourhoods
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.respond import Answers

BUDGET = 300
"""Nodes for one answer of a firm."""
LEAD = 20_000
"""Thousandths of a point for what lets others go on, while a first plan is made."""
PASSES = 8
"""Times that all firms answer one another."""


class Improver:
    """A plan in the making: `answers`, and which firms have to do with which column that belongs to nobody."""

    def __init__(self, pricer: Pricer, start: Ints) -> None:
        self.pricer, self.model = pricer, pricer.model
        self.answers = Answers(pricer, start)
        self.gain = self.model.gain.astype(float)
        place = self.model.blocks["delegations"]
        self.delegations = np.arange(place.start, place.stop)
        self.columns = csc_array(pricer.usage)
        self.rows = csr_array(pricer.usage)
        self.private = pricer.others[(pricer.others < place.start) | (pricer.others >= place.stop)]

    def value(self) -> int:
        """Of the point as it is, kept or not."""
        return self.model.value(self.answers.point)

    def broken(self) -> Ints:
        """Shared rows that are not kept."""
        a = self.answers
        return np.flatnonzero((a.sums < a.floor) | (a.sums > a.roof))

    def may_rise(self, column: int, by: int = 1) -> bool:
        """Whether a column can go up without a row getting too much that other columns cannot give back."""
        a, part = self.answers, slice(self.columns.indptr[column], self.columns.indptr[column + 1])
        rows, more = self.columns.indices[part], self.columns.data[part] * by
        return bool((a.sums[rows] + more <= np.maximum(a.roof[rows], a.sums[rows] + np.minimum(more, 0)) + self.slack_of(rows)).all())

    def slack_of(self, rows: Ints) -> Ints:
        """Rows that firms fill up after a delegation opens (fewest firms), or in which they give way (an excuse that is gone)."""
        return np.where(self.filled_up[rows] | self.gives_way[rows], np.int64(1) << 60, 0)

    @property
    def gives_way(self) -> np.ndarray:
        """Shared rows in which firms only say something, for nothing, that they can take back."""
        if not hasattr(self, "_way"):
            model = self.model
            said = self.is_private & (model.gain == 0) & (model.group >= 0)
            entry = self.pricer.usage.tocoo()
            count = np.bincount(entry.row[said[entry.col] & (entry.data > 0)], minlength=self.pricer.usage.shape[0])
            self._way = count > 0
        return self._way

    @property
    def filled_up(self) -> np.ndarray:
        if not hasattr(self, "_filled"):
            own = self.pricer.usage[:, self.pricer.blocks.column]
            negative = csr_array((own.data < 0, own.indices, own.indptr), shape=own.shape)
            self._filled = np.asarray(negative.sum(axis=1)).ravel() > 0
        return self._filled

    def firms_of(self, column: int, there: bool) -> Ints:
        """Firms whose columns share a row with this one that takes it as leave to go; `there`: only those that use it now."""
        rows = self.columns.indices[self.columns.indptr[column] : self.columns.indptr[column + 1]]
        below = self.columns.data[self.columns.indptr[column] : self.columns.indptr[column + 1]] < 0
        part = csr_array(self.rows[rows[below]])
        columns = part.indices
        if there:
            columns = columns[self.answers.point[columns] > 0]
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
        whole = csc_array(model.matrix)
        for row in rows.tolist():
            for k in range(self.rows.indptr[row], self.rows.indptr[row + 1]):
                j, by = int(self.rows.indices[k]), self.rows.data[k]
                if not missing[row] or by * missing[row] <= 0 or model.gain[j] or point[j] >= model.upper[j] or not self.is_private[j]:
                    continue
                part = slice(whole.indptr[j], whole.indptr[j + 1])
                at, more = whole.indices[part], whole.data[part]
                after = sums[at] + more
                if ((after <= np.maximum(model.row_upper[at], sums[at])) & (after >= np.minimum(model.row_lower[at], sums[at]))).all():
                    sums[at] = after
                    point[j] += 1
                    missing[row] -= by if abs(missing[row]) >= abs(by) else missing[row]
        a.set(point)

    @property
    def is_private(self) -> np.ndarray:
        """Columns that no table has: what rules need to count."""
        if not hasattr(self, "_private"):
            self._private = np.ones(len(self.model.gain), bool)
            for name in DECIDED:
                self._private[self.model.blocks[name]] = False
        return self._private

    def settle(self) -> None:
        """Private columns of nobody: those that cost something as low as rows allow, all others as high."""
        self.count()
        a, model = self.answers, self.model
        dear = self.private[self.gain[self.private] < 0]
        free = self.private[self.gain[self.private] >= 0]
        a.change(dear, model.upper[dear])
        # a switch that promises what is not reached is taken back
        for column in free[a.x[free] > model.lower[free]].tolist():
            rows, by = self._part(column)
            if ((a.sums[rows] > a.roof[rows]) & (by > 0) | (a.sums[rows] < a.floor[rows]) & (by < 0)).any():
                a.change(np.array([column]), np.array([model.lower[column]]))
        for columns, up in ((free, True), (dear, False)):
            for column in columns.tolist():
                rows, by = self._part(column)
                more = int(model.upper[column] - a.x[column]) if up else int(a.x[column] - model.lower[column])
                step = by if up else -by
                room = np.where(step > 0, a.roof[rows] - a.sums[rows], a.sums[rows] - a.floor[rows]) // np.maximum(1, np.abs(step))
                more = max(0, min(more, int(room.min(initial=more))))
                if more:
                    a.change(np.array([column]), np.array([a.x[column] + (more if up else -more)]))

    def _part(self, column: int) -> tuple[Ints, Ints]:
        """Shared rows and coefficients of a column."""
        part = slice(self.columns.indptr[column], self.columns.indptr[column + 1])
        return self.columns.indices[part], self.columns.data[part]

    def close_short(self) -> int:
        """Close delegations whose rows are broken, the one that loses least first, until none is; how many went."""
        closed = 0
        for _ in range(20):
            part = csr_array(self.rows[self.broken()])
            columns = np.unique(part.indices[np.isin(part.indices, self.delegations)])
            went = sum(self._closed(d) for d in columns[self.answers.point[columns] > 0].tolist())
            closed += went
            if not went:
                break
        return closed

    def _closed(self, d: int) -> bool:
        """Close a delegation; taken back where a firm cannot leave it without breaking something else."""
        a, was = self.answers, self.broken()
        kept = a.local.copy(), a.sums.copy(), a.x.copy()
        self._close(d)
        if not np.setdiff1d(self.broken(), was).size:
            return True
        a.local, a.sums, a.x = kept
        return False

    def needed(self, d: int) -> Ints:
        """Shared rows in which a delegation gives leave to go."""
        part = slice(self.columns.indptr[d], self.columns.indptr[d + 1])
        return self.columns.indices[part][self.columns.data[part] < 0]

    def _close(self, d: int) -> Ints:
        firms = self.firms_of(d, there=True)
        a, needed = self.answers, self.needed(d)
        a.change(np.array([d]), np.array([0]))
        a.strict[needed] = 1
        a.respond(firms, self.gain, BUDGET)
        a.strict[needed] = 0
        return firms

    def trial(self, d: int) -> bool:
        """Open or close one delegation and let its firms answer; taken back where the plan is not worth more."""
        a = self.answers
        before, was = self.value(), self.broken()
        kept = a.local.copy(), a.sums.copy(), a.x.copy()
        if a.x[d]:
            self._close(d)
        elif not self.may_rise(d):
            return False
        else:
            self._opened(d, self.gain)
        if self.value() > before and not np.setdiff1d(self.broken(), was).size:
            return True
        a.local, a.sums, a.x = kept
        return False

    def _opened(self, d: int, gain: Floats) -> None:
        a = self.answers
        a.change(np.array([d]), np.array([1]))
        rows, by = self._part(d)
        over = rows[(by > 0) & self.gives_way[rows] & (a.sums[rows] > a.roof[rows])]
        if len(over):
            columns = csr_array(self.rows[over]).indices
            firms = self.model.group[columns[a.point[columns] > 0]]
            a.strict[over] = 1
            a.respond(np.unique(firms[firms >= 0]), gain, BUDGET)
            a.strict[over] = 0
        a.respond(self.firms_of(d, there=False), gain, BUDGET)

    def start(self, wanted: Floats, least: float, gain: Floats, alive: Callable[[], bool]) -> None:
        """Open what is wanted, first what needs no firms to fill it up, then the rest if enough firms come at these gains."""
        order = self.delegations[np.argsort(-wanted[self.delegations], kind="stable")]
        order = order[(wanted[order] >= least) & (self.answers.x[order] == 0)]
        free = np.array([not self._part(d)[1][self.filled_up[self._part(d)[0]] & (self._part(d)[1] > 0)].any() for d in order.tolist()], bool)
        for d in order[free].tolist():
            if self.may_rise(d):
                self.answers.change(np.array([d]), np.array([1]))
        self.settled_answers(gain, alive)
        for d in order[~free].tolist():
            if not alive():
                break
            self._tried(d, gain)

    def settled_answers(self, gain: Floats, alive: Callable[[], bool]) -> None:
        """Let all firms answer, to and fro, until few change their mind: in a ranking one waits for the other."""
        everyone = np.arange(self.pricer.firms)
        for n in range(PASSES):
            if not alive() or self.answers.respond(everyone[:: 1 - 2 * (n % 2)], gain, BUDGET) * 100 <= len(everyone):
                break

    def _tried(self, d: int, gain: Floats) -> None:
        a, was = self.answers, self.broken()
        if not self.may_rise(d):
            return
        kept = a.local.copy(), a.sums.copy(), a.x.copy()
        self._opened(d, gain)
        if np.setdiff1d(self.broken(), was).size:
            a.local, a.sums, a.x = kept


def first_plan(pricer: Pricer, prices: Floats, wanted: Floats, start: Ints | None, alive: Callable[[], bool], near: float = 0.0) -> Improver:
    """A plan from prices of shared rows (m) and what a relaxation wants of each column (n); it may break rows.

    Firms answer at these prices first, so that what comes first leaves to others what they make more of; then at half of
    them, then at none. `near` (thousandths of a point) is what it is worth to them at first to do what is wanted of them.
    """
    model = pricer.model
    if start is not None:
        return _gone_on(Improver(pricer, start), alive)
    _, idle = pricer.idle(np.zeros_like(prices))
    empty = model.lower.copy()
    empty[pricer.blocks.column] = idle
    made = Improver(pricer, empty)
    private = made.private
    whole = np.rint(wanted[private]).astype(np.int64)
    # what is dear to do without is put off to the end: until then it does not count
    made.answers.change(private, np.where(model.gain[private] < 0, model.upper[private], np.clip(whole, model.lower[private], model.upper[private])))
    left = pricer.left(prices)
    # in a ranking nobody goes before those ahead are served: to go first is worth something to all behind
    led = left.copy()
    led[made.answers.helps] += LEAD
    owned = np.flatnonzero(model.group >= 0)
    led[owned] += near * np.minimum(1.0, wanted[owned]) * (np.abs(model.gain[owned]) > 0)
    made.start(wanted, 0.3, led, alive)
    for gain in (led, 0.5 * (led + made.gain), 0.5 * (left + made.gain), made.gain):
        made.settled_answers(gain, alive)
    made.settle()
    return made


def _gone_on(made: Improver, alive: Callable[[], bool]) -> Improver:
    """An earlier plan, put right where it breaks something: firms answer, delegations that stay short are closed."""
    everyone = np.arange(made.pricer.firms)
    made.answers.strict[:] = 1
    made.answers.respond(everyone, made.gain, BUDGET)
    made.answers.strict[:] = 0
    made.close_short()
    if alive():
        made.answers.respond(everyone, made.gain, BUDGET)
    made.settle()
    return made


def better_delegations(made: Improver, alive: Callable[[], bool]) -> int:
    """Try to open and close each delegation once, as long as `alive` says; how many trials were worth it."""
    kept = 0
    for d in made.delegations.tolist():
        if not alive():
            break
        kept += made.trial(d)
    if kept and alive():
        made.answers.respond(np.arange(made.pricer.firms), made.gain, BUDGET)
    made.settle()
    return kept


class Shake:
    """Ruin and recreate: a few firms answer at wrong prices, then at the true ones, they and whoever they make room for.

    Thousands of such steps fit into the time of one search of a neighbourhood; what is not better is taken back.
    """

    def __init__(self, made: Improver, prices: Floats, near: Neighbourhoods) -> None:
        self.made, self.near, self.dice = made, near, near.dice
        self.left = made.pricer.left(prices)

    def step(self) -> bool:
        """One step; whether the plan is better for it."""
        made, a, dice = self.made, self.made.answers, self.dice
        row = self.near.seed(np.zeros(0, np.int64))
        firms = self.near.around(row)
        before, was = made.value(), made.broken()
        kept = a.local.copy(), a.sums.copy(), a.x.copy()
        some = dice.permutation(firms)[: int(dice.integers(1, max(2, len(firms))))]
        wrong = made.gain + dice.uniform(0.3, 2.0) * (self.left - made.gain)
        wrong *= dice.uniform(0.7, 1.3, len(wrong)) if dice.random() < 0.5 else 1.0
        a.respond(some, wrong, BUDGET)
        a.respond(dice.permutation(firms), made.gain, BUDGET)
        if made.value() > before and not np.setdiff1d(made.broken(), was).size:
            return True
        a.local, a.sums, a.x = kept
        return False
