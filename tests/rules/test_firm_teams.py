"""Teams of a firm that are out."""

from __future__ import annotations

from datetime import date

from fairplanner.rules.firm_teams import FirmTeams
from tests import builders as b
from tests.rules.plans import broken, journey

RULE = FirmTeams()


def out(name: str, first: int, last: int) -> object:
    return journey("f1", "expo-1-1", journey_id=name, depart=date(2025, 4, first), return_=date(2025, 4, last))


def test_leaving_on_the_day_after_coming_home_is_kept() -> None:
    assert broken(RULE, b.a_programme(), out("a", 1, 5), out("b", 6, 9)) == []


def test_leaving_on_the_day_of_coming_home_is_broken() -> None:
    assert broken(RULE, b.a_programme(), out("a", 1, 5), out("b", 5, 9)) == [("f1", 1)]


def test_the_worst_day_counts() -> None:
    parts = (out("a", 1, 5), out("b", 4, 9), out("c", 5, 9), out("d", 8, 9))
    assert broken(RULE, b.a_programme(), *parts) == [("f1", 2)]


def test_a_second_team_may_be_out() -> None:
    programme = b.a_programme(firms=(b.firm("f1", teams=2), b.firm("f2"), b.firm("f3")))
    assert broken(RULE, programme, out("a", 1, 5), out("b", 5, 9)) == []
