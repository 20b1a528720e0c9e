"""What people decided by hand."""

from __future__ import annotations

from fairplanner.rules.decisions import Decisions
from tests import builders as b
from tests.rules.plans import broken, place, standing_body

RULE = Decisions()


def test_who_must_go_goes() -> None:
    programme = b.a_programme(decisions=(b.decision(firm_id="f1"),))
    assert broken(RULE, programme, place("f1")) == []
    assert broken(RULE, programme, place("f1", "expo-1-2")) == [("d1", 1)]


def test_who_is_kept_goes() -> None:
    programme = b.a_programme(decisions=(b.decision(kind="keep", zone_id="east"),))
    assert broken(RULE, programme, standing_body("east")) == []
    assert broken(RULE, programme, standing_body("prov")) == [("d1", 1)]


def test_who_must_not_go_does_not() -> None:
    programme = b.a_programme(decisions=(b.decision(kind="must-not", firm_id="f1"),))
    assert broken(RULE, programme, place("f2")) == []
    assert broken(RULE, programme, place("f1")) == [("d1", 1)]
