"""How far a plan reaches its targets, counted in the words of the rule `targets`."""

from __future__ import annotations

from fairplanner.domain.plan import Plan, Reached
from fairplanner.domain.programme import Programme


def reached_by(programme: Programme, plan: Plan) -> tuple[Reached, ...]:
    """Each target of the programme, in order of id."""
    return ()
