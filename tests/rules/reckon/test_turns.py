"""The how-manieth supported visit of a firm a claim is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.domain.packs import Subsidy
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.turns import past_turns, posed_turns, stored_turn, turn_numbers
from tests import builders as b

ALL = ("abroad-1-1", "expo-1-1", "expo-1-2")  # in March, April, and late April


def with_turns(
    ledger: tuple[Any, ...] = (), applications: tuple[Any, ...] = (), **changes: Any
) -> tuple[Programme, Subsidy]:
    pack = b.pack(b.pack_subsidy(**({"turns": ("0.6", "0.6", "0.5")} | changes)))
    programme = b.packed(pack, ledger=ledger, applications=applications)
    return programme, programme.subsidy["pk.stand"]


def paid(fair_id: str, on: date, **changes: Any) -> Any:
    return b.ledger_row("f1", fair_id, on, 100, **({"subsidy_id": "pk.stand"} | changes))


def test_turns_follow_the_dates_and_choosing_a_fair_moves_the_later_ones() -> None:
    programme, subsidy = with_turns()
    assert turn_numbers(programme, subsidy, "f1", ALL) == {"abroad-1-1": 1, "expo-1-1": 2, "expo-1-2": 3}
    assert turn_numbers(programme, subsidy, "f1", ("expo-1-2", "expo-1-1")) == {"expo-1-1": 1, "expo-1-2": 2}
    assert turn_numbers(programme, subsidy, "f1", ("expo-1-2", "expo-1-2")) == {"expo-1-2": 1}


def test_the_ledger_counts_first_one_visit_a_fair_and_day() -> None:
    rows = (
        paid("expo", date(2023, 4, 19)), paid("abroad", date(2024, 3, 20)),
        paid("expo", date(2024, 4, 19), subsidy_id=""), paid("expo", date(2024, 10, 19), subsidy_id="pk.other"),
        b.ledger_row("f2", "expo", date(2024, 4, 19), subsidy_id="pk.stand"),
    )  # fmt: skip
    programme, subsidy = with_turns(rows)
    assert past_turns(programme, subsidy, "f1", "expo-1-1") == 2
    assert turn_numbers(programme, subsidy, "f1", ("expo-1-1", "expo-1-2")) == {"expo-1-1": 3, "expo-1-2": 4}
    assert turn_numbers(programme, subsidy, "f2", ("expo-1-1",)) == {"expo-1-1": 2}


def test_a_visit_of_this_year_that_is_over_counts_only_for_what_follows() -> None:
    programme, subsidy = with_turns((paid("other", date(2025, 4, 1)),))
    assert turn_numbers(programme, subsidy, "f1", ALL) == {"abroad-1-1": 1, "expo-1-1": 3, "expo-1-2": 4}


def test_turns_of_the_same_fair_count_that_fair_only() -> None:
    rows = (paid("expo", date(2023, 4, 19)), paid("expo", date(2024, 4, 19)))
    programme, subsidy = with_turns(rows, turn_of="fair")
    assert turn_numbers(programme, subsidy, "f1", ALL) == {"abroad-1-1": 1, "expo-1-1": 3, "expo-1-2": 4}


def test_in_order_of_application_the_first_received_counts_and_the_unknown_are_last() -> None:
    days = {"abroad-1-1": None, "expo-1-1": date(2024, 12, 1), "expo-1-2": date(2024, 11, 1)}
    own = tuple(b.application("f1", q, received=day) for q, day in days.items())
    again = b.application("f1", "expo-1-1", section_id="expo-tea", received=date(2024, 10, 1))
    programme, subsidy = with_turns(applications=(*own, again), order="application")
    assert turn_numbers(programme, subsidy, "f1", ALL) == {"expo-1-1": 1, "expo-1-2": 2, "abroad-1-1": 3}


def test_a_claim_carries_the_last_step_for_itself_and_all_later_turns() -> None:
    _, subsidy = with_turns()
    assert [stored_turn(subsidy, n) for n in (1, 2, 3, 4, 9)] == [1, 2, 3, 3, 3]
    assert stored_turn(b.pack_subsidy(), 2) == 0


@pytest.mark.parametrize(
    ("changes", "past", "posed"),
    [
        ({}, 0, ((1,), (1, 2), (1, 2, 3))),
        ({}, 1, ((2,), (2, 3), (2, 3))),
        ({}, 5, ((3,), (3,), (3,))),
        ({"order": "best"}, 0, ((1, 2, 3), (1, 2, 3), (1, 2, 3))),
        ({"order": "best"}, 1, ((2, 3), (2, 3), (2, 3))),
        ({"most_turns": 2}, 0, ((1,), (1, 2), (1, 2))),
        ({"most_turns": 2}, 2, ((), (), ())),
        ({"turns": ()}, 3, ((0,), (0,), (0,))),
        ({"turns": (), "most_turns": 3}, 3, ((), (), ())),
        ({"turns": (), "most_turns": 4}, 3, ((0,), (0,), (0,))),
        ({"turn_of": "fair"}, 0, ((1,), (1,), (1, 2))),
    ],
)
def test_only_turns_that_can_come_are_posed(
    changes: dict[str, Any], past: int, posed: tuple[tuple[int, ...], ...]
) -> None:
    rows = tuple(paid("other", date(2020 + n // 12, n % 12 + 1, 1)) for n in range(past))
    programme, subsidy = with_turns(rows, **changes)
    assert tuple(posed_turns(programme, subsidy, "f1", q, ALL) for q in ALL) == posed


@given(
    chosen=st.sets(st.sampled_from(ALL), min_size=1), past=st.integers(0, 4), order=st.sampled_from(["event", "application"]),
    of=st.sampled_from(["programme", "fair"]), most=st.none() | st.integers(1, 6),
)  # fmt: skip
def test_whatever_is_chosen_its_turns_were_posed(
    chosen: set[str], past: int, order: str, of: str, most: int | None
) -> None:
    rows = tuple(paid("expo", date(2020 + n, 5, 1)) for n in range(past))
    own = tuple(b.application("f1", q, received=date(2024, 10, 9 - n)) for n, q in enumerate(ALL))
    programme, subsidy = with_turns(rows, own, order=order, turn_of=of, most_turns=most)
    numbers = turn_numbers(programme, subsidy, "f1", sorted(chosen))
    for phase_id, number in numbers.items():
        can_be = posed_turns(programme, subsidy, "f1", phase_id, ALL)
        assert (stored_turn(subsidy, number) in can_be) if most is None or number <= most else number > past
