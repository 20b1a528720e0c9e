from __future__ import annotations

from datetime import date

import pandas as pd

from fairplanner.domain.kinds import Role
from fairplanner.pose import pose
from tests import builders as b


def journeys(**changes: object) -> pd.DataFrame:
    return pose(b.a_programme(**changes)).journeys.set_index("journey")


def dated(*starts: date, place_id: str = "harbour") -> tuple[object, ...]:
    ends = [date.fromordinal(s.toordinal() + 2) for s in starts]
    return tuple(
        b.phase("expo", n, start=s, end=e, place_id=place_id)
        for n, (s, e) in enumerate(zip(starts, ends, strict=True), 1)
    )


def asked(*phases: int, **changes: object) -> tuple[object, ...]:
    return tuple(b.application("f1", f"expo-1-{n}", **changes) for n in phases)


def test_phases_of_one_fair_are_chained_and_the_saving_is_what_going_home_costs() -> None:
    made = journeys()
    chain = made.loc["f1:expo-1-1+expo-1-2*2"]
    apart = made.loc["f1:expo-1-1*2"] + made.loc["f1:expo-1-2*2"]
    assert chain["saved"] == apart["fare"] + apart["lodging"] - chain["fare"] - chain["lodging"] > 0


def test_three_phases_can_be_one_journey_and_never_four() -> None:
    days = tuple(date(2025, 4, n) for n in (1, 5, 9, 13))
    made = journeys(
        phases=dated(*days), applications=asked(1, 2, 3, 4, role=Role.BUY), fairs=(b.fair(roles=("buy",)),), quotas=()
    )
    assert made["phases"].max() == 3
    assert {"f1:expo-1-1+expo-1-2+expo-1-3*2", "f1:expo-1-2+expo-1-3+expo-1-4*2"} <= set(made.index)


def test_set_up_keeps_exhibitors_from_a_chain_that_buyers_can_do() -> None:
    phases, fairs = dated(date(2025, 4, 1), date(2025, 4, 5)), (b.fair(roles=("exhibit", "buy")),)
    shows = journeys(phases=phases, applications=asked(1, 2), fairs=fairs, quotas=())
    buys = journeys(phases=phases, applications=asked(1, 2, role=Role.BUY), fairs=fairs, quotas=())
    assert "f1:expo-1-1+expo-1-2*2" not in shows.index
    assert "f1:expo-1-1+expo-1-2*2" in buys.index
    assert shows.loc["f1:expo-1-1*2", "depart"] < buys.loc["f1:expo-1-1*2", "depart"]


def test_a_wait_longer_than_the_profile_allows_is_no_chain() -> None:
    phases = dated(date(2025, 4, 1), date(2025, 4, 20))
    made = journeys(phases=phases, applications=asked(1, 2, role=Role.BUY), fairs=(b.fair(roles=("buy",)),), quotas=())
    assert list(made.index) == ["f1:expo-1-1*2", "f1:expo-1-2*2"]


def test_a_chain_in_the_home_city_saves_nothing_and_is_not_offered() -> None:
    phases = dated(date(2025, 4, 1), date(2025, 4, 8), place_id="hills")
    made = journeys(phases=phases, applications=asked(1, 2, role=Role.BUY), fairs=(b.fair(roles=("buy",)),), quotas=())
    assert list(zip(made.index, made["fare"], made["lodging"], strict=True)) == [
        ("f1:expo-1-1*2", 0, 0),
        ("f1:expo-1-2*2", 0, 0),
    ]


def test_a_firm_with_two_roles_at_a_phase_is_there_for_the_longer_one() -> None:
    fairs, sections = (b.fair(roles=("exhibit", "buy")),), (b.section(),)
    phases = dated(date(2025, 4, 1))
    both = (b.application(role=Role.BUY, people=5), b.application(section_id="expo-tea"))
    made = journeys(phases=phases, applications=both, fairs=fairs, sections=sections, quotas=())
    alone = journeys(phases=phases, applications=both[1:], fairs=fairs, sections=sections, quotas=())
    assert set(made["depart"]) == set(alone["depart"])
    assert list(made["people"]) == [2, 5]
    assert list(made.index) == ["f1:expo-1-1*2", "f1:expo-1-1*5"]


def test_a_journey_can_be_made_by_each_number_of_people_that_a_place_on_it_asks_for() -> None:
    asks = (b.application(booths=3, people=9), b.application(phase_id="expo-1-2", booths=2, least_booths=2, people=5))
    made = journeys(applications=asks, quotas=())
    assert {name: made.loc[name, "people"] for name in made.index} == {
        "f1:expo-1-1*2": 2, "f1:expo-1-1*4": 4, "f1:expo-1-1*6": 6, "f1:expo-1-2*4": 4,
        "f1:expo-1-1+expo-1-2*4": 4, "f1:expo-1-1+expo-1-2*6": 6,
    }  # fmt: skip
    assert made.loc["f1:expo-1-1*6", "fare"] == 3 * made.loc["f1:expo-1-1*2", "fare"]


def test_what_going_on_saves_is_against_the_same_people_going_home_between() -> None:
    asks = (b.application(booths=3, people=9), b.application(phase_id="expo-1-2", booths=2, people=5))
    made = journeys(applications=asks, quotas=())
    assert made.loc["f1:expo-1-1+expo-1-2*6", "saved"] == 3 * made.loc["f1:expo-1-1+expo-1-2*2", "saved"]


def test_visits_name_the_phases_of_each_journey_in_order() -> None:
    problem = pose(b.a_programme())
    at = problem.journeys.index[problem.journeys["journey"] == "f1:expo-1-1+expo-1-2*2"][0]
    visits = problem.visits[problem.visits["journey"] == at]
    assert list(zip(visits["order"], visits["phase"], strict=True)) == [(0, "expo-1-1"), (1, "expo-1-2")]


def test_a_city_without_rates_is_told_once_however_many_phases_and_firms_go_there() -> None:
    told = [e for e in pose(b.a_programme(stays=())).excluded if e.rule == "lodging-unknown"]
    assert [(e.kind, e.phase_id, e.count, e.facts) for e in told] == [
        ("journey", "abroad-1-1", 3, (("place", "lion"),)),
        ("journey", "expo-1-1", 3, (("place", "harbour"),)),
    ]
    assert set(journeys(stays=())["lodging"]) == {0}


def test_rates_are_not_missed_where_they_are_given_or_where_firms_are_at_home() -> None:
    at_home = dated(date(2025, 4, 1), place_id="hills")
    for changes in ({}, {"phases": at_home, "applications": asked(1), "stays": ()}):
        assert not [e for e in pose(b.a_programme(**changes)).excluded if e.rule == "lodging-unknown"]
