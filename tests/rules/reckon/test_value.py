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


def test_a_cut_takes_whole_thousandths_of_a_point_cell_by_cell() -> None:
    programme = b.a_programme()
    assert v.cut_value(programme, Decimal("0.01")) == 1
    assert v.cut_value(programme, Decimal(1_000)) == 100
    one = claim(amount=9_000, entitled=Decimal("9000.01"))
    two = claim(amount=9_000, entitled=Decimal("9000.01"), claim_id="two")
    assert v.cuts_value(programme, (one, two)) == 1
    assert v.cuts_value(programme, (one, two.model_copy(update={"phase_id": "expo-1-1"}))) == 2


def test_a_plan_loses_what_is_cut() -> None:
    programme = b.a_programme()
    whole, less = (plan(programme, place("f1"), claim(amount=a, entitled=Decimal(9_000))) for a in (9_000, 8_000))
    assert whole.value - less.value == 100


def test_all_lines_of_a_place_are_costs() -> None:
    programme = b.a_programme()
    bare, dear = place("f1", score=60.0), place("f1", score=60.0, other_cost=(("fees", Decimal(1_000)),))
    assert v.gain(programme, bare) - v.gain(programme, dear) == v.cost_value(programme, Decimal(1_000))
