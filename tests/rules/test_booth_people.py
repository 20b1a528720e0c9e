"""People a booth."""

from __future__ import annotations

from fairplanner.domain.kinds import Role
from fairplanner.rules.booth_people import BoothPeople
from tests import builders as b
from tests.rules.plans import broken, place

RULE = BoothPeople()


def test_two_people_a_booth_are_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1", booths=2, people=4)) == []


def test_a_third_person_in_a_booth_is_broken() -> None:
    assert broken(RULE, b.a_programme(), place("f1", people=3)) == [("f1/expo-1-1/-@prov", 1)]


def test_visitors_stand_in_no_booth() -> None:
    assert broken(RULE, b.a_programme(), place("f1", role=Role.VISIT, booths=0, people=9)) == []
