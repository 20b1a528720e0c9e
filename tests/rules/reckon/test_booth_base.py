"""The booth-base procedure, worked by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.rules.reckon.booth_base import Applicant, Handed, Terms, hand_out


def asked(*rows: tuple[float, int], **changes: object) -> list[Applicant]:
    """Applicants a0, a1, ... of (score, booths wanted), already in the written order."""
    return [Applicant(f"a{i}", round(1000 * s), 1, n, **changes) for i, (s, n) in enumerate(rows)]  # type: ignore[arg-type]


def booths(handed: Handed) -> list[int]:
    return [x.booths for x in handed.allotments]


def test_the_worked_example_of_the_docstring() -> None:
    # five reach 70; (481 - 70 × 5) ÷ (12 - 5) = 18.714... a booth: 25 ÷ 18.7 = 1, 20 ÷ 18.7 = 1, then one each of the rest
    made = hand_out(asked((95, 5), (90, 5), (86, 3), (80, 5), (70, 5), (60, 2)), Terms(12, base=70_000))
    assert booths(made) == [3, 3, 2, 2, 2, 0]
    assert made.step == Fraction(131_000, 7)
    assert made.allotments[0].why == (("first", 1), ("formula", 1), ("rest", 1))
    assert [x.why for x in made.allotments][4:] == [(("first", 1), ("rest", 1)), (("base", 0),)]


def test_without_a_base_score_first_booths_go_down_the_order_and_the_last_served_is_the_base() -> None:
    made = hand_out(asked((95, 5), (90, 5), (86, 3), (80, 5)), Terms(3))
    assert (booths(made), made.base, made.step) == ([1, 1, 1, 0], 86_000, None)
    assert made.allotments[3].why == (("full", 0),)


def test_nobody_gets_more_than_it_wants_and_what_is_left_stays() -> None:
    assert booths(hand_out(asked((95, 1), (90, 2)), Terms(10))) == [1, 2]


def test_brand_booths_come_first_and_never_below_the_floor() -> None:
    brand = Applicant("b", 50_000, 1, 6, brand=True)
    made = hand_out([*asked((95, 2), (90, 2)), brand], Terms(6, floor=4))
    assert booths(made) == [1, 1, 4]
    assert made.allotments[2].why == (("brand", 4),)
    assert booths(hand_out([*asked((95, 2)), brand], Terms(3, floor=4))) == [2, 0]


def test_a_brand_that_wants_fewer_than_the_floor_stands_with_the_others() -> None:
    assert booths(hand_out([Applicant("b", 50_000, 1, 2, brand=True)], Terms(6, floor=4))) == [2]


def test_one_who_would_get_fewer_than_it_accepts_gets_none_and_makes_room() -> None:
    made = hand_out(
        [Applicant("a", 90_000, 1, 1), Applicant("b", 80_000, 3, 3), Applicant("c", 70_000, 1, 1)], Terms(3)
    )
    assert booths(made) == [1, 0, 1]
    assert made.allotments[1].why == (("least", 0),)


@pytest.mark.parametrize(("above", "admitted"), [(3, 0), (4, 1), (7, 1), (8, 2)])
def test_firms_under_the_threshold_are_at_most_a_fifth_of_those_served(above: int, admitted: int) -> None:
    low = [Applicant(f"low{i}", 99_000 - i, 1, 1, below=True) for i in range(3)]
    made = hand_out([*low, *asked(*[(80, 1)] * above)], Terms(20, most_below=(1, 5)))
    assert sum(x.booths for x in made.allotments[:3]) == admitted
    assert {x.why for x in made.allotments[admitted:3]} == {(("share", 0),)}


def test_without_a_share_firms_under_the_threshold_get_none() -> None:
    made = hand_out([Applicant("low", 99_000, 1, 1, below=True), *asked((80, 1))], Terms(5))
    assert [(x.booths, x.why) for x in made.allotments] == [(0, (("threshold", 0),)), (1, (("first", 1),))]


def test_those_served_already_only_share_what_is_left_in_a_second_round() -> None:
    made = hand_out(asked((95, 3), (90, 1), (80, 2)), Terms(2), have={"a0": 1, "a1": 1}, number=2)
    assert [(x.application_id, x.booths, x.round) for x in made.allotments] == [("a0", 2, 2), ("a2", 1, 2)]


people = st.builds(
    lambda s, least, more, brand, below: (s, least, least + more, brand, below),
    st.integers(0, 100_000), st.integers(1, 3), st.integers(0, 4), st.booleans(), st.booleans(),
)  # fmt: skip


@given(
    st.lists(people, max_size=9), st.integers(0, 25), st.none() | st.integers(0, 100_000), st.integers(1, 4),
    st.none() | st.just((1, 5)),
)  # fmt: skip
def test_what_is_handed_out_is_within_bounds_and_in_order(
    rows: list[tuple[int, int, int, bool, bool]],
    total: int,
    base: int | None,
    floor: int,
    share: tuple[int, int] | None,
) -> None:
    everyone = [Applicant(f"a{i}", *row) for i, row in enumerate(sorted(rows, key=lambda r: -r[0]))]
    made = {x.application_id: x.booths for x in hand_out(everyone, Terms(total, base, floor, share)).allotments}
    assert set(made) == {a.application_id for a in everyone}
    assert sum(made.values()) <= total
    for a in everyone:
        assert made[a.application_id] == 0 or a.least <= made[a.application_id] <= a.wanted
    plain = [a for a in everyone if not a.brand and not a.below and a.least == 1]
    for ahead, behind in pairwise(plain):
        assert made[ahead.application_id] >= min(made[behind.application_id], ahead.wanted)
