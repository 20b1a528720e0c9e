"""Nobody is passed over without a named reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules.rank_respected import RankRespected
from fairplanner.solver import solve
from tests import builders as b
from tests.rules.plans import broken, delegation, journey, own_journey, place

RULE = RankRespected()


ORDER = [("expo-1-1 · * · prov", 1)]


def ranked(**tables: Any) -> Programme:
    """f1 before f2 before f3 at the fair at home, each asking for one booth."""
    scores = {"f1": 90.0, "f2": 80.0, "f3": 70.0}
    asked = tuple(b.application(f, q, score=score) for f, score in scores.items() for q in ("abroad-1-1", "expo-1-1"))
    return b.a_programme(**({"applications": asked} | tables))


def test_places_in_order_are_kept() -> None:
    assert broken(RULE, ranked(), place("f1"), place("f2")) == []


def test_a_firm_that_is_passed_over_breaks_the_order() -> None:
    assert broken(RULE, ranked(), place("f1"), place("f3")) == ORDER


def test_first_confirmed_goes_by_the_day_received() -> None:
    days = {"f1": 3, "f2": 1, "f3": 2}
    asked = tuple(b.application(f, score=50.0, received=date(2024, 10, day)) for f, day in days.items())
    programme = ranked(applications=asked, choices=(b.choice("expo", policy="first-confirmed"),))
    assert broken(RULE, programme, place("f2")) == []
    assert broken(RULE, programme, place("f1")) == ORDER


def test_where_places_are_optimised_there_is_no_order() -> None:
    assert broken(RULE, ranked(choices=(b.choice("expo", policy="optimise"),)), place("f3")) == []


def test_a_firm_away_on_those_days_is_excused() -> None:
    programme = ranked()
    away = journey("f1", "abroad-1-1", depart=date(2025, 4, 18), return_=date(2025, 5, 1))
    assert broken(RULE, programme, place("f2"), away) == []
    later = journey("f1", "abroad-1-1", depart=date(2025, 4, 22), return_=date(2025, 5, 1))
    assert broken(RULE, programme, place("f2"), later) == ORDER


def test_a_firm_whose_journey_could_have_gone_on_is_not_excused() -> None:
    asked = (b.application("f1", score=90.0), b.application("f2", score=80.0), b.application("f1", "expo-1-2"))
    programme = ranked(
        applications=asked,
        phases=(b.phase("expo", 1), b.phase("expo", 2, start=date(2025, 4, 25), end=date(2025, 4, 29))),
    )
    second = own_journey(programme, "f1", "expo-1-2")
    assert own_journey(programme, "f1", "expo-1-1").return_ == second.depart
    assert broken(RULE, programme, place("f2"), place("f1", "expo-1-2"), second) == ORDER


def test_a_firm_with_a_second_team_is_not_excused() -> None:
    programme = ranked(firms=(b.firm("f1", teams=2), b.firm("f2"), b.firm("f3", "west")))
    assert broken(RULE, programme, place("f2"), journey("f1", "abroad-1-1", depart=date(2025, 4, 18))) == ORDER


def test_a_firm_that_attends_its_most_phases_is_excused() -> None:
    programme = ranked(firms=(b.firm("f1", max_phases=1), b.firm("f2"), b.firm("f3", "west")))
    elsewhere = journey("f1", "abroad-1-1", depart=date(2025, 3, 15), return_=date(2025, 3, 22))
    assert broken(RULE, programme, place("f2"), elsewhere) == []


def test_a_firm_that_cannot_pay_any_more_is_excused() -> None:
    programme = ranked(firms=(b.firm("f1", own_money=Decimal(30_000)), b.firm("f2"), b.firm("f3", "west")))
    alone = own_journey(programme, "f1", "expo-1-1").fare
    spent = Decimal(30_000) - 10_000 - alone
    assert broken(RULE, programme, place("f2"), place("f1", "abroad-1-1", stand_cost=spent + Decimal("0.01"))) == []
    assert broken(RULE, programme, place("f2"), place("f1", "abroad-1-1", stand_cost=spent)) == ORDER


def test_a_firm_kept_away_by_a_decision_is_excused() -> None:
    programme = ranked(decisions=(b.decision(kind="must-not", firm_id="f1"),))
    assert broken(RULE, programme, place("f2")) == []


def test_abroad_a_firm_that_no_delegation_can_take_is_excused() -> None:
    programme = ranked(choices=(b.choice("abroad", policy="rank"),))
    west = (delegation("west"), place("f3", "abroad-1-1", sponsor="west"))
    assert broken(RULE, programme, *west) == []
    assert broken(RULE, programme, *west, delegation("prov")) == [("abroad-1-1 · * · prov", 1)]


def test_an_application_that_cannot_be_planned_has_no_place_in_the_order() -> None:
    refused = (b.application("f1", wish="refuses", score=90.0), b.application("f2", score=80.0))
    assert broken(RULE, ranked(applications=refused), place("f2")) == []
    late = (
        b.application("f1", received=date(2024, 10, 9), score=90.0),
        b.application("f2", received=date(2024, 10, 1), score=80.0),
    )
    programme = ranked(applications=late, choices=(b.choice("expo", closes=date(2024, 10, 5)),))
    assert broken(RULE, programme, place("f2")) == []


def test_a_firm_that_must_go_has_its_place_outside_the_order() -> None:
    programme = ranked(decisions=(b.decision(firm_id="f3"),))
    assert broken(RULE, programme, place("f3")) == []
    assert broken(RULE, programme, place("f2"), place("f3")) == ORDER


def test_each_quota_zone_has_an_order_of_its_own() -> None:
    programme = ranked(quotas=(b.quota(zone_id="east"), b.quota(zone_id="west")))
    assert broken(RULE, programme, place("f3")) == []
    assert broken(RULE, programme, place("f2")) == [("expo-1-1 · * · east", 1)]


def test_a_place_given_by_decision_passes_nobody_over_but_opens_no_door_behind_it() -> None:
    programme = ranked(decisions=(b.decision(firm_id="f3"),))
    assert broken(RULE, programme, place("f3")) == []
    assert broken(RULE, programme, place("f3"), place("f2")) == ORDER


def test_a_programme_with_a_place_by_decision_below_the_cut_off_can_be_planned() -> None:
    programme = ranked(decisions=(b.decision(firm_id="f3"),), quotas=(b.quota(booths=1),))
    places = solve(pose(programme)).plan.participations
    assert [p.firm_id for p in places if p.phase_id == "expo-1-1"] == ["f3"]
