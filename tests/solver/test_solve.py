"""Solving posed programmes end to end, under the real rules."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.errors import Blame, NoPlan, PlanBroken
from fairplanner.pose import pose
from fairplanner.rules import RULES, check
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver import Progress, plan_of, solve
from fairplanner.solver.blame import Case
from fairplanner.solver.conflicts import guilty
from fairplanner.solver.exact import Effort
from fairplanner.solver.model import build
from fairplanner.solver.solve import ENDING, LATE, _left, judge
from tests import builders as b
from tests.solver.small import TinyRule


def two_firms(**tables: Any) -> Programme:
    """One zone that sends, two firms, one fair at home: small enough to try every plan."""
    base: dict[str, Any] = {
        "zones": (b.zone("east", "prov", sends=False), b.zone("prov")),
        "firms": (b.firm("f1"), b.firm("f2")),
        "fairs": (b.fair("expo"),),
        "phases": (b.phase("expo", 1), b.phase("expo", 2, start=date(2025, 4, 25), end=date(2025, 4, 29))),
        "applications": (b.application("f1"), b.application("f2"), b.application("f1", "expo-1-2")),
        "prices": (b.price(),),
        "choices": (),
        "subsidies": (b.subsidy(where="everywhere"),),
    }
    return b.a_programme(**(base | tables))


def every_plan(problem: Problem) -> int:
    """The best value among all 0/1 vectors that no rule condemns, by `check` alone."""
    sizes = [len(problem.table(name)) for name in DECIDED]
    edges = np.cumsum([0, *sizes])
    best = -(10**12)
    for bits in product((0, 1), repeat=sum(sizes)):
        vectors = {name: np.array(bits[edges[k] : edges[k + 1]]) for k, name in enumerate(DECIDED)}
        plan = plan_of(problem, vectors)
        if plan.value > best and not tuple(check(problem.programme, plan)):
            best = plan.value
    return best


CASES: dict[str, dict[str, Any]] = {
    "nothing special": {},
    "one booth for two": {"quotas": (b.quota(booths=1),)},
    "one phase a firm": {"firms": (b.firm("f1", max_phases=1), b.firm("f2"))},
    "own money for one": {"firms": (b.firm("f1", own_money=21_500), b.firm("f2"))},
    "fund for one claim": {
        "funds": (b.fund("trade", b.Nature.TRADE_DEVELOPMENT, 5_000, pays=(b.CostLine.STAND,)), b.fund())
    },
    "a far target": {"targets": (b.target(at_least=9, points=200),)},
    "one must not": {"decisions": (b.decision(kind="must-not", firm_id="f2"),)},
}
QUICK = ("one booth for two", "fund for one claim", "a far target")
"""What one rule after another decides; the other cases with -m slow."""


@pytest.mark.parametrize("case", [c if c in QUICK else pytest.param(c, marks=pytest.mark.slow) for c in CASES])
def test_no_plan_that_passes_check_is_worth_more(case: str) -> None:
    problem = pose(two_firms(applications=(b.application("f1"), b.application("f2")), **CASES[case]))
    assert sum(len(problem.table(name)) for name in DECIDED) <= 11
    solved = solve(problem, rules=RULES, gap=0, seconds=60)
    assert solved.status == "optimal"
    assert solved.plan.value == solved.plan.bound == every_plan(problem)


@pytest.mark.slow
@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.integers(0, 3), st.sampled_from([None, 0, 1]), st.integers(0, 3), st.sampled_from([5_000, 20_000]))
def test_no_plan_that_passes_check_is_worth_more_whatever_the_limits(
    booths: int, most: int | None, wanted: int, amount: int
) -> None:
    money = b.fund("trade", b.Nature.TRADE_DEVELOPMENT, amount, pays=(b.CostLine.STAND,))
    problem = pose(
        two_firms(
            quotas=(b.quota(booths=booths),), firms=(b.firm("f1", max_phases=most), b.firm("f2")), funds=(b.fund(), money),
            targets=(b.target(at_least=wanted, counts="firms", points=30),),
            applications=(b.application("f1"), b.application("f2")),
        )
    )  # fmt: skip
    assert solve(problem, rules=RULES, gap=0, seconds=60).plan.value == every_plan(problem)


def test_the_smallest_programme_is_proven_best_and_its_posts_are_named() -> None:
    solved = solve(pose(b.a_programme()), rules=RULES, gap=0)
    assert (solved.status, solved.plan.gap, solved.plan.reproducible) == ("optimal", 0.0, True)
    abroad = [d for d in solved.plan.delegations if d.officials]
    assert [d.posts for d in abroad] == [("lead-1",)]
    assert solved.plan.targets[0].reached == 9
    assert {s.phase_id for d in solved.plan.delegations for s in d.stops} == {
        p.phase_id for p in solved.plan.participations
    }


def test_the_order_of_input_rows_changes_no_byte() -> None:
    programme = b.a_programme()
    turned = {
        name: tuple(reversed(getattr(programme, name)))
        for name in ("firms", "applications", "phases", "zones", "fairs", "funds")
    }
    plans = [
        solve(pose(p), rules=RULES).plan.model_dump_json() for p in (programme, b.a_programme(**turned), programme)
    ]
    assert plans[0] == plans[1] == plans[2]


def test_must_go_and_must_not_collide_by_name() -> None:
    pins = (b.decision("d1", firm_id="f1"), b.decision("d2", "must-not", firm_id="f1"), b.decision("d3", firm_id="f2"))
    with pytest.raises(NoPlan) as caught:
        solve(pose(b.a_programme(decisions=pins)), rules=RULES)
    assert caught.value.status == "infeasible"
    assert caught.value.guilty == (Blame("decisions", "d1", 1), Blame("decisions", "d2", 1))


def test_a_quota_too_small_for_the_decisions_is_named_with_what_is_missing() -> None:
    pins = tuple(b.decision(f"d{i}", firm_id=f"f{i}") for i in (1, 2, 3))
    with pytest.raises(NoPlan) as caught:
        solve(pose(b.a_programme(decisions=pins, quotas=(b.quota(booths=1),))), rules=RULES)
    rules = {blame.rule for blame in caught.value.guilty}
    assert rules == {"decisions", "booth-quota"}
    assert len([blame for blame in caught.value.guilty if blame.rule == "decisions"]) == 2
    assert all(blame.amount == 1 for blame in caught.value.guilty)


def test_a_decision_that_cannot_be_posed_is_joined_by_the_reason() -> None:
    programme = b.a_programme(decisions=(b.decision("d1", firm_id="f1"),), quotas=(b.quota(booths=0),))
    with pytest.raises(NoPlan) as caught:
        solve(pose(programme), rules=RULES)
    assert caught.value.guilty[0] == Blame("decisions", "d1", 1)
    assert {blame.rule for blame in caught.value.guilty[1:]} == {"booth-quota"}


def test_a_floor_out_of_reach_is_named_with_its_shortfall() -> None:
    programme = b.a_programme(targets=(b.target("floor", at_least=11, floor=True),))
    with pytest.raises(NoPlan) as caught:
        solve(pose(programme), rules=RULES)
    assert Blame("targets", "floor", 2) in caught.value.guilty


def test_progress_never_gets_worse() -> None:
    told: list[Progress] = []
    solved = solve(pose(b.a_programme()), rules=RULES, gap=0, progress=told.append)
    bounds = [p.bound for p in told if p.bound is not None]
    values = [p.value for p in told if p.value is not None]
    assert values[-1] == bounds[-1] == solved.plan.value
    assert min(bounds) == solved.plan.bound


def test_a_plan_whose_value_is_not_what_was_solved_for_is_ours_to_answer_for() -> None:
    problem = pose(b.a_programme())
    plan = solve(problem, rules=RULES).plan
    judge(problem, RULES, plan, plan.value)
    with pytest.raises(PlanBroken, match="by reckoning"):
        judge(problem, RULES, plan, plan.value + 1)
    with pytest.raises(PlanBroken, match="hosting"):
        judge(problem, RULES, plan.model_copy(update={"delegations": ()}), plan.value)


class Collected(TinyRule):
    """Says whether the collector of garbage goes through all rows again and again while it judges."""

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        if gc.isenabled():
            yield Violation(rule=self.key, label="collected", amount=1)


def test_the_collector_waits_while_a_plan_is_judged() -> None:
    problem = pose(b.a_programme())
    plan = solve(problem, rules=RULES).plan
    was = gc.isenabled()
    gc.enable()
    try:
        judge(problem, [Collected("collected", lambda _: ())], plan, plan.value)
        assert gc.isenabled()
    finally:
        (gc.enable if was else gc.disable)()


@pytest.mark.parametrize("reproducible", [True, False])
def test_when_time_is_short_the_best_plan_comes_with_its_proven_gap(reproducible: bool) -> None:
    firms = tuple(b.firm(f"f{i:02d}", "east" if i % 2 else "west", record=(i % 7) / 7) for i in range(40))
    asked = tuple(b.application(f.firm_id, q) for f in firms for q in ("abroad-1-1", "expo-1-1", "expo-1-2"))
    problem = pose(b.a_programme(firms=firms, applications=asked))
    solved = solve(problem, rules=RULES, seconds=1.5, gap=0, reproducible=reproducible, workers=2)
    assert solved.plan.bound >= solved.plan.value
    assert (solved.status == "optimal") == (solved.plan.bound == solved.plan.value)
    assert solved.plan.gap == pytest.approx((solved.plan.bound - solved.plan.value) / abs(solved.plan.value))


def test_where_no_question_is_answered_somebody_is_blamed_all_the_same() -> None:
    pins = (b.decision("d1", firm_id="f1"), b.decision("d2", "must-not", firm_id="f1"))
    problem = pose(b.a_programme(decisions=pins))
    model = build(problem, RULES)
    blamed = guilty(problem, model, Effort(seconds=1e-6, work=1e-9))
    assert blamed
    assert Case(problem, model, Effort(20, 5.0)).all_left() == [("decisions", "d1"), ("decisions", "d2")]


def test_what_is_missing_is_the_least_that_would_do() -> None:
    pins = tuple(b.decision(f"d{i}", firm_id=f"f{i}") for i in (1, 2, 3))
    asked = tuple(b.application(f"f{i}", booths=4, least_booths=3) for i in (1, 2, 3))
    programme = b.a_programme(decisions=pins, applications=asked, quotas=(b.quota(booths=4),), targets=())
    with pytest.raises(NoPlan) as caught:
        solve(pose(programme), rules=RULES)
    missing = {blame.rule: blame.amount for blame in caught.value.guilty}
    assert missing["booth-quota"] == 2, "two of them take six booths at least"


@pytest.mark.parametrize("seconds", [1.0, 60.0, 3_600.0])
def test_half_of_the_seconds_are_left_for_the_search_whatever_building_took(seconds: float) -> None:
    for share in (0.0, 0.05, 0.1, 0.2, 0.5, 1.0, 9.0):
        for gone in (share, share + 0.1):
            left = _left(seconds, share * seconds, gone * seconds)
            assert 0.5 * seconds <= left <= (1 - LATE) * seconds + 1e-9
            spent = gone * seconds + left + ENDING * share * seconds + LATE * seconds
            assert left == 0.5 * seconds or spent == pytest.approx(seconds), "what is not left is needed"


def test_of_a_minute_the_search_gets_what_building_and_ending_leave() -> None:
    assert _left(60.0, 2.0, 2.0) == pytest.approx(60 - 2 - 4 * 2 - 0.03 * 60)
    assert _left(60.0, 2.0, 12.0) == pytest.approx(60 - 12 - 4 * 2 - 0.03 * 60)
    assert _left(60.0, 12.0, 12.0) == 30.0
