"""The work of child processes: `python -m tests.bench.engines JOB FOLDER` (the runner starts them; see README.md here).

Every engine imports what it needs inside its own function, so that no process holds more than its own engine. Each gets
`folder/task.json` (seconds, target gap, workers) and `folder/model.npz` or `folder/programme.pkl`, and leaves
`folder/JOB.jsonl` and, where it found a point, `folder/JOB.npy`.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.child import Trace
from tests.bench.exported import Exported, load

Task = dict[str, Any]
SCIP_SECONDS = re.compile(r"([\d.]+)s\s*$")


def cpsat(folder: Path, task: Task, trace: Trace) -> None:
    """CP-SAT on the whole model, with the workers given (8 beat 2 and 4 on two cores), no hint, no fixed seed."""
    from ortools.sat.python import cp_model

    given = load(folder / "model.npz")
    made = cp_model.CpModel()
    columns = [made.new_int_var(a, b, "") for a, b in zip(given.lower.tolist(), given.upper.tolist(), strict=True)]
    start, index, data = (a.tolist() for a in (given.matrix.indptr, given.matrix.indices, given.matrix.data))
    for i, (low, high) in enumerate(zip(given.row_lower.tolist(), given.row_upper.tolist(), strict=True)):
        part = slice(start[i], start[i + 1])
        terms = cp_model.LinearExpr.weighted_sum([columns[j] for j in index[part]], data[part])
        made.add_linear_constraint(terms, low, high)
    made.maximize(cp_model.LinearExpr.weighted_sum(columns, given.gain.tolist()))

    class Told(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            trace.step(self.objective_value, self.best_objective_bound)

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = task["seconds"]
    solver.parameters.num_workers = task["workers"]
    solver.parameters.relative_gap_limit = task["gap"]
    solver.best_bound_callback = partial(trace.step, None)
    trace.start(translating=round(trace.seconds, 3))
    status = solver.solve(made, Told())
    seconds = round(trace.seconds, 3)
    point = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        point = np.array([solver.value(column) for column in columns], np.int64)
        trace.step(None, solver.best_objective_bound)
    # without a solution CP-SAT reports 0 as its bound; what it told of while it ran is taken instead
    _found(folder / "cpsat.npy", given, point, trace, solver.status_name(status).lower(), seconds)


def highs(folder: Path, task: Task, trace: Trace) -> None:
    """HiGHS from its own wheel where that is installed, else the one inside ortools."""
    try:
        import highspy
    except ImportError:
        return mathopt("highs", folder, task, trace)
    given = load(folder / "model.npz")
    low, high = given.floats()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(given.gain), len(low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = (a.astype(float) for a in (given.gain, given.lower, given.upper))
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = given.matrix.indptr, given.matrix.indices
    lp.a_matrix_.value_ = given.matrix.data.astype(float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(given.gain)
    solver = highspy.Highs()
    settings = {"output_flag": False, "time_limit": float(task["seconds"]), "mip_rel_gap": task["gap"]}
    for name, value in settings.items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    for calls in (solver.cbMipLogging, solver.cbMipImprovingSolution):
        calls.subscribe(lambda event: trace.step(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound))
    trace.start(translating=round(trace.seconds, 3), version=solver.version())
    solver.run()
    seconds, info = round(trace.seconds, 3), solver.getInfo()
    trace.step(None, info.mip_dual_bound)
    values = np.array(solver.getSolution().col_value)
    has_point = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    point = np.rint(values).astype(np.int64) if has_point else None
    _found(folder / "highs.npy", given, point, trace, solver.modelStatusToString(solver.getModelStatus()), seconds)
    return None


def scip(folder: Path, task: Task, trace: Trace) -> None:
    """SCIP as it comes inside ortools."""
    mathopt("scip", folder, task, trace)


def mathopt(name: str, folder: Path, task: Task, trace: Trace) -> None:
    """SCIP or HiGHS inside ortools, on the same rows; the trajectory is read from SCIP's log."""
    from ortools.math_opt.python import mathopt as mo

    given = load(folder / "model.npz")
    made = mo.Model.from_model_proto(_proto(given))
    solver = {"scip": mo.SolverType.GSCIP, "highs": mo.SolverType.HIGHS}[name]
    params = mo.SolveParameters(time_limit=timedelta(seconds=task["seconds"]), relative_gap_tolerance=task["gap"])
    trace.start(translating=round(trace.seconds, 3))
    result = mo.solve(made, solver, params=params, msg_cb=ScipLog(trace) if name == "scip" else None)
    seconds, point = round(trace.seconds, 3), None
    if result.has_primal_feasible_solution():
        point = np.zeros(len(given.gain))
        for variable, value in result.variable_values().items():
            point[variable.id] = value
        point = np.rint(point).astype(np.int64)
    trace.step(None, result.best_objective_bound())
    told = result.termination
    status = told.reason.name.lower() + (f" ({told.limit.name.lower()})" if told.limit else "")
    _found(folder / f"{name}.npy", given, point, trace, status, seconds)


