"""Collisions planted among a thousand firms at 120 fairs are found in seconds, and repaired by changes that hold for all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from time import process_time

import pytest

from fairplanner.explain.assuming import assumed
from fairplanner.explain.conflicts.diagnosing import Diagnosis, diagnose
from tests.explain.independent import can_be, given_up
from tests.explain.planted_large import LARGE, Planted, base

SECONDS = 30
"""Longest an answer may take, in time of the processor."""
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("planted-large")]


@cache
def told(name: str) -> tuple[Planted, Diagnosis, float]:
    planted = LARGE[name]()
    started = process_time()
    found = diagnose(planted.programme)
    return planted, found, process_time() - started


def test_before_anything_is_planted_there_is_a_plan() -> None:
    assert can_be(base()[0])


@pytest.mark.parametrize("name", LARGE)
def test_what_is_planted_is_found_with_its_amounts_and_nothing_else(name: str) -> None:
    planted, found, _ = told(name)
    assert found.status == "impossible"
    got = [{(b.rule, b.label): b.amount for b in conflict.members} for conflict in found.conflicts]
    assert sorted(sorted(one.items()) for one in got) == sorted(sorted(one.items()) for one in planted.conflicts)
    assert all(conflict.is_smallest for conflict in found.conflicts)


@pytest.mark.parametrize("name", LARGE)
def test_the_answer_comes_in_time(name: str, record_property: Callable[[str, object], None]) -> None:
    _, _, seconds = told(name)
    record_property("seconds", round(seconds, 1))
    assert seconds < SECONDS


@pytest.mark.parametrize("name", LARGE)
def test_what_is_planted_leaves_no_plan_and_without_any_one_of_it_there_is_one(name: str) -> None:
    """Of the whole programme, by the judge that shares nothing with what it judges."""
    planted, _, _ = told(name)
    assert not can_be(planted.programme)
    for number, members in enumerate(planted.conflicts):
        programme = planted.programme
        for other, its in enumerate(planted.conflicts):
            if other != number:
                programme = given_up(programme, *next(iter(its)))
        for limit in members:
            assert can_be(given_up(programme, *limit)), limit


@pytest.mark.parametrize("name", LARGE)
def test_the_repairs_together_restore_a_plan_of_the_whole_programme(name: str) -> None:
    planted, found, _ = told(name)
    assert all(found.repairs.of)
    assert can_be(assumed(planted.programme, found.repairs.together))
    limits = {limit for members in planted.conflicts for limit in members}
    assert {(r.rule, r.label) for own in found.repairs.of for r in own} == limits
