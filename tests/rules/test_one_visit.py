"""One delegation of a zone at a phase."""

from __future__ import annotations

from fairplanner.rules.one_visit import OneVisit
from tests import builders as b
from tests.rules.plans import broken, delegation, standing_body

RULE = OneVisit()


def test_one_delegation_of_each_zone_is_kept() -> None:
    assert broken(RULE, b.a_programme(), standing_body("prov"), standing_body("east")) == []


def test_two_delegations_of_a_zone_at_one_phase_are_broken() -> None:
    assert broken(RULE, b.a_programme(), delegation(), delegation(delegation_id="again")) == [("prov · abroad-1-1", 1)]
