"""A firm's own money."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.domain.programme import Programme
from fairplanner.rules.own_money import OwnMoney, parts, shares
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


def test_every_line_of_a_place_counts() -> None:
    freight = place("f1", other_cost=(("freight", Decimal(500)),))
    assert broken(RULE, with_money("10500"), freight) == []
    assert broken(RULE, with_money("10499"), freight) == [("f1", 100)]


def test_of_a_fund_that_is_not_certain_only_the_certain_share_counts() -> None:
    base = with_money("5799.99")
    funds = tuple(f.model_copy(update={"certainty": 0.84}) for f in base.funds)
    programme = Programme(**{name: getattr(base, name) for name in Programme.model_fields} | {"funds": funds})
    assert broken(RULE, programme, place("f1"), claim("f1", amount=5_000)) == [("f1", 25)]
    assert shares(programme) == {"trade": 21, "travel": 21}
    assert parts(programme) == 25
    assert parts(base) == 1


def test_what_is_cut_of_a_claim_is_not_counted_on() -> None:
    cut = claim("f1", amount=4_000, entitled=Decimal(5_000))
    assert broken(RULE, with_money("5999"), place("f1"), cut) == [("f1", 100)]
