from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import CostLine, Nature, Where
from fairplanner.domain.money import PlainSubsidy
from fairplanner.domain.packs import FirmTest, Limit, Subsidy
from fairplanner.pose import pose
from fairplanner.rules.tables import Problem
from tests import builders as b


def claims(subsidy: PlainSubsidy, **changes: object) -> pd.DataFrame:
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


def amounts(subsidy: PlainSubsidy, **changes: object) -> list[int]:
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


def posed(*subsidies: Subsidy, limits: tuple[Limit, ...] = (), **changes: object) -> Problem:
    """The problem of one firm with two booths abroad, and one at home, under these subsidies of a pack."""
    asked = (b.application("f1", "abroad-1-1", booths=2, least_booths=2), b.application("f1", "expo-1-1"))
    alone = {"applications": asked, "choices": (b.choice("abroad", least_firms=0),)}
    return pose(b.packed(b.pack(*subsidies, limits=limits), **(alone | changes)))


def given(problem: Problem) -> dict[str, int]:
    """Amounts in yuan by claim id, those of the firm's own zone as sponsor."""
    rows = problem.claims[~problem.claims["claim"].str.contains("@prov")]
    return dict(zip(rows["claim"], rows["amount"] // 100, strict=True))


ABROAD, HOME = "f1/abroad-1-1/-@east#2", "f1/expo-1-1/-@east#1"


def test_turns_and_levels_are_claims_of_their_own() -> None:
    turns = b.pack_subsidy("turns", turns=(Decimal("0.8"), Decimal("0.5")))
    menu = b.pack_subsidy("menu", menu=(Decimal("0.3"), Decimal("0.6")), where=Where.HOME)
    assert given(posed(turns, menu)) == {
        f"{ABROAD}$pk.turns@1": 32_000, f"{HOME}$pk.turns@1": 8_000, f"{HOME}$pk.turns@2": 5_000,
        f"{HOME}$pk.menu%1": 3_000, f"{HOME}$pk.menu%2": 6_000,
    }  # fmt: skip


def test_turns_of_the_ledger_count_first_and_used_up_ones_leave_no_claim() -> None:
    turns = b.pack_subsidy("turns", turns=(Decimal("0.8"), Decimal("0.5")), most_turns=2)
    once, again = (b.ledger_row(on=date(2024, m, 20), subsidy_id="pk.turns") for m in (3, 9))
    assert given(posed(turns, ledger=(once,))) == {f"{ABROAD}$pk.turns@2": 20_000, f"{HOME}$pk.turns@2": 5_000}
    assert given(posed(turns, ledger=(once, again))) == {}


def test_a_subsidy_on_journeys_pays_each_phase_its_share() -> None:
    problem = posed(b.pack_subsidy("people", lines=(CostLine.LODGING,), rate=Decimal(1)))
    rows = problem.claims.merge(problem.journeys, left_on="journey", right_index=True)
    assert len(rows) == len(problem.visits)
    assert set(rows["participation"]) == {-1}
    assert list(rows["amount"]) == list(rows["lodging"] // rows["phases"])
    assert set(rows["claim"]) == set(rows["journey_y"] + "/" + rows["phase"] + "$pk.people")


def test_what_a_firm_could_have_done_is_told_once_a_firm_and_reason() -> None:
    early = b.pack_subsidy("early", lead_days=400)
    small = b.pack_subsidy("small", of=FirmTest(most_staff=300))
    free = b.pack_subsidy("free", not_committed=True)
    signed = tuple(b.application("f1", q, committed=date(2024, 9, 1)) for q in ("abroad-1-1", "expo-1-1"))
    told = [e for e in posed(early, small, free, applications=signed).excluded if e.rule == "claims"]
    assert [(e.firm_id, e.phase_id, e.count, dict(e.facts)["subsidy"], dict(e.facts)["reason"]) for e in told] == [
        ("f1", "abroad-1-1", 2, "pk.free", "committed"),
        ("f1", "abroad-1-1", 2, "pk.early", "lead-time"),
        ("f1", "abroad-1-1", 2, "pk.small", "staff"),
    ]
    assert len(posed(early, small, free, applications=signed).claims) == 0


def test_what_a_firm_can_do_nothing_about_is_not_told() -> None:
    big = b.firm("f1", sme=False, staff=900)
    problem = posed(b.pack_subsidy(of=FirmTest(sme_only=True, most_staff=300)), firms=(big,))
    assert len(problem.claims) == 0
    assert not [e for e in problem.excluded if e.rule == "claims"]


def test_claims_rounded_over_the_year_are_booked_after_its_end() -> None:
    problem = posed(b.pack_subsidy(round_at="year", round_to=Decimal(100), paid_after_days=10))
    assert set(problem.cashflows[problem.cashflows["table"] != "delegations"]["quarter"]) == {"2026Q1"}
    later = posed(b.pack_subsidy(paid_after_days=20), applications=(b.application("f1", "abroad-1-1"),))
    assert set(later.cashflows[later.cashflows["table"] == "claims"]["quarter"]) == {"2025Q2"}


def test_a_claim_leaves_its_fund_in_the_quarter_in_which_the_fair_ends() -> None:
    flows = pose(b.a_programme()).cashflows
    paid = flows[flows["table"] == "claims"]
    assert set(zip(paid["fund"], paid["line"], paid["quarter"], strict=True)) == {("trade", "stand", "2025Q1")}
