"""Every independent reason why there is no plan, each with nothing in it that could be left out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fairplanner.errors import Blame, NoPlan
from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.rules.tables import Problem
from fairplanner.solver import conflicts, least_breach, solve
from fairplanner.solver.blame import Case
from fairplanner.solver.model import build
from tests import builders as b
from tests.bench.instances import made


def posed(**tables: Any) -> Problem:
    return pose(b.a_programme(**tables))


def test_where_a_plan_is_possible_nothing_collides() -> None:
    assert conflicts(posed()) == ()


def test_two_independent_conflicts_are_both_found_and_each_is_smallest() -> None:
    pins = (
        b.decision("d1", firm_id="f1"), b.decision("d2", "must-not", firm_id="f1"),
        b.decision("d3", firm_id="f2"), b.decision("d4", "must-not", firm_id="f2"),
    )  # fmt: skip
    found = conflicts(posed(decisions=pins))
    assert {c.members for c in found} == {
        (Blame("decisions", "d1", 1), Blame("decisions", "d2", 1)),
        (Blame("decisions", "d3", 1), Blame("decisions", "d4", 1)),
    }
    assert all(c.is_smallest for c in found)


def test_the_least_breach_is_what_a_quota_lacks_for_the_decisions() -> None:
    pins = tuple(b.decision(f"d{i}", firm_id=f"f{i}") for i in (1, 2, 3))
    problem = posed(decisions=pins, quotas=(b.quota(booths=1),))
    quota = next(blame for c in conflicts(problem) for blame in c.members if blame.rule == "booth-quota")
    assert least_breach(problem, quota.rule, quota.label) == 2
    assert least_breach(problem, "decisions", "d1") is None, "two decisions are still too many for one booth"
    assert least_breach(problem, "decisions", "d1", [("decisions", "d2")]) == 1


def of_one_firm(cap: int) -> Problem:
    """Two decisions that together cost the firm 38,588, of which 10,000 are paid back where no cap stands against it."""
    pins = (b.decision("d1", firm_id="f1"), b.decision("d2", firm_id="f1", phase_id="expo-1-2"))
    firms = (b.firm("f1", own_money=Decimal(30_000)), b.firm("f2"), b.firm("f3", "west"))
    return posed(decisions=pins, firms=firms, subsidies=(b.subsidy(where="everywhere", cap_year=Decimal(cap)),))


@pytest.mark.slow
def test_a_cap_of_a_subsidy_is_named_with_what_it_lacks() -> None:
    (found,) = conflicts(of_one_firm(2_000))
    assert Blame("claim-limits", "half.year · f1 · 2025", 658_800) in found.members
    assert Blame("own-money", "f1", 658_800) in found.members
    assert [blame.label for blame in found.members if blame.rule == "decisions"] == ["d1", "d2"]
    assert found.is_smallest
    assert conflicts(of_one_firm(8_588)) == (), "it lacks no more than it says"
    assert conflicts(of_one_firm(8_587)) != (), "nor less"


def test_a_floor_far_out_of_reach_says_how_far() -> None:
    (found,) = conflicts(posed(targets=(b.target("floor", at_least=500, floor=True),)))
    assert found.members == (Blame("targets", "floor", 491),)


def test_limits_that_bind_all_together_are_each_needed() -> None:
    pins = tuple(b.decision(f"d{i}", firm_id=f"f{i}") for i in (1, 2, 3))
    problem = posed(decisions=pins, quotas=(b.quota(booths=2),))
    (found,) = conflicts(problem)
    names = [(blame.rule, blame.label) for blame in found.members]
    assert len(names) == 4
    case = Case(problem, build(problem, RULES))
    assert case.colliding(case.rows(names)) is not None
    for name in names:
        assert case.colliding(case.rows([other for other in names if other != name])) is None, name


def test_no_plan_names_all_conflicts_at_once() -> None:
    pins = (
        b.decision("d1", firm_id="f1"), b.decision("d2", "must-not", firm_id="f1"),
        b.decision("d3", firm_id="f2"), b.decision("d4", "must-not", firm_id="f2"),
    )  # fmt: skip
    with pytest.raises(NoPlan) as caught:
        solve(posed(decisions=pins))
    assert [blame.label for blame in caught.value.guilty] == ["d1", "d2", "d3", "d4"]


@pytest.mark.slow
def test_on_a_large_programme_a_collision_is_found_among_all_that_has_nothing_to_do_with_it() -> None:
    programme = made("XS", "rules")
    place = pose(programme).participations.iloc[0]
    pins = tuple(
        b.decision(name, kind, firm_id=place["firm"], phase_id=place["phase"])
        for name, kind in (("x1", "must-go"), ("x2", "must-not"))
    )
    problem = pose(programme.model_copy(update={"decisions": (*programme.decisions, *pins)}))
    (found,) = conflicts(problem)
    assert [blame.label for blame in found.members] == ["x1", "x2"]
