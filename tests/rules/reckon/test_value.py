"""What a plan is worth."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.domain.plan import Reached
from fairplanner.rules.reckon import value as v
from tests import builders as b
from tests.rules.plans import claim, delegation, journey, place, plan


def test_each_booth_after_the_first_adds_its_share_of_the_score() -> None:
    programme = b.a_programme()
    assert v.participation_value(programme, 60.0, 1) == 60_000
    assert v.participation_value(programme, 60.0, 3) == 60_000 + 2 * 9_000


def test_costs_and_claims_are_points_for_each_thousand() -> None:
    programme = b.a_programme()
    assert v.cost_value(programme, Decimal("12345.67")) == 2469
    assert v.claim_value(programme, Decimal(10_000)) == 1000


def test_going_with_a_zone_further_up_costs_a_step() -> None:
    programme = b.a_programme()
    own, above = place("f1", sponsor="east", score=60.0), place("f1", sponsor="prov", score=60.0)
    step = v.milli(programme.settings.value.step_up)
    assert v.gain(programme, own) - v.gain(programme, above) == step > 0


def test_a_plan_is_the_sum_of_its_parts_less_what_targets_lack() -> None:
    programme = b.a_programme(targets=(b.target("hard", 9, floor=True), b.target("soft", 4, points=2.5)))
    parts = (place("f1", score=60.0, sponsor="east"), journey("f1", "expo-1-1"), delegation(), claim())
    made = plan(programme, *parts)
    assert made.targets == (
        Reached(target_id="hard", reached=1, wanted=9),
        Reached(target_id="soft", reached=1, wanted=4),
    )
    assert v.shortfall_value(programme, made) == 7500
    # 60 points, 10,000 + 10,000 + 9,000 of cost, 10,000 paid back, one delegation to look after
    assert (
        v.plan_value(programme, made)
        == 60_000 - 2000 - 2000 - 1800 + 1000 - v.milli(programme.settings.value.delegation) - 7500
    )
