"""The relaxation of a model: a point, a price for every row, and a bound that is safe whatever the solver's tolerance.

The prices are worth more than the point: whatever they are, they prove a bound, and they tell which columns to drop.
Small models go to the dual simplex of HiGHS, which is exact; larger ones to PDLP, whose prices are then polished.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from fairplanner.solver import shape
from fairplanner.solver.first_order import Ended, Limits, pdlp
from fairplanner.solver.interrupt import Aside
from fairplanner.solver.model import Model
from fairplanner.solver.polish import polished

Floats = NDArray[np.float64]
EPSILON = 2.0**-52
HIGHEST = 1e30
"""Prices are cut off here, where no product of theirs can leave the range of float64."""
CHUNK = 64
SHARDS = 8
"""Parts in which PDLP adds; the same number gives the same bits, however many threads."""
EXACT = 600_000
"""Coefficients up to which the dual simplex is run. Seconds of processor time to the optimum, and PDLP's to 0.02 %:
17 k coefficients 0.04 and 0.5, 360 k 4.7 and 6.5, 530 k 2.6 and 3.5; beyond, 2.2 million 130 and 60."""
MOST_PIVOTS = 100_000
"""Pivots after which the dual simplex gives up and PDLP is run."""


@dataclass(frozen=True, eq=False)
class Relaxed:
    """What a relaxation told; n columns, m rows.

    `point` (n) lies within its box and nearly keeps the rows. `prices` (m), thousandths of a point per unit of the row:
    above 0 pays the row's upper end, below 0 its lower. `bound`: no whole point is worth more, see `bound_of`.
    """

    point: Floats
    prices: Floats
    bound: float
    iterations: int


class Halted(KeyboardInterrupt):
    """Ctrl-C ended a relaxation; `relaxed`: what it had come to, its bound as safe as any."""

    def __init__(self, relaxed: Relaxed) -> None:
        super().__init__()
        self.relaxed = relaxed


def relax(
    model: Model,
    *,
    tolerance: float = 1e-4,
    iterations: int = 100_000,
    seconds: float = 600.0,
    start: Relaxed | None = None,
    stop: Callable[[], bool] | None = None,
    threads: int = 2,
    shards: int = SHARDS,
    exact: int = EXACT,
) -> Relaxed:
    """The relaxation of a model, exact up to `exact` coefficients, else by PDLP from `start` (of the same shape).

    `stop` is asked ten times a second and ends PDLP early. Repeatable for the same `iterations` and `shards` where
    neither `seconds` nor `stop` end it first. Raises Halted on Ctrl-C, KeyboardInterrupt during the dual simplex.
    """
    found = _simplex(model, seconds) if model.matrix.nnz <= exact and start is None else None
    if found is not None:
        return found
    begin = None if start is None else (start.point, one_sided(model, start.prices))
    ended = pdlp(model, Limits(tolerance, iterations, seconds, threads, shards), begin, stop)
    relaxed = _best(model, ended, start)
    if ended.interrupted:
        raise Halted(relaxed)
    return relaxed


def reduced(model: Model, prices: Floats) -> Floats:
    """Gain of each column less what it pays for the rows at these prices, thousandths of a point per unit."""
    return np.asarray(model.gain - model.matrix.T @ prices)


def one_sided(model: Model, prices: Floats) -> Floats:
    """Prices without those that pay a row end which no point in the box can pass: 0 proves no less there."""
    least, most = shape.activity(model.matrix, model.lower, model.upper)
    idle = np.where(prices > 0, model.row_upper >= most, model.row_lower <= least)
    return np.where(idle, 0.0, prices)


def bound_of(model: Model, prices: Floats) -> float:
    """What no whole point of the model is worth more than, thousandths of a point; valid whatever the prices (m).

    Proof. For a point x that keeps rows and box, gain x = prices (matrix x) + (gain - prices matrix) x. Row by row,
    price times sum <= price times upper end if the price is above 0, times lower end if below; column by column,
    reduced gain times x <= the better of its products with the two ends of the box. The sum of these is the bound.
    Rounding: a sum of k products in any order errs by at most (k + 1) EPSILON / 2 times the sum of their sizes, so
    that (k + 4) EPSILON times it covers the conversions and the size's own rounding; partial sums of CHUNK alike.
    """
    prices = one_sided(model, np.clip(np.nan_to_num(prices), -HIGHEST, HIGHEST))
    paid = np.where(prices > 0, model.row_upper, model.row_lower) * prices
    gains = reduced(model, prices)
    best = np.maximum(gains * model.lower, gains * model.upper)
    box = np.maximum(np.abs(model.lower), np.abs(model.upper))
    sizes = (np.abs(model.gain) + abs(model.matrix).T @ np.abs(prices)) * box
    lengths = np.bincount(model.matrix.indices, minlength=len(sizes))
    slip = fsum([_sum(np.abs(paid)) * (CHUNK + 4), _sum(sizes * (lengths + (CHUNK + 4)))])
    return fsum([_sum(paid), _sum(best), slip * EPSILON])


def _sum(values: Floats) -> float:
    """Sum of many numbers: CHUNK at a time in float64, and of those sums exactly."""
    cut = len(values) - len(values) % CHUNK
    return fsum([*values[:cut].reshape(-1, CHUNK).sum(axis=1).tolist(), *values[cut:].tolist()])


def _best(model: Model, ended: Ended, start: Relaxed | None) -> Relaxed:
    """The best prices of: none, those begun with, PDLP's, and PDLP's polished."""
    tried = [np.zeros(model.size[0])] if start is None else [start.prices]
    if ended.prices is not None:
        tried += [ended.prices, polished(model, ended.prices)]
    bounds = [bound_of(model, prices) for prices in tried]
    least = int(np.argmin(bounds))
    point = ended.point if ended.point is not None else model.lower.astype(float) if start is None else start.point
    return Relaxed(point, tried[least], bounds[least], ended.iterations)


def _simplex(model: Model, seconds: float) -> Relaxed | None:
    """The exact relaxation by HiGHS' dual simplex, or None where it does not get there."""
    least, most = shape.activity(model.matrix, model.lower, model.upper)
    matrix = csr_array(model.matrix.astype(float))
    fixed = model.row_lower == model.row_upper
    equal = np.flatnonzero(fixed)
    high, low = np.flatnonzero(~fixed & (model.row_upper < most)), np.flatnonzero(~fixed & (model.row_lower > least))
    solve: Any = linprog  # its stubs know no sparse arrays
    found, _ = Aside(
        lambda: solve(
            -model.gain.astype(float),
            A_ub=csr_array(vstack([matrix[high], -matrix[low]])),
            b_ub=np.append(model.row_upper[high], -model.row_lower[low]).astype(float),
            A_eq=csr_array(matrix[equal]), b_eq=model.row_lower[equal].astype(float),
            bounds=np.stack([model.lower, model.upper], axis=1).astype(float),
            method="highs-ds", options={"maxiter": MOST_PIVOTS, "time_limit": seconds},
        )
    ).result()  # fmt: skip
    if found.status != 0:
        return None
    prices = np.zeros(len(least))
    paid = found.ineqlin.marginals
    prices[high] -= paid[: len(high)]
    prices[low] += paid[len(high) :]
    prices[equal] -= found.eqlin.marginals
    return Relaxed(np.clip(found.x, model.lower, model.upper), prices, bound_of(model, prices), int(found.nit))
