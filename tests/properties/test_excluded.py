"""What pose leaves out, check condemns: each excluded option is built by hand and must break the rule that is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import Role, StandKind
from fairplanner.domain.plan import Excluded, Participation, Stop
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules import check
from fairplanner.rules.reckon.money import stand_cost
from tests import builders as b
from tests.properties.planned_before import a_programme_planned_before
from tests.properties.programmes import SEEDS, programmes
from tests.properties.test_agreement import QUIET
from tests.rules.plans import delegation, place, plan


def excluded(programme: Programme, kind: str) -> list[Excluded]:
    return [e for e in pose(programme).excluded if e.kind == kind]


def asked(programme: Programme, e: Excluded) -> Participation:
    """What the excluded application asks for, or the package that was too much, given by the province."""
    facts = dict(e.facts)
    a = programme.application[facts["application"]]
    exhibits = a.role is Role.EXHIBIT
    booths = int(facts.get("booths", a.least_booths if exhibits else 0))
    stand = a.stand if exhibits else StandKind.NONE
    changes = {"section_id": a.section_id, "role": a.role, "booths": booths, "stand": stand}
    return place(a.firm_id, a.phase_id, **changes, stand_cost=stand_cost(programme, a.phase_id, stand, booths))


def rules_broken(programme: Programme, *parts: Any) -> set[str]:
    return {v.rule for v in check(programme, plan(programme, *parts))}


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("asked-for", {"wish": "refuses"}),
        ("asked-for", {"state": "withdrawn"}),
        ("asked-for", {"state": "not-admitted"}),
        ("asked-for", {"role": "buy"}),
        ("asked-for", {"booths": 0}),
        ("asked-for", {"booths": 1, "least_booths": 2}),
        ("deadline", {"received": date(2024, 10, 20)}),
        ("deadline", {"received": None}),
        ("travel-dates", {"phase_id": "expo-1-3"}),
        ("travel-dates", {"phase_id": "expo-1-4"}),
        ("travel-dates", {"phase_id": "expo-1-5"}),
    ],
)
def test_an_application_left_out_is_condemned_by_the_rule_that_is_named(rule: str, change: dict[str, Any]) -> None:
    phases = (
        *b.a_programme().phases,
        b.phase("expo", 3, start=None, end=None, status="unknown"),
        b.phase("expo", 4, start=date(2026, 4, 1), end=date(2026, 4, 3)),
        b.phase("expo", 5, status="cancelled"),
    )
    application = b.application(**({"firm_id": "f1"} | change))
    programme = b.a_programme(
        phases=phases, applications=(application,), choices=(b.choice("expo", closes=date(2024, 10, 15)),)
    )
    (left_out,) = excluded(programme, "application")
    assert left_out.rule == rule
    assert rule in rules_broken(programme, asked(programme, left_out))


@settings(max_examples=20, **QUIET)
@given(programmes())
def test_every_application_or_package_left_out_breaks_the_rule_that_is_named(programme: Programme) -> None:
    for e in [*excluded(programme, "application"), *excluded(programme, "participation")]:
        invited = dict(e.facts)["application"] not in programme.application
        if e.rule in ("asked-for", "deadline", "travel-dates", "booth-quota", "own-money") and not invited:
            assert e.rule in rules_broken(programme, asked(programme, e)), e


@pytest.mark.slow
@settings(max_examples=20, **QUIET)
@given(SEEDS.map(a_programme_planned_before))
def test_what_is_left_out_because_of_an_earlier_plan_breaks_the_rule_that_is_named(programme: Programme) -> None:
    for e in [*excluded(programme, "application"), *excluded(programme, "participation")]:
        invited = dict(e.facts)["application"] not in programme.application
        if (
            e.rule in ("asked-for", "deadline", "travel-dates", "booth-quota", "own-money", "kept", "duties")
            and not invited
        ):
            assert e.rule in rules_broken(programme, asked(programme, e)), e


def speaking(language: str) -> dict[str, Any]:
    base = b.a_programme()
    there = r.Territory(**(base.territory["SG"].model_dump() | {"interpreter": language}))
    return {"territories": (base.territory["CN"], there)}


@pytest.mark.parametrize(
    ("rule", "tables", "change"),
    [
        ("staff", {"posts": ()}, {"posts": ()}),
        ("staff", speaking("en"), {}),
        ("fund-use", {"funds": (b.fund("trade", "trade-development", pays=("stand",)),)}, {"fund_id": "trade"}),
        (
            "fund-use",
            {"funds": (b.fund("trade", "trade-development", pays=("stand",)), b.fund(period_to=date(2025, 2, 1)))},
            {},
        ),
        ("delegation-size", {"choices": (b.choice("abroad", least_firms=4),)}, {}),
    ],
)
def test_a_delegation_left_out_is_condemned_by_the_rule_that_is_named(
    rule: str, tables: dict[str, Any], change: dict[str, Any]
) -> None:
    programme = b.a_programme(**tables)
    assert rule in {e.rule for e in excluded(programme, "delegation") if e.zone_id == "prov"}
    firms = tuple(place(f, "abroad-1-1") for f in ("f1", "f2", "f3"))
    assert rule in rules_broken(programme, delegation(**change), *firms)


@pytest.mark.parametrize(
    ("rule", "phase", "choice", "change"),
    [
        ("official-party", {}, {"officials": 7}, {"officials": 7}),
        ("presence", {"start": date(2025, 3, 18), "end": date(2025, 3, 18)}, {}, {}),
    ],
)
def test_a_trip_left_out_is_condemned_by_the_rule_that_is_named(
    rule: str, phase: dict[str, Any], choice: dict[str, Any], change: dict[str, Any]
) -> None:
    dates = {"start": date(2025, 3, 18), "end": date(2025, 3, 20)} | phase
    phases = (
        b.phase("abroad", 1, place_id="lion", **dates),
        b.phase("expo", 1),
        b.phase("expo", 2, start=date(2025, 4, 25), end=date(2025, 4, 29)),
    )
    programme = b.a_programme(phases=phases, choices=(b.choice("abroad", least_firms=2, **choice),))
    assert {e.rule for e in excluded(programme, "trip")} == {rule}
    assert rule in rules_broken(programme, delegation(**change))


def test_a_trip_over_the_limit_of_days_is_condemned() -> None:
    shop = b.settings(
        profiles={"abroad": {"needs_leader": True, "day_limits": (4,), "min_presence_days": 3, "officials": 3}}
    )
    programme = b.a_programme(settings=shop)
    assert {e.rule for e in excluded(programme, "trip")} == {"official-days"}
    stop = Stop(phase_id="abroad-1-1", arrive=date(2025, 3, 17), leave=date(2025, 3, 20))
    assert "official-days" in rules_broken(programme, delegation(stops=(stop,)))


def test_a_stand_dearer_than_the_firms_own_money_is_left_out_and_condemned() -> None:
    firms = (b.firm("f1", own_money=Decimal(9_999)), b.firm("f2"), b.firm("f3", "west"))
    programme = b.a_programme(firms=firms, applications=(b.application("f1"),))
    (left_out,) = excluded(programme, "participation")
    assert left_out.rule == "own-money"
    assert "own-money" in rules_broken(programme, asked(programme, left_out))
