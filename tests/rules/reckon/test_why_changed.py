"""Why something differs between two plans."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.domain.by_hand import ByHand
from fairplanner.domain.compared import compared
from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.why_changed import Reckoner, Why
from tests import builders as b
from tests.rules.plans import delegation, journey, place, plan, standing_body

THEN = b.a_programme()
LATER = b.phase("expo", 1, start=date(2025, 5, 6), end=date(2025, 5, 10))
REST = tuple(q for q in THEN.phases if q.phase_id != "expo-1-1")


def why_place(old: tuple[Any, ...], new: tuple[Any, ...], then: Programme | None = THEN, **tables: Any) -> Why:
    """Why the one place that differs does, in a programme with these tables changed."""
    excluded = tables.pop("excluded", ())
    now = b.a_programme(**tables)
    before, after = plan(THEN, *old), plan(now, *new, excluded=excluded)
    (change,) = compared(before, after).places
    return Reckoner(before, after, then, now).of_place(change)


@pytest.mark.parametrize(
    ("key", "tables"),
    [
        ("cancelled", {"phases": (*REST, b.phase("expo", 1, status="cancelled"))}),
        ("moved", {"phases": (*REST, LATER)}),
        ("withdrawn", {"applications": (b.application(state="withdrawn"),)}),
        ("asks", {"applications": (b.application(least_booths=2, booths=2),)}),
        ("quota", {"quotas": (b.quota(booths=1),)}),
        ("displaced", {}),
    ],
)
def test_a_place_is_gone_because_of_what_changed_beneath_it(key: str, tables: dict[str, Any]) -> None:
    assert why_place((place(), standing_body()), (standing_body(),), **tables).key == key


def test_a_fair_that_moved_says_from_when_to_when() -> None:
    found = why_place((place(),), (), phases=(*REST, LATER))
    assert found.before == (date(2025, 4, 15), date(2025, 4, 19))
    assert found.after == (date(2025, 5, 6), date(2025, 5, 10))


def test_a_decision_is_named() -> None:
    found = why_place((place(),), (), decisions=(b.decision("d7", "must-not", firm_id="f1"),))
    assert (found.key, found.decision_id) == ("decision", "d7")


def test_what_was_displaced_says_what_the_new_plan_gives_as_reason() -> None:
    reason = Excluded(kind="application", rule="unplaced-full", facts=(("application", "f1/expo-1-1/-"), ("most", "1")))
    assert why_place((place(),), (), excluded=(reason,)).excluded == reason


def test_without_the_earlier_programme_less_is_said() -> None:
    assert why_place((place(),), (), None, quotas=(b.quota(booths=1),)).key == "displaced"


@pytest.mark.parametrize(
    ("key", "tables"),
    [
        ("applied", {"then": b.a_programme(applications=())}),
        ("asks", {"then": b.a_programme(applications=(b.application(booths=3, least_booths=3),))}),
        ("dated", {"then": b.a_programme(phases=(*REST, b.phase("expo", 1, start=None, end=None)))}),
        ("quota", {"quotas": (b.quota(booths=9),)}),
        ("decision", {"decisions": (b.decision(firm_id="f1"),)}),
        ("came-in", {}),
        ("came-in", {"then": None}),
    ],
)
def test_a_place_is_new_because_of_what_changed_beneath_it(key: str, tables: dict[str, Any]) -> None:
    assert why_place((), (place(),), **tables).key == key


def by_hand(old: tuple[Any, ...], new: tuple[Any, ...], then: Programme = THEN, now: Programme = THEN) -> Why:
    before, after = plan(THEN, *old), plan(now, *new).model_copy(update={"status": "amended", "engine": "amended"})
    found = compared(before, after)
    reckoner = Reckoner(before, after, then, now)
    return reckoner.of_place(found.places[0]) if found.places else reckoner.of_party(found.parties[0])


@pytest.mark.parametrize("before", ["applied", "reserve"])
def test_who_comes_in_by_hand_comes_down_the_reserve_list(before: str) -> None:
    then, now = (b.a_programme(applications=(b.application(state=s),)) for s in (before, "admitted"))
    assert by_hand((), (place(),), then, now).key == "promoted"
    assert by_hand((), (place(),)).key == "promoted"
    act = remembered(now, verb="promote").by_hand
    taken_over = now.model_copy(update={"by_hand": act})
    assert (
        Reckoner(plan(then), plan(taken_over, place()), then, taken_over)
        .of_place(compared(plan(then), plan(taken_over, place())).places[0])
        .key
        == "promoted"
    )
    assert by_hand((), (place(),), THEN, b.a_programme(decisions=(b.decision(firm_id="f1"),))).key == "decision"


@pytest.mark.parametrize(("before", "after", "key"), [
    ("reserve", "admitted", "promoted"), ("applied", "admitted", "admitted"), ("withdrawn", "applied", "asks"),
])  # fmt: skip
def test_a_step_of_the_application_is_not_another_wish_of_the_firm(before: str, after: str, key: str) -> None:
    then, now = (b.application(state=s) for s in (before, after))
    assert why_place((), (place(),), b.a_programme(applications=(then,)), applications=(now,)).key == key


def test_who_comes_where_somebody_left_takes_a_place_that_became_free() -> None:
    both = b.a_programme(applications=(b.application("f1"), b.application("f2")))
    old, new = plan(both, place("f2")), plan(both, place("f1"))
    came = next(x for x in compared(old, new).places if x.what == "added")
    assert Reckoner(old, new, both, both).of_place(came).key == "freed"


def test_people_and_posts_changed_by_hand_are_told_so() -> None:
    assert by_hand((place(people=4),), (place(people=2),)).key == "hand"
    assert by_hand((place(),), (place(booths=2),)).key == "hand"
    assert by_hand((delegation(),), (delegation(posts=("lead-2",)),)).key == "hand"
    assert (
        by_hand((place(),), (), THEN, b.a_programme(applications=(b.application(state="withdrawn"),))).key
        == "withdrawn"
    )


def remembered(programme: Programme, **told: str) -> Programme:
    """The programme after something was done to the application of f1 by hand."""
    facts = {"verb": "people", "on": date(2025, 2, 1), "reason": "visas refused"} | told
    act = ByHand.model_validate({"table": "applications", "key": "f1/expo-1-1/", **facts})
    return programme.model_copy(update={"by_hand": (act,)})


def test_the_reason_told_when_it_was_done_by_hand_is_told_again() -> None:
    now = remembered(b.a_programme(applications=(b.application(people=1),)))
    assert by_hand((place(people=2),), (place(people=1),), THEN, now).reason == "visas refused"
    gone = remembered(
        b.a_programme(applications=(b.application(state="withdrawn"),)), verb="withdraw", reason="no goods"
    )
    found = by_hand((place(),), (), THEN, gone)
    assert (found.key, found.reason) == ("withdrawn", "no goods")


def test_what_was_done_before_the_earlier_plan_is_no_reason() -> None:
    both = remembered(THEN)
    assert by_hand((place(people=3),), (place(people=2),), both, both).key == "asks"


def test_what_was_done_to_the_earlier_plan_and_is_not_taken_over_is_told() -> None:
    then = remembered(b.a_programme(applications=(b.application(people=1),)))
    assert why_place((place(people=1),), (place(people=2),), then).key == "hand-undone"
    then = remembered(b.a_programme(applications=(b.application(state="withdrawn"),)))
    assert why_place((), (place(),), then).key == "hand-undone"


def test_other_people_of_a_plan_that_was_made_anew_come_from_the_application() -> None:
    asked = b.application(people=3)
    assert why_place((place(people=2),), (place(people=3),), applications=(asked,)).key == "asks"
    assert why_place((place(people=3),), (place(people=2),), applications=(asked,)).key == "optimum"


def test_other_days_of_travel_come_from_another_fair_on_the_way() -> None:
    both, alone = (
        journey("f1", "expo-1-1", "expo-1-2", depart=date(2025, 4, 10)),
        journey("f1", "expo-1-2", depart=date(2025, 4, 22)),
    )
    there = place("f1", "expo-1-2")
    off = (*(q for q in REST), b.phase("expo", 1, status="cancelled"))
    found = why_place((there, both), (there, alone), phases=off)
    assert (found.key, found.phase_id) == ("way-cancelled", "expo-1-1")
    assert why_place((there, both), (there, alone)).key == "way"


@pytest.mark.parametrize(
    ("key", "tables"),
    [
        (
            "moved",
            {
                "phases": (
                    b.phase("abroad", 1, start=date(2025, 4, 1), end=date(2025, 4, 3), place_id="lion"),
                    *THEN.phases[1:],
                )
            },
        ),
        ("decision", {"decisions": (b.decision(kind="keep", phase_id="abroad-1-1", zone_id="prov"),)}),
        ("permit", {"approvals": (b.approval(),)}),
        ("optimum", {}),
    ],
)
def test_a_delegation_goes_otherwise_because_of_its_fair_a_decision_or_a_permit(
    key: str, tables: dict[str, Any]
) -> None:
    now = b.a_programme(**tables)
    old, new = plan(THEN, delegation(), place("f1", "abroad-1-1")), plan(now, delegation(depart=date(2025, 3, 16)))
    (change,) = compared(old, new).parties
    assert Reckoner(old, new, THEN, now).of_party(change).key == key


def test_a_delegation_that_comes_or_goes_by_itself_follows_its_firms() -> None:
    (change,) = compared(plan(THEN, delegation()), plan(THEN)).parties
    assert Reckoner(plan(THEN, delegation()), plan(THEN), THEN, THEN).of_party(change).key == "firms"
