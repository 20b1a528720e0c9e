"""Joins that several rules need."""

from __future__ import annotations

from fairplanner.pose.posing import pose
from fairplanner.rules.views import ancestry, hosted, numbered, per_phase, visited
from tests import builders as b


def test_every_delegation_is_hosted_at_each_of_its_stops() -> None:
    problem = pose(b.a_programme())
    stops = hosted(problem)
    assert set(stops["column"]) == set(range(len(problem.delegations)))
    named = problem.delegations["sponsor"].to_numpy()[stops["column"]]
    assert (stops["sponsor"].to_numpy() == named).all()


def test_visits_carry_the_number_of_their_journey() -> None:
    problem = pose(b.a_programme())
    visits = visited(problem)
    assert visits["column"].nunique() == len(problem.journeys)
    assert (problem.journeys["firm"].to_numpy()[visits["column"]] == visits["firm"].to_numpy()).all()


def test_a_zone_stands_at_and_below_those_above_it() -> None:
    pairs = set(ancestry(b.a_programme()).itertuples(index=False, name=None))
    assert pairs == {("east", "east"), ("east", "prov"), ("prov", "prov"), ("west", "west"), ("west", "prov")}


def test_rows_are_numbered_from_nought_and_phases_without_a_limit_are_minus_one() -> None:
    programme = b.a_programme(choices=(b.choice("abroad", most_firms=4),))
    assert numbered(pose(programme).participations)["column"].iloc[0] == 0
    assert per_phase(programme, "most_firms") == {"abroad-1-1": 4, "expo-1-1": -1, "expo-1-2": -1}
