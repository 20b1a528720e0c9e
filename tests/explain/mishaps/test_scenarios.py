"""Scenarios: understood from what is typed, and what they say of themselves."""

from __future__ import annotations

import pytest

from fairplanner.errors import CatalogueError
from fairplanner.explain.mishaps.scenarios import every_move, move_texts, phases_of, scenario_of, scenarios_of
from tests.explain.uncertain import uncertain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("expo-1-1:+2w", ("move:expo-1-1=+14d",)),
        ("expo-1-1:-10d", ("move:expo-1-1=-10d",)),
        ("expo-1-1:±2w", ("move:expo-1-1=-14d", "move:expo-1-1=+14d")),
        ("expo-1-1:+-3", ("move:expo-1-1=-3d", "move:expo-1-1=+3d")),
        ("expo-1-1：2周", ("move:expo-1-1=-14d", "move:expo-1-1=+14d")),
    ],
)
def test_a_move_is_read_in_either_direction_or_both(typed: str, meant: tuple[str, ...]) -> None:
    assert move_texts(typed) == meant


@pytest.mark.parametrize("typed", ["expo-1-1", "expo-1-1:soon", ":2w"])
def test_what_is_no_move_is_refused(typed: str) -> None:
    with pytest.raises(CatalogueError) as error:
        move_texts(typed)
    assert error.value.problems[0].file == "--move"


def test_every_fair_of_the_plan_moves_both_ways_in_order_of_dates() -> None:
    programme, plan = uncertain()
    phases = phases_of(programme, plan)
    assert list(phases) == sorted(phases, key=lambda q: programme.phase[q].start)  # type: ignore[arg-type, return-value]
    assert every_move(programme, plan, "1w")[:2] == (f"move:{phases[0]}=-7d", f"move:{phases[0]}=+7d")
    assert len(every_move(programme, plan, "±1w")) == 2 * len(phases)


def test_a_scenario_knows_which_fair_moves_and_by_how_much() -> None:
    programme, _ = uncertain()
    assert scenario_of(programme, ["move:tea-1-1=-3d"]).moved == ("tea-1-1", -3)
    assert scenario_of(programme, ["drop:tea-1-1"]).moved == ("tea-1-1", 0)
    both = scenario_of(programme, ["drop:tea-1-1", "move:expo-1-1=+1d"], "bad luck", 3)
    assert (both.name, both.weight, both.phases, both.moved) == ("bad luck", 3, ("expo-1-1", "tea-1-1"), None)
    money = scenario_of(programme, ["funds/travel.amount=1"])
    assert (money.only, money.moved) == (None, None)


def test_all_scenarios_that_cannot_be_understood_are_told_at_once() -> None:
    programme, _ = uncertain()
    with pytest.raises(CatalogueError) as error:
        scenarios_of(programme, [(["drop:nowhere"], "", 1), (["move:tea-1-1=soon"], "", 1), (["drop:tea-1-1"], "", 1)])
    assert len(error.value.problems) == 2
