"""fairplanner: a programme is read, a problem is posed, a plan is solved and checked, and publications are made from it.

The public verbs are loaded when first used, so that `fairplanner --help` does not wait for the solver.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairplanner.domain.diff import diff as diff
    from fairplanner.domain.plan import Plan as Plan
    from fairplanner.domain.plan import Violation as Violation
    from fairplanner.domain.programme import Programme as Programme
    from fairplanner.intake import read_programme as read_programme
    from fairplanner.pose import pose as pose_programme
    from fairplanner.publish.publishing import publications as publications
    from fairplanner.rules import check as check
    from fairplanner.rules.tables import Problem as Problem
    from fairplanner.solver import solve as solve

_HOME = {
    "Plan": "domain.plan",
    "Problem": "rules.tables",
    "Programme": "domain.programme",
    "Violation": "domain.plan",
    "check": "rules",
    "diff": "domain.diff",
    "pose_programme": "pose",
    "publications": "publish.publishing",
    "read_programme": "intake",
    "solve": "solver",
}

__all__ = [
    "Plan",
    "Problem",
    "Programme",
    "Violation",
    "check",
    "diff",
    "pose_programme",
    "publications",
    "read_programme",
    "solve",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'fairplanner' has no attribute {name!r}")
    room = import_module(f"fairplanner.{_HOME[name]}")
    # the room `pose` has the name of its verb, so the verb needs another one here
    return getattr(room, "pose" if name == "pose_programme" else name)
