"""Money as people see it: lines, traces, caps, funds and quarters add up and are the plan's own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.domain.kinds import CostLine
from fairplanner.domain.plan import Claim
from fairplanner.publish.money.money_view import PAYER, MoneyView, Visited, evenly, total
from tests import builders as b
from tests.programmes.packs_plan import packs_plan
from tests.publish import plans

D = Decimal


def view() -> MoneyView:
    return MoneyView(*packs_plan())


def visit(firm_id: str, phase_id: str = "t-sea-1") -> Visited:
    (found,) = [v for v in view().of_firm(firm_id) if v.phase_id == phase_id]
    return found


def test_a_visit_has_every_line_with_its_part_of_the_journey() -> None:
    costs = visit("f03").costs
    # two booths at 20,000, fit-out of its own, freight a firm; three people there and back, seven nights at 900
    assert costs == {
        CostLine.STAND: D(40_000), CostLine.FITOUT: D(20_000), CostLine.FREIGHT: D(3_000), CostLine.FEES: D(0),
        CostLine.FARE: D(9_441), CostLine.LODGING: D(18_900),
    }  # fmt: skip
    assert visit("f03").cost == D(91_341)


def test_the_trace_names_base_rate_and_the_cap_that_bit() -> None:
    (stand,) = [c for c in visit("f02").claims if c.claim.subsidy_id == "sample-stand.stand"]
    assert stand.rate == D("0.7")
    assert stand.trace == (("base", D(20_000)), ("rate", D(14_000)), ("cap-booth", D(12_000)))
    assert stand.steps == (("cap-booth", D(12_000)),)
    assert stand.by == ()


def test_a_limit_over_several_claims_says_what_it_took() -> None:
    (stand,) = [c for c in visit("f03").claims if c.claim.subsidy_id == "sample-stand.stand"]
    assert (stand.claim.entitled, stand.claim.amount, stand.claim.cut) == (D(24_000), D(15_000), D(9_000))
    assert stand.by == ("sample-stand.year",)


def test_what_a_payer_decides_within_is_marked_up_to_and_its_cut_is_the_payers() -> None:
    (people,) = [c for c in visit("f02").claims if c.claim.subsidy_id == "sample-travel.people"]
    assert people.up_to
    assert people.trace[-1] == ("cap-person", D(1_420))
    programme, plan = packs_plan()
    less = tuple(
        c.model_copy(update={"amount": D(1_000)}) if c.claim_id == people.claim.claim_id else c for c in plan.claims
    )
    (cut,) = [
        c
        for c in MoneyView(programme, plan.model_copy(update={"claims": less})).claims
        if c.claim.claim_id == people.claim.claim_id
    ]
    assert cut.by == (PAYER,)


def test_visits_firms_funds_and_quarters_add_up_to_the_plan() -> None:
    _, plan = packs_plan()
    seen = view()
    assert total(v.cost for v in seen.visits) == sum((p.cost for p in plan.participations), D(0)) + sum(
        (j.fare + j.lodging for j in plan.journeys), D(0)
    )
    assert total(v.paid for v in seen.visits) == sum((c.amount for c in plan.claims), D(0))
    assert all(v.cost - v.paid == v.net and v.entitled - v.cut == v.paid for v in seen.visits)
    public = sum((d.total for d in plan.delegations), D(0))
    drawn = total(f.planned for f in seen.funds)
    assert drawn == total(amount for _, amount in seen.by_quarter) == total(v.paid for v in seen.visits) + public


def test_a_fund_in_parts_carries_over_and_keeps_its_reserve() -> None:
    trade = next(f for f in view().funds if f.fund.fund_id == "trade")
    assert (trade.whole, trade.spendable) == (D(80_000), D(72_000))
    assert [q.quarter for q in trade.quarters] == ["2025Q2", "2025Q3"]
    second, third = trade.quarters
    # nine tenths of each instalment may be used
    assert (second.carried, second.came_in, third.carried, third.came_in) == (D(0), D(45_000), second.left, D(27_000))
    assert second.left == D(45_000) - second.planned >= 0
    assert third.left == trade.left == D(72_000) - trade.planned


def test_a_fund_in_another_currency_is_told_at_its_dated_rate() -> None:
    city = next(f for f in view().funds if f.fund.fund_id == "city")
    assert city.whole == D("14200.00")
    assert city.rate is not None
    assert (city.rate.rate, str(city.rate.on)) == (D("7.1"), "2024-10-31")
    assert next(f for f in view().funds if f.fund.fund_id == "trade").rate is None


def test_awards_and_portions_are_those_of_the_reckoning() -> None:
    east, west = view().awards
    assert (east.advance, east.rest, east.reachable, east.met) == (D(80_000), D(20_000), True, True)
    assert (west.reachable, west.met) == (False, False)
    assert [(p.zone_id, p.entitled, p.short) for p in view().portions] == [("te", 3, 0), ("tw", 3, 0)]
    assert MoneyView(plans.programme(), plans.plan()).portions == ()


@pytest.mark.parametrize(("amount", "parts"), [("100.00", 3), ("0.01", 2), ("0.00", 3), ("7.00", 1)])
def test_even_parts_are_whole_fen_and_add_up(amount: str, parts: int) -> None:
    made = evenly(D(amount), parts)
    assert total(made) == D(amount)
    assert max(made) - min(made) <= D("0.01")
    assert list(made) == sorted(made, reverse=True)


def test_a_claim_of_a_subsidy_no_longer_in_force_is_shown_without_a_trace() -> None:
    old = Claim(
        claim_id="x", subsidy_id="gone", participation_id="f1/abroad-1-1/-/prov", firm_id="f1", phase_id="abroad-1-1",
        fund_id="trade", entitled=D(5), amount=D(5),
    )  # fmt: skip
    (seen,) = MoneyView(plans.programme(subsidies=()), plans.plan(claims=(old,))).claims
    assert (seen.trace, seen.by) == ((), ())


def test_a_journey_through_two_phases_is_shared_by_them() -> None:
    places = (plans.place("f1"), plans.place("f1", "expo-1-2"))
    two = plans.journey("f1", ("expo-1-1", "expo-1-2"), fare=D("1000.01"), lodging=D("500.00"))
    seen = MoneyView(b.a_programme(), plans.plan(participations=places, journeys=(two,), claims=(), delegations=()))
    fares = [v.costs[CostLine.FARE] for v in seen.visits]
    assert fares == [D("500.01"), D("500.00")]
