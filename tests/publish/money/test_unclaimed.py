"""Why a visit goes without a subsidy: not eligible, no room, or weighed; only where the subsidy could fit at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fairplanner.domain.kinds import CostLine, Nature, Role, StandKind, Where
from fairplanner.domain.packs import Exclusion, FirmTest, GroupMinimum, Subsidy
from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.publish.money.unclaimed import Unclaimed, Unpaid
from tests import builders as b
from tests.programmes.packs_plan import packs_plan
from tests.publish import plans

D = Decimal


def claimed(subsidy_id: str = "pk.stand", amount: int = 5000, phase_id: str = "expo-1-1", firm_id: str = "f1") -> Claim:
    place = f"{firm_id}/{phase_id}/-/prov"
    return Claim(
        claim_id=f"{place}${subsidy_id}", subsidy_id=subsidy_id, participation_id=place, firm_id=firm_id, phase_id=phase_id,
        fund_id="trade", entitled=D(amount), amount=D(amount),
    )  # fmt: skip


def left_out(programme: Programme, *claims: Claim, phase_id: str = "expo-1-1") -> tuple[Unclaimed, ...]:
    """What f1 does not claim at a stand of 10,000; it and f2 are also at the other phases of the plan by hand."""
    return Unpaid(programme, plans.plan(claims=claims, delegations=())).of("f1", phase_id)


def one(*subsidies: Subsidy, claims: tuple[Claim, ...] = (), **parts: Any) -> Unclaimed:
    (found,) = left_out(b.packed(b.pack(*(subsidies or (b.pack_subsidy(),)), **parts)), *claims)
    return found


def poor(amount: int) -> Programme:
    whole = {"pays": tuple(CostLine), "period_from": date(2020, 1, 1), "period_to": date(2030, 12, 31)}
    fund = b.fund("trade", Nature.TRADE_DEVELOPMENT, amount, **whole)
    return b.packed(b.pack(b.pack_subsidy()), funds=(fund,))


@pytest.mark.parametrize(
    ("asks", "key", "limit", "value"),
    [
        ({"of": FirmTest(sectors=("wine",))}, "sector", "wine", "tea"),
        ({"of": FirmTest(most_staff=10)}, "staff", "/10", ""),
        ({"stands": (StandKind.RAW,)}, "stand", "raw", "standard"),
        ({"fairs": ("abroad",)}, "fair-list", "abroad", "expo"),
        ({"valid_to": date(2024, 12, 31)}, "validity", "/2024-12-31", "2025-04-19"),
    ],
)
def test_a_firm_that_is_not_eligible_is_told_the_first_reason_with_limit_and_value(
    asks: dict[str, Any], key: str, limit: str, value: str
) -> None:
    found = one(b.pack_subsidy(**asks))
    assert (found.key, found.could) == (key, None)
    facts = dict(found.facts)
    assert facts["limit"] == limit
    assert facts["value"] == value or key == "validity"


@pytest.mark.parametrize(
    "asks", [{"where": Where.ABROAD}, {"roles": (Role.BUY,)}, {"territories": ("SG",)}, {"market_class": "key"}]
)
def test_what_is_for_another_place_or_role_is_not_told(asks: dict[str, Any]) -> None:
    assert left_out(b.packed(b.pack(b.pack_subsidy(**asks)))) == ()


def test_what_is_claimed_is_not_told() -> None:
    assert left_out(b.packed(b.pack(b.pack_subsidy())), claimed()) == ()


def test_a_fund_with_too_little_is_named_with_what_it_has_left() -> None:
    (found,) = left_out(poor(4000))
    assert (found.key, found.could, dict(found.facts)) == ("fund", D(5000), {"fund": "trade", "left": "4000.00"})


def test_money_that_comes_later_is_told_with_the_quarter_that_is_short() -> None:
    programme, plan = packs_plan()
    stand = next(x for x in Unpaid(programme, plan).of("f01", "t-sea-1") if x.subsidy_id == "sample-stand.stand")
    assert (stand.key, stand.could) == ("fund-until", D(10_000))
    assert dict(stand.facts) == {"fund": "trade", "left": "4500.00", "until": "2025Q2"}


def test_where_there_is_room_the_plan_has_weighed_it() -> None:
    assert one() == Unclaimed("f1", "expo-1-1", "pk.stand", "value", (), D(5000))


def test_a_limit_over_several_claims_says_what_it_leaves() -> None:
    found = one(claims=(claimed(phase_id="abroad-1-1", amount=10_000),), limits=(b.limit(12_000),))
    assert (found.key, dict(found.facts)) == ("limit", {"limit": "pk.year", "left": "2000.00"})


def test_supported_visits_that_are_used_up_are_told() -> None:
    found = one(b.pack_subsidy(most_turns=1), claims=(claimed(phase_id="abroad-1-1"),))
    assert (found.key, found.facts) == ("claim-counts", (("limit", "pk.stand.turns"),))


def test_what_another_claim_excludes_is_told() -> None:
    two = b.pack_subsidy(), b.pack_subsidy("other")
    excluded = (Exclusion(limit_id="x", subsidies=("stand",), others=("pk.other",)),)
    found = one(*two, claims=(claimed("pk.other"),), exclusions=excluded)
    assert (found.key, found.facts) == ("claim-exclusion", (("limit", "pk.x"),))


def test_a_joint_stand_with_too_few_firms_is_told() -> None:
    found = one(groups=(GroupMinimum(limit_id="joint", least=9),))
    assert (found.key, found.facts) == ("claim-groups", (("limit", "pk.joint"),))


def test_all_subsidies_together_never_pay_more_than_it_costs() -> None:
    two = b.pack_subsidy(), b.pack_subsidy("other")
    found = one(*two, claims=(claimed("pk.other", 8000),))
    assert (found.key, dict(found.facts)) == ("cost", {"left": "2000.00"})


def test_without_cost_and_below_the_least_nothing_could_be_claimed() -> None:
    assert one(b.pack_subsidy(lines=("freight",))).key == "no-cost"
    assert one(b.pack_subsidy(least=9000)).key == "below-least"


def test_every_visit_of_a_solved_plan_has_each_subsidy_that_could_fit_claimed_or_explained() -> None:
    programme, plan = packs_plan()
    unpaid = Unpaid(programme, plan)
    for p in plan.participations:
        made = {c.subsidy_id for c in plan.claims if (c.firm_id, c.phase_id) == (p.firm_id, p.phase_id)}
        told = [x.subsidy_id for x in unpaid.of(p.firm_id, p.phase_id)]
        assert not made & set(told)
        assert len(told) == len(set(told))
        assert "sample-stand.fitout" in made | set(told)
