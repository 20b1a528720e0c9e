from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from fairplanner.domain.kinds import Role, StandKind, Where
from fairplanner.domain.plan import Excluded
from fairplanner.pose import pose
from tests import builders as b


def rows(**changes: object) -> pd.DataFrame:
    return pose(b.a_programme(**changes)).participations


def told(rule: str, **changes: object) -> list[Excluded]:
    return [e for e in pose(b.a_programme(**changes)).excluded if e.rule == rule]


def test_there_is_one_package_for_each_number_of_booths_between_least_and_wanted() -> None:
    made = rows(applications=(b.application(least_booths=2, booths=3, people=5),))
    assert list(made["participation"]) == [f"f1/expo-1-1/-@{s}#{n}" for s in ("east", "prov") for n in (2, 3)]
    assert list(made["people"]) == [4, 5, 4, 5]
    assert list(made["stand_cost"]) == [2_000_000, 3_000_000] * 2


def test_a_buyer_has_one_package_without_stand_and_brings_all_its_people() -> None:
    made = rows(
        fairs=(b.fair(roles=("exhibit", "buy")), b.fair("abroad")),
        applications=(b.application(role=Role.BUY, people=7),),
    )
    assert (
        list(zip(made["stand"], made["booths"], made["people"], made["stand_cost"], strict=True))
        == [("none", 0, 7, 0)] * 2
    )


@pytest.mark.parametrize(("by", "takers"), [("prov", {"prov"}), ("east", {"east", "prov"}), ("west", {"west", "prov"})])
def test_the_zone_that_recommends_or_one_above_takes_the_firm_and_no_other(by: str, takers: set[str]) -> None:
    assert set(rows(applications=(b.application(recommended_by=by),))["sponsor"]) == takers


def test_if_the_recommending_zone_does_not_send_the_nearest_above_does() -> None:
    zones = (b.zone("east", "prov", sends=False), b.zone("prov"), b.zone("west", "prov"))
    assert set(rows(zones=zones, applications=(b.application(recommended_by="east"),))["sponsor"]) == {"prov"}
    assert set(rows(zones=zones, applications=(b.application(),))["sponsor"]) == {"prov"}


def test_an_application_that_no_zone_sends_is_told_so() -> None:
    zones = (b.zone("east", "prov", sends=False), b.zone("prov", sends=False), b.zone("west", "prov"))
    one = told("hosting", zones=zones, applications=(b.application(),))
    assert [dict(e.facts) for e in one] == [{"application": "f1/expo-1-1/-", "because": "sends"}]


@pytest.mark.parametrize(("own", "most"), [(29_999, 2), (30_000, 3), (9_999, 0)])
def test_stands_dearer_than_own_money_are_not_offered(own: int, most: int) -> None:
    firms = (b.firm("f1", own_money=Decimal(own)),)
    changes = {"firms": firms, "applications": (b.application(booths=3),), "subsidies": ()}
    assert rows(**changes)["booths"].max() == most or not most
    refused = told("own-money", **changes)
    assert [e.count for e in refused] == ([3 - most] if most < 3 else [])


def test_what_can_be_paid_back_counts_towards_own_money() -> None:
    changes = {"firms": (b.firm("f1", own_money=Decimal(5_000)),), "applications": (b.application(),)}
    assert len(rows(subsidies=(b.subsidy(where=Where.EVERYWHERE),), **changes)) == 2
    assert len(rows(subsidies=(b.subsidy(rate=0.49, where=Where.EVERYWHERE),), **changes)) == 0


@pytest.mark.parametrize(
    ("quota", "stand", "most"),
    [
        ({"booths": 2}, StandKind.STANDARD, 2),
        ({"booths": 2}, StandKind.RAW, 4),
        ({"booths": None, "area_m2": 28}, StandKind.RAW, 3),
        ({"booths": None, "area_m2": 28}, StandKind.STANDARD, 4),
        ({"booths": None, "firms": 0}, StandKind.STANDARD, 0),
        ({"booths": 1, "zone_id": "west"}, StandKind.STANDARD, 4),
        ({"booths": 1, "section_id": "expo-tea"}, StandKind.STANDARD, 4),
    ],
)
def test_packages_beyond_a_quota_above_the_firm_are_not_offered(
    quota: dict[str, object], stand: StandKind, most: int
) -> None:
    changes = {
        "quotas": (b.quota(**quota),), "sections": (b.section(),), "prices": (b.price(stand=stand),),
        "applications": (b.application(booths=4, stand=stand),),
    }  # fmt: skip
    made = rows(**changes)
    assert (made["booths"].max() if len(made) else 0) == most
    assert [e.count for e in told("booth-quota", **changes)] == ([4 - most] if most < 4 else [])


def test_a_stand_without_a_price_is_offered_at_none_and_said_to_be_unknown() -> None:
    changes = {"prices": (), "applications": (b.application(),)}
    assert list(rows(**changes)["stand_cost"]) == [0, 0]
    assert [(e.phase_id, e.count, dict(e.facts)["stand"]) for e in told("price-unknown", **changes)] == [
        ("expo-1-1", 1, "standard")
    ]


def test_ranks_count_from_one_within_phase_section_and_quota_zone() -> None:
    firms = (b.firm("f1", record=0.1), b.firm("f2", record=0.9), b.firm("f3", "west", record=0.5))
    asked = tuple(b.application(f) for f in ("f1", "f2", "f3"))
    made = rows(
        firms=firms, applications=asked, quotas=(b.quota(zone_id="east"), b.quota(zone_id="prov"))
    ).drop_duplicates("firm")
    assert list(zip(made["firm"], made["rank_group"], made["rank"], strict=True)) == [
        ("f1", "expo-1-1 · * · east", 2),
        ("f2", "expo-1-1 · * · east", 1),
        ("f3", "expo-1-1 · * · prov", 1),
    ]


def test_no_order_is_kept_where_the_plan_may_choose() -> None:
    made = rows(choices=(b.choice(policy="optimise"),), applications=(b.application(),))
    assert set(zip(made["rank_group"], made["rank"], strict=True)) == {("", 0)}
