"""The solver sees what grants do to one another: the best plan is the best of all plans that `check` passes, and it changes
as it should when a cap, a turn or a rate changes. A solver that priced each claim by itself would fail here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain, combinations, product
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules import RULES, check
from fairplanner.rules.reckon.grants import settled
from fairplanner.rules.reckon.value import plan_value
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver import plan_of, solve
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import build
from fairplanner.solver.plans import Plans
from tests import builders as b
from tests.solver.heard import Heard

PHASES = ("expo-1-1", "expo-1-2", "expo-1-3")
MONTHS = {1: 3, 2: 6, 3: 9}


def one_firm(
    *subsidies: Any, limits: tuple[Any, ...] = (), firms: tuple[str, ...] = ("f1",), **tables: Any
) -> Programme:
    """One zone that sends, three fairs at home far apart, a stand of 10,000 each: small enough to try every plan."""
    own, there = tables.pop("own_money", None), tables.pop("there", PHASES)
    base: dict[str, Any] = {
        "zones": (b.zone("east", "prov", sends=False), b.zone("prov")),
        "firms": tuple(b.firm(f, own_money=own, group="g") for f in firms), "fairs": (b.fair("expo"),),
        "phases": tuple(b.phase("expo", n, start=date(2025, m, 10), end=date(2025, m, 12)) for n, m in MONTHS.items()),
        "applications": tuple(b.application(f, q, score=60.0) for f in firms for q in there),
        "prices": (b.price(),), "choices": (), "quotas": (), "targets": (), "stays": (), "fares": (b.m.Fare(
            from_place="hills", to_place="harbour", hours=2, return_fare=Decimal(0), **b.SAMPLE),),
    }  # fmt: skip
    return b.packed(b.pack(*subsidies, limits=limits), **(base | tables))


def subsets(items: Any) -> Iterator[tuple[Any, ...]]:
    every = list(items)
    return chain.from_iterable(combinations(every, n) for n in range(len(every) + 1))


def every_plan(problem: Problem) -> Iterator[Plan]:
    """Each choice of fairs and of at most one claim a place and subsidy, paid as the law pays."""
    places, claims = problem.participations, problem.claims
    for gone in subsets(places.index):
        chosen = places.loc[list(gone)]
        went = problem.visits.merge(chosen[["firm", "phase"]], on=["firm", "phase"])["journey"]
        hosts = problem.stops.merge(problem.delegations.reset_index(names="row"), on="trip")
        sent = hosts[hosts["phase"].isin(chosen["phase"])]["row"]
        own = claims[claims["participation"].isin(gone)].reset_index(names="row")
        options = [[None, *part["row"]] for _, part in own.groupby(["participation", "subsidy"])]
        for picked in product(*options):
            rows = {
                "participations": gone,
                "journeys": went,
                "delegations": sent,
                "claims": [c for c in picked if c is not None],
            }
            vectors = {name: np.zeros(len(problem.table(name)), np.int64) for name in DECIDED}
            for name, at in rows.items():
                vectors[name][np.asarray(list(at), np.int64)] = 1
            plan = plan_of(problem, vectors)
            paid = plan.model_copy(update={"claims": settled(problem.programme, plan.claims)})
            worth = plan_value(problem.programme, paid)
            yield paid.model_copy(update={"value": worth, "bound": worth})


def best(programme: Programme) -> Plan:
    """The solver's plan, which no other plan that passes `check` beats."""
    problem = pose(programme)
    solved = solve(problem, rules=RULES, gap=0, seconds=60)
    assert solved.status == "optimal"
    assert check(programme, solved.plan) == ()
    tried = sorted(every_plan(problem), key=lambda p: -p.value)
    assert solved.plan.value == solved.plan.bound == next(p.value for p in tried if check(programme, p) == ())
    return solved.plan


def gone(plan: Plan) -> list[str]:
    return [p.phase_id for p in plan.participations]


def paid(plan: Plan) -> dict[str, int]:
    return {c.phase_id: int(c.amount) for c in plan.claims}


HALF = b.pack_subsidy("half", rate="0.5")
TURNS = b.pack_subsidy("turned", turns=("0.8", "0.5", "0.1"))


def test_own_money_reaches_as_far_as_the_cap_lets_grants_reach() -> None:
    """Each stand is 10,000: half of it back, or 7,000 in all, decides between three fairs and two."""
    assert len(gone(best(one_firm(HALF, own_money=Decimal(15_000))))) == 3
    capped = best(one_firm(HALF, limits=(b.limit(7_000),), own_money=Decimal(15_000)))
    assert len(gone(capped)) == 2
    assert sum(paid(capped).values()) == 7_000
    raised = best(one_firm(HALF, limits=(b.limit(15_000),), own_money=Decimal(15_000)))
    assert len(gone(raised)) == 3


def test_two_firms_of_one_group_share_a_cap() -> None:
    told: dict[str, Any] = {"firms": ("f1", "f2"), "own_money": Decimal(5_000), "there": PHASES[:1]}
    assert len(gone(best(one_firm(HALF, limits=(b.limit(5_000),), **told)))) == 2
    assert len(gone(best(one_firm(HALF, limits=(b.limit(5_000, per="group"),), **told)))) == 1


