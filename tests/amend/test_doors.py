"""Which doors have shut by a day: duties and milestones as everywhere, and what nobody knows stays unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.amend.doors import OF_FIRMS, OF_PARTIES, doors
from fairplanner.domain import reference as r
from fairplanner.domain.amending import DoorAt
from tests import builders as b

DUTIES = (
    b.duty("visa", -30, door="visa"),
    b.duty("ship", -20, door="freight", who="goods"),
    b.duty("list", -60, door="people", who="office", confidence="background"),
    b.duty("task", -45, door="people", who="officials"),
    b.duty("train", -7, who="officials"),
    b.duty("pay", -60),
    b.duty("report", 20, anchor="closes", who="office"),
)


def at(phase_id: str, on: date, who: Any = OF_FIRMS, **tables: Any) -> list[tuple[str, str, str]]:
    programme = b.a_programme(**({"duties": DUTIES} | tables))
    return [(x.door, x.state, x.source_id) for x in doors(programme, [phase_id], on, None, (), who)]


def test_named_doors_come_first_then_the_rest_shut_or_open_by_their_day() -> None:
    # opens on 18 March 2025: 60 days before is 17 January, 30 days 16 February (a Sunday: Friday 14), 20 days 26 February
    assert at("abroad-1-1", date(2025, 2, 15)) == [
        ("catalogue", "unknown", ""), ("fascia", "unknown", ""), ("visa", "shut", "visa"), ("people", "shut", "list"),
        ("freight", "open", "ship"), ("", "shut", "pay"),
    ]  # fmt: skip


@pytest.mark.parametrize(("on", "state"), [(date(2025, 2, 14), "open"), (date(2025, 2, 15), "shut")])
def test_a_door_shuts_after_the_last_working_day_at_or_before_the_day_it_is_due(on: date, state: str) -> None:
    assert ("visa", state, "visa") in at("abroad-1-1", on)


def test_of_an_official_party_only_its_own_duties_and_the_doors_of_travellers_are_told() -> None:
    assert at("abroad-1-1", date(2025, 1, 2), OF_PARTIES) == [
        ("visa", "unknown", ""), ("people", "open", "list"), ("people", "open", "task"), ("", "open", "train"),
    ]  # fmt: skip


def test_at_home_nobody_needs_a_visa_or_a_permit_and_the_rest_is_unknown() -> None:
    assert at("expo-1-1", date(2025, 1, 2)) == [
        ("catalogue", "unknown", ""), ("fascia", "unknown", ""), ("visa", "none", ""), ("people", "none", ""),
        ("freight", "unknown", ""),
    ]  # fmt: skip


def test_a_milestone_of_the_phase_shuts_its_door_on_the_day_stated() -> None:
    stated = r.Milestone(
        milestone_id="m1", what_zh="会刊截稿", what_en="catalogue closes", due=date(2025, 3, 1), phase_id="expo-1-1",
        door="catalogue", **b.SAMPLE,
    )  # fmt: skip
    for on, state in ((date(2025, 3, 1), "open"), (date(2025, 3, 2), "shut")):
        assert at("expo-1-1", on, milestones=(stated,))[0] == ("catalogue", state, "m1")


def test_a_time_allowed_that_is_background_says_so() -> None:
    programme = b.a_programme(duties=DUTIES)
    found = {x.source_id: x for x in doors(programme, ["abroad-1-1"], date(2025, 1, 2), None, (), OF_FIRMS)}
    assert isinstance(found["list"], DoorAt)
    assert (found["list"].unsure, found["visa"].unsure) == (True, False)
