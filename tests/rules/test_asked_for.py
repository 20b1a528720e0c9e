"""Nobody goes where it did not ask to go."""

from __future__ import annotations

import pytest

from fairplanner.domain.kinds import Role, StandKind
from fairplanner.rules.asked_for import AskedFor
from tests import builders as b
from tests.rules.plans import broken, place

RULE = AskedFor()


def test_what_was_asked_for_is_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), place("f1", "expo-1-2", sponsor="east")) == []


@pytest.mark.parametrize("change", [{"wish": "refuses"}, {"state": "withdrawn"}])
def test_a_firm_that_refuses_or_withdraws_is_not_sent(change: dict[str, str]) -> None:
    programme = b.a_programme(applications=(b.application("f1", **change),))
    assert broken(RULE, programme, place("f1")) == [("f1/expo-1-1/-@prov", 1)]


def test_a_place_without_an_application_is_broken() -> None:
    assert broken(RULE, b.a_programme(applications=()), place("f1")) == [("f1/expo-1-1/-@prov", 1)]


@pytest.mark.parametrize(
    "change", [{"booths": 2}, {"stand": StandKind.RAW}, {"sponsor": "west"}, {"phase_id": "expo-1-2"}]
)
def test_anything_else_than_asked_is_broken(change: dict[str, object]) -> None:
    given = place("f1").model_copy(update=change)
    assert broken(RULE, b.a_programme(), given) == [("f1/expo-1-1/-@prov", 1)]


def test_another_role_is_broken() -> None:
    given = place("f1", role=Role.VISIT)
    assert broken(RULE, b.a_programme(), given) == [("f1/expo-1-1/-@prov", 1)]


def test_only_the_zone_that_recommends_or_one_above_takes_the_firm() -> None:
    programme = b.a_programme(applications=(b.application("f1", recommended_by="west"),))
    assert broken(RULE, programme, place("f1", sponsor="west")) == []
    assert broken(RULE, programme, place("f1", sponsor="prov")) == []
    assert broken(RULE, programme, place("f1", sponsor="east")) == [("f1/expo-1-1/-@east", 1)]


def test_a_zone_that_does_not_send_takes_nobody() -> None:
    programme = b.a_programme(zones=(b.zone("east", "prov", sends=False), b.zone("prov"), b.zone("west", "prov")))
    assert broken(RULE, programme, place("f1", sponsor="east")) == [("f1/expo-1-1/-@east", 1)]


def test_invitations_are_kept_only_where_the_programme_invites() -> None:
    open_one = b.a_programme(settings=b.settings(invite=True, most_invitations=1), applications=())
    assert broken(RULE, open_one, place("f1", invited=True)) == []
    assert broken(RULE, b.a_programme(applications=()), place("f1", invited=True)) == [("f1/expo-1-1/-@prov", 1)]
    twice = (place("f1", invited=True), place("f1", "expo-1-2", invited=True))
    assert broken(RULE, open_one, *twice) == [("f1/expo-1-1/-@prov", 1), ("f1/expo-1-2/-@prov", 1)]
