"""Programmes that exclude one another."""

from __future__ import annotations

from typing import Any

from fairplanner.domain.packs import Exclusion
from fairplanner.domain.programme import Programme
from fairplanner.rules.claim_exclusion import ClaimExclusion
from tests import builders as b
from tests.rules.plans import broken
from tests.rules.solved import at_home, best, claims, supported

RULE = ClaimExclusion()


def two_packs(*others: str, **tables: Any) -> Programme:
    """Two packs that each pay 40 % of a stand; the first excludes `others`."""
    excludes = (Exclusion(limit_id="either", others=others),) if others else ()
    first = b.pack(b.pack_subsidy(rate="0.4"), exclusions=excludes)
    second = b.pack(b.pack_subsidy(rate="0.3"), pack_id="pk2")
    return at_home(first, second, markets=("", ""), **tables)


def test_one_of_the_two_is_kept_and_both_at_one_phase_are_broken() -> None:
    programme = two_packs("pk2.stand")
    here, there = claims("f1 a-1-1"), claims("f1 a-1-1", subsidy="pk2.stand")
    assert broken(RULE, programme, *here) == []
    assert broken(RULE, programme, *there) == []
    assert broken(RULE, programme, *here, *there) == [("pk.either · f1 · a-1-1", 1)]


def test_another_phase_or_another_firm_is_another_matter() -> None:
    programme = two_packs("pk2.stand")
    here = claims("f1 a-1-1")
    assert broken(RULE, programme, *here, *claims("f1 b-1-1", "f2 a-1-1", subsidy="pk2.stand")) == []


def test_no_subsidy_excludes_itself_and_one_that_is_not_in_force_excludes_nothing() -> None:
    twice = (*claims("f1 a-1-1"), *claims("f1 a-1-1", claim_id="again"))
    assert broken(RULE, two_packs("pk.stand"), *twice) == []
    assert broken(RULE, two_packs("elsewhere.stand"), *twice) == []


def test_the_optimum_takes_both_only_where_nothing_excludes_them() -> None:
    assert supported(two_packs()) == ["f1 a", "f1 a", "f1 b", "f1 b"]
    assert supported(two_packs("pk2.stand")) == ["f1 a", "f1 b"]
    assert {c.subsidy_id for c in best(two_packs("pk2.stand")).claims} == {"pk.stand"}, "40 % is more than 30 %"
