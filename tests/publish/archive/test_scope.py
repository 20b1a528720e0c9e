"""What belongs to a fair."""

from __future__ import annotations

from fairplanner.publish.archive.scope import known, scope_of, short
from tests.publish.archive.made import a_press, scope


def test_a_fair_has_the_phases_that_anybody_asked_for_or_goes_to_and_its_delegations() -> None:
    assert scope("expo").phase_ids == ("expo-1-1", "expo-1-2")
    assert [d.delegation_id for d in scope("expo").delegations] == ["prov/expo-1-1"]
    assert scope("expo-1-1").phase_ids == ("expo-1-1",)


def test_an_id_that_is_nobodys_and_a_fair_nobody_asked_for_have_no_scope() -> None:
    press = a_press()
    assert scope_of(press.programme, press.plan, "nothing") is None
    assert scope_of(press.programme, press.plan, "later") is None
    assert {"expo", "expo-1-2", "later"} <= set(known(press.programme))


def test_a_phase_is_called_by_edition_and_phase_alone_where_everybody_knows_the_fair() -> None:
    assert short(a_press(), "expo-1-1") == "第1届第1期"
    assert short(a_press("en"), "abroad-1-1") == "Edition 1"
