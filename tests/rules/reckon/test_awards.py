from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.rules.reckon.awards import advance_of, is_reachable, most_reachable, points_at_stake, rest_of
from tests import builders as b


def test_the_rest_and_the_advance_add_up_to_the_award() -> None:
    award = b.award(amount=333, advance=0.8)
    assert (advance_of(award), rest_of(award)) == (Decimal("266.40"), Decimal("66.60"))


def test_the_rest_is_worth_its_points_for_each_thousand() -> None:
    assert points_at_stake(b.award(amount=100_000, advance=0.8, points_per_1000=0.1)) == 2_000


@pytest.mark.parametrize(
    ("counts", "most"),
    [("participations", 9), ("firms", 3), ("booths", 9), ("fairs", 2), ("delegations", 3), ("promotion-trips", 0)],
)
def test_the_most_that_applications_could_give(counts: str, most: int) -> None:
    programme = b.a_programme()
    assert most_reachable(programme, b.target(counts=counts)) == most
    assert most_reachable(programme, b.target(counts=counts, already=4)) == most + 4


def test_refused_and_withdrawn_applications_give_nothing() -> None:
    apps = (b.application(wish="refuses"), b.application("f2", state="withdrawn"), b.application("f3"))
    assert most_reachable(b.a_programme(applications=apps), b.target()) == 1


def test_an_award_out_of_reach_is_told_apart() -> None:
    for wanted, reachable in ((9, True), (10, False)):
        programme = b.a_programme(targets=(b.target(at_least=wanted),))
        assert is_reachable(programme, b.award()) is reachable