def test_the_second_fair_is_paid_as_the_second() -> None:
    plan = best(one_firm(TURNS, own_money=Decimal(16_000)))
    assert paid(plan) == {"expo-1-1": 8_000, "expo-1-2": 5_000, "expo-1-3": 1_000}
    assert len(gone(best(one_firm(TURNS, own_money=Decimal(15_999))))) == 2


def test_a_past_visit_takes_the_first_turn() -> None:
    past = (b.ledger_row("f1", "expo", date(2024, 3, 12), 8_000, subsidy_id="pk.turned"),)
    plan = best(one_firm(TURNS, ledger=past, own_money=Decimal(14_000)))
    assert paid(plan) in ({"expo-1-1": 5_000, q: 1_000} for q in PHASES[1:])


DEARER = (b.price(), b.price(phase_id="expo-1-3", per_booth=20_000))


def test_a_firm_waives_a_small_grant_to_keep_the_turn_for_a_dearer_fair() -> None:
    assert paid(best(one_firm(TURNS, prices=DEARER))) == {"expo-1-1": 8_000, "expo-1-3": 10_000}


def test_the_payer_gives_the_best_turn_to_the_dearest_fair_where_the_law_lets_it() -> None:
    free = best(one_firm(TURNS.model_copy(update={"order": "best"}), prices=DEARER))
    assert sorted(paid(free).values()) == [1_000, 5_000, 16_000]
    assert paid(free)["expo-1-3"] == 16_000


@pytest.mark.slow
def test_rates_that_rise_with_the_turn_reward_going_more_often() -> None:
    rising = b.pack_subsidy("turned", turns=("0.1", "0.2", "0.9"))
    assert [len(gone(best(one_firm(rising, own_money=Decimal(own))))) for own in (18_000, 17_999, 16_999)] == [3, 2, 1]


@pytest.mark.parametrize(("least", "expected"), [(0, 9_000), (9_000, 9_000), (10_000, 0)])
def test_a_year_is_rounded_down_once(least: int, expected: int) -> None:
    yearly = b.pack_subsidy("yearly", rate="0.33", round_at="year", round_to=Decimal(1_000), least=Decimal(least))
    plan = best(one_firm(yearly))
    assert sum(c.amount for c in plan.claims) == expected


def test_a_cap_is_used_up_by_the_earlier_fair_not_by_the_dearer_one() -> None:
    plan = best(one_firm(HALF, limits=(b.limit(12_000),), prices=DEARER, there=PHASES[1:]))
    assert paid(plan) == {"expo-1-2": 5_000, "expo-1-3": 7_000}


@pytest.mark.slow
def test_what_a_fund_is_not_sure_to_pay_is_not_counted_on() -> None:
    def with_certainty(share: float, own: int) -> Programme:
        made = one_firm(HALF, own_money=Decimal(own))
        funds = tuple(f.model_copy(update={"certainty": share}) for f in made.funds)
        return Programme(**{name: getattr(made, name) for name in Programme.model_fields} | {"funds": funds})

    assert len(gone(best(with_certainty(0.8, 18_000)))) == 3
    assert len(gone(best(with_certainty(0.8, 17_999)))) == 2


def test_cuts_that_the_payer_need_not_make_are_not_made() -> None:
    free = b.pack_subsidy("free", rate="0.5", entitled="up-to")
    plan = solve(pose(one_firm(free, limits=(b.limit(7_777),))), rules=RULES, gap=0, seconds=60).plan
    assert sum(c.amount for c in plan.claims) == 7_777


@pytest.mark.parametrize("paid_to", ["one of them", "both"])
def test_the_plans_engine_finds_grants_that_may_be_cut_and_proves_no_bound_below_the_best(paid_to: str) -> None:
    meant = b.limit(7_000, firms={"sme_only": True})
    programme = one_firm(HALF, limits=(meant,), firms=("f1", "f2"), own_money=Decimal(15_000))
    firms = tuple(
        f.model_copy(update={"sme": paid_to == "both" or f.firm_id == "f1", "group": ""}) for f in programme.firms
    )
    changed = Programme(**({name: getattr(programme, name) for name in Programme.model_fields} | {"firms": firms}))
    problem = pose(changed)
    model = build(problem, RULES)
    exact = search(model, Effort(20, None, 0.0))
    assert exact.point is not None
    heard = Heard(model)
    made = Plans(model, perf_counter() + 600, 0.0, heard.learn, heard.best)
    made.run_counted(4, 8, None, None)
    assert heard.point is not None
    assert heard.bound is not None
    assert heard.bound >= model.value(exact.point) == model.value(heard.point) == exact.bound
    plan = plan_of(problem, model.vectors(heard.point))
    assert check(changed, plan) == ()
    cut = {c.firm_id for c in plan.claims if c.cut}
    assert cut == ({"f1", "f2"} if paid_to == "both" else {"f1"})
