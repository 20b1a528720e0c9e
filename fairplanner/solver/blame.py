"""Why there is no plan."""

from __future__ import annotations

from collections.abc import Sequence

from fairplanner.errors import Blame
from fairplanner.rules.contract import Rule
from fairplanner.rules.tables import Problem
from fairplanner.solver.model import Model


def guilty(problem: Problem, model: Model, rules: Sequence[Rule]) -> tuple[Blame, ...]:
    return ()
