"""Large neighbourhoods: some firms and whatever nobody owns may move, all else stays; branch and cut finds the best of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from fairplanner.solver.branch import branch
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.result import gap_between

SIZE, SMALLEST, LARGEST = 1_500, 300, 20_000
"""Columns of a neighbourhood: to begin with, at the least and at the most."""
SECONDS, NODES, VAIN, GAP = 4.0, 60, 6, 2e-4
"""Seconds or nodes for one search and its gap; where it does not end by the gap they get smaller, after VAIN in vain larger."""

HOPS, FEW = 2, 5
"""Steps from row to row within a firm around what it does at one fair, and firms in a row to look at it as a whole."""
CROWD = 100
"""Firms in a row beyond which it is not begun with more often."""
DEAR = 1_000_000
"""Thousandths of a point for putting a broken row right."""


def part_of(model: Model, columns: csc_array, x: Ints, free: Ints) -> tuple[Model, Ints]:
    """The model over some columns, all others held at a point; and the rows it has. Rows nobody free is in are not in it."""
    mine = csr_array(columns[:, free])
    rows = np.flatnonzero(np.diff(mine.indptr))
    mine = csr_array(mine[rows])
    sums = np.asarray(model.matrix[rows] @ x)
    held = sums - mine @ x[free]
    short, over = np.maximum(0, model.row_lower[rows] - sums), np.maximum(0, sums - model.row_upper[rows])
    # what is broken need not be put right at once, but every step towards it is dear
    dear = np.where(short > 0, DEAR // np.maximum(1, short), 0) - np.where(over > 0, DEAR // np.maximum(1, over), 0)
    made = replace(
        model, blocks={}, lower=model.lower[free], upper=model.upper[free], gain=model.gain[free] + mine.T @ dear, matrix=mine,
        row_lower=np.minimum(model.row_lower[rows], sums) - held, row_upper=np.maximum(model.row_upper[rows], sums) - held,
        scale=model.scale[rows],
        rules=(), labels=(), firms=(), group=np.full(len(free), SHARED),
    )  # fmt: skip
    return made, rows


class Neighbourhoods:
    """Ways to choose who may move: firms that meet in rows, found by walking from row to row."""

    def __init__(self, pricer: Pricer, size: int, dice: Generator) -> None:
        self.pricer, self.size, self.dice = pricer, size, dice
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
        # own rows have no place among shared ones: they point to the first, which is then searched for nothing
        self.shared_at = np.zeros(model.size[0], np.int64)
        self.shared_at[pricer.shared] = np.arange(len(pricer.shared))
        self.places, self.journeys = (np.zeros(len(model.gain), bool) for _ in range(2))
        self.places[model.blocks["participations"]] = True
        self.journeys[model.blocks["journeys"]] = True
        self.rows = np.flatnonzero(self.shares >= min(2, self.shares.max(initial=0)))
        self.rows = self.rows[self.shares[self.rows] > 0]
        self.used, self.vain = bool(len(self.rows)), 0
        # rows in which many meet are begun with more often: a quota, a fund, a fair
        weight = np.minimum(self.shares[self.rows], CROWD).astype(float)
        self.weight = weight / max(1.0, weight.sum())

    def seed(self, short: Ints) -> int:
        """A shared row to begin with, most often a broken one where there is one."""
        if len(short) and self.dice.random() < 0.7:
            return int(self.dice.choice(short))
        return int(self.dice.choice(self.rows, p=self.weight))

    def around(self, row: int) -> Ints:
        """Firms in a shared row, and those they meet in other rows, until there are columns enough."""
        chosen, size = np.zeros(self.pricer.firms, bool), 0
        queue = [row]
        seen = {row}
        while queue and size < self.size:
            at = queue.pop(0)
            for f in self.dice.permutation(self.row_firm[self.row_at[at] : self.row_at[at + 1]]).tolist():
                if not chosen[f]:
                    chosen[f] = True
                    size += int(self.lengths[f])
                    if size >= self.size:
                        break
                    rows = self.firm_row[self.firm_at[f] : self.firm_at[f + 1]]
                    # rows of few firms bind those together who have to do with one another
                    few = rows[self.shares[rows] <= 400]
                    for r in self.dice.permutation(few)[:2].tolist():
                        if r not in seen:
                            seen.add(r)
                            queue.append(r)
        return np.flatnonzero(chosen)

    def free(self, firms: Ints) -> Ints:
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

    def at_once(self, row: int) -> Ints:
        """Columns of all firms in a shared row that have to do with what they use of it: one fair, and who goes there.

        A firm's other places stay; its journeys, claims and whatever hangs on them may move.
        """
        model, line = self.pricer.model, self.pricer.usage
        first = line.indices[line.indptr[row] : line.indptr[row + 1]]
        first = first[model.group[first] >= 0]
        free = np.zeros(len(model.gain), bool)
        free[first] = True
        around: NDArray[Any] = first
        fixed = self.places | self.journeys
        for hop in range(HOPS):
            rows = self._rows_of(around)
            rows = rows[model.row_group[rows] >= 0]
            near = np.unique(csr_array(model.matrix[rows]).indices)
            around = near[~free[near] & ~(self.places if hop == 0 else fixed)[near]]
            free[around] = True
        chosen = np.flatnonzero(free)
        if len(chosen) > LARGEST:
            return np.zeros(0, np.int64)
        touched = np.zeros(len(self.pricer.shared), bool)
        touched[self.shared_at[self._rows_of(chosen)]] = True
        others = self.pricer.others[self.others_rows @ touched.astype(np.int64) > 0]
        return np.sort(np.append(chosen, others))

    def _rows_of(self, columns: NDArray[Any]) -> NDArray[Any]:
        return np.unique(csc_array(self.columns[:, columns]).indices)

    def better(self, x: Ints, free: Ints, seconds: float, nodes: int) -> tuple[Ints, bool]:
        """The point, or a better one in which only these firms and columns of nobody have moved; and whether it was hard."""
        model = self.pricer.model
        part, _ = part_of(model, self.columns, x, free)
        found = branch(part, seconds, nodes, GAP)
        proven = (
            found.point is not None
            and found.bound is not None
            and gap_between(part.value(found.point), found.bound) <= 2 * GAP
        )
        if found.point is None:
            return x, True
        made = x.copy()
        made[free] = found.point
        return made, not proven


class Walk:
    """From neighbourhood to neighbourhood, by several walkers at once: what one finds the others go on from."""

    def __init__(self, pricer: Pricer, start: Ints, alive: Callable[[], bool], tell: Callable[[Ints], None]) -> None:
        self.pricer, self.alive, self.tell = pricer, alive, tell
        self.x = start.copy()
        self.sums = np.asarray(pricer.usage @ start)
        model = pricer.model
        self.floor, self.roof = model.row_lower[pricer.shared], model.row_upper[pricer.shared]
        self.lock = Lock()
        self.moves = 0

    def broken(self, sums: Ints) -> Ints:
        """Shared rows that are not kept at these sums."""
        return np.flatnonzero((sums < self.floor) | (sums > self.roof))

    def jump(self, x: Ints) -> None:
        """Go on from another point, if it is better than where the walk is."""
        sums = np.asarray(self.pricer.usage @ x)
        with self.lock:
            here, there = self.breach(self.sums), self.breach(sums)
            gain = self.pricer.model.gain
            if there < here or (there == here and int(gain @ x) > int(gain @ self.x)):
                self.x, self.sums = x.copy(), sums

    def breach(self, sums: Ints) -> float:
        """How much is broken, in all: each row's breach as a share of its reach."""
        off = np.maximum(self.floor - sums, 0) + np.maximum(sums - self.roof, 0)
        return float((off / np.maximum(1, self.roof - self.floor)).sum())

    def run(self, walker: int) -> None:
        """Walk until time is up."""
        near = self.near(walker)
        while self.alive() and self._step(near, 1 << 30):
            pass

    def steps(self, count: int, seed: int) -> None:
        """So many steps, each with a fixed number of nodes."""
        near = self.near(seed)
        for _ in range(count):
            if not self.alive() or not self._step(near, NODES):
                break

    def near(self, seed: int) -> Neighbourhoods:
        """Neighbourhoods of one walker."""
        return Neighbourhoods(self.pricer, SIZE, np.random.default_rng(seed))

    def _step(self, near: Neighbourhoods, nodes: int) -> bool:
        """Search one neighbourhood; they grow where nothing is found, and shrink where it takes long. False: there is none."""
        if not near.used:
            return False
        with self.lock:
            x, short = self.x.copy(), self.broken(self.sums)
        row = near.seed(short)
        at_once = near.shares[row] >= FEW and near.dice.random() < 0.5
        free = near.at_once(row) if at_once else near.free(near.around(row))
        if not len(free):
            return True
        made, hard = near.better(x, free, SECONDS, nodes)
        taken = not np.array_equal(made, x) and self._take(x, made)
        near.vain = 0 if taken else near.vain + 1
        if at_once:
            return True
        if hard:
            near.size = max(SMALLEST, int(0.7 * near.size))
        elif near.vain >= VAIN:
            near.size, near.vain = min(LARGEST, int(1.3 * near.size)), 0
        return True

    def _take(self, before: Ints, made: Ints) -> bool:
        """Put a step on top of what others have done meanwhile, if it still fits and is worth it."""
        moved = np.flatnonzero(made != before)
        model = self.pricer.model
        with self.lock:
            if not np.array_equal(self.x[moved], before[moved]):
                return False
            by = made[moved] - before[moved]
            sums = self.sums + np.asarray(self.pricer.usage[:, moved] @ by)
            was, now = self.breach(self.sums), self.breach(sums)
            gained = int(model.gain[moved] @ by)
            if now < was or (now <= was and gained > 0):
                self.x[moved] = made[moved]
                self.sums = sums
                self.moves += 1
                told = self.x.copy() if not now else None
            else:
                return False
        if told is not None:
            self.tell(told)
        return True
