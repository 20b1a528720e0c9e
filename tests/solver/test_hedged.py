"""The hedged plan against every plan there is: decided now, lost later, best on weighted average."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
import pytest

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.explain.assuming import assumed, parsed_all
from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.rules.tables import DECIDED
from fairplanner.rules.views import hosted
from fairplanner.solver import solve
from fairplanner.solver.extract import plan_of
from fairplanner.solver.hedged import Hedged, Weighted, hedged
from fairplanner.solver.remains import GIVING, remains, stage_of
from tests import builders as b

SCENARIOS = ("drop:tea-1-1", "move:tea-1-1=-10d", "move:expo-1-1=+9d", "drop:expo-1-2 move:expo-1-1=-3d")


@cache
def two_firms(**settings: object) -> Programme:
    """Two firms of one team each; the second phase and the tea fair overlap, so each can have one of the two."""
    firms = ("f1", "f2")
    asked = [("f1", "expo-1-1", 60.0), ("f1", "expo-1-2", 70.0), ("f1", "tea-1-1", 72.0), ("f2", "expo-1-2", 66.0), ("f2", "tea-1-1", 67.0)]  # fmt: skip
    return b.a_programme(
        settings=b.settings(**settings),
        zones=(b.zone("east", "prov"), b.zone("prov", sends=False)), firms=tuple(b.firm(f) for f in firms), fairs=(b.fair("expo"), b.fair("tea")),
        phases=(
            b.phase("expo", 1), b.phase("expo", 2, start=date(2025, 4, 26), end=date(2025, 4, 29)),
            b.phase("tea", 1, start=date(2025, 4, 27), end=date(2025, 4, 30)),
        ),
        applications=tuple(b.application(f, q, score=score) for f, q, score in asked),
        posts=(), funds=(), subsidies=(), quotas=(), targets=(), choices=(b.choice("tea", least_firms=2),),
        prices=(b.price(), b.price("tea")),
    )  # fmt: skip


class Tried(NamedTuple):
    """A plan that passes every rule (of those that bind), where it goes, and its value in thousandths of a point."""

    plan: Plan
    places: frozenset[str]
    hosts: frozenset[tuple[str, str]]
    value: int


@cache
def every_plan(text: str = "") -> list[Tried]:
    """Each choice of places, journeys and delegations that `check` lets pass; in a scenario the rules about giving do not bind.

    Only choices in which whoever has a place travels there, with a delegation that goes there, and nobody else travels, are put
    to `check`.
    """
    programme = in_scenario(two_firms(), text)
    problem = pose(programme)
    assert len(problem.claims) == len(problem.cuts) == 0
    places, visits = problem.participations, problem.visits
    there = list(zip(places["firm"], places["phase"], strict=True))
    stops = hosted(problem)
    hosts_of = {d: set(zip(own["sponsor"], own["phase"], strict=True)) for d, own in stops.groupby("column")}
    ways: dict[frozenset[tuple[str, str]], list[tuple[int, ...]]] = {}
    for journeys in subsets(len(problem.journeys)):
        goes = visits[visits["journey"].isin(journeys)]
        met = list(zip(goes["firm"], goes["phase"], strict=True))
        if len(met) == len(set(met)):
            ways.setdefault(frozenset(met), []).append(journeys)
    found = []
    for given in subsets(len(places)):
        needed = {(places["sponsor"][n], places["phase"][n]) for n in given}
        sent = [
            some for some in subsets(len(problem.delegations)) if needed <= {host for d in some for host in hosts_of[d]}
        ]
        for journeys, parties in product(ways.get(frozenset(there[n] for n in given), []), sent):
            chosen = {"participations": given, "journeys": journeys, "delegations": parties}
            plan = plan_of(problem, {name: marks(len(problem.table(name)), chosen.get(name, ())) for name in DECIDED})
            if all(text and v.rule in GIVING for v in check(programme, plan)):
                ids = frozenset(p.participation_id for p in plan.participations)
                hosts = frozenset((d.sponsor, s.phase_id) for d in plan.delegations for s in d.stops)
                found.append(Tried(plan, ids, hosts, plan.value))
    return found


def subsets(count: int) -> list[tuple[int, ...]]:
    return [some for n in range(count + 1) for some in combinations(range(count), n)]


def marks(size: int, at: tuple[int, ...]) -> np.ndarray:
    made = np.zeros(size, np.int64)
    made[list(at)] = 1
    return made


def in_scenario(programme: Programme, text: str) -> Programme:
    return assumed(programme, parsed_all(programme, text.split()))


def left_of(one: Tried, later: list[Tried]) -> int:
    return max(x.value for x in later if x.places <= one.places and x.hosts <= one.hosts)


def made(programme: Programme, weights: dict[str, int], base: int) -> tuple[Hedged, Plan]:
    problem = pose(programme)
    start = solve(problem, gap=0, seconds=20).plan
    cases = [Weighted(pose(in_scenario(programme, text)), w) for text, w in weights.items()]
    return hedged(problem, cases, base, start, gap=0, seconds=20), start


@pytest.mark.parametrize(
    ("base", "weights"),
    [
        (6, {SCENARIOS[0]: 4}),
        pytest.param(1, {SCENARIOS[1]: 2, SCENARIOS[2]: 1}, marks=pytest.mark.slow),
        pytest.param(9, {SCENARIOS[0]: 1}, marks=pytest.mark.slow),
        pytest.param(0, {SCENARIOS[0]: 1, SCENARIOS[1]: 1, SCENARIOS[2]: 1, SCENARIOS[3]: 2}, marks=pytest.mark.slow),
    ],
)
def test_no_plan_is_better_on_average_than_the_hedged_one(base: int, weights: dict[str, int]) -> None:
    programme = two_firms()
    found, _ = made(programme, weights, base)
    first, total = every_plan(), base + sum(weights.values())
    later = {text: every_plan(text) for text in weights}
    sums = [base * x.value + sum(w * left_of(x, later[t]) for t, w in weights.items()) for x in first]
    assert found.whole
    assert found.mean == max(sums) // total
    mine = next(x for x in first if x.places == {p.participation_id for p in found.plan.participations} and x.value == found.plan.value)  # fmt: skip
    assert [x.value for x in found.left] == [left_of(mine, later[t]) for t in weights]


@pytest.mark.slow
def test_what_is_left_of_each_plan_is_what_no_other_way_of_giving_up_betters() -> None:
    programme = two_firms()
    for text in SCENARIOS:
        stage, later = stage_of(pose(in_scenario(programme, text))), every_plan(text)
        for one in every_plan():
            left = remains(stage, one.plan, near=0.0)
            assert left.value == left.bound == left_of(one, later), (text, sorted(one.places))
            assert set(left.participations) <= one.places
            assert set(left.hosts) <= one.hosts


def test_a_likely_cancellation_changes_the_plan_and_an_unlikely_one_does_not() -> None:
    programme = two_firms()
    calm, start = made(programme, {SCENARIOS[0]: 1}, 99)
    wary, _ = made(programme, {SCENARIOS[0]: 50}, 50)
    assert calm.plan.value == start.value
    assert {p.phase_id for p in start.participations} == {"expo-1-1", "tea-1-1"}
    assert {p.phase_id for p in wary.plan.participations} == {"expo-1-1", "expo-1-2"}
    assert wary.mean > wary.mean_before
    assert check(programme, wary.plan) == ()


def test_what_people_demand_and_a_scenario_makes_impossible_is_given_up_and_named() -> None:
    programme = two_firms().model_copy(update={"decisions": (b.decision(phase_id="tea-1-1", firm_id="f1"),)})
    start = solve(pose(programme), gap=0, seconds=20).plan
    moved = pose(in_scenario(programme, "move:tea-1-1=+300d"))
    left = remains(stage_of(moved), start, near=0.0)
    assert [(x.rule, x.label) for x in left.given_up] == [("decisions", "d1")]
    assert not any("tea-1-1" in p for p in left.participations)
    assert left.fined < left.value


def test_whoever_has_no_part_in_a_fair_that_moves_keeps_what_it_has() -> None:
    programme = two_firms()
    start = solve(pose(programme), gap=0, seconds=20).plan
    stage = stage_of(pose(in_scenario(programme, SCENARIOS[1])))
    near, far = remains(stage, start, phases=("tea-1-1",)), remains(stage, start, near=0.0)
    assert near.value <= far.value
    assert remains(stage_of(pose(programme)), start, phases=()).value == start.value


def test_a_programme_without_a_plan_has_no_hedged_one() -> None:
    programme = two_firms()
    start = solve(pose(programme), gap=0, seconds=20).plan
    pins = tuple(b.decision(f"d{n}", phase_id=q, firm_id="f1") for n, q in enumerate(("expo-1-2", "tea-1-1")))
    problem = pose(programme.model_copy(update={"decisions": pins}))
    with pytest.raises(NoPlan):
        hedged(problem, [Weighted(problem, 1)], 1, start, gap=0, seconds=10)
