"""A plan around given places: every rule kept where that can be, few limits broken where it cannot, open places chosen."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from fairplanner.domain.plan import Plan
from fairplanner.pose import pose
from fairplanner.rules.tables import Problem
from fairplanner.solver import completed, solve
from tests import builders as b


@cache
def posed() -> tuple[Problem, Plan]:
    problem = pose(b.a_programme(quotas=(b.quota("expo-1-1", 2),)))
    return problem, solve(problem, seconds=10, gap=0).plan


def rows(problem: Problem, *ids: tuple[str, str]) -> list[int]:
    places = problem.participations
    found = [
        np.flatnonzero((places["firm"] == f) & (places["phase"] == q) & (places["sponsor"] == "prov")) for f, q in ids
    ]
    return [int(at[0]) for at in found]


def test_the_places_of_a_plan_give_its_value_again() -> None:
    problem, plan = posed()
    made = completed(problem, plan)
    assert (made.broken, made.not_posed) == ((), ())
    assert made.plan.value == plan.value


def test_one_place_too_many_breaks_the_quota_and_nothing_that_could_be_kept() -> None:
    problem, _ = posed()
    made = completed(problem, rows(problem, ("f1", "expo-1-1"), ("f2", "expo-1-1"), ("f3", "expo-1-1")))
    assert [(v.rule, v.amount) for v in made.broken] == [("booth-quota", 1)]
    assert {p.firm_id for p in made.plan.participations} == {"f1", "f2", "f3"}


def test_of_an_open_place_the_one_that_keeps_the_rules_and_is_worth_most_is_chosen() -> None:
    problem, _ = posed()
    every = np.flatnonzero((problem.participations["firm"] == "f1") & (problem.participations["phase"] == "expo-1-1"))
    made = completed(problem, [], one_of=[every.tolist()])
    assert made.broken == ()
    assert [p.participation_id for p in made.plan.participations] == ["f1/expo-1-1/-@east#1"]


@pytest.mark.parametrize(("exact", "count"), [(True, 1), (False, 3)])
def test_at_least_one_may_be_several_and_exactly_one_is_one(exact: bool, count: int) -> None:
    problem, _ = posed()
    places = problem.participations
    own = np.flatnonzero(
        (places["firm"] == "f1") & places["phase"].str.startswith(("expo", "abroad")) & (places["sponsor"] == "prov")
    )
    other = rows(problem, ("f2", "abroad-1-1"))
    made = completed(problem, other, one_of=[own.tolist()] if exact else [], any_of=[] if exact else [own.tolist()])
    assert made.broken == () or exact
    assert sum(p.firm_id == "f1" for p in made.plan.participations) <= count
    assert any(p.firm_id == "f1" for p in made.plan.participations)
