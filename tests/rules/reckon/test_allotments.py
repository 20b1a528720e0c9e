"""The procedure over a programme: who is in it, what it bounds, and the second round over what a plan leaves."""

from __future__ import annotations

from typing import Any

from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules.reckon.applications import allotment_pools, freed_places, is_open, stands
from tests import builders as b
from tests.rules.plans import place, plan

SCORES = {"f1": 90.0, "f2": 80.0, "f3": 70.0}


def handed_out(rules: dict[str, Any] | None = None, **tables: Any) -> Programme:
    """Three firms that each want three booths at expo-1-1, five of which are handed down."""
    asked = tuple(b.application(f, score=s, booths=3) for f, s in SCORES.items())
    base: dict[str, Any] = {"applications": asked, "quotas": (b.quota(booths=5),), "targets": ()}
    return b.packed(b.handing_out(**(rules or {})), **(base | tables))


def given(programme: Programme) -> dict[str, int]:
    return {name.split("/")[0]: n for name, n in allotment_pools(programme).booths.items()}


def test_each_first_booth_then_the_rest_in_order() -> None:
    # base 70 (the last served); (240 - 210) ÷ 2 = 15 a booth: 20 ÷ 15 = 1 for f1; the last one goes to the first in order
    assert given(handed_out()) == {"f1": 3, "f2": 1, "f3": 1}


def test_a_base_score_of_the_quota_keeps_those_below_it_out() -> None:
    programme = handed_out(quotas=(b.quota(booths=5, base_score=75.0),))
    assert given(programme) == {"f1": 3, "f2": 2, "f3": 0}
    assert [is_open(programme, a) for a in programme.applications] == [True, True, False]


def test_the_reserve_is_not_handed_out_and_decided_places_are_no_part_of_it() -> None:
    kept = handed_out(quotas=(b.quota(booths=5, reserve=2),), decisions=(b.decision(firm_id="f3"),))
    assert given(kept) == {"f1": 2, "f2": 1}
    assert stands(kept, kept.application["f3/expo-1-1/-"]) == (1, 2)
    without = handed_out(decisions=(b.decision(firm_id="f3"),))
    assert sum(given(without).values()) == 4


def test_it_runs_only_where_the_pack_says_so_and_places_go_by_rank() -> None:
    assert given(handed_out({"booth_formula": False})) == {}
    assert given(handed_out({"fairs": ("abroad",)})) == {}
    assert given(handed_out(choices=(b.choice("expo", policy="first-confirmed"),))) == {}
    assert given(handed_out(quotas=())) == {}


def test_what_is_allotted_bounds_the_stands_that_are_posed_and_the_rest_is_told() -> None:
    problem = pose(handed_out())
    most = problem.participations.groupby("firm")["booths"].max().to_dict()
    assert most == {"f1": 3, "f2": 1, "f3": 1}
    told = [(e.firm_id, e.count, dict(e.facts)["allotted"]) for e in problem.excluded if e.rule == "allotment"]
    assert told == [("f2", 2, "1"), ("f3", 2, "1")]


def test_one_firm_has_at_most_so_many_booths_in_a_section() -> None:
    programme = handed_out({"booth_formula": False, "most_booths": 2})
    assert stands(programme, programme.applications[0]) == (1, 2)


def test_seats_a_plan_leaves_go_through_the_procedure_again_and_dropouts_get_none() -> None:
    programme = handed_out()
    found = freed_places(programme, plan(programme, place("f1", booths=3), place("f3")))
    assert [[(x.application_id[:2], x.booths, x.round) for x in h.allotments] for _, h in found] == [[("f3", 2, 2)]]
    whole = plan(programme, place("f1", booths=3), place("f2"), place("f3"))
    assert freed_places(programme, whole) == ()


def test_another_programme_is_reckoned_anew() -> None:
    assert given(handed_out()) != given(handed_out(quotas=(b.quota(booths=9),)))
