"""The master: years found so far and columns that belong to nobody, under shared rows and "one year each"."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.pool import Pool


def master_of(pool: Pool, chosen: Ints, rows: Ints | None = None) -> Model:
    """The master over some years of the pool as a model: first the years, then the other columns.

    Rows: the shared ones, or of those the ones numbered in `rows`, then one a firm.
    """
    pricer = pool.pricer
    model, others, firms = pricer.model, pricer.others, pricer.firms
    rows = np.arange(len(pricer.shared)) if rows is None else rows
    shared, n = pricer.shared[rows], len(chosen)
    one = csr_array((np.ones(n, np.int64), (pool.firm[chosen], np.arange(n))), shape=(firms, n))
    top = hstack(
        [csr_array(csr_array(pool.asked[chosen].T)[rows]), csr_array(csr_array(pricer.usage[rows])[:, others])]
    )
    bottom = hstack([one, csr_array((firms, len(others)), dtype=np.int64)])
    each = np.ones(firms, np.int64)
    return replace(
        model, blocks={},
        lower=np.append(np.zeros(n, np.int64), model.lower[others]), upper=np.append(np.ones(n, np.int64), model.upper[others]),
        gain=np.append(pool.gain[chosen], model.gain[others]), matrix=csr_array(vstack([top, bottom])),
        row_lower=np.append(model.row_lower[shared], each), row_upper=np.append(model.row_upper[shared], each),
        scale=np.ones(len(shared) + firms, np.int64), rules=(), labels=(), firms=(), group=np.full(n + len(others), SHARED),
    )  # fmt: skip
