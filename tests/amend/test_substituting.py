"""Another firm, another number of people, another post."""

from __future__ import annotations

import pytest

from fairplanner.amend import by_firm, people
from fairplanner.errors import UserError
from fairplanner.rules import check
from tests import builders as b
from tests.amend.plans import DECIDED, a_queue, act, firms_at, planned


def what(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.problems[0].what


def test_the_next_on_the_list_goes_instead_and_no_booth_stays_empty() -> None:
    made = by_firm(*a_queue(), "f2", "expo-1-1", "f4", act("firm"))
    assert firms_at(made.after[1]) == ["f1", "f3", "f4"]
    assert check(*made.after) == ()
    assert made.after[0].ledger == ()
    assert ([p.firm_id for p in made.amendment.out], [p.firm_id for p in made.amendment.came]) == (["f2"], ["f4"])


def test_another_than_the_next_needs_a_decision_which_is_recorded() -> None:
    programme, plan = a_queue()
    with pytest.raises(UserError) as error:
        by_firm(programme, plan, "f2", "expo-1-1", "f5", act("firm"))
    assert what(error) == "amend-not-next"
    assert dict(error.value.problems[0].facts)["next"] == "f4"
    made = by_firm(programme, plan, "f2", "expo-1-1", "f5", act("firm", **DECIDED))
    assert firms_at(made.after[1]) == ["f1", "f3", "f5"]
    (row,) = made.after[0].decisions
    assert (row.kind.value, row.firm_id, row.phase_id, row.by, row.basis) == (
        "must-go",
        "f5",
        "expo-1-1",
        "处长",
        "纪要9号",
    )
    assert check(*made.after) == ()


def test_a_firm_that_did_not_ask_or_goes_already_cannot_go_instead() -> None:
    programme, plan = a_queue(firms=tuple(b.firm(f) for f in ("f1", "f2", "f3", "f4", "f5", "f6")))
    for other, key in (("f6", "amend-not-asked"), ("f1", "amend-not-waiting"), ("nobody", "amend-firm-unknown")):
        with pytest.raises(UserError) as error:
            by_firm(programme, plan, "f2", "expo-1-1", other, act("firm"))
        assert what(error) == key
    with pytest.raises(UserError) as error:
        by_firm(programme, plan, "f4", "expo-1-1", "f5", act("firm"))
    assert what(error) == "amend-no-place"


def test_fewer_people_travel_and_everything_that_hangs_on_them_follows() -> None:
    programme, plan = a_queue(costs=(b.cost("fees", 100, "expo", per="person"),))
    made = people(programme, plan, "f2", "expo-1-1", 1, act("people"))
    after, new = made.after
    place = next(p for p in new.participations if p.firm_id == "f2")
    journey = next(j for j in new.journeys if j.firm_id == "f2")
    before = next(j for j in plan.journeys if j.firm_id == "f2")
    assert (place.people, journey.people, after.application["f2/expo-1-1/-"].people) == (1, 1, 1)
    assert dict(place.other_cost) == {"fees": 100}
    assert journey.fare * 2 == before.fare
    assert check(after, new) == ()


def test_too_many_the_same_and_several_places_are_refused() -> None:
    programme, plan = a_queue()
    for number, key in ((3, "amend-people-many"), (2, "amend-people-same")):
        with pytest.raises(UserError) as error:
            people(programme, plan, "f2", "expo-1-1", number, act("people"))
        assert what(error) == key


def test_people_of_one_of_several_places_are_changed_where_it_is_named() -> None:
    sections = (b.section("expo-tea"), b.section("expo-tin", name_zh="锡", name_en="Tin"))
    asked = tuple(b.application("f1", section_id=s.section_id) for s in sections)
    programme, plan = planned(b.a_programme(sections=sections, applications=asked, quotas=(), targets=()))
    assert len(plan.participations) == 2
    with pytest.raises(UserError) as error:
        people(programme, plan, "f1", "expo-1-1", 1, act("people"))
    assert what(error) == "amend-several-places"
    made = people(programme, plan, "f1", "expo-1-1", 1, act("people"), "expo-tea")
    assert {p.section_id: p.people for p in made.after[1].participations} == {"expo-tea": 1, "expo-tin": 2}
    assert [j.people for j in made.after[1].journeys] == [2]
