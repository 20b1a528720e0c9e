"""What is committed or past stays as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.domain.kinds import ApplicationState
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.rules.kept import Kept
from fairplanner.solver import solve
from tests import builders as b
from tests.rules.plans import broken, place, standing_body

RULE = Kept()
NAME = "f1/expo-1-1/-"
DURING = date(2025, 4, 16)
"""The first phase at home has begun, the second has not."""


def programme(state: str = "paid", settled: tuple[Any, ...] = (b.settled(),), **tables: Any) -> Programme:
    own = b.application("f1", state=state, booths=2)
    others = tuple(b.application(f) for f in ("f2", "f3"))
    return b.a_programme(**({"applications": (own, *others), "settled": settled, "targets": ()} | tables))


def test_a_place_that_is_paid_for_is_kept_and_missed_where_it_is_gone() -> None:
    assert broken(RULE, programme(), place(), standing_body()) == []
    assert broken(RULE, programme(), standing_body()) == [(NAME, 1)]


@pytest.mark.parametrize("state", ["approved", "gone", "reviewed", "claimed"])
def test_every_later_state_keeps_the_place(state: str) -> None:
    assert broken(RULE, programme(state)) == [(NAME, 1)]


@pytest.mark.parametrize("state", ["wish", "applied", "first-review", "admitted", "reserve", "on-notice"])
def test_no_earlier_state_binds_the_plan(state: str) -> None:
    assert broken(RULE, programme(state)) == []


@pytest.mark.parametrize("change", [{"sponsor": "east"}, {"booths": 2}, {"stand": "raw"}], ids=str)
def test_another_delegation_stand_or_number_of_booths_is_not_what_was_settled(change: dict[str, Any]) -> None:
    assert broken(RULE, programme(), place(**change)) == [(NAME, 1)]


@pytest.mark.parametrize(
    "settled", [(), (b.settled(booths=5),), (b.settled(stand="raw"),), (b.settled(sponsor="west"),)], ids=str
)
def test_where_the_settled_place_is_unknown_or_no_longer_asked_for_any_place_will_do(settled: tuple[Any, ...]) -> None:
    assert broken(RULE, programme(settled=settled), place(booths=2, sponsor="east")) == []
    assert broken(RULE, programme(settled=settled)) == [(NAME, 1)]


@pytest.mark.parametrize(
    "tables",
    [
        {"state": "withdrawn"},
        {"phases": (b.phase("expo", 1, status="cancelled"),)},
        {"phases": (b.phase("expo", 1, start=None, end=None),)},
        {"phases": (b.phase("expo", 1, start=date(2026, 4, 1), end=date(2026, 4, 3)),)},
        {"decisions": (b.decision(kind="must-not", firm_id="f1"),)},
    ],
    ids=("withdrew", "cancelled", "undated", "out of the window", "by decision"),
)
def test_nothing_is_kept_where_the_fair_is_off_the_firm_withdrew_or_people_decided_otherwise(
    tables: dict[str, Any],
) -> None:
    assert broken(RULE, programme(**tables)) == []


def test_where_the_zone_that_took_it_is_kept_away_another_may_take_it() -> None:
    own = programme(decisions=(b.decision(kind="must-not", zone_id="prov"),))
    assert broken(RULE, own, place(sponsor="east")) == []
    assert broken(RULE, own) == [(NAME, 1)]


def test_at_a_fair_that_has_begun_everybody_settled_stays_and_nobody_else_comes() -> None:
    own = programme("applied", settings=b.settings(as_of=DURING))
    assert broken(RULE, own, place(), standing_body()) == []
    assert broken(RULE, own, place("f2"), standing_body()) == [(NAME, 1), ("f2/expo-1-1/-@prov", 1)]


def test_without_an_earlier_plan_a_fair_that_has_begun_is_like_any_other() -> None:
    assert broken(RULE, programme("applied", (), settings=b.settings(as_of=DURING)), place("f2")) == []


BARS: dict[str, dict[str, Any]] = {
    "deadline": {"choices": (b.choice("expo", closes=date(2024, 9, 1)),)},
    "duties": {"duties": (b.duty(days=-300, regimes=("home",), blocks=True),)},
    "ranking": {
        "choices": (b.choice("expo", policy="rank"),), "quotas": (b.quota(booths=1),),
        "applications": (b.application("f1", state="paid", score=1), b.application("f2", score=99), b.application("f3", score=98)),
    },
    "least firms": {"choices": (b.choice("expo", least_firms=3),), "quotas": (b.quota(booths=1),)},
}  # fmt: skip


@pytest.mark.parametrize("tables", BARS.values(), ids=BARS)
def test_what_would_bar_a_newcomer_does_not_bar_what_is_paid_for(tables: dict[str, Any]) -> None:
    own = programme(**tables)
    plan = solve(pose(own), seconds=60).plan
    assert [(p.application_id, p.sponsor, p.booths) for p in plan.participations] == [(NAME, "prov", 1)]
    assert check(own, plan) == ()
    fresh = solve(pose(programme("applied", (), **_as_applied(tables))), seconds=60).plan
    assert NAME not in {p.application_id for p in fresh.participations}


def _as_applied(tables: dict[str, Any]) -> dict[str, Any]:
    own = tables.get("applications", ())
    return tables | (
        {"applications": tuple(a.model_copy(update={"state": ApplicationState.APPLIED}) for a in own)} if own else {}
    )


def test_two_places_kept_that_exclude_one_another_are_told_by_name() -> None:
    """A fair that moves onto another for which the firm has paid too: people must decide which."""
    both = tuple(b.application("f1", q, state="paid") for q in ("expo-1-1", "expo-1-2"))
    moved = b.phase("expo", 2, start=date(2025, 4, 16), end=date(2025, 4, 20))
    own = b.a_programme(phases=(b.phase("expo", 1), moved), applications=both, choices=(), targets=(), quotas=())
    with pytest.raises(NoPlan) as told:
        solve(pose(own), seconds=60)
    assert {"f1/expo-1-1/-", "f1/expo-1-2/-"} <= {x.label for x in told.value.guilty}
