"""Duties without which nobody can go."""

from __future__ import annotations

from fairplanner.pose import pose
from fairplanner.rules.duties import Duties
from tests import builders as b
from tests.rules.plans import broken, place

RULE = Duties()
LATE = b.duty(days=-140, blocks=True)  # 29 October 2024; the programme is of 1 November


def test_a_place_is_kept_while_the_duty_can_still_be_done() -> None:
    programme = b.a_programme(duties=(b.duty(days=-130, blocks=True),))
    assert broken(RULE, programme, place("f1", "abroad-1-1")) == []


def test_a_place_is_broken_by_the_days_the_duty_is_late() -> None:
    assert broken(RULE, b.a_programme(duties=(LATE,)), place("f1", "abroad-1-1")) == [("f1/abroad-1-1/-@prov", 3)]


def test_a_duty_that_does_not_block_breaks_nothing() -> None:
    assert broken(RULE, b.a_programme(duties=(b.duty(days=-140),)), place("f1", "abroad-1-1")) == []


def test_what_is_blocked_is_not_posed_and_told_with_the_duty_and_its_day() -> None:
    problem = pose(b.a_programme(duties=(LATE,)))
    assert "abroad-1-1" not in set(problem.participations["phase"])
    told = [dict(x.facts) for x in problem.excluded if x.rule == "duties"]
    assert {(x["duty"], x["due"]) for x in told} == {("visa", "2024-10-29")}
    assert len(told) == 3
