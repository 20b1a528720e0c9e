"""No fund pays more than it holds."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.rules.fund_budget import FundBudget
from tests import builders as b
from tests.rules.plans import broken, claim, delegation

RULE = FundBudget()


def test_spending_up_to_the_last_fen_is_kept() -> None:
    programme = b.a_programme(funds=(b.fund("trade", "trade-development", pays=("stand",)), b.fund(amount=9_000)))
    assert broken(RULE, programme, delegation()) == []


def test_what_is_over_is_told_in_fen() -> None:
    programme = b.a_programme(
        funds=(b.fund("trade", "trade-development", 9_999, pays=("stand",)), b.fund(amount=8_999))
    )
    dear = delegation(cost=(("fare", Decimal("9000.50")),))
    assert broken(RULE, programme, dear, claim(amount=10_000)) == [("trade", 100), ("travel", 150)]
