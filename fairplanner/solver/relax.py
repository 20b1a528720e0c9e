"""The relaxation of a model by a first-order method (PDLP): a point, a price for every row, and a bound that is safe.

The prices are worth more than the point: whatever they are, they prove a bound, and they tell which columns to drop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray
from ortools.pdlp import solvers_pb2
from ortools.pdlp.python import pdlp
from scipy.sparse import csc_array, csc_matrix, csr_array

from fairplanner.solver import shape
from fairplanner.solver.interrupt import Aside
from fairplanner.solver.model import Model

Floats = NDArray[np.float64]
EPSILON = 2.0**-52
HIGHEST = 1e30
"""Prices are cut off here, where no product of theirs can leave the range of float64."""
CHUNK = 64
SHARDS = 8
"""Parts in which PDLP adds; the same number gives the same bits, however many threads."""


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
) -> Relaxed:
    """The relaxation of a model, begun at `start` if one of the same shape is given.

    Repeatable for the same `iterations` and `shards` where `seconds` do not end it first. Raises KeyboardInterrupt.
    """
    scaled = _Scaled(model)
    limits = _limits(tolerance, iterations, seconds, threads, shards)
    begin = None if start is None else scaled.inward(start)
    made, _ = Aside(lambda: pdlp.primal_dual_hybrid_gradient(scaled.program, limits, begin)).result()
    point, prices = scaled.outward(np.asarray(made.primal_solution), np.asarray(made.dual_solution))
    return Relaxed(point, prices, bound_of(model, prices), int(made.solve_log.iteration_count))


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


class _Scaled:
    """The model as PDLP gets it: columns in units of their box, rows of largest coefficient 1, gains near 1.

    Then a residual in a reduced gain is what it costs the bound. Row ends that no point in the box can pass are infinite.
    """

    def __init__(self, model: Model) -> None:
        self.box = np.maximum(1.0, np.maximum(np.abs(model.lower), np.abs(model.upper)).astype(float))
        self.lower, self.upper = model.lower, model.upper
        gain = model.gain * self.box
        self.unit = float(np.sqrt(np.mean(gain[gain != 0] ** 2))) if gain.any() else 1.0
        rows = csr_array(model.matrix.astype(float))
        rows.data *= self.box[rows.indices]
        largest = abs(rows).max(axis=1).toarray().ravel() if rows.nnz else np.zeros(rows.shape[0])
        self.row = 1.0 / np.where(largest > 0, largest, 1.0)
        rows.data *= np.repeat(self.row, np.diff(rows.indptr))
        self.program = _program(model, self.box, -gain / self.unit, csc_array(rows), self.row)

    def inward(self, relaxed: Relaxed) -> pdlp.PrimalAndDualSolution:
        begin = pdlp.PrimalAndDualSolution()
        begin.primal_solution = relaxed.point / self.box
        begin.dual_solution = -relaxed.prices / (self.row * self.unit)
        return begin

    def outward(self, primal: Floats, dual: Floats) -> tuple[Floats, Floats]:
        return np.clip(primal * self.box, self.lower, self.upper), -dual * self.row * self.unit


def _program(model: Model, box: Floats, cost: Floats, matrix: csc_array, row: Floats) -> pdlp.QuadraticProgram:
    least, most = shape.activity(model.matrix, model.lower, model.upper)
    program = pdlp.QuadraticProgram()
    program.resize_and_initialize(len(box), len(row))
    program.objective_vector = cost
    program.constraint_matrix = csc_matrix(matrix)
    program.constraint_lower_bounds = np.where(model.row_lower <= least, -np.inf, model.row_lower * row)
    program.constraint_upper_bounds = np.where(model.row_upper >= most, np.inf, model.row_upper * row)
    program.variable_lower_bounds = model.lower / box
    program.variable_upper_bounds = model.upper / box
    return program


def _limits(
    tolerance: float, iterations: int, seconds: float, threads: int, shards: int
) -> solvers_pb2.PrimalDualHybridGradientParams:
    made = solvers_pb2.PrimalDualHybridGradientParams(num_threads=threads, num_shards=shards)
    ends = made.termination_criteria
    ends.simple_optimality_criteria.eps_optimal_absolute = tolerance
    ends.simple_optimality_criteria.eps_optimal_relative = tolerance
    ends.iteration_limit, ends.time_sec_limit = iterations, seconds
    return made
