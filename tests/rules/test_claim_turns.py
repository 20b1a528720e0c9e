"""Turns of supported visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.rules.claim_turns import ClaimTurns
from tests import builders as b
from tests.rules.plans import broken, claim

RULE = ClaimTurns()


def turned(**changes: Any) -> Programme:
    tables = {k: changes.pop(k) for k in ("ledger", "applications") if k in changes}
    return b.packed(b.pack(b.pack_subsidy(turns=("0.7", "0.5", "0.3"), **changes)), **tables)


def at(phase_id: str, turn: int, **changes: Any) -> Claim:
    return claim("f1", phase_id, turn=turn, subsidy_id="pk.stand", **changes)


def test_turns_follow_the_dates_of_the_fairs() -> None:
    assert broken(RULE, turned(), at("abroad-1-1", 1), at("expo-1-1", 2), at("expo-1-2", 3)) == []
    assert broken(RULE, turned(), at("expo-1-1", 1), at("expo-1-2", 2)) == []


def test_a_turn_without_the_one_before_it_is_broken() -> None:
    assert broken(RULE, turned(), at("expo-1-1", 2)) == [("pk.stand · f1 · expo-1-1", 1)]
    assert broken(RULE, turned(), at("abroad-1-1", 2), at("expo-1-1", 1)) == [("pk.stand · f1 · abroad-1-1", 1)]


def test_a_turn_before_the_last_is_taken_once_and_the_last_by_all_later_visits() -> None:
    assert broken(RULE, turned(), at("abroad-1-1", 1), at("expo-1-1", 1)) == [("pk.stand · f1 · * · 1", 1)]
    past = (
        b.ledger_row(on=date(2024, 3, 20), subsidy_id="pk.stand"),
        b.ledger_row(on=date(2023, 3, 20), subsidy_id="pk.stand"),
    )
    assert broken(RULE, turned(ledger=past), at("abroad-1-1", 3), at("expo-1-1", 3)) == []


def test_the_ledgers_visits_come_first() -> None:
    past = (b.ledger_row(subsidy_id="pk.stand"),)
    assert broken(RULE, turned(ledger=past), at("abroad-1-1", 2), at("expo-1-1", 3)) == []
    assert broken(RULE, turned(ledger=past), at("abroad-1-1", 1)) == [("pk.stand · f1 · abroad-1-1", 1)]


def test_all_claims_of_a_visit_have_one_turn() -> None:
    two = (at("expo-1-1", 1), at("expo-1-1", 2, claim_id="other"))
    assert ("pk.stand · f1 · expo-1-1", 1) in broken(RULE, turned(), *two)


def test_fairs_may_be_counted_each_by_itself() -> None:
    programme = turned(turn_of="fair")
    assert broken(RULE, programme, at("abroad-1-1", 1), at("expo-1-1", 1), at("expo-1-2", 2)) == []
    assert broken(RULE, programme, at("expo-1-1", 1), at("expo-1-2", 1)) == [("pk.stand · f1 · expo · 1", 1)]


def test_the_order_may_be_that_of_applications() -> None:
    days = {"abroad-1-1": date(2024, 10, 3), "expo-1-1": date(2024, 10, 2), "expo-1-2": date(2024, 10, 1)}
    programme = turned(
        order="application", applications=tuple(b.application("f1", q, received=d) for q, d in days.items())
    )
    assert broken(RULE, programme, at("expo-1-2", 1), at("expo-1-1", 2), at("abroad-1-1", 3)) == []
    assert broken(RULE, programme, at("abroad-1-1", 1), at("expo-1-1", 2)) == [("pk.stand · f1 · expo-1-1", 1)]


def test_the_payer_may_give_each_turn_to_the_visit_it_likes() -> None:
    programme = turned(order="best")
    assert broken(RULE, programme, at("abroad-1-1", 2), at("expo-1-1", 1)) == []
    assert broken(RULE, programme, at("abroad-1-1", 2), at("expo-1-1", 2)) == [("pk.stand · f1 · * · 2", 1)]
