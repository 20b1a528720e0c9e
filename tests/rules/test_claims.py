"""What is paid back."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.rules.claims import Claims
from tests import builders as b
from tests.rules.plans import broken, claim, place

RULE = Claims()


STAND = {"phase_id": "abroad-1-1", "stand_cost": Decimal(20_000)}


def test_half_of_a_stand_abroad_is_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1", **STAND), claim(amount=10_000)) == []


def test_a_claim_without_its_participation_is_broken() -> None:
    assert broken(RULE, b.a_programme(), claim(amount=10_000)) == [("f1/abroad-1-1$half", 1)]


def test_another_amount_is_broken_by_the_difference_in_fen() -> None:
    assert broken(RULE, b.a_programme(), place("f1", **STAND), claim(amount=10_001)) == [("f1/abroad-1-1$half", 100)]


def test_a_subsidy_for_fairs_abroad_pays_nothing_at_home() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), claim(phase_id="expo-1-1", amount=50)) == [
        ("f1/expo-1-1$half", 5_000)
    ]


def test_the_caps_of_a_booth_and_a_phase_are_kept() -> None:
    programme = b.a_programme(subsidies=(b.subsidy(cap_booth=Decimal(3_000), cap_phase=Decimal(5_000)),))
    assert broken(RULE, programme, place("f1", **STAND), claim(amount=3_000)) == []
    assert broken(RULE, programme, place("f1", booths=2, **STAND), claim(amount=5_000)) == []


def test_a_year_over_the_cap_is_broken() -> None:
    programme = b.a_programme(subsidies=(b.subsidy(cap_year=Decimal(9_999)),))
    assert broken(RULE, programme, place("f1", **STAND), claim(amount=10_000)) == [("half · f1", 100)]


def test_one_participation_is_not_claimed_twice() -> None:
    twice = (claim(amount=10_000), claim(amount=10_000, claim_id="again"))
    assert broken(RULE, b.a_programme(), place("f1", **STAND), *twice) == [("again", 1)]
