"""What to do when nothing fits: what arithmetic shows, every independent conflict, and repairs that are proven to restore a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fairplanner.domain.programme import Programme
from fairplanner.errors import Blame
from fairplanner.explain.changes.pricing import Worth, worths
from fairplanner.explain.conflicts.demand import LARGE, TIMES, enough, is_large, only, size
from fairplanner.explain.conflicts.prechecks import Precheck, prechecks
from fairplanner.explain.conflicts.proving import Trial, tried
from fairplanner.explain.conflicts.repairs import Repairs, repaired
from fairplanner.pose import pose
from fairplanner.rules.tables import Problem
from fairplanner.solver import Conflict, conflicts, priced

Status = Literal["possible", "impossible", "unknown"]
MOST_PRICED = 60_000
"""Decisions of a problem above which limits are not priced (28,000: three seconds)."""
MOST_TOLD = 5
"""Limits that bind most which are told."""
Tell = Callable[[str, int, int], None]
"""Hears what goes on: `looking`, `conflicts`, `prices`, `repairs` with how many of how many."""


@dataclass(frozen=True)
class Diagnosis:
    """Whether a plan is possible, what arithmetic shows, what collides, and what would help.

    `unknown`: no plan was found, nor a conflict, within the effort. Repairs stand in the order of conflicts; in a large
    programme (`is_large`) what the plans found with them are worth says nothing about the whole year. `binding`: where a plan
    is possible, the limits that bind most.
    """

    status: Status
    prechecks: tuple[Precheck, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    repairs: Repairs = field(default_factory=lambda: Repairs(()))
    is_large: bool = False
    binding: tuple[Worth, ...] = ()


def diagnose(programme: Programme, *, infeasible: bool = False, tell: Tell | None = None) -> Diagnosis:
    """Whether a programme can be planned; where it cannot, why not and what would help.

    `infeasible`: it is known that there is no plan. Reproducible: no answer hangs on the clock but in an emergency. Of a
    large programme a plan is sought among what is enough (`explain.demand`) and judged by the rules of the whole one; what
    collides is always found in the whole.
    """
    hear = tell or _nobody
    problem = pose(programme)
    checks = prechecks(problem)
    large = is_large(problem)
    hear("looking", 0, 0)
    trial = None
    if not infeasible and not any(check.is_fatal for check in checks):
        trial = possible(programme, is_large=large)
        if trial.plan is not None:
            hear("prices", 0, 0)
            return Diagnosis("possible", checks, is_large=large, binding=binding(problem))
    hear("conflicts", 0, 0)
    sought = trial is None or trial.infeasible or large
    found = collisions(programme, problem, checks, is_large=large) if sought else ()
    if not found:
        return Diagnosis("impossible" if any(c.is_fatal for c in checks) else "unknown", checks)
    repairs = repaired(programme, problem, found, checks, is_large=large, tell=lambda n, of: hear("repairs", n, of))
    return Diagnosis("impossible", checks, found, repairs, large)


def collisions(
    programme: Programme, problem: Problem, checks: Sequence[Precheck], *, is_large: bool
) -> tuple[Conflict, ...]:
    """Every independent conflict. Of a large programme they are sought among what is enough first.

    What is found there counts where arithmetic has shown the same of the whole: then nobody who was left out could help. The
    plans that show each set to be smallest, and that nothing else collides, leave out whom they leave out.
    """
    small = pose(only(programme, enough(programme, TIMES[0]))) if is_large else problem
    if is_large and size(small) <= LARGE:
        found = conflicts(small)
        shown = [_names(check.members) for check in checks if check.is_fatal]
        if found and all(any(names <= _names(one.members) for names in shown) for one in found):
            return found
    return conflicts(problem)


def _names(members: Iterable[Blame]) -> set[tuple[str, str]]:
    return {(b.rule, b.label) for b in members}


def binding(problem: Problem) -> tuple[Worth, ...]:
    """The limits that bind most, by prices; none of a programme so large that they would take long."""
    if size(problem) > MOST_PRICED:
        return ()
    return worths(problem.programme, priced(problem))[:MOST_TOLD]


def possible(programme: Programme, *, is_large: bool) -> Trial:
    """A plan, if one is found; of a large programme among what is enough, then among more."""
    if not is_large:
        return tried(programme)
    trials = (tried(programme, times=times) for times in TIMES)
    last = None
    for trial in trials:
        last = trial
        if trial.plan is not None:
            break
    assert last is not None  # noqa: S101 - TIMES is not empty
    return last


def _nobody(_what: str, _n: int, _of: int) -> None:
    """Hears nothing."""
