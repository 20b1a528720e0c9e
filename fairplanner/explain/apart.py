"""The same year planned under several sets of assumptions, side by side in local processes; the answers are the same, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import Prices
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.explain.again import Base, again, base_of
from fairplanner.explain.mishaps.sweep import processors

Job = tuple[tuple[Assumption, ...], float, float | None]
Tell = Callable[[int], None]


def planned(
    base: Base, cases: Sequence[Sequence[Assumption]], *, seconds: float, gap: float | None, jobs: int | None = None,
    tell: Tell | None = None,
) -> Iterator[Plan | NoPlan]:  # fmt: skip
    """The plan of each case, or why there is none; each is begun from the base, so that no answer hangs on another.

    `jobs`: processes (default: one a processor; 1: this one); `tell` hears how many are planned.
    """
    work: list[Job] = [(tuple(case), seconds, gap) for case in cases]
    heard = tell or (lambda _done: None)
    count = min(jobs or processors(), len(work))
    if count <= 1:
        for done, job in enumerate(work, 1):
            yield _plan(base, job)
            heard(done)
        return
    # spawned, not forked: engines have threads, which do not survive a fork
    pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (base.programme, base.plan, base.prices))
    try:
        for done, found in enumerate(pool.map(_next, work), 1):
            heard(done)
            yield found
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _plan(base: Base, job: Job) -> Plan | NoPlan:
    case, seconds, gap = job
    try:
        return again(base, case, seconds=seconds, gap=gap).plan
    except NoPlan as error:
        return NoPlan(error.status, error.guilty)


_BASE: list[Base] = []
"""What this worker process was given when it began."""


def _begin(programme: Programme, plan: Plan, prices: Prices | None) -> None:
    _BASE[:] = [base_of(programme, plan, prices)]


def _next(job: Job) -> Plan | NoPlan:
    return _plan(_BASE[0], job)
