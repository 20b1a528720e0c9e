"""A firm's own money."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.domain.programme import Programme
from fairplanner.rules.own_money import OwnMoney
from tests import builders as b
from tests.rules.plans import broken, claim, journey, place

RULE = OwnMoney()


def with_money(amount: str) -> Programme:
    return b.a_programme(firms=(b.firm("f1", own_money=Decimal(amount)), b.firm("f2"), b.firm("f3")))


def test_stands_journeys_and_claims_are_reckoned_together() -> None:
    parts = (place("f1"), journey("f1", "expo-1-1"), claim("f1", amount=5_000))
    assert broken(RULE, with_money("15000"), *parts) == []
    assert broken(RULE, with_money("14999.99"), *parts) == [("f1", 1)]


def test_a_firm_that_names_no_sum_is_not_limited() -> None:
    assert broken(RULE, b.a_programme(), place("f1", stand_cost=Decimal(10**7))) == []
