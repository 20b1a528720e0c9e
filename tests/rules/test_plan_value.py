"""A plan says what it is worth and costs."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.domain.plan import Participation
from fairplanner.domain.programme import Programme
from fairplanner.rules.plan_value import PlanValue
from fairplanner.rules.reckon.score import score, score_parts
from fairplanner.rules.reckon.value import participation_value
from tests import builders as b
from tests.rules.plans import broken, delegation, own_journey, place, plan, standing_body

RULE = PlanValue()


def scored(programme: Programme, **changes: object) -> Participation:
    application = programme.application["f1/expo-1-1/-"]
    points = score(programme, application)
    told = {
        "score": points,
        "value": participation_value(programme, points, 1),
        "parts": tuple(score_parts(programme, application).items()),
    }
    return place("f1", **(told | changes))


def test_a_plan_that_says_the_truth_is_kept() -> None:
    programme = b.a_programme()
    assert broken(RULE, programme, scored(programme), standing_body()) == []


def test_another_value_of_the_plan_is_broken() -> None:
    programme = b.a_programme()
    truth = plan(programme, scored(programme)).value
    assert broken(RULE, programme, scored(programme), value=truth + 7) == [("plan", 7)]


def test_another_value_of_a_place_is_broken() -> None:
    programme = b.a_programme()
    value = scored(programme).value
    assert broken(RULE, programme, scored(programme, value=value + 3)) == [("f1/expo-1-1/-@prov", 3)]


def test_another_price_of_a_stand_or_a_journey_is_broken() -> None:
    programme = b.a_programme()
    cheap = scored(programme, stand_cost=Decimal("9999.99"))
    trip = own_journey(programme, "f1", "expo-1-1")
    dear = trip.model_copy(update={"fare": trip.fare + 1})
    assert broken(RULE, programme, cheap, trip) == [("f1/expo-1-1/-@prov", 1)]
    assert broken(RULE, programme, scored(programme), dear) == [("f1:expo-1-1", 100)]


def test_the_cost_of_a_party_is_reckoned_again() -> None:
    programme = b.a_programme()
    ((label, amount),) = broken(RULE, programme, delegation(cost=()))
    assert label == "prov:abroad-1-1"
    assert amount > 100_000
