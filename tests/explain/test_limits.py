"""Where limits stand: every label of a rule whose limits people write leads back to its cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.duties import Blackout
from fairplanner.domain.kinds import ApplicationState, Counts, Policy
from fairplanner.domain.money import Rate
from fairplanner.domain.programme import Programme
from fairplanner.explain.assuming import assumed
from fairplanner.explain.limits import cell_of, cells_of, loosened, moved
from fairplanner.pose import pose
from fairplanner.rules import rows
from fairplanner.rules.contract import NO_LIMIT
from tests.builders import (
    SAMPLE,
    a_programme,
    application,
    approval,
    choice,
    decision,
    fund,
    instalment,
    quota,
    subsidy,
    target,
)


def blackout() -> Blackout:
    return Blackout(
        blackout_id="b1", first=date(2025, 1, 1), last=date(2025, 12, 31), zone_id="prov", reason="省两会", **SAMPLE
    )


QUOTA = quota(booths=4, reserve=2, area_m2=90, firms=3)
TARGET = target("t", counts=Counts.FIRMS, floor=True)
CHOICE = choice("abroad", policy=Policy.RANK, least_firms=2, most_firms=3)


def a_full_programme() -> Programme:
    """One limit of every kind that people write."""
    plain = a_programme()
    funds = tuple(f.model_copy(update={"reserve": 0.2}) if f.fund_id == "travel" else f for f in plain.funds)
    f1 = plain.firms[0].model_copy(update={"own_money": Decimal(50_000), "max_phases": 2})
    paid = plain.applications[-1].model_copy(update={"state": ApplicationState.PAID})
    return plain.model_copy(
        update={
            "funds": funds, "firms": (f1, *plain.firms[1:]), "quotas": (QUOTA,), "targets": (TARGET,),
            "decisions": (decision(firm_id="f1"),), "choices": (CHOICE,), "applications": (*plain.applications[:-1], paid),
            "subsidies": (subsidy(cap_phase=Decimal(3_000), cap_year=Decimal(2_000)),),
            "instalments": tuple(instalment(date(2025, m, 1), 50_000) for m in (1, 7)),
            "approvals": (approval(kind="exhibition", people=9),),
            "blackouts": (blackout(),),
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "label", "amount", "changed"),
    [
        ("decisions", "d1", 1, Assumption("decisions", "d1", "", "-")),
        ("targets", "t", 1, Assumption("targets", "t", "at_least", "1", "2")),
        ("booth-quota", "expo-1-1 · * · prov · booths", 2, Assumption("quotas", "expo-1-1/-/prov", "booths", "6", "4")),
        ("booth-quota", "expo-1-1 · * · prov · open", 1, Assumption("quotas", "expo-1-1/-/prov", "reserve", "1", "2")),
        ("booth-quota", "expo-1-1 · * · prov · reserve", 1, Assumption("quotas", "expo-1-1/-/prov", "reserve", "3", "2")),
        ("booth-quota", "expo-1-1 · * · prov · area", 9, Assumption("quotas", "expo-1-1/-/prov", "area_m2", "99", "90")),
        ("booth-quota", "expo-1-1 · * · prov · firms", 1, Assumption("quotas", "expo-1-1/-/prov", "firms", "4", "3")),
        ("fund-budget", "travel", 80_000, Assumption("funds", "travel", "amount", "201000", "200000")),
        ("fund-budget", "travel · 2025Q2", 80_001, Assumption("instalments", "travel/2025-01-01", "amount", "51000.02", "50000")),
        ("fund-budget", "travel · 2025Q4", 80_000, Assumption("instalments", "travel/2025-07-01", "amount", "51000", "50000")),
        ("own-money", "f1", 150, Assumption("firms", "f1", "own_money", "50001.5", "50000")),
        ("most-phases", "f1", 1, Assumption("firms", "f1", "max_phases", "3", "2")),
        ("firm-teams", "f1", 1, Assumption("firms", "f1", "teams", "2", "1")),
        ("delegation-size", "prov · abroad-1-1", 1, Assumption("choices", "abroad/-", "least_firms", "1", "2")),
        ("rank-respected", "abroad-1-1 · * · prov", 1, Assumption("choices", "abroad/-", "policy", "optimise", "rank")),
        ("booths-in-order", "abroad-1-1 · * · prov", 1, Assumption("choices", "abroad/-", "policy", "optimise", "rank")),
        ("claim-limits", "half.year · f1 · 2025", 100, Assumption("subsidies", "half", "cap_year", "2001", "2000")),
        ("claim-limits", "half.phase · f1 · abroad-1-1", 1, Assumption("subsidies", "half", "cap_phase", "3000.01", "3000")),
        ("approvals", "a1 · abroad-1-1", 2, Assumption("approvals", "a1", "people", "11", "9")),
        ("blackouts", "prov:abroad-1-1@0601-0605", 5, Assumption("blackouts", "b1", "binding", "no", "yes")),
    ],
)  # fmt: skip
def test_a_limit_that_gives_way_changes_its_own_cell(rule: str, label: str, amount: int, changed: Assumption) -> None:
    cell = cell_of(a_full_programme(), rule, label)
    assert cell is not None
    assert loosened(cell, amount) == changed


def test_what_gives_way_can_be_assumed_whatever_the_rule() -> None:
    programme = a_full_programme()
    labels = sorted({(rule, label) for rule, made in rows(pose(programme)) for label in made.labels})
    cells = [cell for rule, label in labels for cell in cells_of(programme, rule, label)]
    assert {c.table for c in cells} >= {
        "funds",
        "quotas",
        "choices",
        "firms",
        "posts",
        "targets",
        "decisions",
        "subsidies",
    }
    for cell in cells:
        assert assumed(programme, [loosened(cell, 1)]) != programme


@pytest.mark.slow
def test_a_limit_once_moved_is_moved_by_so_much_in_the_rows() -> None:
    programme = a_full_programme()
    for rule, label, amount in (
        ("fund-budget", "travel", 8_000),
        ("booth-quota", "expo-1-1 · * · prov · open", 1),
        ("own-money", "f1", 77),
    ):
        cell = cell_of(programme, rule, label)
        assert cell is not None
        for up in (True, False):
            there = _upper(assumed(programme, [moved(cell, amount, up)]), rule, label)
            assert there - _upper(programme, rule, label) == (amount if up else -amount)


def _upper(programme: Programme, rule: str, label: str) -> int:
    found = [
        int(upper) for key, made in rows(pose(programme)) if key == rule
        for name, upper in zip(made.labels, made.upper, strict=True) if name == label and upper < NO_LIMIT
    ]  # fmt: skip
    return min(found)


def test_a_fair_without_a_row_of_its_own_gets_one_with_the_lower_least() -> None:
    programme = a_programme(choices=())
    assert programme.least_firms("abroad-1-1") == 5
    cell = cell_of(programme, "delegation-size", "prov · abroad-1-1")
    assert cell is not None
    made = loosened(cell, 1)
    assert made.is_added
    assert assumed(programme, [made]).least_firms("abroad-1-1") == 4


def test_a_pool_that_is_short_gets_a_post_that_nobody_has() -> None:
    programme = a_programme()
    cell = cell_of(programme, "staff", "prov:leader")
    assert cell is not None
    assert cell.at == 1
    more = assumed(programme, [loosened(cell, 1)])
    assert len(more.posts) == len(programme.posts) + 1


def test_a_committed_place_gives_way_when_the_firm_withdraws() -> None:
    programme = a_full_programme()
    name = programme.applications[-1].application_id
    cell = cell_of(programme, "kept", name)
    assert cell is not None
    assert loosened(cell, 1) == Assumption("applications", name, "state", "withdrawn", "paid")


def test_what_nobody_writes_in_a_cell_has_none() -> None:
    programme = a_full_programme()
    for rule, label in (
        ("hosting", "prov · expo-1-1"),
        ("attendance", "f1 · expo-1-1"),
        ("claim-limits", "pk.year · f1 · 2025"),
    ):
        assert cell_of(programme, rule, label) is None


def test_a_late_application_is_in_time_where_the_office_closes_on_the_day_it_came() -> None:
    late = application(received=date(2024, 10, 20))
    programme = a_programme(choices=(choice(closes=date(2024, 10, 10)),), applications=(late,))
    cell = cell_of(programme, "deadline", "f1 · expo-1-1")
    assert cell is not None
    assert loosened(cell, 0) == Assumption("choices", "expo/-", "closes", "2024-10-20", "2024-10-10")


def test_a_fund_in_another_currency_moves_in_its_own() -> None:
    dollars = Rate(currency="USD", rate=Decimal(8), on=date(2024, 1, 1), **SAMPLE)
    programme = a_programme(funds=(fund(currency="USD", amount=1_000),), rates=(dollars,), subsidies=())
    cell = cell_of(programme, "fund-budget", "travel")
    assert cell is not None
    assert loosened(cell, 80_000).value == "1100"
