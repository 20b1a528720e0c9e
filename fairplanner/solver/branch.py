"""The branch engine: HiGHS, branch and cut in floating point, as it comes inside OR-Tools (MathOpt)."""

from __future__ import annotations

from datetime import timedelta
from math import floor
from typing import Any

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from fairplanner.solver.interrupt import Aside
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.result import Found

MARGIN = 1e-6
"""Relative margin added to a bound of HiGHS, whose rows and reduced costs hold to 1e-6 and 1e-7 only."""


def branch(model: Model, seconds: float, nodes: int, gap: float) -> Found:
    """The best point HiGHS finds within `nodes` nodes and its bound, with a margin for floating point.

    The point is rounded and kept only if it keeps every row exactly. Infeasibility is never concluded here. One fixed
    way of searching: the same model gives the same point; the clock ends it in an emergency, and `repeatable` says so.
    Raises KeyboardInterrupt at Ctrl-C.
    """
    if (model.row_lower > model.row_upper).any():
        return Found(None, None)
    params = mathopt.SolveParameters(
        time_limit=timedelta(seconds=seconds), relative_gap_tolerance=gap, node_limit=nodes, random_seed=1
    )
    # HiGHS heeds no interrupter: at Ctrl-C it is left behind, and ends by its own limits
    made = _as_mathopt(model)
    result, _ = Aside(lambda: mathopt.solve(made, mathopt.SolverType.HIGHS, params=params)).result()
    repeatable = result.termination.limit != mathopt.Limit.TIME
    if not result.has_primal_feasible_solution():
        return Found(None, None, repeatable=repeatable)
    point = _rounded(result, len(model.gain))
    bound = result.best_objective_bound()
    proven = floor(bound + MARGIN * abs(bound)) if np.isfinite(bound) else None
    return Found(point if model.is_kept(point) else None, proven, repeatable=repeatable)


def _rounded(result: Any, size: int) -> Ints:
    values = np.zeros(size)
    for variable, value in result.variable_values().items():
        values[variable.id] = value
    return np.rint(values).astype(np.int64)


def _as_mathopt(model: Model) -> mathopt.Model:
    proto = model_pb2.ModelProto()
    m, n = model.size
    proto.variables.ids.extend(range(n))
    proto.variables.lower_bounds.extend(model.lower.tolist())
    proto.variables.upper_bounds.extend(model.upper.tolist())
    proto.variables.integers.extend([True] * n)
    proto.objective.maximize = True
    gains = np.flatnonzero(model.gain)
    proto.objective.linear_coefficients.ids.extend(gains.tolist())
    proto.objective.linear_coefficients.values.extend(model.gain[gains].tolist())
    proto.linear_constraints.ids.extend(range(m))
    proto.linear_constraints.lower_bounds.extend(model.row_lower.tolist())
    proto.linear_constraints.upper_bounds.extend(model.row_upper.tolist())
    matrix = model.matrix.copy()
    matrix.sort_indices()
    proto.linear_constraint_matrix.row_ids.extend(np.repeat(np.arange(m), np.diff(matrix.indptr)).tolist())
    proto.linear_constraint_matrix.column_ids.extend(matrix.indices.tolist())
    proto.linear_constraint_matrix.coefficients.extend(matrix.data.tolist())
    return mathopt.Model.from_model_proto(proto)
