"""How fast scenarios are swept: `python -m tests.bench.sweeps PLAN --scenarios 200`, PLAN being the folder of a plan; without it, a
year of 1,000 firms and 120 phases (size S), planned first.

Every fair of the plan two weeks earlier, two weeks later, cancelled, then one week either way, until there are enough scenarios.
Measured, for each depth: wall seconds, processor seconds and the memory of the largest process, over local processes and on a
local Dask cluster of separate processes; and whether both gave the same answers. Nothing is asserted: the machine decides.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.explain.mishaps.outcomes import Depth, Outcome
from fairplanner.explain.mishaps.scenarios import Scenario, every_move, phases_of, scenarios_of
from fairplanner.explain.mishaps.sweep import processors, sweep
from fairplanner.intake.plan_file import read_plan, read_snapshot
from fairplanner.pose import pose
from fairplanner.solver import solve

MEBIBYTE = 1 << 20


def scenarios(programme: Programme, plan: Plan, count: int) -> tuple[Scenario, ...]:
    """The first so many of all moves and cancellations."""
    texts = [*every_move(programme, plan, "2w"), *(f"drop:{q}" for q in phases_of(programme, plan))]
    texts += every_move(programme, plan, "1w")
    return scenarios_of(programme, [([text], "", 1) for text in texts[:count]])


def measured(run: Callable[[], tuple[Outcome, ...]]) -> tuple[dict[str, float], tuple[Outcome, ...]]:
    """Seconds and MB of a sweep; processes that it began must have ended."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    own = time.process_time()
    found = run()
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime + time.process_time() - own
    return {
        "seconds": round(seconds, 1),
        "processor": round(work, 1),
        "mb": round(after.ru_maxrss * 1024 / MEBIBYTE),
    }, found


def on_cluster(programme: Programme, plan: Plan, given: tuple[Scenario, ...], depth: Depth) -> tuple[Outcome, ...]:
    """The same sweep on a cluster of this computer that is begun and ended for it."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=processors(), threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        return sweep(programme, plan, given, depth=depth, scheduler=cluster.scheduler_address)


def read(folder: Path | None) -> tuple[Programme, Plan]:
    """The plan of a folder, or that of a made year of size S."""
    if folder is not None:
        return read_snapshot(folder / "programme.json"), read_plan(folder / "plan.json")
    from tests.bench.instances import made

    programme = made("S", "rules", 1)
    return programme, solve(pose(programme), seconds=60).plan


def main() -> None:
    """Measure and print one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", type=Path, nargs="?", default=None)
    parser.add_argument("--scenarios", type=int, default=200)
    parser.add_argument("--depth", type=Depth, default=Depth.LEFT)
    asked = parser.parse_args()
    programme, plan = read(asked.plan)
    given = scenarios(programme, plan, asked.scenarios)
    here: dict[str, Any]
    here, local = measured(lambda: sweep(programme, plan, given, depth=asked.depth, jobs=processors()))
    told = {"scenarios": len(given), "depth": asked.depth.value, "processes": processors()}
    sys.stdout.write(json.dumps(told | {"where": "local processes"} | here) + "\n")
    sys.stdout.flush()
    there, remote = measured(lambda: on_cluster(programme, plan, given, asked.depth))
    sys.stdout.write(json.dumps(told | {"where": "local cluster", "same answers": local == remote} | there) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
