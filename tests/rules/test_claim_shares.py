"""Shares of a class of firms."""

from __future__ import annotations

from typing import Any

import pytest

from fairplanner.domain.packs import FirmTest, ShareLimit
from fairplanner.domain.programme import Programme
from fairplanner.rules.claim_shares import ClaimShares
from tests import builders as b
from tests.rules.plans import broken, place
from tests.rules.solved import at_home, claims, supported

RULE = ClaimShares()
SMALL = FirmTest(sme_only=True)
FIRMS = (b.firm("f1"), b.firm("f2", sme=False), b.firm("f3", sme=False), b.firm("f4", sme=False))


def shared(*, least: tuple[int, int] | None = None, most: tuple[int, int] | None = None, **changes: Any) -> Programme:
    limit = ShareLimit(limit_id="small", of=SMALL, least=least, most=most, **changes)
    return at_home(b.pack(shares=(limit,)), firms=FIRMS, markets=("", ""))


def test_a_share_that_is_reached_is_kept_and_one_firm_too_few_is_broken() -> None:
    programme = shared(least=(1, 2))
    assert broken(RULE, programme, *claims("f1 a-1-1", "f2 a-1-1")) == []
    assert broken(RULE, programme, *claims("f1 a-1-1", "f2 a-1-1", "f3 a-1-1")) == [("pk.small · a-1-1 · least", 1)]


def test_a_share_that_is_exceeded_is_broken() -> None:
    programme = shared(most=(1, 3))
    assert broken(RULE, programme, *claims("f1 a-1-1", "f2 a-1-1", "f3 a-1-1")) == []
    assert broken(RULE, programme, *claims("f1 a-1-1", "f2 a-1-1")) == [("pk.small · a-1-1 · most", 1)]


def test_each_phase_has_its_own_share_unless_the_year_is_meant() -> None:
    apart = claims("f1 a-1-1", "f2 b-1-1")
    assert broken(RULE, shared(least=(1, 2)), *apart) == [("pk.small · b-1-1 · least", 1)]
    assert broken(RULE, shared(least=(1, 2), each=("year",)), *apart) == []


def test_a_firm_counts_once_however_much_it_claims() -> None:
    twice = (*claims("f2 a-1-1"), *claims("f2 a-1-1", claim_id="again"), *claims("f1 a-1-1"))
    assert broken(RULE, shared(least=(1, 2)), *twice) == []


def test_a_share_of_those_that_exhibit_binds_only_where_somebody_claims() -> None:
    programme = shared(least=(1, 2), among="participations")
    stands = tuple(place(f, "a-1-1") for f in ("f1", "f2", "f3"))
    assert broken(RULE, programme, *stands) == []
    assert broken(RULE, programme, *stands, *claims("f1 a-1-1")) == [("pk.small · a-1-1 · least", 1)]


def test_sections_are_those_of_the_stand() -> None:
    programme = shared(most=(1, 2), each=("section",))
    stand = place("f1", "a-1-1", section_id="tea", participation_id="tea")
    other = place("f2", "a-1-1", section_id="ore", participation_id="ore")
    claimed = (*claims("f1 a-1-1", participation_id="tea"), *claims("f2 a-1-1", participation_id="ore"))
    assert broken(RULE, programme, stand, other, *claimed) == [("pk.small · tea · most", 1)]


@pytest.mark.parametrize(("least", "number"), [((1, 4), 4), ((1, 3), 3), ((1, 2), 2)])
def test_the_optimum_supports_as_many_as_the_share_allows(least: tuple[int, int], number: int) -> None:
    limit = ShareLimit(limit_id="small", of=SMALL, least=least)
    found = supported(at_home(b.pack(shares=(limit,)), firms=FIRMS, markets=("",)))
    assert len(found) == number
    assert "f1 a" in found


def test_the_optimum_keeps_support_from_a_class_that_would_be_too_large() -> None:
    limit = ShareLimit(limit_id="small", of=SMALL, most=(1, 4))
    assert len(supported(at_home(b.pack(shares=(limit,)), firms=FIRMS, markets=("",)))) == 4
    assert "f1 a" not in supported(at_home(b.pack(shares=(limit,)), firms=FIRMS[:3], markets=("",)))
