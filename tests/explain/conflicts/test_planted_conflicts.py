"""Each planted collision is found, named, smallest, and each repair of it restores a plan of the assumed programme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from time import process_time

import pytest

from fairplanner.domain.assuming import Assumption
from fairplanner.explain.assuming import assumed
from fairplanner.explain.conflicts.diagnosing import Diagnosis, diagnose
from fairplanner.solver import Conflict
from tests.explain.independent import Name, can_be, given_up
from tests.explain.planted_conflicts import COLLISIONS, Collision

SECONDS = 30
"""Longest an answer may take, in time of the processor."""
FAST = ("leaders and, apart from them, must and must not", "two pins and a permit for three people")
"""Looked at in every run: two conflicts at once, and amounts that rounding could hide."""
EVERY = [pytest.param(c, id=c.name, marks=() if c.name in FAST else pytest.mark.slow) for c in COLLISIONS]
SLOW = [pytest.param(c, id=c.name, marks=pytest.mark.slow) for c in COLLISIONS]
BY_NAME = {c.name: c for c in COLLISIONS}


@cache
def told(name: str) -> tuple[Diagnosis, float]:
    """What is said of a case, and how long that took."""
    started = process_time()
    return diagnose(BY_NAME[name].made()), process_time() - started


def members(conflict: Conflict) -> dict[Name, int]:
    return {(b.rule, b.label): b.amount for b in conflict.members}


def named(found: Diagnosis) -> set[Name]:
    """Everything that a diagnosis names: members of conflicts and of what arithmetic shows, reasons, and what gives way."""
    names = {name for conflict in found.conflicts for name in members(conflict)}
    names |= {(b.rule, b.label) for check in found.prechecks for b in check.members}
    names |= {(e.rule, dict(e.facts).get("quota", "")) for check in found.prechecks for e in check.reasons}
    return names | {(r.rule, r.label) for own in found.repairs.of for r in own}


def repairs(found: Diagnosis) -> Iterator[tuple[Assumption, ...]]:
    for own in found.repairs.of:
        yield from ((*r.assumptions, *r.beside) for r in own)
    yield found.repairs.together


@pytest.mark.parametrize("case", EVERY)
def test_every_independent_conflict_is_found_and_is_the_planted_one(case: Collision) -> None:
    found, seconds = told(case.name)
    assert found.status == "impossible"
    got, planted = [members(c) for c in found.conflicts], list(case.conflicts)
    if case.because:
        # what was never offered cannot collide: then the decision or the floor stands alone, with the reason
        assert [set(one) <= set(whole) for one, whole in zip(got, planted, strict=True)] == [True]
        assert set(case.because) <= {rule for rule, _ in named(found)}
    else:
        assert sorted(map(sorted, got)) == sorted(map(sorted, planted))
    assert all(c.is_smallest for c in found.conflicts)
    assert seconds < SECONDS


@pytest.mark.parametrize("case", EVERY)
def test_each_member_is_told_with_the_least_amount_by_which_it_alone_must_give_way(case: Collision) -> None:
    found, _ = told(case.name)
    known = {name: amount for conflict in case.conflicts for name, amount in conflict.items() if amount is not None}
    assert all(known.get(name, amount) == amount for c in found.conflicts for name, amount in members(c).items())


@pytest.mark.parametrize("case", SLOW)
def test_without_any_one_member_the_rest_can_be_kept(case: Collision) -> None:
    found, _ = told(case.name)
    for number, conflict in enumerate(found.conflicts):
        programme = case.made()
        for other, its in enumerate(found.conflicts):
            if other != number:
                programme = given_up(programme, *next(iter(members(its))))
        assert not can_be(programme)
        for name in members(conflict):
            assert can_be(given_up(programme, *name)), name


@pytest.mark.parametrize("case", EVERY)
def test_every_repair_restores_a_plan_of_the_assumed_programme(case: Collision) -> None:
    found, _ = told(case.name)
    programme = case.made()
    assert all(found.repairs.of)
    assert found.repairs.together
    for assumptions in dict.fromkeys(repairs(found)) if case.name not in FAST else [found.repairs.together]:
        assert can_be(assumed(programme, assumptions)), assumptions


@pytest.mark.parametrize("case", SLOW)
def test_something_is_offered_for_every_limit_that_was_planted(case: Collision) -> None:
    """A planner may prefer to give up the decision, or the limit: each of them that stands in a cell is among the repairs."""
    found, _ = told(case.name)
    offered = {(r.rule, r.label) for own in found.repairs.of for r in own}
    assert case.members <= offered
