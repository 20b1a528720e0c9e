"""As many travel as the places ask for."""

from __future__ import annotations

from fairplanner.pose import pose
from fairplanner.rules.journey_people import JourneyPeople
from fairplanner.solver.solve import solve
from tests import builders as b
from tests.rules.plans import broken, journey, place

RULE = JourneyPeople()
LABEL = "f1 · expo-1-1"


def test_a_journey_with_the_people_of_its_place_is_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), journey("f1", "expo-1-1")) == []


def test_a_journey_with_the_people_of_its_largest_place_is_kept() -> None:
    places = (place("f1", section_id="expo-tea"), place("f1", "expo-1-2", booths=2, people=4))
    assert broken(RULE, b.a_programme(), *places, journey("f1", "expo-1-1", "expo-1-2", people=4)) == []


def test_a_place_for_more_people_than_travel_is_broken_at_its_phase_and_so_is_the_journey() -> None:
    found = broken(RULE, b.a_programme(), place("f1", booths=2, people=4), journey("f1", "expo-1-1"))
    assert found == [(LABEL, 1), ("f1:expo-1-1", 1)]


def test_a_journey_with_more_people_than_any_of_its_places_is_broken() -> None:
    found = broken(RULE, b.a_programme(), place("f1"), journey("f1", "expo-1-1", "expo-1-2", people=4))
    assert found == [("f1:expo-1-1+expo-1-2", 1)]


def test_places_elsewhere_and_of_other_firms_do_not_count() -> None:
    others = (place("f1", "expo-1-2", people=4), place("f2", people=4), journey("f1", "expo-1-2", people=4))
    found = broken(RULE, b.a_programme(), place("f1"), *others, journey("f1", "expo-1-1", people=4))
    assert found == [("f2 · expo-1-1", 1), ("f1:expo-1-1", 1)]


def test_plans_send_as_many_people_as_the_booths_they_give_have_room_for() -> None:
    asks = tuple(b.application(f, booths=3, people=6) for f in ("f1", "f2", "f3"))
    plan = solve(pose(b.a_programme(applications=asks, quotas=(b.quota(booths=5),), targets=()))).plan
    assert sum(p.booths for p in plan.participations) == 5
    assert {p.firm_id: p.people for p in plan.participations} == {j.firm_id: j.people for j in plan.journeys}
    assert all(p.people == 2 * p.booths for p in plan.participations)
