"""A part of a model: some columns may move, all others stay; what is broken may stay broken, for a fine."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack

from fairplanner.solver.model import SHARED, Ints, Model


class Moves(NamedTuple):
    """Changes of whole years that may be made: `change` k × n, and the firm of each."""

    change: csr_array
    firm: Ints


def part_of(
    model: Model, columns: csc_array, x: Ints, free: Ints, unit: Ints, fine: Ints, loose: bool = False,
    moves: Moves | None = None,
) -> Model:  # fmt: skip
    """The model over some columns, all others held at a point; rows nobody free is in are not in it.

    After those columns it has ways out for each row that is broken at the point, which together take it exactly from
    nothing to the whole breach: it is counted in units of the row, the last one may be smaller, and each costs its fine
    (`unit`, `fine`: m). `loose`: shared rows in which others are as well may be broken by one unit more. The last columns
    are `moves`, at most one a firm.
    """
    mine = csr_array(columns[:, free])
    made = np.zeros(0, np.int64)
    if moves is not None:
        mine = csr_array(hstack([mine, _of_moves(model, columns, moves)]))
        made = np.asarray(moves.change @ model.gain, np.int64)
    rows = np.flatnonzero(np.diff(mine.indptr))
    mine = csr_array(mine[rows])
    sums = np.asarray(model.matrix[rows] @ x)
    held = sums - mine[:, : len(free)] @ x[free]
    off = np.maximum(0, model.row_lower[rows] - sums) - np.maximum(0, sums - model.row_upper[rows])
    outside = np.diff(model.matrix.indptr)[rows] > np.diff(csr_array(mine[:, : len(free)]).indptr)
    open_ = np.flatnonzero(loose & outside & (model.row_group[rows] == SHARED))
    row, by, most = _ways(off, unit[rows], open_)
    ways = csr_array((by, (row, np.arange(len(row)))), shape=(len(rows), len(row)))
    matrix = hstack([mine[:, : len(free)], ways, mine[:, len(free) :]])
    low, high = model.row_lower[rows] - held, model.row_upper[rows] - held
    if moves is not None:
        matrix, low, high = _one_each(matrix, low, high, moves)
    one = np.ones(len(made), np.int64)
    return replace(
        model, blocks={},
        lower=np.concatenate([model.lower[free], 0 * most, 0 * one]), upper=np.concatenate([model.upper[free], most, one]),
        gain=np.concatenate([model.gain[free], -fine[rows[row]], made]), matrix=csr_array(matrix),
        row_lower=low, row_upper=high, scale=np.ones(len(low), np.int64),
        rules=(), labels=(), firms=(), group=np.full(matrix.shape[1], SHARED),
    )  # fmt: skip


def _of_moves(model: Model, columns: csc_array, moves: Moves) -> csr_array:
    """What each move changes in shared rows (m × k); own rows keep every year."""
    entry = (columns @ csc_array(moves.change.T)).tocoo()
    shared = (model.row_group[entry.row] == SHARED) & (entry.data != 0)
    return csr_array((entry.data[shared], (entry.row[shared], entry.col[shared])), shape=entry.shape)


def _one_each(matrix: csr_array, low: Ints, high: Ints, moves: Moves) -> tuple[csr_array, Ints, Ints]:
    """One more row a firm that can move: at most one of its moves."""
    firms, row = np.unique(moves.firm, return_inverse=True)
    first = matrix.shape[1] - len(row)
    one = csr_array(
        (np.ones(len(row), np.int64), (row, first + np.arange(len(row)))), shape=(len(firms), matrix.shape[1])
    )
    return csr_array(vstack([matrix, one])), np.append(low, 0 * firms), np.append(high, 0 * firms + 1)


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
