"""PDLP on a model's relaxation: scaled so that what it leaves over is what it costs the bound, begun anywhere, stopped any time.

It is called through MathOpt's own entry, which lets other threads run meanwhile and can be interrupted with its point
kept; `ortools.pdlp` (9.15) gives the same bits but holds Python's lock until it ends. It is given whole: runs of 256 to
1,024 steps, each begun where the last ended, forgot the step and the average and were up to 10 times further off.
Where it begins at nothing GLOP's presolve goes before it: on 2.2 million coefficients a third of the time for the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver as core
from ortools.util.python.solve_interrupter import SolveInterrupter
from scipy.sparse import csr_array

from fairplanner.solver import shape
from fairplanner.solver.interrupt import POLL, Aside
from fairplanner.solver.model import Model

Floats = NDArray[np.float64]
WARM = 0.03
"""First ratio of the steps of prices to those of columns where PDLP begins at a point and prices: small, to trust them.

Left to itself it begins at about 1, forgets them and takes longer than from nothing. After five delegations were
cancelled, at tolerances 1e-3 and 1e-4: 128 and 512 steps for 384 and 2,240 (a problem of 360 k coefficients, rules),
448 and 2,176 for 576 and 1,536 (330 k, packs).
"""


@dataclass(frozen=True)
class Limits:
    """Where PDLP ends: its relative tolerance, steps and seconds; `threads` never move a bit, `shards` do."""

    tolerance: float
    iterations: int
    seconds: float
    threads: int
    shards: int


@dataclass(frozen=True, eq=False)
class Ended:
    """Point (n) and prices (m) where PDLP ended, its steps, and whether Ctrl-C ended it; no point: it had not begun."""

    point: Floats | None
    prices: Floats | None
    iterations: int
    interrupted: bool


class Scaled:
    """The model as PDLP gets it: columns in units of their box, rows of largest coefficient 1, gains near 1.

    A reduced gain is then off by what it costs the bound (unscaled, PDLP needed 15 times the steps, or never arrived).
    Row ends that no point in the box can pass are infinite, so that no price is wasted on them.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.box = np.maximum(1.0, np.maximum(np.abs(model.lower), np.abs(model.upper)).astype(float))
        self.cost = -model.gain * self.box
        self.unit = float(np.sqrt(np.mean(self.cost[self.cost != 0] ** 2))) if self.cost.any() else 1.0
        self.cost /= self.unit
        rows = csr_array(model.matrix.astype(float))
        rows.data *= self.box[rows.indices]
        largest = np.asarray(abs(rows).max(axis=1).todense()).ravel() if rows.nnz else np.zeros(rows.shape[0])
        self.row = 1.0 / np.where(largest > 0, largest, 1.0)
        self.owner = np.repeat(np.arange(len(self.row)), np.diff(rows.indptr))
        rows.data *= self.row[self.owner]
        self.rows = rows

    def proto(self) -> model_pb2.ModelProto:
        """The scaled relaxation, to be minimised."""
        made, model = model_pb2.ModelProto(), self.model
        least, most = shape.activity(model.matrix, model.lower, model.upper)
        low = np.where(model.row_lower <= least, -np.inf, model.row_lower * self.row)
        high = np.where(model.row_upper >= most, np.inf, model.row_upper * self.row)
        for block, lower, upper in (
            (made.variables, model.lower / self.box, model.upper / self.box),
            (made.linear_constraints, low, high),
        ):
            block.ids.extend(range(len(lower)))
            block.lower_bounds.extend(lower)
            block.upper_bounds.extend(upper)
        made.variables.integers.extend([False] * len(self.box))
        filled = np.flatnonzero(self.cost)
        made.objective.linear_coefficients.ids.extend(filled)
        made.objective.linear_coefficients.values.extend(self.cost[filled])
        terms = made.linear_constraint_matrix
        terms.row_ids.extend(self.owner)
        terms.column_ids.extend(self.rows.indices)
        terms.coefficients.extend(self.rows.data)
        return made

    def inward(self, point: Floats, prices: Floats) -> model_parameters_pb2.ModelSolveParametersProto:
        """Where to begin, as a hint."""
        made = model_parameters_pb2.ModelSolveParametersProto()
        hint = made.solution_hints.add()
        for part, values in (
            (hint.variable_values, point / self.box),
            (hint.dual_values, -prices / (self.row * self.unit)),
        ):
            part.ids.extend(range(len(values)))
            part.values.extend(values)
        return made

    def outward(self, result: result_pb2.SolveResultProto, interrupted: bool) -> Ended:
        """The end point in the model's own units, within its box."""
        steps = int(result.solve_stats.first_order_iterations)
        if not result.solutions:
            return Ended(None, None, steps, interrupted)
        found = result.solutions[0]
        point = np.asarray(found.primal_solution.variable_values.values) * self.box
        prices = -np.asarray(found.dual_solution.dual_values.values) * self.row * self.unit
        return Ended(np.clip(point, self.model.lower, self.model.upper), prices, steps, interrupted)


def pdlp(
    model: Model, limits: Limits, begin: tuple[Floats, Floats] | None, stop: Callable[[], bool] | None = None
) -> Ended:
    """Run PDLP from a point and prices (both or none) until its tolerance, a limit, `stop` or Ctrl-C."""
    scaled, interrupter, over = Scaled(model), SolveInterrupter(), Event()
    parameters = model_parameters_pb2.ModelSolveParametersProto() if begin is None else scaled.inward(*begin)
    proto = scaled.proto()
    scaled.rows, scaled.owner = csr_array(scaled.rows.shape), scaled.owner[:0]  # the proto has them

    def work() -> Any:
        return core.solve(
            proto, parameters_pb2.SOLVER_TYPE_PDLP, parameters_pb2.SolverInitializerProto(),
            _parameters(limits, warm=begin is not None),
            parameters, None, callback_pb2.CallbackRegistrationProto(), None, interrupter.pybind_interrupter,
        )  # fmt: skip

    def watch() -> None:
        while stop is not None and not over.wait(POLL):
            if stop():
                interrupter.interrupt()
                break

    watcher = Thread(target=watch)
    watcher.start()
    try:
        result, interrupted = Aside(work).result(interrupter.interrupt)
    finally:
        over.set()
        watcher.join()
    return scaled.outward(result, interrupted)


def _parameters(limits: Limits, *, warm: bool) -> parameters_pb2.SolveParametersProto:
    made = parameters_pb2.SolveParametersProto()
    made.pdlp.num_threads, made.pdlp.num_shards = limits.threads, limits.shards
    made.pdlp.presolve_options.use_glop = not warm
    if warm:
        made.pdlp.initial_primal_weight = WARM
    ends = made.pdlp.termination_criteria
    ends.simple_optimality_criteria.eps_optimal_absolute = limits.tolerance
    ends.simple_optimality_criteria.eps_optimal_relative = limits.tolerance
    ends.iteration_limit, ends.time_sec_limit = limits.iterations, limits.seconds
    return made
