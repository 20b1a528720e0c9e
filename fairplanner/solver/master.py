"""The master: years found so far and columns that belong to nobody, under shared rows and "one year each"."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.pool import Pool


def master_of(pool: Pool, chosen: Ints) -> Model:
    """The master over some years of the pool as a model: first the years, then the other columns.

    Rows: the shared ones, then one a firm.
    """
    pricer = pool.pricer
    model, others, firms = pricer.model, pricer.others, pricer.firms
    n = len(chosen)
    one = csr_array((np.ones(n, np.int64), (pool.firm[chosen], np.arange(n))), shape=(firms, n))
    top = hstack([csr_array(pool.asked[chosen].T), csr_array(pricer.usage[:, others])])
    bottom = hstack([one, csr_array((firms, len(others)), dtype=np.int64)])
    each = np.ones(firms, np.int64)
    return replace(
        model, blocks={},
        lower=np.append(np.zeros(n, np.int64), model.lower[others]), upper=np.append(np.ones(n, np.int64), model.upper[others]),
        gain=np.append(pool.gain[chosen], model.gain[others]), matrix=csr_array(vstack([top, bottom])),
        row_lower=np.append(model.row_lower[pricer.shared], each), row_upper=np.append(model.row_upper[pricer.shared], each),
        scale=np.ones(len(pricer.shared) + firms, np.int64), rules=(), labels=(), firms=(), group=np.full(n + len(others), SHARED),
    )  # fmt: skip


def elastic(pool: Pool, start: Ints, master: Model) -> Model:
    """The master with a dear way out for every row that a start (n of the model) breaks, so that it always has a solution.

    A way out is one more column from 0 to 1, which makes up for all of the breach.
    """
    pricer = pool.pricer
    model, rows = pricer.model, pricer.shared
    sums = np.asarray(pricer.usage @ start)
    short = np.maximum(0, model.row_lower[rows] - sums) - np.maximum(0, sums - model.row_upper[rows])
    at = np.flatnonzero(short)
    if not len(at):
        return master
    dear = 10 * int(np.abs(pool.gain).max(initial=1))
    ways = csr_array((short[at], (at, np.arange(len(at)))), shape=(master.size[0], len(at)))
    return replace(
        master, lower=np.append(master.lower, 0 * at), upper=np.append(master.upper, 0 * at + 1),
        gain=np.append(master.gain, 0 * at - dear), matrix=csr_array(hstack([master.matrix, ways])),
        group=np.append(master.group, np.full(len(at), SHARED)),
    )  # fmt: skip


def point_of(pool: Pool, chosen: Ints, x: Ints) -> Ints:
    """The model's point that a point of the master over these years stands for."""
    made = np.asarray(csr_array(pool.points[chosen]).T @ x[: len(chosen)], np.int64)
    made[pool.pricer.others] = x[len(chosen) :]
    return made
