"""What rounding takes off a limit is not asked for once more."""

from __future__ import annotations

from fairplanner.pose import pose
from fairplanner.solver import least_breach
from fairplanner.solver.rounded import taken_off
from tests.explain.planted_conflicts import pin_beyond_own_money, pins_beyond_permit, two_pins_one_booth


def test_a_permit_for_three_people_must_give_way_by_one_for_a_second_party_of_two() -> None:
    problem = pose(pins_beyond_permit())
    assert taken_off(problem, "approvals", "a1 · abroad-1-1") == 1
    assert least_breach(problem, "approvals", "a1 · abroad-1-1") == 1


def test_nothing_is_taken_off_where_ones_are_counted_or_nobody_wrote_the_row() -> None:
    problem = pose(two_pins_one_booth())
    assert taken_off(problem, "booth-quota", "expo-1-1 · * · prov · booths") == 0
    assert taken_off(problem, "no-rule", "x") == 0


def test_own_money_is_told_to_the_fen() -> None:
    assert least_breach(pose(pin_beyond_own_money()), "own-money", "f1") == 558_800
