"""Nobody lower placed gets more booths while a higher placed one is kept short."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fairplanner.domain.kinds import StandKind
from fairplanner.domain.plan import Participation
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules.booths_in_order import BoothsInOrder
from fairplanner.solver import solve
from tests import builders as b
from tests.rules.plans import broken, place, plan

RULE = BoothsInOrder()
ORDER = [("expo-1-1 · * · prov", 1)]


def asked(firm_id: str, score: float, booths: int, **changes: Any) -> Any:
    return b.application(firm_id, score=score, booths=booths, **({"least_booths": 1} | changes))


def ranked(*applications: Any, **tables: Any) -> Programme:
    """f1 before f2 before f3 at the fair at home, asking for three, one and two booths unless others are given."""
    three = (asked("f1", 90.0, 3), asked("f2", 80.0, 1), asked("f3", 70.0, 2))
    return b.a_programme(**({"applications": applications or three, "quotas": (b.quota(booths=9),)} | tables))


def given(**booths: int) -> list[Participation]:
    return [place(firm_id, booths=n) for firm_id, n in booths.items()]


def test_the_lower_placed_with_more_than_one_kept_short_breaks_the_order() -> None:
    assert broken(RULE, ranked(), *given(f1=1, f2=1, f3=2)) == ORDER


@pytest.mark.parametrize(
    "booths",
    [{"f1": 1, "f2": 1, "f3": 1}, {"f1": 2, "f2": 1, "f3": 2}, {"f1": 3, "f2": 1, "f3": 2}, {"f2": 1, "f3": 2}],
)
def test_as_many_as_those_ahead_or_after_they_have_all_they_asked_for_is_kept(booths: dict[str, int]) -> None:
    assert broken(RULE, ranked(), *given(**booths)) == []


def test_the_fewest_that_an_applicant_accepts_is_never_too_many() -> None:
    programme = ranked(asked("f1", 90.0, 3), asked("f2", 80.0, 3, least_booths=2))
    assert broken(RULE, programme, *given(f1=1, f2=2)) == []
    assert broken(RULE, programme, *given(f1=1, f2=3)) == ORDER
    assert broken(RULE, programme, *given(f1=2, f2=3)) == ORDER


def test_one_kept_short_binds_everyone_behind_not_only_the_next() -> None:
    programme = ranked(asked("f1", 90.0, 2), asked("f2", 80.0, 2), asked("f3", 70.0, 2))
    assert broken(RULE, programme, *given(f1=2, f2=1, f3=2)) == ORDER
    assert broken(RULE, programme, *given(f1=1, f2=1, f3=2)) == ORDER
    assert broken(RULE, programme, *given(f1=2, f2=2, f3=1)) == []


def test_who_is_kept_short_is_named_with_who_has_more() -> None:
    programme = ranked(asked("f1", 90.0, 3), asked("f2", 80.0, 3), asked("f3", 70.0, 3))
    (violation,) = RULE.check(programme, plan(programme, *given(f1=2, f2=1, f3=3)))
    assert dict(violation.facts) == {
        "short": "f2/expo-1-1/-", "booths": "1", "given": "f3/expo-1-1/-", "more": "3",
    }  # fmt: skip


def test_all_that_it_asked_for_is_what_the_quota_allows_it_alone() -> None:
    assert broken(RULE, ranked(quotas=(b.quota(booths=2, zone_id="east"),)), *given(f1=2, f3=1)) == []
    asking = (asked("f1", 90.0, 3), asked("f2", 80.0, 3))
    first, wider = b.quota(booths=2, zone_id="east"), b.quota(booths=3)
    assert broken(RULE, ranked(*asking, quotas=(wider,)), *given(f1=2, f2=3)) == ORDER
    assert broken(RULE, ranked(*asking, quotas=(first, wider)), *given(f1=2, f2=3)) == []


def test_all_that_it_asked_for_is_what_its_own_money_allows_it_alone() -> None:
    poor = (b.firm("f1", own_money=Decimal(29_999)), b.firm("f2"), b.firm("f3", "west"))
    asking = (asked("f1", 90.0, 3), asked("f2", 80.0, 3))
    assert broken(RULE, ranked(*asking, firms=poor, subsidies=()), *given(f1=2, f2=3)) == []
    assert broken(RULE, ranked(*asking, firms=poor, subsidies=()), *given(f1=1, f2=3)) == ORDER


def test_first_confirmed_goes_by_the_day_received() -> None:
    days = {"f1": 3, "f2": 1}
    asking = tuple(asked(f, 50.0, 2, received=date(2024, 10, day)) for f, day in days.items())
    programme = ranked(*asking, choices=(b.choice("expo", policy="first-confirmed"),))
    assert broken(RULE, programme, *given(f1=1, f2=2)) == []
    assert broken(RULE, programme, *given(f1=2, f2=1)) == ORDER


def test_where_places_are_optimised_there_is_no_order() -> None:
    assert broken(RULE, ranked(choices=(b.choice("expo", policy="optimise"),)), *given(f1=1, f3=2)) == []


def test_a_place_given_by_decision_neither_binds_nor_is_bound() -> None:
    programme = ranked(decisions=(b.decision(firm_id="f1"),))
    assert broken(RULE, programme, *given(f1=1, f3=2)) == []
    programme = ranked(decisions=(b.decision(kind="keep", firm_id="f3"),))
    assert broken(RULE, programme, *given(f1=1, f3=2)) == []


def test_each_quota_zone_has_an_order_of_its_own() -> None:
    assert broken(RULE, ranked(quotas=(b.quota(zone_id="east"), b.quota(zone_id="west"))), *given(f1=1, f3=2)) == []


def test_raw_space_and_standard_booths_are_not_held_against_one_another() -> None:
    programme = ranked(asked("f1", 90.0, 3), asked("f2", 80.0, 2, stand=StandKind.RAW), asked("f3", 70.0, 2))
    raw = place("f2", booths=2, stand=StandKind.RAW)
    assert broken(RULE, programme, place("f1"), raw) == []
    assert broken(RULE, programme, place("f1"), raw, place("f3", booths=2)) == ORDER


@pytest.mark.parametrize("quota", range(1, 7))
def test_under_any_quota_there_is_a_plan_that_keeps_the_order(quota: int) -> None:
    places = solve(pose(ranked(quotas=(b.quota(booths=quota),)))).plan.participations
    assert 1 <= sum(p.booths for p in places if p.phase_id == "expo-1-1") <= quota


def test_a_place_by_decision_below_the_cut_off_leaves_a_plan() -> None:
    programme = ranked(decisions=(b.decision(firm_id="f3"),), quotas=(b.quota(booths=1),))
    places = solve(pose(programme)).plan.participations
    assert [p.firm_id for p in places if p.phase_id == "expo-1-1"] == ["f3"]


def test_the_booth_left_over_goes_to_the_higher_placed_though_the_lower_placed_is_worth_as_much() -> None:
    asking = (asked("f1", 90.0, 3), asked("f2", 90.0, 2, received=date(2024, 10, 2)))
    places = solve(pose(ranked(*asking, quotas=(b.quota(booths=3),)))).plan.participations
    assert {p.firm_id: p.booths for p in places} == {"f1": 2, "f2": 1}
