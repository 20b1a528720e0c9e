"""Solved programmes for what is changed by hand afterwards; every fact in them is invented for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from fairplanner.domain.amending import Act
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules import check
from fairplanner.solver.solve import solve
from tests import builders as b

ON = date(2025, 1, 10)
FIRMS = ("f1", "f2", "f3", "f4", "f5")


def act(verb: str = "withdraw", on: date = ON, **said: Any) -> Act:
    return Act(verb, on, **({"reason": "产品未备齐"} | said))  # type: ignore[arg-type]


DECIDED = {"by": "处长", "basis": "纪要9号"}


def planned(programme: Programme) -> tuple[Programme, Plan]:
    """The programme and its best plan, which breaks nothing."""
    plan = solve(pose(programme), seconds=60, gap=0, workers=2).plan
    assert check(programme, plan) == ()
    return programme, plan


def a_queue(**tables: Any) -> tuple[Programme, Plan]:
    """Five firms ask for one booth each at expo-1-1 in the order of their scores; three booths are handed down."""
    asked = tuple(b.application(f, score=90.0 - 10 * n) for n, f in enumerate(FIRMS))
    base: dict[str, Any] = {"firms": tuple(b.firm(f) for f in FIRMS), "applications": asked, "targets": ()}
    return planned(b.a_programme(**(base | tables)))


def firms_at(plan: Plan, phase_id: str = "expo-1-1") -> list[str]:
    return sorted(p.firm_id for p in plan.participations if p.phase_id == phase_id)
