from __future__ import annotations

from datetime import date

from fairplanner.domain.kinds import Role
from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.agendas.roster import ALL, DEADLINES, Roster, audiences, teams
from tests.publish import plans

K = AudienceKind


def test_everyone_with_something_in_the_plan_is_an_audience_and_nobody_else() -> None:
    found = audiences(plans.programme(), plans.plan())
    assert found == (
        (K.DELEGATION, "prov/abroad-1-1"),
        (K.DELEGATION, "prov/expo-1-1"),
        (K.ZONE, "east"),
        (K.ZONE, "prov"),
        (K.ZONE, "west"),
        (K.FIRM, "f1"),
        (K.FIRM, "f2"),
        (K.FIRM, "f3"),
        (K.FAIR, "abroad"),
        (K.FAIR, "expo"),
        ALL,
        DEADLINES,
    )


def test_an_empty_plan_still_has_its_two_general_calendars() -> None:
    empty = plans.plan(delegations=(), participations=(), journeys=(), claims=(), targets=())
    assert audiences(plans.programme(), empty) == (ALL, DEADLINES)


def test_a_zone_sees_its_own_firms_and_those_below_it_and_no_others() -> None:
    roster = Roster(plans.programme(), plans.plan())
    assert {p.firm_id for p in roster.parts((K.ZONE, "west"), "expo-1-1")} == {"f3"}
    assert {p.firm_id for p in roster.parts((K.ZONE, "prov"), "expo-1-1")} == {"f1", "f3"}
    assert roster.phases((K.ZONE, "west")) == ("expo-1-1",)


def test_a_sponsor_sees_the_phases_of_its_delegation_though_no_firm_goes() -> None:
    empty = plans.plan(
        delegations=(plans.at_home(sponsor="west"),), participations=(), journeys=(), claims=(), targets=()
    )
    assert Roster(plans.programme(), empty).phases((K.ZONE, "west")) == ("expo-1-1",)


def test_deadlines_concern_phases_that_nobody_goes_to_and_phases_without_dates() -> None:
    phases = Roster(plans.programme(), plans.plan()).phases(DEADLINES)
    assert {"expo-1-2", "later-2-1"} <= set(phases)


def test_teams_are_numbered_by_the_day_they_leave_and_used_again_once_home() -> None:
    def out(name: str, depart: int, back: int) -> object:
        return plans.journey(journey_id=name, depart=date(2025, 4, depart), return_=date(2025, 4, back))

    made = [out("c", 9, 12), out("a", 1, 5), out("b", 5, 8), out("d", 12, 14), out("e", 20, 22)]
    assert teams(made) == {"a": 1, "b": 2, "c": 1, "d": 2, "e": 0}  # type: ignore[arg-type]


def test_roles_of_a_delegation_are_those_of_its_firms() -> None:
    own = (K.DELEGATION, "prov/expo-1-1")
    assert Roster(plans.programme(), plans.mixed()).roles(own) == (Role.EXHIBIT, Role.BUY)
    assert Roster(plans.programme(), plans.buyers_only()).roles(own) == (Role.BUY,)
