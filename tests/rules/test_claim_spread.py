"""Several markets in the year, or no support."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.domain.packs import MarketSpread
from fairplanner.domain.programme import Programme
from fairplanner.rules.claim_spread import ClaimSpread
from tests import builders as b
from tests.rules.plans import broken
from tests.rules.solved import at_home, claims, supported

RULE = ClaimSpread()


def spread(least: int, markets: tuple[str, ...] = ("eu", "us", "eu"), **tables: Any) -> Programme:
    return at_home(b.pack(spreads=(MarketSpread(limit_id="wide", least=least),)), markets=markets, **tables)


def test_enough_different_markets_are_kept_and_one_too_few_is_broken() -> None:
    assert broken(RULE, spread(2), *claims("f1 a-1-1", "f1 b-1-1")) == []
    assert broken(RULE, spread(2), *claims("f1 a-1-1", "f1 c-1-1")) == [("pk.wide · f1 · 2025", 1)]
    assert broken(RULE, spread(3), *claims("f1 a-1-1")) == [("pk.wide · f1 · 2025", 2)]


def test_a_firm_that_claims_nothing_need_open_no_market() -> None:
    assert broken(RULE, spread(3)) == []


def test_the_ledger_of_the_year_counts_and_that_of_other_years_does_not() -> None:
    def past(day: date) -> Any:
        return (b.ledger_row("f1", "b", day, subsidy_id="pk.stand"),)

    assert broken(RULE, spread(2, ledger=past(date(2025, 1, 9))), *claims("f1 a-1-1")) == []
    found = broken(RULE, spread(2, ledger=past(date(2024, 1, 9))), *claims("f1 a-1-1"))
    assert found == [("pk.wide · f1 · 2025", 1)]


def test_a_past_visit_to_an_unknown_market_opens_none() -> None:
    programme = spread(2, ("eu", "", "us"), ledger=(b.ledger_row("f1", "b", date(2025, 1, 9), subsidy_id="pk.stand"),))
    assert broken(RULE, programme, *claims("f1 a-1-1")) == [("pk.wide · f1 · 2025", 1)]


def test_a_fair_without_markets_counts_as_where_it_is_held() -> None:
    assert broken(RULE, spread(2, ("eu", "", "")), *claims("f1 a-1-1", "f1 b-1-1")) == []
    assert broken(RULE, spread(2, ("eu", "", "")), *claims("f1 b-1-1", "f1 c-1-1")) == [("pk.wide · f1 · 2025", 1)]


@pytest.mark.parametrize(("least", "number"), [(2, 3), (3, 0)])
def test_the_optimum_claims_only_over_enough_markets(least: int, number: int) -> None:
    assert len(supported(spread(least))) == number


def test_the_optimum_is_supported_again_once_the_ledger_has_the_third_market() -> None:
    past = (b.ledger_row("f1", "d", date(2025, 1, 9), subsidy_id="pk.stand"),)
    programme = spread(
        3, ("eu", "us", "eu", "asean"), ledger=past, applications=tuple(b.application("f1", f"{f}-1-1") for f in "abc")
    )
    assert len(supported(programme)) == 3
