"""Joint stands of too few firms."""

from __future__ import annotations

from typing import Any

import pytest

from fairplanner.domain.packs import GroupMinimum
from fairplanner.domain.programme import Programme
from fairplanner.rules.claim_groups import ClaimGroups
from tests import builders as b
from tests.rules.plans import broken, place
from tests.rules.solved import at_home, claims, supported

RULE = ClaimGroups()
FIRMS = (b.firm("f1"), b.firm("f2"), b.firm("f3"))


def joint(least: int, *, tables: dict[str, Any] | None = None, **changes: Any) -> Programme:
    limit = GroupMinimum(limit_id="joint", least=least, **changes)
    return at_home(b.pack(groups=(limit,)), firms=FIRMS, markets=("",), **(tables or {}))


def stands(*firms: str, sponsor: str = "prov", **changes: Any) -> tuple[Any, ...]:
    return tuple(place(f, "a-1-1", sponsor, participation_id=f"{f}@{sponsor}", **changes) for f in firms)


def test_enough_firms_are_kept_and_one_too_few_is_broken() -> None:
    claimed = claims("f1 a-1-1")
    assert broken(RULE, joint(2), *stands("f1", "f2"), *claimed) == []
    assert broken(RULE, joint(3), *stands("f1", "f2"), *claimed) == [("pk.joint · a-1-1", 1)]


def test_a_group_that_claims_nothing_may_be_as_small_as_it_likes() -> None:
    assert broken(RULE, joint(3), *stands("f1")) == []


def test_where_claims_are_counted_firms_without_a_claim_do_not_help() -> None:
    programme = joint(2, count="claims")
    assert broken(RULE, programme, *stands("f1", "f2"), *claims("f1 a-1-1")) == [("pk.joint · a-1-1", 1)]
    assert broken(RULE, programme, *stands("f1", "f2"), *claims("f1 a-1-1", "f2 a-1-1")) == []


def test_only_exhibitors_are_counted_and_each_firm_once() -> None:
    programme = joint(2)
    visitor = place("f2", "a-1-1", role="visit")
    twice = stands("f1", sponsor="east")
    assert broken(RULE, programme, *stands("f1"), visitor, *twice, *claims("f1 a-1-1")) == [("pk.joint · a-1-1", 1)]


def test_each_sponsor_has_a_joint_stand_of_its_own_where_the_pack_says_so() -> None:
    programme = joint(2, each=("phase", "sponsor"))
    plan = (*stands("f1", "f2"), *stands("f3", sponsor="west"))
    assert broken(RULE, programme, *plan, *claims("f1 a-1-1", participation_id="f1@prov")) == []
    found = broken(RULE, programme, *plan, *claims("f3 a-1-1", participation_id="f3@west"))
    assert found == [("pk.joint · a-1-1 · west", 1)]


def test_a_claim_on_a_journey_belongs_to_the_stand_of_its_firm() -> None:
    programme = joint(2, each=("phase", "sponsor"))
    on_a_journey = claims("f3 a-1-1", participation_id="", journey_id="f3:a-1-1")
    assert broken(RULE, programme, *stands("f3", sponsor="west"), *on_a_journey) == [("pk.joint · a-1-1 · west", 1)]


@pytest.mark.parametrize(("least", "number"), [(2, 3), (3, 3), (4, 0)])
def test_the_optimum_claims_only_with_enough_firms(least: int, number: int) -> None:
    assert len(supported(joint(least))) == number


def test_the_optimum_claims_nothing_where_there_are_too_few_places_for_a_joint_stand() -> None:
    places = {"quotas": (b.quota("a-1-1", 2),)}
    assert supported(joint(3, tables=places)) == []
    assert len(supported(joint(2, tables=places))) == 2
