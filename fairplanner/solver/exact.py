"""The exact engine: CP-SAT on the whole model."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from fairplanner.solver.model import Ints, Model
from fairplanner.solver.result import Found, Report

PORTFOLIO = 8
"""Workers of a repeatable search, fixed whatever the machine: the path of the search depends on their number."""
BATCH = 2
"""Pieces of work between two looks at the clock, the gap and the work done, in a repeatable search."""
LEAN = ("max_lp_sym", "no_lp")
"""The two full searches that did nearly all the work on every programme measured; neighbourhoods fill up to LEAN_WORKERS."""
LEAN_WORKERS = 4
SEED = 1


@dataclass(frozen=True)
class Effort:
    """How long to search: wall `seconds`, `work` in CP-SAT's deterministic units (None: no limit), target `gap`.

    `lean` takes few kinds of search instead of the whole portfolio, where the search is to be reproducible.
    """

    seconds: float
    work: float | None = None
    gap: float = 0.0
    workers: int = PORTFOLIO
    reproducible: bool = True
    lean: bool = True


def search(model: Model, effort: Effort, hint: Ints | None = None, report: Report | None = None) -> Found:
    """The best point CP-SAT finds within the effort, and its bound; a complete feasible `hint` is never lost.

    Reproducible: `interleave_search` with a fixed number of workers and a fixed seed, so that the same model gives the
    same point on the same ortools version; the clock ends the search only in an emergency, and `repeatable` says so.
    """
    if (model.row_lower > model.row_upper).any():
        return Found(None, None, infeasible=True)
    made, columns = cp_model_of(model)
    made.maximize(cp_model.LinearExpr.weighted_sum(columns, model.gain.tolist()))
    if hint is not None:
        for column, value in zip(columns, hint.tolist(), strict=True):
            made.add_hint(column, value)
    solver = _solver(effort)
    watch = _Watch(report) if report else None
    if report:
        solver.best_bound_callback = lambda bound: report(None, floor(bound + 1e-6))
    status = solver.solve(made, watch)
    return _found(model, solver, columns, status, hint, effort)


def cp_model_of(model: Model) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Columns and rows as CP-SAT takes them, without an objective."""
    made = cp_model.CpModel()
    columns = [made.new_int_var(a, b, "") for a, b in zip(model.lower.tolist(), model.upper.tolist(), strict=True)]
    start, index, data = model.matrix.indptr.tolist(), model.matrix.indices.tolist(), model.matrix.data.tolist()
    for i, (low, high) in enumerate(zip(model.row_lower.tolist(), model.row_upper.tolist(), strict=True)):
        part = slice(start[i], start[i + 1])
        terms = cp_model.LinearExpr.weighted_sum([columns[j] for j in index[part]], data[part])
        made.add_linear_constraint(terms, low, high)
    return made, columns


def _solver(effort: Effort) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    settings: dict[str, Any] = {
        "max_time_in_seconds": effort.seconds,
        "relative_gap_limit": effort.gap,
        "random_seed": SEED,
        "num_workers": effort.workers,
    }
    if effort.reproducible:
        workers = LEAN_WORKERS if effort.lean else PORTFOLIO
        settings |= {"num_workers": workers, "interleave_search": True, "interleave_batch_size": BATCH}
    if effort.work is not None:
        settings["max_deterministic_time"] = effort.work
    for name, value in settings.items():
        setattr(solver.parameters, name, value)
    if effort.reproducible and effort.lean:
        solver.parameters.subsolvers.extend(LEAN)
    return solver


def _found(
    model: Model,
    solver: cp_model.CpSolver,
    columns: list[cp_model.IntVar],
    status: Any,
    hint: Ints | None,
    effort: Effort,
) -> Found:
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError("CP-SAT refuses the model")
    point = hint if hint is not None and model.is_kept(hint) else None
    solved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    if solved:
        mine = np.array([solver.value(column) for column in columns], np.int64)
        if point is None or model.value(mine) >= model.value(point):
            point = mine
    bound = floor(solver.best_objective_bound + 1e-6) if solved or status == cp_model.UNKNOWN else None
    by_clock = status != cp_model.OPTIMAL and solver.wall_time >= effort.seconds
    work = solver.response_proto.deterministic_time
    return Found(point, bound, status == cp_model.INFEASIBLE and point is None, not by_clock, work)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Tells of each better point."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def on_solution_callback(self) -> None:
        """Called by CP-SAT."""
        self._report(round(self.objective_value), floor(self.best_objective_bound + 1e-6))
