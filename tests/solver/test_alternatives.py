from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from fairplanner.pose import pose
from fairplanner.rules import RULES, check
from fairplanner.solver import alternatives, solve
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import SHARED, build
from tests import builders as b


def test_alternatives_differ_from_the_plan_and_from_one_another_and_are_worth_nearly_as_much() -> None:
    apps = tuple(b.application(f, "expo-1-1", score=s) for f, s in (("f1", 80.0), ("f2", 80.0), ("f3", 79.5)))
    programme = b.a_programme(
        applications=apps, quotas=(b.quota(booths=2),), targets=(), choices=(b.choice("expo", policy="optimise"),)
    )
    problem = pose(programme)
    plan = solve(problem, seconds=20).plan
    found = alternatives(problem, plan, 3, within=0.05, seconds=10)
    assert found
    sets = [frozenset(p.participation_id for p in x.participations) for x in (plan, *(a.plan for a in found))]
    assert len(set(sets)) == len(sets)
    for a in found:
        assert a.plan.value >= plan.value * 0.95
        assert check(programme, a.plan) == ()
        assert a.delegations + a.places > 0


def test_an_alternative_counts_what_it_misses_once_also_where_its_refit_ends_early(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = import_module("fairplanner.solver.alternatives")
    monkeypatch.setattr(module, "REFIT_WORK", 1e-9)
    apps = tuple(b.application(f, "expo-1-1", score=s) for f, s in (("f1", 80.0), ("f2", 80.0), ("f3", 79.5)))
    programme = b.a_programme(
        applications=apps, quotas=(b.quota(booths=2),), targets=(b.target(at_least=4),),
        choices=(b.choice("expo", policy="optimise"),),
    )  # fmt: skip
    problem = pose(programme)
    plan, model = solve(problem, seconds=20).plan, build(problem, RULES)
    point = search(model, Effort(20)).point
    assert point is not None
    missed = np.flatnonzero((model.gain < 0) & (point < model.upper) & (model.group == SHARED))[-1:]
    point[missed] += 1
    found = module._written(problem, model, point, plan.bound or 0, "exact", repeatable=True)
    assert found.value == plan.value
    assert check(programme, found) == ()


def test_where_only_one_plan_is_worth_enough_there_is_no_alternative() -> None:
    programme = b.a_programme(applications=(b.application(score=90.0),), targets=())
    problem = pose(programme)
    plan = solve(problem, seconds=20).plan
    assert [a for a in alternatives(problem, plan, 2, within=0.0, seconds=10) if a.plan.value < plan.value] == []
    assert alternatives(problem, plan, 2, within=0.001, seconds=10) == ()
