"""What stands in a cell: whether the firm goes, and with how many booths."""

from __future__ import annotations

import pytest

from fairplanner.intake.hand_marks import Mark, mark_of


@pytest.mark.parametrize("cell", ["√", " ✓ ", "○", "〇", "是", "参加", "Yes", "going", True])
def test_a_tick_a_circle_or_a_word_sends_the_firm(cell: object) -> None:
    assert mark_of(cell) == Mark(True)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["×", "-", "—", "否", "不去", "0", 0, "No", False, "n/a"])
def test_a_cross_a_stroke_or_nought_does_not(cell: object) -> None:
    assert mark_of(cell).goes is False  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "booths"),
    [(2, 2), ("２", 2), ("3.0", 3), ("2个", 2), ("2个标摊", 2), ("4 booths", 4), ("18㎡", 2), ("36 平方米", 4), ("√2", 2), ("√(2)", 2), ("标摊2个", 2), ("展位：3", 3),
     ("12.1K05", 1), ("A12、A13", 2), ("3.2C07-08/3.2C09", 2)],
)  # fmt: skip
def test_numbers_areas_and_the_booths_own_numbers_say_how_many(cell: object, booths: int) -> None:
    found = mark_of(cell)  # type: ignore[arg-type]
    assert (found.goes, found.booths) == (True, booths)


@pytest.mark.parametrize("cell", ["x", "X", "待定", "2.5", "20㎡", "问一下", "?"])
def test_what_may_mean_either_is_not_guessed(cell: object) -> None:
    assert mark_of(cell).goes is None  # type: ignore[arg-type]


def test_only_a_number_alone_may_be_a_mere_tick() -> None:
    assert [mark_of(cell).is_bare for cell in (1, "1", "1个", "√")] == [True, True, False, False]
