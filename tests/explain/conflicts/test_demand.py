"""Enough of a programme: what people demand and no more than floors can be reached with, and a plan of it is one of the whole."""

from __future__ import annotations

from fairplanner.domain.programme import Programme
from fairplanner.explain.conflicts.demand import enough, is_large, only
from fairplanner.explain.conflicts.proving import tried
from fairplanner.pose import pose
from fairplanner.rules import check
from tests.builders import application, approval, choice, decision, target
from tests.explain.planted import ABROAD, loose


def phases(programme: Programme, times: int = 2) -> set[str]:
    return {name.split("/")[1] for name in enough(programme, times)}


def test_where_nothing_is_demanded_nobody_is_needed() -> None:
    assert enough(loose(), 2) == frozenset()


def test_of_a_pinned_firm_at_home_its_own_application_is_enough() -> None:
    assert enough(loose(decisions=(decision("d1", firm_id="f1"),)), 2) == {"f1/expo-1-1/-"}


def test_where_a_delegation_has_a_least_size_the_others_who_asked_are_needed() -> None:
    programme = loose(
        choices=(choice("abroad", least_firms=2),), decisions=(decision("d1", firm_id="f1", phase_id=ABROAD),)
    )
    assert enough(programme, 2) == {f"f{n}/{ABROAD}/-" for n in (1, 2, 3)}


def test_a_zone_and_a_permit_need_everybody_who_asked() -> None:
    assert phases(loose(decisions=(decision("d1", zone_id="prov", phase_id=ABROAD),))) == {ABROAD}
    assert phases(loose(approvals=(approval(),))) == {ABROAD}


def test_a_floor_needs_the_easiest_fairs_until_they_could_count_it_over() -> None:
    assert phases(loose(targets=(target("t", 1, floor=True),)), times=2) == {"expo-1-1"}
    assert phases(loose(targets=(target("t", 2, floor=True),)), times=2) == {"expo-1-1", "expo-1-2"}
    assert phases(loose(targets=(target("t", 1, floor=False),))) == set()
    assert phases(loose(targets=(target("t", 1, floor=True, abroad_only=True),))) == {ABROAD}


def test_a_kept_place_is_needed() -> None:
    paid = application("f2", "expo-1-2", state="paid")
    programme = loose(applications=(application("f1"), paid))
    assert enough(programme, 2) == {"f2/expo-1-2/-"}


def test_a_plan_of_what_is_enough_breaks_no_rule_of_the_whole() -> None:
    programme = loose(decisions=(decision("d1", firm_id="f1"),), targets=(target("t", 3, floor=True),))
    found = tried(programme, times=2)
    assert found.plan is not None
    assert check(programme, found.plan) == ()
    assert len(found.problem.programme.applications) < len(programme.applications)


def test_a_programme_cut_down_forgets_what_was_worked_out_of_the_whole() -> None:
    programme = loose()
    assert len(programme.application) == 9
    assert list(only(programme, {"f1/expo-1-1/-"}).application) == ["f1/expo-1-1/-"]


def test_a_small_programme_is_not_large() -> None:
    assert not is_large(pose(loose()))
