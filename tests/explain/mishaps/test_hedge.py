"""The hedged plan beside the plan: what it costs where nothing happens, what it saves on average and at worst."""

from __future__ import annotations

import pytest

from fairplanner.explain.again import base_of
from fairplanner.explain.mishaps.hedge import Hedge, hedge
from fairplanner.explain.mishaps.scenarios import scenarios_of
from fairplanner.rules import check
from tests.explain.uncertain import uncertain

TEXTS = (("drop:tea-1-1",), ("move:expo-1-1=+26d",))


def made(base_weight: int, *weights: int) -> Hedge:
    programme, plan = uncertain()
    given = [(texts, f"s{n}", w) for n, (texts, w) in enumerate(zip(TEXTS, weights, strict=True))]
    return hedge(base_of(programme, plan), scenarios_of(programme, given), base_weight, seconds=20, gap=0)


def test_a_hedge_costs_something_where_nothing_happens_and_saves_more_on_average() -> None:
    found = made(1, 5, 1)
    assert found.cost > 0
    assert found.mean[1] > found.mean[0]
    assert check(uncertain()[0], found.plan) == ()
    assert not found.is_same
    for n in (0, 1):
        told = [found.value[n], *(c.value[n] for c in found.cases)]
        assert found.mean[n] == sum(w * v for w, v in zip((1, 5, 1), told, strict=True)) // 7
        assert found.worst[n] == min(told[1:])


@pytest.mark.slow
def test_where_nothing_is_likely_to_happen_the_plan_stays_as_it_is() -> None:
    found = made(1000, 1, 0)
    assert found.is_same
    assert (found.cost, found.gap, found.whole) == (0, 0.0, True)
    assert found.plan.participations == uncertain()[1].participations


@pytest.mark.parametrize("weights", [(0, 0, 0), (-1, 1, 1)])
def test_weights_that_say_nothing_are_refused(weights: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        made(*weights)
