from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from fairplanner.domain.kinds import CostLine
from fairplanner.pose.entitlements import entitlements
from fairplanner.pose.ground import ground_of
from tests import builders as b


def given(booths: int = 3, stand_cost: int = 30_000, phase: str = "abroad-1-1", **terms: Any) -> Decimal:
    """What a subsidy gives on a stand, in yuan; the rate is one half unless told otherwise."""
    row = {
        "firm": "f1",
        "phase": phase,
        "booths": booths,
        "stand_cost": 100 * stand_cost,
        "fitout": 66_667,
        "freight": 0,
        "fees": 0,
    }
    turn, level = terms.pop("turn", 0), terms.pop("level", 0)
    made = entitlements(ground_of(b.a_programme()), b.pack_subsidy(**terms), pd.DataFrame([row]), turn, level)
    return Decimal(int(made[0])) / 100


def test_booths_are_paid_one_by_one_the_last_in_part() -> None:
    assert given() == 15_000
    assert given(booth_shares=(Decimal(1), Decimal("0.5"))) == 10_000
    assert given(most_m2=15) == Decimal("8333.33")
    assert given(most_booths=2, booth_shares=(Decimal(1), Decimal("0.5"))) == 7_500
    assert given(fair_m2={"abroad": 9}) == 5_000


def test_shares_of_booths_do_not_touch_other_lines() -> None:
    lines = (CostLine.STAND, CostLine.FITOUT)
    assert given(lines=lines, rate=Decimal("0.125"), booth_shares=(Decimal("0.8"),)) == Decimal("3083.33")
    assert given(lines=lines, rate=Decimal("0.125"), booth_shares=(Decimal(0),)) == Decimal("83.33")


def test_the_least_cap_binds() -> None:
    assert given(cap_booth=Decimal(4_000)) == 12_000
    assert given(cap_by_booths=(Decimal(4_000), Decimal(1_000))) == 6_000
    assert given(cap_m2=Decimal(100)) == 2_700
    assert given(cap_phase=Decimal(9_999)) == 9_999
    assert given(cap_booth=Decimal(4_000), most_m2=15) == Decimal("6666.67")


def test_nothing_is_paid_below_what_is_least() -> None:
    assert given(least=Decimal(15_000)) == 15_000
    assert given(least=Decimal("15000.01")) == 0
    assert given(least_m2=28) == 0
    assert given(least_cost=Decimal("30000.01")) == 0


def test_amounts_are_rounded_down_by_line_or_in_sum() -> None:
    both = (CostLine.STAND, CostLine.FITOUT)
    assert given(lines=both) == Decimal("15333.34")
    assert given(lines=both, round_to=Decimal(1_000)) == 15_000
    assert given(lines=both, stand_cost=31_900, round_to=Decimal(1_000)) == 16_000
    assert given(lines=both, stand_cost=31_900, round_to=Decimal(1_000), round_at="line") == 15_000
    assert given(lines=both, round_to=Decimal(1_000), round_at="year") == Decimal("15333.34")


@pytest.mark.parametrize(("turn", "yuan"), [(1, 24_000), (2, 9_000), (5, 9_000)])
def test_the_last_turn_repeats(turn: int, yuan: int) -> None:
    assert given(turn=turn, turns=(Decimal("0.8"), Decimal("0.3"))) == yuan


def test_sums_too_large_for_63_bits_are_exact() -> None:
    rate = Decimal("0.123456789012345678")
    assert given(booths=1, stand_cost=90_000_000_001, rate=rate) == Decimal("11111111011.23")
