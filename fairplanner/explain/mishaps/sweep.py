"""Many scenarios at once: in this process, over local processes, or on a cluster; the answers are the same, in their order."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from multiprocessing import get_context
from typing import Any

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem, UserError
from fairplanner.explain.mishaps.outcomes import Depth, Held, Outcome, held, outcome
from fairplanner.explain.mishaps.scenarios import Scenario

FEW = 4
"""Scenarios that are worked out here sooner than other processes have begun."""
CONNECT = 15
"""Seconds to wait for a scheduler."""
MATTERS = ("fairplanner", "ortools", "numpy", "pandas", "scipy", "pydantic")
"""Packages on which answers depend: they must be the same wherever a scenario is worked out."""

Tell = Callable[[int], None]
Job = tuple[Scenario, Depth, float]


def sweep(
    programme: Programme, plan: Plan, scenarios: Sequence[Scenario], *, depth: Depth = Depth.LEFT, seconds: float = 20,
    jobs: int | None = None, scheduler: str = "", tell: Tell | None = None,
) -> tuple[Outcome, ...]:  # fmt: skip
    """What each scenario does to a plan, in the order of the scenarios, whoever worked it out.

    `jobs`: local processes (default: one a processor where there are more than a FEW; 1: this process); `scheduler`: address of a Dask scheduler instead.
    Only the programme, the plan and the scenarios go there, and only outcomes (ids and numbers) come back. `tell` hears how
    many are done. Raises UserError where there is no such scheduler, or its workers have other versions.
    """
    work: list[Job] = [(scenario, depth, seconds) for scenario in scenarios]
    heard = tell or (lambda _done: None)
    if scheduler:
        return tuple(_on_cluster(scheduler, packed(programme, plan, depth), work, heard))
    count = min(jobs or (processors() if len(work) > FEW else 1), len(work))
    if count <= 1:
        return tuple(_here(held(programme, plan, depth), work, heard))
    return tuple(_in_processes(count, packed(programme, plan, depth), work, heard))


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def packed(programme: Programme, plan: Plan, depth: Depth) -> bytes:
    """What a worker needs to know before the first scenario; nothing that was worked out of the programme goes along."""
    return pickle.dumps(held(programme, plan, depth).bare(), protocol=pickle.HIGHEST_PROTOCOL)


def _here(base: Held, work: Sequence[Job], tell: Tell) -> Iterator[Outcome]:
    for done, job in enumerate(work, 1):
        yield outcome(base, *job)
        tell(done)


_HELD: list[Held] = []
"""What this worker process was given when it began."""


def _begin(payload: bytes) -> None:
    _HELD[:] = [unpacked(payload)]


def _next(job: Job) -> Outcome:
    return outcome(_HELD[0], *job)


@lru_cache(maxsize=1)
def unpacked(payload: bytes) -> Held:
    """What `packed` packed; the last one is remembered, since every scenario of a sweep asks for it."""
    found: Held = pickle.loads(payload)  # noqa: S301 - only what this program sent to its own workers
    return found


def _in_processes(count: int, payload: bytes, work: Sequence[Job], tell: Tell) -> Iterator[Outcome]:
    # spawned, not forked: engines have threads, which do not survive a fork
    pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (payload,))
    try:
        for done, found in enumerate(pool.map(_next, work), 1):
            tell(done)
            yield found
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _remote(job: Job, payload: bytes) -> Outcome:
    return outcome(unpacked(payload), *job)


def _on_cluster(address: str, payload: bytes, work: Sequence[Job], tell: Tell) -> Iterator[Outcome]:
    with _client(address) as client:
        _refuse_other_versions(client)
        there = client.scatter(payload, broadcast=True, hash=False)
        futures = client.map(_remote, work, payload=there, pure=False)
        for done, future in enumerate(futures, 1):
            found: Outcome = future.result()
            tell(done)
            yield found


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError([Problem("--scheduler", 0, "", "risk-cluster-missing", address)]) from error
    # whether it is installed, and typed, or not
    connect: Any = Client
    try:
        client = connect(address, timeout=CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UserError([Problem("--scheduler", 0, "", "risk-no-scheduler", address)]) from error
    try:
        yield client
    finally:
        client.close()


def versions() -> dict[str, str]:
    """Versions of what answers depend on, here."""
    return {name: version(name) for name in MATTERS}


def _mine() -> dict[str, str]:
    return versions()


def _refuse_other_versions(client: Any) -> None:
    """Raises UserError where nobody works for the scheduler, or where a worker has other versions than this process."""
    found: dict[str, Any] = client.run(versions, on_error="return")
    if not found:
        raise UserError([Problem("--scheduler", 0, "", "risk-no-workers", client.scheduler.address)])
    mine = _mine()
    problems = [
        Problem("--scheduler", 0, "", "risk-other-version", worker, (("here", _text(mine)), ("there", _text(theirs))))
        for worker, theirs in sorted(found.items())
        if theirs != mine
    ]
    if problems:
        raise UserError(problems)


def _text(told: Any) -> str:
    return ", ".join(f"{name} {number}" for name, number in told.items()) if isinstance(told, dict) else str(told)
