"""Jobs of the benchmark that need fairplanner: make a programme, export its model, plan it, cancel a fair of it."""

from __future__ import annotations

import gc
import inspect
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.pose import pose
from fairplanner.rules import RULES, check
from fairplanner.solver.model import build
from fairplanner.solver.result import Progress
from fairplanner.solver.solve import solve
from tests.bench import exported, gap_instances
from tests.bench.child import Trace, peak_kb

Task = dict[str, Any]


def make(folder: Path, task: Task, trace: Trace) -> None:
    """Writes `programme.pkl`: of a size, model and seed, or of a published instance."""
    trace.start()
    facts: dict[str, Any] = {}
    if "instance" in task:
        instance = gap_instances.read(Path(task["instance"]))
        programme, facts = gap_instances.programme_of(instance), gap_instances.facts_of(instance)
    else:
        programme = made(task["size"], task["model"], task["seed"])
    _store(folder / "programme.pkl", programme)
    counts = {"firms": len(programme.firms), "phases": len(programme.phases), "asked": len(programme.applications)}
    trace.end(**counts, **facts)


def made(size: str, model: str, seed: int) -> Programme:
    """The generator's programme."""
    from tests.bench.instances import made as generate

    return generate(size, model, seed)


def export(folder: Path, task: Task, trace: Trace) -> None:
    """Poses the programme and writes its model for the other engines; says how long that took."""
    programme = _read(folder / "programme.pkl")
    trace.start()
    problem = pose(programme)
    posing = round(trace.seconds, 3)
    model = build(problem, RULES)
    facts = {"posing": posing, "building": round(trace.seconds - posing, 3), "memory_kb": peak_kb()}
    exported.save(model, folder / "model.npz")
    trace.end(**facts, **exported.load(folder / "model.npz").sizes)


def fairplanner(folder: Path, task: Task, trace: Trace) -> None:
    """Poses and solves within the seconds, posing included; then, outside the time, asks `check` what the plan breaks."""
    programme: Programme = _read(folder / "programme.pkl")
    more = _previous(folder)
    trace.start()
    problem = pose(programme)
    posing = round(trace.seconds, 3)
    left = max(0.5, task["seconds"] - trace.seconds)
    facts: dict[str, Any] = {"posing": posing, "value": None, "bound": None, "violations": None}

    def tell(progress: Progress) -> None:
        trace.step(progress.value, progress.bound)

    try:
        solved = solve(problem, seconds=left, gap=task["gap"], reproducible=False, progress=tell, **more)
    except NoPlan as none:
        return trace.end(**facts, status=f"no plan: {none}"[:300])
    plan = solved.plan
    facts |= {"value": plan.value, "bound": plan.bound, "status": plan.status, "found_by": solved.engine}
    facts |= {"seconds": round(trace.seconds, 3), "memory_kb": peak_kb()}
    trace.step(plan.value, plan.bound)
    _store(folder / "plan.pkl", plan)
    _store(folder / "prices.pkl", getattr(solved, "prices", None))
    facts["violations"] = len(check(programme, plan))
    return trace.end(**facts, participations=len(plan.participations), delegations=len(plan.delegations))


def _previous(folder: Path) -> dict[str, Any]:
    """The plan to start from and its prices, where there are any; raises where the solver cannot take a plan."""
    path = folder / "previous.pkl"
    if not path.is_file():
        return {}
    taken = inspect.signature(solve).parameters
    if "previous" not in taken:
        raise RuntimeError("solve takes no previous plan: it cannot be re-planned from one")
    prices = _read(folder / "prices.pkl")
    return {"previous": _read(path)} | ({"prices": prices} if prices and "prices" in taken else {})


def cancel(folder: Path, task: Task, trace: Trace) -> None:
    """Takes the programme and plan of `task["after"]` and cancels the fair with most places; leaves both here."""
    before = Path(task["after"])
    programme, plan = _read(before / "programme.pkl"), _read(before / "plan.pkl")
    trace.start()
    changed, fair, places = without_busiest(programme, plan)
    _store(folder / "programme.pkl", changed)
    _store(folder / "previous.pkl", plan)
    _store(folder / "prices.pkl", _read(before / "prices.pkl"))
    trace.end(cancelled=fair, places=places, value_before=plan.value)


def without_busiest(programme: Programme, plan: Plan) -> tuple[Programme, str, int]:
    """The programme with every phase of the fair with most places cancelled, that fair, and its places."""
    places = Counter(programme.phase[p.phase_id].fair_id for p in plan.participations)
    if not places:
        raise RuntimeError("the plan gives no place: there is no fair to cancel")
    fair, count = min(places.items(), key=lambda item: (-item[1], item[0]))
    phases = tuple(
        q.model_copy(update={"status": Status.CANCELLED}) if q.fair_id == fair else q for q in programme.phases
    )
    return Programme(**(dict(programme) | {"phases": phases})), fair, count


def _store(path: Path, thing: object) -> None:
    with path.open("wb") as file:
        pickle.dump(thing, file, protocol=pickle.HIGHEST_PROTOCOL)


def _read(path: Path) -> Any:
    """What `_store` wrote: files of the runner's own temporary folder, never a user's."""
    gc.disable()  # a year of a nation is millions of small rows, none of them rubbish
    try:
        with path.open("rb") as file:
            return pickle.load(file)  # noqa: S301  (written by this program a moment ago)
    finally:
        gc.enable()


JOBS = {"make": make, "export": export, "fairplanner": fairplanner, "cancel": cancel}
