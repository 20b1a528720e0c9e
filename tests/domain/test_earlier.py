"""An earlier plan as rows of a table."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.earlier import settled_of, trips_of, with_settled
from tests import builders as b
from tests.rules.plans import claim, delegation, place, plan, standing_body


def test_every_place_is_a_row_with_what_was_claimed_for_it_and_the_days_of_its_fair() -> None:
    programme = b.a_programme()
    there = place("f1", "abroad-1-1", booths=2)
    made = plan(programme, standing_body(), place("f2"), there, claim(participation_id=there.participation_id))
    first, second = settled_of(made, programme)
    assert (first.application_id, first.booths, first.subsidies) == ("f1/abroad-1-1/-", 2, ("half",))
    assert (first.first, first.last) == (date(2025, 3, 18), date(2025, 3, 20))
    assert (second.application_id, second.sponsor, second.subsidies) == ("f2/expo-1-1/-", "prov", ())


def test_a_claim_on_a_journey_stands_with_a_place_of_the_firm_there() -> None:
    there = place("f1", "abroad-1-1")
    made = plan(b.a_programme(), there, claim(participation_id="", journey_id="f1:abroad-1-1"))
    assert [row.subsidies for row in settled_of(made)] == [("half",)]


def test_without_the_programme_days_are_those_that_delegations_tell() -> None:
    made = plan(
        b.a_programme(), standing_body(), delegation(), place("f1"), place("f1", "abroad-1-1"), place("f1", "expo-1-2")
    )
    days = {row.phase_id: (row.first, row.last) for row in settled_of(made)}
    assert days == {
        "expo-1-1": (date(2025, 4, 15), date(2025, 4, 19)),
        "abroad-1-1": (date(2025, 3, 18), None),
        "expo-1-2": (None, None),
    }


def test_only_delegations_in_which_somebody_travels_are_trips() -> None:
    made = plan(b.a_programme(), standing_body(), delegation(officials=3, posts=("lead-1",)))
    assert [(x.delegation_id, x.people) for x in trips_of(made)] == [("prov:abroad-1-1", 4)]


def test_a_later_earlier_plan_takes_the_place_of_the_first() -> None:
    programme = b.a_programme(settled=(b.settled("f3"),), settled_trips=(b.settled_trip(),))
    again = with_settled(programme, plan(programme, place("f1")))
    assert [row.firm_id for row in again.settled] == ["f1"]
    assert again.settled_trips == ()
