from __future__ import annotations

from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.pose.exact import fen, scaled
from fairplanner.rules.reckon.money import to_fen

amounts = st.lists(st.decimals(0, 10**9, allow_nan=False, places=6), min_size=1, max_size=5)


@given(amounts, st.integers(1, 500))
def test_products_are_rounded_once_to_whole_fen_half_up(values: list[Decimal], times: int) -> None:
    whole, scale = scaled(values)
    assert list(fen(whole * times, scale)) == [to_fen(value * times) for value in values]


def test_amounts_too_large_for_63_bits_stay_exact() -> None:
    whole, scale = scaled([Decimal("123456789012.123456789")])
    assert fen(whole * 1_000, scale).tolist() == [12345678901212346]


def test_nothing_is_no_amount() -> None:
    whole, scale = scaled([])
    assert (whole.dtype, len(whole), scale) == (np.int64, 0, 1)
