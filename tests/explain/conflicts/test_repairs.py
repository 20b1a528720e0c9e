"""Repairs: what is asked is enough and not more, several are joined where one does not do, and what costs least stands first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.programme import Programme
from fairplanner.explain.assuming import assumed
from fairplanner.explain.conflicts.diagnosing import diagnose
from fairplanner.explain.conflicts.proving import tried
from fairplanner.explain.conflicts.repairs import Repair, Repairs
from tests.builders import application, decision, fund, quota, subsidy, target
from tests.explain.independent import can_be
from tests.explain.planted import ABROAD, loose, of_firms
from tests.explain.planted_conflicts import COLLISIONS

CASES = {case.name: case for case in COLLISIONS}


def repairs_of(programme: Programme) -> Repairs:
    return diagnose(programme).repairs


def texts(repair: Repair) -> list[str]:
    return [str(a) for a in repair.assumptions]


def three_pins(booths: int) -> Programme:
    pins = tuple(decision(f"d{n}", firm_id=f"f{n}") for n in (1, 2, 3))
    return loose(quotas=(quota(booths=booths),), decisions=pins)


@pytest.mark.slow
def test_a_decision_that_does_not_do_alone_is_joined_by_another() -> None:
    (own,) = repairs_of(three_pins(1)).of
    assert texts(own[0]) == ["quotas/expo-1-1/-/prov.booths=3"]
    dropped = [r for r in own if r.rule == "decisions"]
    assert dropped
    assert {len(r.assumptions) for r in dropped} == {2}
    for repair in own:
        assert can_be(assumed(three_pins(1), repair.assumptions))
        assert not can_be(assumed(three_pins(1), repair.assumptions[:-1]))


def test_what_is_asked_for_is_no_more_than_it_takes() -> None:
    programme = CASES["a pin beyond the fund"].made()
    (own,) = repairs_of(programme).of
    more = next(r for r in own if r.rule == "fund-budget")
    assert texts(more) == ["funds/travel.amount=13134"]
    assert more.money == Decimal(1_134)
    one_fen_less = Assumption("funds", "travel", "amount", "13133.99")
    assert tried(programme, [one_fen_less]).plan is None


def test_a_cap_on_what_is_paid_back_is_named_and_can_be_raised() -> None:
    """The stand abroad costs 20,000 and is paid back half, but for the cap; the firm's own money does not reach for the rest."""
    programme = loose(
        firms=of_firms(f1={"own_money": Decimal(20_500)}), decisions=(decision("d1", firm_id="f1", phase_id=ABROAD),),
        subsidies=(subsidy(cap_year=Decimal(1_000)),), funds=loose().funds,
    )  # fmt: skip
    found = diagnose(programme)
    assert found.status == "impossible"
    assert {r.rule for own in found.repairs.of for r in own} >= {"decisions", "own-money"}
    for own in found.repairs.of:
        for repair in own:
            assert can_be(assumed(programme, repair.assumptions))


@pytest.mark.slow
def test_repairs_of_one_conflict_are_proven_beside_those_of_the_others() -> None:
    programme = CASES["a quota, a fund and a firm's own money"].made()
    found = repairs_of(programme)
    assert len(found.of) == 3
    assert can_be(assumed(programme, found.together))
    for own in found.of:
        assert not can_be(assumed(programme, own[0].assumptions))
        assert can_be(assumed(programme, (*own[0].assumptions, *own[0].beside)))


@pytest.mark.slow
def test_the_plan_worth_more_stands_first_and_money_weighs_as_in_the_plan() -> None:
    for case in ("two pins and one booth", "a pin beyond the fund", "two floors and a quota"):
        programme = CASES[case].made()
        weight = Decimal(str(programme.settings.value.cost_per_1000))
        for own in repairs_of(programme).of:
            ranks = [r.money * weight - r.plan_value for r in own]
            assert ranks == sorted(ranks)


@pytest.mark.slow
def test_a_floor_can_be_lowered_or_let_go() -> None:
    (own,) = repairs_of(
        loose(
            quotas=(quota(booths=2),),
            targets=(target("t1", 3, floor=True, fair_id="expo", counts="firms"),),
            applications=tuple(application(f) for f in ("f1", "f2", "f3")),
        )
    ).of
    assert {texts(r)[0] for r in own} == {
        "quotas/expo-1-1/-/prov.booths=3",
        "targets/t1.at_least=2",
        "targets/t1.floor=no",
    }


def test_money_of_a_fund_in_another_currency_is_asked_for_in_the_programmes() -> None:
    from datetime import date

    from fairplanner.domain.money import Rate
    from tests.builders import SAMPLE

    plain = CASES["a pin beyond the fund"].made()
    dollars = fund(amount=1_500, currency="USD")
    programme = plain.model_copy(
        update={
            "funds": tuple(dollars if f.fund_id == "travel" else f for f in plain.funds),
            "rates": (Rate(currency="USD", rate=Decimal(8), on=date(2024, 1, 1), **SAMPLE),),
        }
    )
    (own,) = repairs_of(programme).of
    more = next(r for r in own if r.rule == "fund-budget")
    assert texts(more) == ["funds/travel.amount=1641.75"]
    assert more.money == Decimal("1134.00")
