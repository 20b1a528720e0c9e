"""Any 0/1 vectors become a plan in dates and money, kept or broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.rules.tables import DECIDED
from fairplanner.solver import plan_of
from tests import builders as b

PROBLEM = pose(b.a_programme())


def vectors(value: int) -> dict[str, np.ndarray]:
    return {name: np.full(len(PROBLEM.table(name)), value, np.int64) for name in DECIDED}


def test_nothing_chosen_is_a_plan_that_only_misses_its_targets() -> None:
    plan = plan_of(PROBLEM, vectors(0))
    assert plan.value == plan.bound == -2 * 20_000
    assert [(t.reached, t.short) for t in plan.targets] == [(0, 2)]
    assert check(PROBLEM.programme, plan) == ()


def test_everything_chosen_is_written_down_sorted_and_condemned() -> None:
    plan = plan_of(PROBLEM, vectors(1))
    assert len(plan.delegations) == len(PROBLEM.delegations)
    for part, key in (
        ("delegations", "delegation_id"),
        ("participations", "participation_id"),
        ("journeys", "journey_id"),
        ("claims", "claim_id"),
    ):
        ids = [getattr(row, key) for row in getattr(plan, part)]
        assert ids == sorted(ids)
        assert len(ids) == len(PROBLEM.table(part))
    assert {v.rule for v in check(PROBLEM.programme, plan)} >= {"booth-quota", "firm-teams"}


def test_dates_phases_and_money_are_those_of_the_tables() -> None:
    chosen = vectors(0)
    row = PROBLEM.journeys.index[PROBLEM.journeys["journey"] == "f1:expo-1-1+expo-1-2*2"][0]
    chosen["journeys"][row] = 1
    (journey,) = plan_of(PROBLEM, chosen).journeys
    posed = PROBLEM.journeys.loc[row]
    assert journey.phases == ("expo-1-1", "expo-1-2")
    assert (journey.depart, journey.return_) == (date.fromordinal(posed["depart"]), date.fromordinal(posed["return"]))
    assert journey.fare == Decimal(int(posed["fare"])) / 100
    assert journey.people == posed["people"] == 2


def test_status_bound_gap_and_engine_are_as_told() -> None:
    plan = plan_of(PROBLEM, vectors(0), status="optimal", bound=5, gap=0.25, engine="exact", reproducible=False)
    assert (plan.status, plan.bound, plan.gap, plan.engine, plan.reproducible) == ("optimal", 5, 0.25, "exact", False)


def test_gains_of_the_tables_are_the_value_of_the_plan() -> None:
    nothing = plan_of(PROBLEM, vectors(0)).value
    for name in DECIDED:
        for row, gain in enumerate(PROBLEM.table(name)["gain"]):
            chosen = vectors(0)
            chosen[name][row] = 1
            worth = plan_of(PROBLEM, chosen).value - nothing
            assert worth == gain + (20_000 if name == "participations" else 0)
