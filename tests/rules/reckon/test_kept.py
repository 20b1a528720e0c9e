"""Why a place cannot stay as it was, what is kept, and what a place already given is spared."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon import kept as k
from tests import builders as b

WAS = b.settled(first=date(2025, 4, 15), last=date(2025, 4, 19))
NAME = WAS.application_id


def programme(**tables: Any) -> Programme:
    return b.a_programme(**({"settled": (WAS,)} | tables))


@pytest.mark.parametrize(
    ("why", "tables"),
    [
        ("", {}),
        ("cancelled", {"phases": (b.phase("expo", 1, status="cancelled"),)}),
        ("cancelled", {"phases": ()}),
        ("undated", {"phases": (b.phase("expo", 1, start=None, end=None),)}),
        ("undated", {"phases": (b.phase("expo", 1, place_id=""),)}),
        ("window", {"phases": (b.phase("expo", 1, start=date(2026, 4, 15), end=date(2026, 4, 19)),)}),
        ("moved", {"phases": (b.phase("expo", 1, start=date(2025, 5, 6), end=date(2025, 5, 10)),)}),
        ("moved", {"phases": (b.phase("expo", 1, end=date(2025, 4, 20)),)}),
        ("absent", {"firms": ()}),
        ("absent", {"applications": ()}),
        ("absent", {"zones": (b.zone("east"),)}),
        ("withdrawn", {"applications": (b.application(state="withdrawn"),)}),
        ("not-admitted", {"applications": (b.application(state="not-admitted"),)}),
        ("refuses", {"applications": (b.application(wish="refuses"),)}),
        ("decision", {"decisions": (b.decision(kind="must-not", firm_id="f1"),)}),
        ("decision", {"decisions": (b.decision(kind="must-not", zone_id="prov"),)}),
        ("asks", {"applications": (b.application(stand="raw"),)}),
        ("asks", {"applications": (b.application(role="visit"),)}),
    ],
)
def test_the_first_thing_that_stands_in_the_way_is_the_reason(why: str, tables: dict[str, Any]) -> None:
    assert k.why_concerned(programme(**tables), WAS) == why
    assert why in ("", *k.WHY)


def test_who_was_invited_needs_no_application_while_applications_are_open() -> None:
    guest = b.settled("f1", invited=True)
    closes = {"choices": (b.choice("expo", closes=date(2024, 10, 15)),), "applications": ()}
    own = programme(settings=b.settings(invite=True), applications=())
    assert k.why_concerned(own, guest) == ""
    assert k.why_concerned(programme(**closes, settings=b.settings(invite=True)), guest) == "closed"
    assert k.why_concerned(programme(applications=()), guest) == "absent"


def test_days_that_the_earlier_plan_did_not_know_have_not_moved() -> None:
    assert not k.has_moved(programme(), b.settled())


def test_who_had_a_place_is_neither_late_nor_blocked_unless_the_fair_moved() -> None:
    late = b.application(received=None)
    tables = {
        "applications": (late,), "choices": (b.choice("expo", closes=date(2024, 10, 15)),),
        "duties": (b.duty(days=-300, regimes=("home",), blocks=True),),
    }  # fmt: skip
    own, fresh = programme(**tables), programme(**tables, settled=())
    assert k.is_late(fresh, late)
    assert k.is_blocked(fresh, late)
    assert not k.is_late(own, late)
    assert not k.is_blocked(own, late)
    moved = programme(**tables, settled=(WAS.model_copy(update={"first": date(2025, 4, 1)}),))
    assert not k.is_late(moved, late)
    assert k.is_blocked(moved, late), "at the new days it is too late for what must be done before"


def test_whom_the_review_took_up_is_never_late() -> None:
    closes = {"choices": (b.choice("expo", closes=date(2024, 9, 1)),)}
    states = {
        a: k.is_late(b.a_programme(**closes), b.application(state=a))
        for a in ("first-review", "admitted", "reserve", "paid")
    }
    assert states == {"first-review": True, "admitted": False, "reserve": False, "paid": False}


def test_a_delegation_that_must_go_for_a_place_that_is_kept_has_no_least_size() -> None:
    paid = b.application("f1", "abroad-1-1", state="paid")
    own = b.a_programme(applications=(paid,), settled=(b.settled("f1", "abroad-1-1", sponsor="east"),))
    assert k.least_firms(own, "east", "abroad-1-1") == 0
    assert k.least_firms(own, "prov", "abroad-1-1") == 2
    unknown = b.a_programme(applications=(paid,))
    assert k.held_parties(unknown) == {("east", "abroad-1-1"), ("prov", "abroad-1-1")}
    assert k.held(unknown)[paid.application_id] == k.Held(1)


def test_a_party_is_spared_while_its_fairs_keep_their_days_and_no_decision_keeps_its_zone_away() -> None:
    trip, there = b.settled_trip(), b.settled("f1", "abroad-1-1", first=date(2025, 3, 18), last=date(2025, 3, 20))
    base: dict[str, Any] = {"settled": (there,), "settled_trips": (trip,)}
    assert k.spared_trips(b.a_programme(**base)) == (trip,)
    moved = (b.phase("abroad", 1, start=date(2025, 4, 18), end=date(2025, 4, 20), place_id="lion"),)
    assert k.spared_trips(b.a_programme(**base, phases=moved)) == ()
    barred = (b.decision(kind="must-not", phase_id="abroad-1-1", zone_id="prov"),)
    assert k.spared_trips(b.a_programme(**base, decisions=barred)) == ()
