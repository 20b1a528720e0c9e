from __future__ import annotations

from decimal import Decimal

import pandas as pd

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import CostLine, Nature, Where
from fairplanner.domain.packs import Subsidy
from fairplanner.pose import pose
from tests import builders as b


def claims(subsidy: Subsidy, **changes: object) -> pd.DataFrame:
    problem = pose(
        b.a_programme(
            subsidies=(subsidy,),
            applications=(b.application("f1", "abroad-1-1", booths=2), b.application("f2", "abroad-1-1")),
            **changes,
        )
    )
    rows = problem.claims.merge(
        problem.participations[["booths", "sponsor"]], left_on="participation", right_index=True
    )
    return rows[rows["sponsor"] == "prov"]


def amounts(subsidy: Subsidy, **changes: object) -> list[int]:
    return list(claims(subsidy, **changes)["amount"])


def test_a_claim_is_the_share_of_the_stand_for_each_package() -> None:
    assert amounts(b.subsidy(rate=0.25)) == [500_000, 1_000_000, 500_000]


def test_caps_a_booth_and_a_phase_bind() -> None:
    assert amounts(b.subsidy(cap_booth=Decimal("3000.50"))) == [300_050, 600_100, 300_050]
    assert amounts(b.subsidy(cap_phase=Decimal(12_000))) == [1_000_000, 1_200_000, 1_000_000]


def test_the_rate_for_emerging_markets_is_used_where_there_is_one() -> None:
    assert amounts(b.subsidy(rate=0.25, rate_emerging=0.5)) == [1_000_000, 2_000_000, 1_000_000]


def test_only_small_and_medium_firms_are_paid_where_the_subsidy_says_so() -> None:
    firms = (b.firm("f1", sme=False), b.firm("f2"))
    assert list(claims(b.subsidy(sme_only=True), firms=firms)["firm"]) == ["f2"]


def test_at_home_nothing_is_paid_by_a_subsidy_for_fairs_abroad() -> None:
    problem = pose(b.a_programme(applications=(b.application(),)))
    assert len(problem.claims) == 0
    assert (
        len(pose(b.a_programme(applications=(b.application(),), subsidies=(b.subsidy(where=Where.EVERYWHERE),))).claims)
        == 2
    )


def test_money_for_public_stands_pays_no_claim_of_a_firm() -> None:
    fund = b.fund("trade", Nature.PUBLIC_STAND, pays=(CostLine.STAND,))
    assert amounts(b.subsidy(), funds=(fund, b.fund())) == []


def test_a_fund_of_a_scheme_pays_only_its_members_of_that_year() -> None:
    funds = (b.fund("trade", Nature.TRADE_DEVELOPMENT, pays=(CostLine.STAND,), scheme="zones"), b.fund())
    members = tuple(
        r.Membership(zone_id="east", scheme="zones", year=y, member=y == 2025, **b.SAMPLE) for y in (2024, 2025)
    )
    assert amounts(b.subsidy(), funds=funds) == []
    assert len(amounts(b.subsidy(), funds=funds, memberships=members)) == 3


def test_a_claim_leaves_its_fund_in_the_quarter_in_which_the_fair_ends() -> None:
    flows = pose(b.a_programme()).cashflows
    paid = flows[flows["table"] == "claims"]
    assert set(zip(paid["fund"], paid["line"], paid["quarter"], strict=True)) == {("trade", "stand", "2025Q1")}
