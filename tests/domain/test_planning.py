"""Amounts of programme currency are whole fen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import builders as b


@pytest.mark.parametrize(
    ("given", "kept"), [("3333.333", "3333.33"), ("9999.995", "10000.00"), ("0.30000000000000004", "0.30")]
)
def test_amounts_are_kept_to_the_fen(given: str, kept: str) -> None:
    assert b.subsidy(cap_booth=Decimal(given)).cap_booth == Decimal(kept)
    assert b.firm(own_money=Decimal(given)).own_money == Decimal(kept)
    assert b.fund().model_validate(b.fund().model_dump() | {"amount": given}).amount == Decimal(kept)


def test_no_limit_stays_no_limit() -> None:
    assert b.subsidy(cap_year=None).cap_year is None
    assert b.firm().own_money is None
