"""How often a firm is supported."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.domain.packs import FirmTest
from fairplanner.domain.programme import Programme
from fairplanner.rules.claim_counts import ClaimCounts
from tests import builders as b
from tests.rules.plans import broken
from tests.rules.solved import at_home, claims, supported

RULE = ClaimCounts()
THREE = ("f1 a-1-1", "f1 b-1-1", "f1 c-1-1")


def limited(
    most: int, *, markets: tuple[str, ...] = ("", "", ""), tables: dict[str, Any] | None = None, **changes: Any
) -> Programme:
    limit = b.limit(most, "often", of="turns", **changes)
    base: dict[str, Any] = {"firms": (b.firm("f1"), b.firm("f2"))}
    return at_home(b.pack(limits=(limit,)), markets=markets, **(base | (tables or {})))


def test_as_many_visits_as_allowed_are_kept_and_one_more_is_broken() -> None:
    assert broken(RULE, limited(3), *claims(*THREE)) == []
    assert broken(RULE, limited(2), *claims(*THREE)) == [("pk.often · f1 · 2025", 1)]


def test_two_claims_on_one_visit_are_one_visit() -> None:
    twice = (*claims("f1 a-1-1"), *claims("f1 a-1-1", claim_id="again"))
    assert broken(RULE, limited(1), *twice) == []


def test_the_ledger_of_the_same_year_counts_once_a_visit_and_that_of_other_years_does_not() -> None:
    rows = tuple(
        b.ledger_row("f1", "a", on, subsidy_id="pk.stand", amount=n)
        for n, on in enumerate((date(2025, 1, 20), date(2025, 1, 20), date(2024, 12, 31)))
    )
    programme = limited(2, tables={"ledger": rows})
    assert broken(RULE, programme, *claims(*THREE[:1])) == []
    assert broken(RULE, programme, *claims(*THREE[:2])) == [("pk.often · f1 · 2025", 1)]
    assert broken(RULE, limited(2, each=("life",), tables={"ledger": rows}), *claims(*THREE[:1])) == [
        ("pk.often · f1 · *", 1)
    ]


def test_the_ledger_alone_breaks_nothing() -> None:
    rows = tuple(b.ledger_row("f1", "a", date(2025, 1, n), subsidy_id="pk.stand") for n in (5, 6, 7))
    assert broken(RULE, limited(1, tables={"ledger": rows})) == []
    assert broken(RULE, limited(1, tables={"ledger": rows}), *claims(*THREE[:1])) == [("pk.often · f1 · 2025", 1)]


def test_connected_firms_count_as_one_where_the_pack_says_so() -> None:
    firms = {"firms": (b.firm("f1", group="g"), b.firm("f2", group="g"))}
    both = claims("f1 a-1-1", "f2 b-1-1")
    assert broken(RULE, limited(1, tables=firms), *both) == []
    assert broken(RULE, limited(1, tables=firms, per="group"), *both) == [("pk.often · g · 2025", 1)]


def test_each_fair_has_its_own_count() -> None:
    programme = limited(1, each=("fair",), tables={"ledger": (b.ledger_row("f1", "b", subsidy_id="pk.stand"),)})
    assert broken(RULE, programme, *claims("f1 a-1-1", "f1 c-1-1")) == []
    assert broken(RULE, programme, *claims("f1 b-1-1")) == [("pk.often · f1 · b", 1)]


def test_a_past_visit_to_an_unknown_market_counts_in_every_market() -> None:
    past = {"ledger": (b.ledger_row("f1", "b", date(2024, 7, 1), subsidy_id="pk.stand"),)}
    programme = limited(1, each=("market",), markets=("eu", "", "us"), tables=past)
    assert broken(RULE, programme, *claims("f1 a-1-1", "f1 c-1-1")) == [
        ("pk.often · f1 · eu", 1),
        ("pk.often · f1 · us", 1),
    ]


@pytest.mark.parametrize(("months", "over"), [(8, 0), (9, 1)])
def test_a_window_begins_after_the_same_day_so_many_months_before(months: int, over: int) -> None:
    past = {"ledger": (b.ledger_row("f1", "a", date(2024, 7, 12), subsidy_id="pk.stand"),)}
    programme = limited(1, each=("window",), window_months=months, tables=past)
    found = broken(RULE, programme, *claims("f1 a-1-1"))
    assert found == ([("pk.often · f1 · *", over)] if over else []), "the fair ends on 12 March 2025"


def test_visits_of_the_plan_leave_a_window_too() -> None:
    programme = limited(1, each=("window",), window_months=2)
    assert broken(RULE, programme, *claims("f1 a-1-1", "f1 c-1-1")) == []
    assert broken(RULE, programme, *claims("f1 a-1-1", "f1 b-1-1")) == [("pk.often · f1 · *", 1)]


@pytest.mark.parametrize(("markets", "over"), [(("eu", "us", "asean"), 0), (("eu", "us", "eu"), 1)])
def test_more_visits_are_allowed_where_no_two_open_the_same_market(markets: tuple[str, ...], over: int) -> None:
    programme = limited(2, most_if_markets_differ=3, markets=markets)
    found = broken(RULE, programme, *claims(*THREE))
    assert found == ([("pk.often · f1 · 2025", over)] if over else [])


def test_markets_of_the_ledger_must_differ_too() -> None:
    past = {"ledger": (b.ledger_row("f1", "a", date(2025, 1, 20), subsidy_id="pk.stand"),)}
    programme = limited(2, most_if_markets_differ=3, markets=("eu", "us", "asean"), tables=past)
    assert broken(RULE, programme, *claims("f1 b-1-1", "f1 c-1-1")) == []
    assert broken(RULE, programme, *claims("f1 a-1-1", "f1 c-1-1")) == [("pk.often · f1 · 2025", 1)]


def test_only_firms_that_are_meant_are_counted() -> None:
    programme = limited(1, firms=FirmTest(tags=("small",)))
    assert broken(RULE, programme, *claims(*THREE)) == []


def test_most_turns_of_a_subsidy_is_such_a_limit() -> None:
    once = at_home(b.pack(b.pack_subsidy(most_turns=2)))
    assert broken(RULE, once, *claims(*THREE)) == [("pk.stand.turns · f1 · *", 1)]
    of_a_fair = at_home(b.pack(b.pack_subsidy(most_turns=2, turn_of="fair")))
    assert broken(RULE, of_a_fair, *claims(*THREE)) == []


@pytest.mark.parametrize(("most", "visits"), [(1, 1), (2, 2), (3, 3)])
def test_the_optimum_follows_the_limit(most: int, visits: int) -> None:
    programme = at_home(b.pack(limits=(b.limit(most, "often", of="turns"),)))
    assert len(supported(programme)) == visits


def test_the_optimum_gives_up_what_the_ledger_has_used() -> None:
    past = (b.ledger_row("f1", "a", date(2025, 1, 20), subsidy_id="pk.stand"),)
    programme = at_home(b.pack(limits=(b.limit(2, "often", of="turns"),)), ledger=past)
    assert len(supported(programme)) == 1


def test_the_optimum_spreads_over_markets_to_be_supported_once_more() -> None:
    pack = b.pack(limits=(b.limit(1, "often", of="turns", most_if_markets_differ=2),))
    assert supported(at_home(pack, markets=("eu", "eu", "us"))) in (["f1 a", "f1 c"], ["f1 b", "f1 c"])
    assert len(supported(at_home(pack, markets=("eu", "eu", "eu")))) == 1