class ScipLog:
    """Reads time, dual bound and primal bound from the table that SCIP prints."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._places: tuple[int, int] | None = None

    def __call__(self, lines: Any) -> None:
        """Takes lines of the log."""
        for line in lines:
            cells = [cell.strip() for cell in line.split("|")]
            if "dualbound" in cells and "primalbound" in cells:
                self._places = cells.index("primalbound"), cells.index("dualbound")
            elif self._places and len(cells) > max(self._places) and SCIP_SECONDS.search(cells[0]):
                self._trace.step(*(_number(cells[place]) for place in self._places))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _proto(given: Exported) -> Any:
    from ortools.math_opt import model_pb2

    proto, n, m = model_pb2.ModelProto(), len(given.gain), len(given.row_lower)
    proto.variables.ids.extend(range(n))
    proto.variables.lower_bounds.extend(given.lower.tolist())
    proto.variables.upper_bounds.extend(given.upper.tolist())
    proto.variables.integers.extend([True] * n)
    proto.objective.maximize = True
    gains = np.flatnonzero(given.gain)
    proto.objective.linear_coefficients.ids.extend(gains.tolist())
    proto.objective.linear_coefficients.values.extend(given.gain[gains].tolist())
    low, high = given.floats()
    proto.linear_constraints.ids.extend(range(m))
    proto.linear_constraints.lower_bounds.extend(low.tolist())
    proto.linear_constraints.upper_bounds.extend(high.tolist())
    rows = np.repeat(np.arange(m), np.diff(given.matrix.indptr))
    proto.linear_constraint_matrix.row_ids.extend(rows.tolist())
    proto.linear_constraint_matrix.column_ids.extend(given.matrix.indices.tolist())
    proto.linear_constraint_matrix.coefficients.extend(given.matrix.data.tolist())
    return proto


def _found(path: Path, given: Exported, point: Any, trace: Trace, status: str, seconds: float) -> None:
    """Writes the point and its value; a point that does not keep the model in whole numbers is worth nothing."""
    kept = point is not None and given.is_kept(point)
    if point is not None:
        np.save(path, point)
    value = given.value(point) if kept else None
    trace.end(value=value, bound=trace.bound, status=status, seconds=seconds, refused=point is not None and not kept)


def main(job: str, folder: Path) -> None:
    """One job, in this process; what goes wrong is told in its trace."""
    trace = Trace(folder / f"{job}.jsonl")
    task = json.loads((folder / "task.json").read_text(encoding="utf-8"))
    jobs: dict[str, Any] = {"cpsat": cpsat, "highs": highs, "scip": scip}
    try:
        if job not in jobs:
            from tests.bench import jobs as ours

            jobs |= ours.JOBS
        jobs[job](folder, task, trace)
    except MemoryError:
        trace.error("out of memory")
    except Exception as wrong:
        trace.error(f"{type(wrong).__name__}: {wrong}"[:2000])
        raise


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
