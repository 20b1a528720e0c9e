"""Targets and floors."""

from __future__ import annotations

from fairplanner.domain.plan import Reached
from fairplanner.rules.targets import Targets
from tests import builders as b
from tests.rules.plans import broken, place

RULE = Targets()


def test_a_target_that_is_missed_breaks_nothing() -> None:
    assert broken(RULE, b.a_programme()) == []


def test_a_floor_that_is_missed_is_broken_by_what_is_missing() -> None:
    programme = b.a_programme(targets=(b.target(at_least=3, floor=True),))
    assert broken(RULE, programme, place("f1")) == [("t1", 2)]
    assert broken(RULE, programme, place("f1"), place("f2"), place("f3")) == []


def test_what_was_done_outside_the_plan_counts() -> None:
    programme = b.a_programme(targets=(b.target(at_least=3, floor=True, already=2),))
    assert broken(RULE, programme, place("f1")) == []


def test_a_plan_that_does_not_tell_the_truth_is_broken() -> None:
    told = (Reached(target_id="t1", reached=5, wanted=2),)
    assert broken(RULE, b.a_programme(), place("f1"), targets=told) == [("t1", 4)]
    assert broken(RULE, b.a_programme(), place("f1"), targets=()) == [("t1", 1)]
