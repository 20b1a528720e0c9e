"""An earlier plan is changed only for something worth more."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from fairplanner.domain.programme import Programme
from fairplanner.domain.settings import ValueWeights
from fairplanner.pose import pose
from fairplanner.rules.least_disruption import LeastDisruption
from fairplanner.rules.reckon.value import plan_value
from fairplanner.solver import solve
from fairplanner.solver.extract import plan_of
from tests import builders as b
from tests.properties.planned_before import a_programme_planned_before
from tests.properties.programmes import SEEDS
from tests.rules.plans import claim, delegation, place, plan, standing_body


def programme(points: float = 2, settled: tuple[Any, ...] = (b.settled(people=3),), **tables: Any) -> Programme:
    own = b.settings(value=ValueWeights(disturbance=points))
    base = {
        "settings": own,
        "settled": settled,
        "targets": (),
        "applications": tuple(b.application(f, booths=2) for f in ("f1", "f2")),
    }
    return b.a_programme(**(base | tables))


def lost(own: Programme, *parts: Any) -> int:
    """Thousandths of a point that a plan of these parts loses for the earlier plan."""
    free = Programme(**{n: getattr(own, n) for n in Programme.model_fields} | {"settled": (), "settled_trips": ()})
    return plan_value(free, plan(free, *parts)) - plan_value(own, plan(own, *parts))


def test_each_person_who_loses_a_place_costs_the_weight_and_half_where_it_changes() -> None:
    own = programme()
    assert lost(own, place(), standing_body()) == 0
    assert lost(own, standing_body()) == 3 * 2_000
    assert lost(own, place(booths=2)) == lost(own, place(sponsor="east")) == 3 * 1_000
    assert lost(own, place("f2")) == 3 * 2_000, "a newcomer makes up for nobody"


def test_a_subsidy_less_costs_a_quarter_as_long_as_it_is_in_force() -> None:
    own = programme(
        settled=(b.settled("f1", "abroad-1-1", subsidies=("gone", "half")),),
        applications=(b.application("f1", "abroad-1-1"),),
    )
    there = place(phase_id="abroad-1-1")
    assert lost(own, there, claim(participation_id=there.participation_id)) == 0
    assert lost(own, there) == 2 * 500
    assert lost(own) == 2 * 2_000, "who goes nowhere claims nothing"


def test_an_official_party_that_goes_otherwise_costs_half_for_each_of_its_people() -> None:
    own = programme(settled=(), settled_trips=(b.settled_trip(people=4),))
    assert lost(own, delegation(delegation_id="prov:abroad-1-1@0317-0320")) == 0
    assert lost(own, delegation(delegation_id="prov:abroad-1-1@0317-0319")) == lost(own) == 4 * 1_000


@pytest.mark.parametrize(
    "tables",
    [
        {"phases": (b.phase("expo", 1, status="cancelled"),)},
        {"phases": (b.phase("expo", 1, start=None, end=None),)},
        {"phases": (), "applications": ()},
        {"firms": (b.firm("f2"),), "applications": ()},
        {"applications": ()},
        {"applications": (b.application("f1", state="withdrawn"),)},
        {"applications": (b.application("f1", state="not-admitted"),)},
        {"applications": (b.application("f1", wish="refuses"),)},
        {"applications": (b.application("f1", booths=3, least_booths=3),)},
        {"decisions": (b.decision(kind="must-not", firm_id="f1"),)},
        {"decisions": (b.decision(kind="must-not", zone_id="prov"),)},
    ],
    ids=str,
)
def test_who_is_disturbed_by_the_fair_or_by_itself_costs_nothing(tables: dict[str, Any]) -> None:
    assert lost(programme(**tables)) == 0


def test_a_fair_on_other_days_costs_nothing_but_another_stand_there_does() -> None:
    was = b.settled(first=date(2025, 3, 25), last=date(2025, 3, 29), people=3)
    own = programme(settled=(was,))
    assert lost(own, place()) == 0
    assert lost(own, place(booths=2)) == 3 * 1_000


@pytest.mark.parametrize(("points", "there"), [(0, "f2"), (0.1, "f2"), (50, "f1")])
def test_a_newcomer_comes_in_only_if_it_is_worth_more_than_whom_it_disturbs(points: float, there: str) -> None:
    asked = (b.application("f1", score=50), b.application("f2", score=60))
    own = programme(
        points, applications=asked, quotas=(b.quota(booths=1),), choices=(b.choice("expo", policy="optimise"),)
    )
    found = solve(pose(own), seconds=60).plan
    assert [p.firm_id for p in found.participations] == [there]


@pytest.mark.slow
@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(SEEDS.map(a_programme_planned_before))
def test_what_the_rows_cost_is_what_the_plan_loses(own: Programme) -> None:
    """The soft rows at every whole plan of one place an application: each breach at its price."""
    problem = pose(own)
    vectors = {name: _first(problem.table(name)) for name in ("delegations", "journeys", "participations", "claims")}
    vectors["participations"] = (~problem.participations.duplicated("application")).to_numpy(int)
    vectors["cuts"] = 0 * _first(problem.cuts)
    made = plan_of(problem, vectors)
    vectors["claims"] = vectors["claims"] * 0
    bare = plan_of(problem, vectors)
    cost = 0
    for rows in LeastDisruption().rows(problem):
        sums = sum(matrix @ vectors[block] for block, matrix in rows.terms.items())
        ((width, price),) = rows.steps
        missing = (rows.lower - sums).clip(min=0)
        assert (missing <= width).all()
        cost += int(missing.sum()) * price
    free = Programme(**{n: getattr(own, n) for n in Programme.model_fields} | {"settled": (), "settled_trips": ()})
    assert plan_value(free, bare) - plan_value(own, bare) == cost
    assert plan_value(own, made) <= plan_value(free, made)


def _first(table: Any) -> Any:
    return np.arange(len(table)) % 2
