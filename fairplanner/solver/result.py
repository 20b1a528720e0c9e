"""What engines hand to one another: points found, bounds proven, progress, and what a solve returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import Prices


@dataclass(frozen=True)
class Progress:
    """A better plan or a better bound, while solving: seconds so far, engine, thousandths of a point, gap as a fraction."""

    seconds: float
    engine: str
    value: int | None
    bound: int | None
    gap: float | None


@dataclass(frozen=True)
class Solved:
    """A checked plan; wall `seconds`, `engine` that found it, and whether it is proven best (`optimal`) or not.

    `interrupted`: Ctrl-C ended the search; the plan is the best one known then, its bound what was proven before.
    `prices` prove the bound and help to plan again, where the engine has any.
    """

    plan: Plan
    seconds: float
    engine: str
    status: Literal["optimal", "feasible"]
    interrupted: bool = False
    prices: Prices | None = None


@dataclass(frozen=True, eq=False)
class Found:
    """What an engine knows: `point` (n) or None, `bound` (none better is possible) or None, `infeasible` if proven.

    `repeatable` is False where the clock, not the work budget, ended the search; `work` is CP-SAT's deterministic time.
    `interrupted`: Ctrl-C ended it.
    """

    point: NDArray[np.int64] | None
    bound: int | None
    infeasible: bool = False
    repeatable: bool = True
    work: float = 0.0
    interrupted: bool = False


Report: TypeAlias = Callable[[int | None, int | None], None]
"""Called by engines with the best value and the best bound so far."""


def gap_between(value: int, bound: int) -> float:
    """(bound - value) / |value|; 0 where they meet, 1 where the value is 0 and the bound is not."""
    if bound <= value:
        return 0.0
    return (bound - value) / abs(value) if value else 1.0
