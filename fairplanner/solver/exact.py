"""The exact engine: CP-SAT on the whole model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, isfinite
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from fairplanner.solver.interrupt import Aside, Interrupted
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.result import Found, Report, gap_between

PORTFOLIO = 8
"""Workers of a repeatable search, fixed whatever the machine: the path of the search depends on their number."""
BATCH = 2
"""Pieces of work between two looks at the clock, the gap and the work done, in a repeatable search."""
LEAN = ("max_lp_sym", "no_lp")
"""The two full searches that did nearly all the work on every programme measured; neighbourhoods fill up to LEAN_WORKERS."""
LEAN_WORKERS = 4
NEARLY_ALL = 0.95
"""Share of its work budget that a search has used which the budget ended."""
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
    Raises Interrupted at Ctrl-C, with the best point and the bound proven before.
    """
    if (model.row_lower > model.row_upper).any():
        return Found(None, None, infeasible=True)
    made, columns = cp_model_of(model)
    made.maximize(cp_model.LinearExpr.weighted_sum(columns, model.gain.tolist()))
    # CP-SAT 9.15 aborts the process where its few kinds of search meet a hint that breaks rows and no point is there
    if hint is not None and (not (effort.reproducible and effort.lean) or model.is_kept(hint)):
        for column, value in zip(columns, hint.tolist(), strict=True):
            made.add_hint(column, value)
    solver, told = _solver(effort), _Told(report)
    solver.best_bound_callback = told.of_bound
    status, interrupted = Aside(lambda: solver.solve(made, told if report else None)).result(told.stopping(solver))
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError("CP-SAT refuses the model")
    point = _point(model, solver, columns, status, hint)
    if interrupted:
        raise Interrupted(Found(point, model.bound_for(told.bound(), point), repeatable=False, interrupted=True))
    return _found(model, solver, status, point, told, effort)


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
        "catch_sigint_signal": False,
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


def _point(
    model: Model, solver: cp_model.CpSolver, columns: list[cp_model.IntVar], status: Any, hint: Ints | None
) -> Ints | None:
    """The better of a feasible hint and what CP-SAT found."""
    point = hint if hint is not None and model.is_kept(hint) else None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return point
    mine = np.array([solver.value(column) for column in columns], np.int64)
    return mine if point is None or model.value(mine) >= model.value(point) else point


def _found(
    model: Model, solver: cp_model.CpSolver, status: Any, point: Ints | None, told: _Told, effort: Effort
) -> Found:
    # a search that ended before it began (in presolve, without a solution) reports 0 as its bound: what it has not told
    # of while it ran is not taken from it then
    solved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = floor(solver.best_objective_bound + 1e-6) if solved else told.bound()
    work = solver.response_proto.deterministic_time
    infeasible = status == cp_model.INFEASIBLE and point is None
    bound = model.bound_for(bound, point)
    ended = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE) or _is_reached(model, point, bound, effort.gap)
    # CP-SAT stops a little before its time limit: what did not end by proof, gap or work was ended by the clock
    by_clock = not ended and (effort.work is None or work < NEARLY_ALL * effort.work)
    return Found(point, bound, infeasible, not by_clock, work)


def _is_reached(model: Model, point: Ints | None, bound: int | None, gap: float) -> bool:
    return point is not None and bound is not None and gap_between(model.value(point), bound) <= gap


class _Told(cp_model.CpSolverSolutionCallback):
    """What CP-SAT tells while it searches, and passes on: better points and better bounds."""

    def __init__(self, report: Report | None) -> None:
        super().__init__()
        self._report = report
        self._bounds: list[int] = []
        self._before: int | None = None

    def on_solution_callback(self) -> None:
        """Called by CP-SAT at each better point."""
        if self._report:
            self._report(round(self.objective_value), floor(self.best_objective_bound + 1e-6))

    def of_bound(self, bound: float) -> None:
        """Called by CP-SAT at each better bound."""
        if isfinite(bound):
            self._bounds.append(floor(bound + 1e-6))
            if self._report:
                self._report(None, self._bounds[-1])

    def stopping(self, solver: cp_model.CpSolver) -> Callable[[], None]:
        """What stops the search; from then on it proves nothing."""

        def stop() -> None:
            if self._before is None:
                self._before = len(self._bounds)
            solver.stop_search()

        return stop

    def bound(self) -> int | None:
        """The best bound told of, up to the moment it was stopped; None if there was none."""
        return min(self._bounds[: self._before], default=None)
