from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.domain.kinds import Status
from fairplanner.publish.dress import FEN, WAN, Dress, distribute
from fairplanner.words import words
from tests import builders as b

ZH, EN = Dress(words("zh")), Dress(words("en"))


def test_chinese_days_carry_their_weekday() -> None:
    assert ZH.day(date(2027, 4, 15)) == "2027年4月15日（周四）"


def test_english_spans_read_from_day_to_day() -> None:
    assert EN.span(date(2025, 4, 15), date(2025, 4, 19)).startswith("15–19 April 2025")


def test_a_projected_phase_says_so_and_an_undated_one_is_open() -> None:
    assert ZH.phase_days(b.phase(status=Status.PROJECTED)).endswith("（暂定，据往届推算）")
    assert "暂定" not in ZH.phase_days(b.phase(status=Status.HELD))
    assert ZH.phase_days(b.phase(start=None, end=None, status=Status.UNKNOWN)) == "待定"


def test_money_names_its_unit_in_the_words_of_the_language() -> None:
    assert ZH.money(Decimal("12345.5")) == "12,345.50 元"
    assert EN.money(Decimal("12345.5")) == "CNY 12,345.50"
    assert Dress(words("zh"), "USD").money(Decimal(3)) == "3.00 USD"


@given(st.lists(st.decimals(min_value=-(10**7), max_value=10**8, places=2), max_size=30))
def test_distributed_amounts_add_up_to_the_rounded_total_and_none_moves_by_a_whole_step(amounts: list[Decimal]) -> None:
    rounded = distribute(amounts)
    exact = sum(amounts, Decimal(0)) / WAN
    assert abs(sum(rounded, Decimal(0)) - exact) <= FEN / 2
    assert all(abs(r - a / WAN) < FEN for r, a in zip(rounded, amounts, strict=True))


@pytest.mark.parametrize(("amounts", "shown"), [(["3333", "3333", "3334"], ["0.33", "0.33", "0.34"]), ([], [])])
def test_the_largest_remainder_gets_the_missing_step(amounts: list[str], shown: list[str]) -> None:
    assert [str(x) for x in distribute([Decimal(a) for a in amounts])] == shown
