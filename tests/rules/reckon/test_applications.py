"""What may come of an application."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fairplanner.domain.kinds import Role, StandKind
from fairplanner.rules.reckon import applications as r
from tests import builders as b


def test_the_earliest_date_closes_applications() -> None:
    programme = b.a_programme(
        choices=(
            b.choice("expo", closes=date(2024, 12, 1)),
            b.choice("expo", phase_id="expo-1-2", closes=date(2024, 11, 1)),
        )
    )
    assert [r.closes_on(programme, q) for q in ("expo-1-1", "expo-1-2", "abroad-1-1")] == [
        date(2024, 12, 1),
        date(2024, 11, 1),
        None,
    ]


def test_a_phase_is_usable_when_dated_in_the_window_and_not_cancelled() -> None:
    phases = (
        b.phase(),
        b.phase(number=2, start=None, end=None),
        b.phase(number=3, status="cancelled"),
        b.phase(number=4, place_id=""),
    )
    programme = b.a_programme(phases=phases, applications=())
    assert [r.is_usable(programme, f"expo-1-{n}") for n in (1, 2, 3, 4, 5)] == [True, False, False, False, False]


def test_a_firm_goes_with_its_zone_or_one_above_that_sends() -> None:
    programme = b.a_programme(zones=(b.zone("east", "prov", sends=False), b.zone("prov"), b.zone("west", "prov")))
    assert r.sponsors(programme, "east") == ("prov",)
    assert r.sponsors(programme, "west") == ("west", "prov")
    assert r.sponsors(programme, "west", "east") == ("prov",)


def test_a_recommended_firm_goes_with_the_zone_that_recommends_it_or_one_above_that() -> None:
    programme = b.a_programme()
    assert r.sponsors(programme, "east", "prov") == ("prov",)
    assert r.sponsors(programme, "east", "east") == ("east", "prov")
    assert r.sponsors(programme, "west", "east") == ("east", "prov")


def test_stands_run_from_the_fewest_accepted_to_what_quota_and_money_allow() -> None:
    programme = b.a_programme(
        applications=(b.application("f1", booths=5, least_booths=2),), quotas=(b.quota(booths=4),),
        firms=(b.firm("f1", own_money=Decimal(30_000)), b.firm("f2"), b.firm("f3")),
    )  # fmt: skip
    assert r.stands(programme, programme.applications[0]) == (2, 3)


def test_what_is_paid_back_lets_a_firm_pay_more() -> None:
    firms = (b.firm("f1", own_money=Decimal(30_000)), b.firm("f2"), b.firm("f3"))
    programme = b.a_programme(applications=(b.application("f1", "abroad-1-1", booths=4),), firms=firms)
    assert r.stands(programme, programme.applications[0]) == (1, 2, 3)


def test_raw_space_is_bounded_by_area() -> None:
    raw = b.application("f1", booths=5, stand=StandKind.RAW)
    programme = b.a_programme(applications=(raw,), quotas=(b.quota(booths=1, area_m2=30),))
    assert r.stands(programme, raw) == (1, 2, 3)


def test_visitors_take_no_stand_and_a_quota_of_no_firm_leaves_none() -> None:
    visit = b.application("f1", role=Role.VISIT, booths=0)
    programme = b.a_programme(applications=(visit, b.application("f2")), quotas=(b.quota(booths=None, firms=0),))
    assert [r.stands(programme, a) for a in programme.applications] == [(0,), ()]


@pytest.mark.parametrize(("asked", "booths", "sent"), [(2, 1, 2), (5, 1, 2), (5, 3, 5)])
def test_people_are_at_most_two_a_booth(asked: int, booths: int, sent: int) -> None:
    assert r.people(b.a_programme(), b.application("f1", people=asked), booths) == sent


def test_a_journey_alone_has_the_days_of_an_exhibitor_and_every_size_of_team_that_its_places_ask_for() -> None:
    programme = b.a_programme()
    stand = b.application("f1", section_id="expo-tea", booths=3, people=5)
    own = (b.application("f1", role=Role.VISIT, people=3), stand)
    trip = r.alone(programme, own)
    assert (trip.role, trip.sizes) == (Role.EXHIBIT, (2, 3, 4, 5))
    # set-up from 12 April, strike on 20 April, a day of travel each way (flight of an evening arrives after midnight)
    assert (trip.depart, trip.back) == (date(2025, 4, 11), date(2025, 4, 21))
    assert trip.cost(programme, 4) == 2 * trip.cost(programme, 2)


def test_two_phases_of_one_fair_go_together_and_fairs_a_month_apart_do_not() -> None:
    programme = b.a_programme()
    first, second, abroad = (
        r.alone(programme, (b.application("f1", q),)) for q in ("expo-1-1", "expo-1-2", "abroad-1-1")
    )
    assert r.go_together(programme, [second, first])
    assert not r.go_together(programme, [abroad, first])


def test_decisions_bar_and_pin() -> None:
    decisions = (
        b.decision("d1", "must-not", firm_id="f1"),
        b.decision("d2", "must-not", zone_id="east"),
        b.decision("d3", "keep", firm_id="f2"),
    )
    programme = b.a_programme(decisions=decisions)
    assert r.barred_firms(programme) == {("f1", "expo-1-1"), ("east", "expo-1-1")}
    assert r.pinned_firms(programme) == {("f2", "expo-1-1")}


def test_only_a_standing_body_without_a_least_size_is_always_there() -> None:
    programme = b.a_programme(choices=(b.choice("expo", phase_id="expo-1-2", least_firms=2),))
    assert [r.may_stay_away(programme, q) for q in ("expo-1-1", "expo-1-2", "abroad-1-1")] == [False, True, True]


def test_an_invited_firm_is_taken_to_exhibit_where_it_can() -> None:
    programme = b.a_programme(fairs=(b.fair("abroad", roles=("visit",)), b.fair("expo")))
    assert r.invitation(programme, "f1", "expo-1-1").role is Role.EXHIBIT
    assert r.invitation(programme, "f1", "abroad-1-1").role is Role.VISIT
