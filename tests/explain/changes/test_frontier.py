"""The frontier: rising budgets, what the next money brings, and budgets with which there is no plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.explain.again import Base, again, base_of, pinned
from fairplanner.explain.assuming import assumed
from fairplanner.explain.changes.frontier import FURTHER, Step, at_share, better, frontier, further, held
from fairplanner.pose import pose
from fairplanner.solver import solve
from tests.builders import a_programme, decision, instalment

HALVES = [Decimal(x) / 2 for x in range(4)]


def based(programme: Programme) -> Base:
    return base_of(programme, solve(pose(programme), seconds=10).plan)


@pytest.fixture(scope="module")
def base() -> Base:
    return based(a_programme())


def test_more_money_is_never_worth_less_and_never_worth_more_than_is_proven(base: Base) -> None:
    found = frontier(base, ["travel", "trade"], HALVES, jobs=1, seconds=10)
    values, bounds = ([getattr(s, n) for s in found.steps] for n in ("value", "bound"))
    assert values == sorted(values)
    assert bounds == sorted(bounds)
    assert all(v <= b for v, b in zip(values, bounds, strict=True))
    assert values[0] < values[-1]
    assert [s.amount for s in found.steps] == [0, 200_000, 400_000, 600_000]


@pytest.mark.slow
def test_a_budget_is_worth_what_planning_with_it_is_worth(base: Base) -> None:
    found = frontier(base, ["travel"], HALVES, jobs=1, seconds=10)
    for step in found.steps:
        plan = again(base, at_share(base.programme, ["travel"], step.share), seconds=10, gap=0).plan
        assert step.value == plan.value
    assert found.now.value == base.plan.value


def test_the_plan_there_is_counts_where_a_search_that_was_cut_short_found_less(base: Base) -> None:
    less = again(
        base, [pinned("must-not", base.plan.participations[0].firm_id, base.plan.participations[0].phase_id)]
    ).plan
    assert less.value < base.plan.value
    assert better(base, less).value == base.plan.value
    assert better(base, base.plan) == base.plan
    spoilt = replace(base, plan=base.plan.model_copy(update={"journeys": ()}))
    assert better(spoilt, less) == less


@pytest.mark.slow
def test_the_next_money_is_planned_exactly(base: Base) -> None:
    found = frontier(base, ["trade"], HALVES, jobs=1, seconds=10)
    assert found.more.amount == found.now.amount + FURTHER
    told = found.next
    assert told is not None
    assert told[0] == (found.more.value or 0) - (found.now.value or 0)
    assert told[1] <= told[0] <= told[2]


@pytest.mark.slow
def test_processes_give_the_same_answers_and_tell_how_far_they_are(base: Base) -> None:
    heard: list[int] = []
    alone = frontier(base, ["travel"], HALVES[:3], jobs=1, seconds=10)
    assert frontier(base, ["travel"], HALVES[:3], jobs=2, seconds=10, tell=heard.append) == alone
    assert heard == [1, 2, 3, 4]


@pytest.mark.slow
def test_where_a_decision_cannot_be_paid_there_is_no_plan_and_it_is_said_why() -> None:
    base = based(a_programme(decisions=(decision(phase_id="abroad-1-1", firm_id="f1"),)))
    found = frontier(base, ["travel"], HALVES[:3], jobs=1, seconds=10)
    first = found.steps[0]
    assert (first.value, first.bound) == (None, None)
    assert {"decisions", "fund-budget"} <= {b.rule for b in first.guilty}
    assert found.after(0) is None
    assert found.after(len(found.steps) - 1) is None


def test_instalments_keep_their_proportion() -> None:
    rows = (instalment(date(2025, 1, 5), 150_000), instalment(date(2025, 7, 5), 50_000))
    programme = a_programme(instalments=rows)
    made = assumed(programme, at_share(programme, ["travel"], Decimal("0.1")))
    assert [x.amount for x in made.instalments] == [15_000, 5_000]
    assert held(made, ["travel"]) == 20_000
    assert held(made, ["travel", "trade"]) == 220_000


def test_funds_that_hold_nothing_have_no_share() -> None:
    base = based(a_programme())
    empty = assumed(base.programme, at_share(base.programme, ["travel"], Decimal(0)))
    with pytest.raises(ValueError, match="nothing"):
        frontier(Base(empty, base.problem, base.plan), ["travel"], HALVES, jobs=1)


def test_what_further_money_brings_is_reckoned_for_so_much_of_it() -> None:
    a, b = Step(Decimal(1), Decimal(200_000), 1000, 1010), Step(Decimal(2), Decimal(400_000), 1200, 1240)
    assert further(a, b) == (100, 95, 120)
    assert further(b, a) is None
    assert further(a, Step(Decimal(2), Decimal(400_000))) is None
