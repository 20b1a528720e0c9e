"""Which engine runs when: a short race of the exact engine, then year plans for bound and plan, then polish."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Model
from fairplanner.solver.result import Found

Tell = Callable[[str, int | None, int | None], None]


def run(
    model: Model, seconds: float, gap: float, reproducible: bool, workers: int, tell: Tell | None
) -> tuple[Found, str]:
    """What is known of the model after the time given, and the engine that found the best point."""
    report = partial(tell, "exact") if tell else None
    effort = Effort(seconds, seconds * 0.4 if reproducible else None, gap, workers, reproducible)
    return search(model, effort, report=report), "exact"
