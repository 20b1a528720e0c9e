"""Size of an official party."""

from __future__ import annotations

from fairplanner.rules.official_party import OfficialParty
from tests import builders as b
from tests.rules.plans import broken, delegation

RULE = OfficialParty()


def test_six_officials_are_kept() -> None:
    assert broken(RULE, b.a_programme(), delegation(officials=6)) == []


def test_a_seventh_is_broken() -> None:
    assert broken(RULE, b.a_programme(), delegation(officials=7)) == [("prov:abroad-1-1", 1)]
