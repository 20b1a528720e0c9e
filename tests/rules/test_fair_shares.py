"""What unevenness costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.domain.giving import Deposit
from fairplanner.domain.programme import Programme
from fairplanner.domain.settings import Fairness
from fairplanner.pose import pose
from fairplanner.rules.reckon import fairness as f
from fairplanner.solver import solve
from tests import builders as b
from tests.rules.plans import place, plan


def programme(fairness: Fairness, **tables: Any) -> Programme:
    return b.a_programme(settings=b.settings(fairness=fairness), targets=(), **tables)


def test_a_zones_shortfall_costs_more_the_larger_it_is() -> None:
    own = programme(Fairness(zone_points=(1, 2, 4, 8)))
    steps = f.zone_steps(own, 8)
    assert steps == ((2, 1_000), (2, 2_000), (2, 4_000), (2, 8_000))
    assert [f.cost_of(steps, n) for n in (0, 1, 2, 3, 8)] == [0, 1_000, 2_000, 4_000, 30_000]


def test_who_bears_the_loss_is_told_zone_by_zone() -> None:
    own = programme(Fairness())
    assert [(x.zone_id, x.entitled, x.given, x.short) for x in f.portions(own, [place("f1"), place("f3")])] == [
        ("east", 2, 1, 1),
        ("west", 1, 1, 0),
    ]


def test_the_first_place_of_a_firm_is_worth_more_than_the_second() -> None:
    own = programme(Fairness(firm_points=(5, 1)))
    none, one, two = (
        plan(own, *[place("f1", q) for q in phases]) for phases in ((), ("expo-1-1",), ("expo-1-1", "expo-1-2"))
    )
    # f2 and f3 get nothing in all three: 6 points each
    assert [f.fairness_points(own, x) for x in (none, one, two)] == [18_000, 13_000, 12_000]


def test_prices_in_the_wrong_order_are_refused() -> None:
    for wrong in ({"zone_points": (2, 1)}, {"firm_points": (1, 2)}, {"zone_points": (-1,)}):
        with pytest.raises(ValueError, match="zone_points"):
            Fairness(**wrong)


def test_a_fair_kept_for_years_and_a_deposit_not_given_back_are_worth_keeping() -> None:
    ledger = tuple(b.ledger_row("f1", "expo", date(y, 4, 19)) for y in (2023, 2024))
    deposits = (Deposit(phase_id="expo-1-2", zone_id="east", amount=Decimal(50_000), **b.SAMPLE),)
    own = programme(Fairness(keep_years=2, keep_points=7), ledger=ledger, deposits=deposits)
    assert f.kept_fairs(own) == ("expo",)
    assert f.kept_fairs(programme(Fairness(keep_years=3), ledger=ledger)) == ()
    assert f.fairness_points(own, plan(own)) == 7_000 + 10_000
    assert f.fairness_points(own, plan(own, place("f1", "expo-1-2"))) == 0
    assert f.fairness_points(own, plan(own, place("f3", "expo-1-2"))) == 10_000
    early = deposits[0].model_copy(update={"refund_until": date(2024, 12, 1)})
    assert f.sunk(programme(Fairness(), deposits=(early,))) == ()


@pytest.mark.slow
@given(
    zone=st.lists(st.floats(0, 20), max_size=4).map(sorted), firm=st.lists(st.floats(0, 20), max_size=3).map(sorted),
    booths=st.integers(1, 4),
)  # fmt: skip
@settings(max_examples=8, deadline=None, derandomize=True)
def test_what_the_solver_maximises_is_what_the_plan_is_worth(zone: list[float], firm: list[float], booths: int) -> None:
    fairness = Fairness(zone_points=tuple(zone), firm_points=tuple(reversed(firm)))
    own = programme(fairness, quotas=(b.quota(booths=booths),))
    # solve raises PlanBroken where the two values differ
    assert solve(pose(own), seconds=60).status == "optimal"
