"""Leaders and interpreters."""

from __future__ import annotations

from datetime import date

from fairplanner.domain import reference as r
from fairplanner.domain.programme import Programme
from fairplanner.rules.staff import Staff
from tests import builders as b
from tests.rules.plans import broken, delegation, standing_body

RULE = Staff()


def speaking(*posts: object) -> Programme:
    """A programme whose fair abroad needs an interpreter of English."""
    base = b.a_programme()
    there = r.Territory(**(base.territory["SG"].model_dump() | {"interpreter": "en"}))
    return b.a_programme(territories=(base.territory["CN"], there), posts=(b.post(), *posts))


def test_one_leader_for_one_delegation_is_kept() -> None:
    assert broken(RULE, b.a_programme(), delegation(), standing_body()) == []


def test_one_leader_for_two_delegations_at_a_time_is_one_short() -> None:
    late = delegation("east", posts=("lead-1",), depart=date(2025, 3, 21), return_=date(2025, 3, 25))
    assert broken(RULE, b.a_programme(), delegation(), late) == [("prov:leader", 1), ("east:abroad-1-1", 1)]


def test_one_leader_for_two_delegations_one_after_the_other_is_kept() -> None:
    late = delegation("east", depart=date(2025, 3, 22), return_=date(2025, 3, 25))
    assert broken(RULE, b.a_programme(), delegation(), late) == []


def test_a_leader_from_elsewhere_does_not_count() -> None:
    programme = b.a_programme(posts=(b.post(), b.post("lead-2", "west")))
    assert broken(RULE, programme, delegation("east", posts=("lead-2",))) == [("east:abroad-1-1", 2)]
    assert broken(RULE, programme, delegation("west", posts=("lead-2",))) == []


def test_a_market_that_needs_an_interpreter_gets_one() -> None:
    programme = speaking(b.post("talk-1", skill="interpreter:en"))
    assert broken(RULE, programme, delegation(posts=("lead-1", "talk-1"))) == []
    assert broken(RULE, programme, delegation()) == [("prov:abroad-1-1", 1)]


def test_a_post_that_does_not_exist_is_broken() -> None:
    assert broken(RULE, b.a_programme(), delegation(posts=("lead-1", "nobody"))) == [("prov:abroad-1-1", 1)]
