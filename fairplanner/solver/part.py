"""A part of a model: some columns may move, all others stay; what is broken may stay broken, for a fine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from fairplanner.solver.model import SHARED, Ints, Model


def part_of(
    model: Model, columns: csc_array, x: Ints, free: Ints, unit: Ints, fine: Ints, loose: bool = False
) -> Model:
    """The model over some columns, all others held at a point; rows nobody free is in are not in it.

    After those columns it has ways out for each row that is broken at the point, which together take it exactly from
    nothing to the whole breach: it is counted in units of the row, the last one may be smaller, and each costs its fine
    (`unit`, `fine`: m). `loose`: shared rows in which others are as well may be broken by one unit more.
    """
    mine = csr_array(columns[:, free])
    rows = np.flatnonzero(np.diff(mine.indptr))
    mine = csr_array(mine[rows])
    sums = np.asarray(model.matrix[rows] @ x)
    held = sums - mine @ x[free]
    off = np.maximum(0, model.row_lower[rows] - sums) - np.maximum(0, sums - model.row_upper[rows])
    outside = np.diff(model.matrix.indptr)[rows] > np.diff(mine.indptr)
    open_ = np.flatnonzero(loose & outside & (model.row_group[rows] == SHARED))
    row, by, most = _ways(off, unit[rows], open_)
    ways = csr_array((by, (row, np.arange(len(row)))), shape=(len(rows), len(row)))
    return replace(
        model, blocks={}, lower=np.append(model.lower[free], 0 * most), upper=np.append(model.upper[free], most),
        gain=np.append(model.gain[free], -fine[rows[row]]), matrix=csr_array(hstack([mine, ways])),
        row_lower=model.row_lower[rows] - held, row_upper=model.row_upper[rows] - held, scale=model.scale[rows],
        rules=(), labels=(), firms=(), group=np.full(len(free) + len(row), SHARED),
    )  # fmt: skip


def _ways(off: Ints, unit: Ints, open_: Ints) -> tuple[Ints, Ints, Ints]:
    """Row, step and greatest number of steps of each way out: whole units and the rest of a breach, and both ways where open."""
    whole, rest = np.flatnonzero(np.abs(off) >= unit), np.flatnonzero(np.abs(off) % unit)
    sign, one = np.sign(off), np.ones(len(rest) + 2 * len(open_), np.int64)
    row = np.concatenate([whole, rest, open_, open_])
    by = np.concatenate([sign[whole] * unit[whole], sign[rest] * (np.abs(off) % unit)[rest], unit[open_], -unit[open_]])
    return row, by, np.append(np.abs(off[whole]) // unit[whole], one)


def units(model: Model) -> Ints:
    """In what a row's breach is counted (m): its largest coefficient."""
    return np.asarray(np.maximum(1, abs(model.matrix).max(axis=1).toarray().ravel()), np.int64)
