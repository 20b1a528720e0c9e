"""Rounding over the year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.rules.claim_rounding import ClaimRounding
from tests import builders as b
from tests.rules.plans import broken, claim

RULE = ClaimRounding()
NAME = "pk.stand · f1 · *"


def rounded(least: int = 0, most: int = 100_000, **changes: Any) -> Programme:
    subsidy = b.pack_subsidy(round_at="year", round_to=Decimal(1_000), least=Decimal(least), **changes)
    return b.packed(b.pack(subsidy, limits=(b.limit(most),)))


def year(*paid: tuple[int, int]) -> list[Claim]:
    """Claims at two phases: (entitled, paid)."""
    return [
        claim("f1", phase, amount, entitled=Decimal(of), subsidy_id="pk.stand")
        for phase, (of, amount) in zip(("abroad-1-1", "expo-1-1"), paid, strict=False)
    ]


def test_the_sum_is_paid_down_to_a_multiple() -> None:
    assert broken(RULE, rounded(), *year((4_700, 4_700), (4_900, 4_300))) == []


def test_what_is_no_multiple_is_broken_by_the_rest() -> None:
    assert broken(RULE, rounded(), *year((4_700, 4_700), (4_900, 4_301))) == [(NAME, 100)]


def test_one_multiple_less_than_could_be_paid_is_broken() -> None:
    assert broken(RULE, rounded(), *year((4_700, 4_700), (4_900, 3_300))) == [(NAME, 60_001)]


def test_a_limit_that_leaves_less_than_a_multiple_explains_the_cut() -> None:
    assert broken(RULE, rounded(most=8_900), *year((4_700, 4_700), (4_900, 3_300))) == []


def test_nothing_is_paid_below_the_least() -> None:
    assert broken(RULE, rounded(least=10_000), *year((4_700, 0), (4_900, 0))) == []
    assert broken(RULE, rounded(least=10_000), *year((4_700, 4_700), (4_900, 4_300))) == [(NAME, 100_000)]


def test_nothing_is_paid_where_no_multiple_reaches_the_least() -> None:
    assert broken(RULE, rounded(least=9_500), *year((4_700, 0), (4_900, 0))) == []


def test_nothing_at_all_is_broken_where_the_least_can_be_paid() -> None:
    assert broken(RULE, rounded(least=9_000), *year((4_700, 0), (4_900, 0))) == [(NAME, 860_001)]


def test_the_payer_may_pay_fewer_multiples_but_only_multiples() -> None:
    free = {"entitled": "up-to"}
    assert broken(RULE, rounded(**free), *year((4_700, 4_700), (4_900, 300))) == []
    assert broken(RULE, rounded(**free), *year((4_700, 4_700), (4_900, 301))) == [(NAME, 100)]


def test_other_subsidies_are_not_rounded() -> None:
    programme = b.packed(b.pack(b.pack_subsidy()))
    assert broken(RULE, programme, *year((4_700, 4_701))) == []
