"""Planning again: the same where nothing differs, near to the base where worth is the same, refused where nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.explain.again import Base, again, base_of, nearest, pinned
from fairplanner.explain.assuming import parsed_all
from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.solver import closest, solve
from tests.builders import a_programme, application, choice, firm, quota


def solved(programme: Programme) -> Plan:
    return solve(pose(programme), seconds=10).plan


def based(programme: Programme) -> Base:
    return base_of(programme, solved(programme))


def there(plan: Plan, phase_id: str = "expo-1-1") -> list[str]:
    return [p.firm_id for p in plan.participations if p.phase_id == phase_id]


def alike(*names: str, booths: int) -> Programme:
    """Firms that are worth the same at one fair, with room for so many of them."""
    return a_programme(
        firms=tuple(firm(n) for n in names), applications=tuple(application(n) for n in names), quotas=(quota(booths=booths),),
        choices=(choice("expo", policy="optimise"), choice("abroad")), targets=(),
    )  # fmt: skip


def test_without_an_assumption_the_plan_is_as_good_as_it_was() -> None:
    base = based(a_programme())
    assert again(base, (), seconds=10).plan.value == base.plan.value


def test_an_assumption_holds_in_the_plan() -> None:
    base = based(a_programme())
    made = again(base, parsed_all(base.programme, ["drop:expo-1-1"]), seconds=10).plan
    assert there(base.plan)
    assert not there(made)


def test_a_pin_holds_whether_it_is_called_pin_or_assumption() -> None:
    base = based(alike("f1", "f2", booths=1))
    [given] = there(base.plan)
    pins = (pinned("must-not", given, "expo-1-1"),)
    assert there(again(base, (), pins=pins, seconds=10).plan) == there(again(base, pins, seconds=10).plan) != [given]


def test_what_cannot_be_is_refused_with_what_collides() -> None:
    base = based(alike("f1", "f2", booths=1))
    both = [pinned("must-go", f, "expo-1-1") for f in ("f1", "f2")]
    with pytest.raises(NoPlan) as caught:
        again(base, both, seconds=10)
    assert "booth-quota" in {b.rule for b in caught.value.guilty}


def test_of_plans_worth_the_same_the_nearest_is_taken() -> None:
    """Three firms alike and one booth: whoever had it keeps it, whoever comes first in the order of ties."""
    programme = alike("f1", "f2", "f3", booths=1)
    problem = pose(programme)
    plans = [solve(pose(alike_without(programme, others)), seconds=10).plan for others in (("f1", "f2"), ("f2", "f3"))]
    assert [there(p) for p in plans] == [["f3"], ["f1"]]
    for plan, to in (plans, plans[::-1]):
        near = closest(problem, plan, to)
        assert there(near) == there(to)
        assert near.value == plan.value
        assert not list(check(programme, near))


def alike_without(programme: Programme, names: Sequence[str]) -> Programme:
    kept = tuple(a for a in programme.applications if a.firm_id not in names)
    return programme.model_copy(update={"applications": kept})


def test_nearness_never_costs_worth() -> None:
    """A better firm takes the booth though the base had another."""
    programme = alike("f1", "f2", booths=1)
    better = tuple(f.model_copy(update={"record": 0.9 if f.firm_id == "f2" else 0.1}) for f in programme.firms)
    problem = pose(programme.model_copy(update={"firms": better}))
    best = solve(problem, seconds=10).plan
    worse = solve(pose(alike_without(programme, ["f2"])), seconds=10).plan
    assert there(closest(problem, best, worse)) == ["f2"]


def test_near_leaves_alone_what_the_assumption_does_not_touch() -> None:
    programme = alike("f1", "f2", "f3", booths=1)
    base = base_of(programme, solve(pose(alike_without(programme, ["f1", "f2"])), seconds=10).plan)
    made = again(base, parsed_all(programme, ["funds/travel.amount+=1"]), near=True, seconds=10)
    assert there(made.plan) == ["f3"]


def test_where_little_is_proven_only_what_is_concerned_is_planned_anew() -> None:
    """Both plans are told to be far from proven: the other one's different choice elsewhere is then no consequence."""
    programme = alike("f1", "f2", "f3", booths=1)
    problem = pose(programme)
    only_f3, only_f1 = (
        solve(pose(alike_without(programme, names)), seconds=10) for names in (["f1", "f2"], ["f2", "f3"])
    )
    unproven = {"bound": only_f3.plan.value * 2, "gap": 1.0, "status": "feasible"}
    base = base_of(programme, only_f3.plan.model_copy(update=unproven))
    said = parsed_all(programme, ["firms/f2.teams=2"])
    other = replace(only_f1, plan=only_f1.plan.model_copy(update=unproven))
    made = nearest(base, problem, said, other, 10)
    assert (made.engine, there(made.plan)) == ("nearby", ["f3"])
    assert made.plan.bound == only_f3.plan.value * 2


def test_of_what_is_about_the_whole_year_the_better_plan_is_taken() -> None:
    """A weight concerns everything: nothing is around it, so a better plan is one because of it."""
    programme = alike("f1", "f2", booths=2)
    one = solve(pose(alike_without(programme, ["f2"])), seconds=10).plan
    unproven = {"bound": one.value * 3, "gap": 2.0, "status": "feasible"}
    base = base_of(programme, one.model_copy(update=unproven))
    both = solve(base.problem, seconds=10)
    other = replace(both, plan=both.plan.model_copy(update={"bound": one.value * 3, "gap": 0.5, "status": "feasible"}))
    made = nearest(base, base.problem, parsed_all(programme, ["value.delegation=2"]), other, 10)
    assert there(made.plan) == ["f1", "f2"]
