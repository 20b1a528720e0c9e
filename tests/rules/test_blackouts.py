"""Days on which nobody may leave."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from fairplanner.domain.duties import Blackout
from fairplanner.pose import pose
from fairplanner.rules.blackouts import Blackouts
from fairplanner.solver import solve
from fairplanner.solver.extract import plan_of
from tests import builders as b
from tests.properties.agreement import check_face, random_vectors, row_face
from tests.rules.plans import broken, delegation

RULE = Blackouts()


def blackout(first: date, last: date, **changes: Any) -> Blackout:
    base = {"blackout_id": "b1", "first": first, "last": last, "zone_id": "prov", "reason": "省两会"}
    return Blackout(**(base | b.SAMPLE | changes))


def test_a_party_that_is_back_the_day_before_is_kept() -> None:
    assert broken(RULE, b.a_programme(blackouts=(blackout(date(2025, 3, 22), date(2025, 3, 25)),)), delegation()) == []


def test_a_party_that_is_out_on_two_of_the_days_is_broken_by_two() -> None:
    programme = b.a_programme(blackouts=(blackout(date(2025, 3, 20), date(2025, 3, 25)),))
    assert broken(RULE, programme, delegation()) == [("prov:abroad-1-1", 2)]


def test_other_zones_and_blackouts_that_are_only_shown_do_not_bind() -> None:
    days = (date(2025, 3, 1), date(2025, 3, 31))
    rows = (blackout(*days, zone_id="west"), blackout(*days, blackout_id="b2", binding=False))
    assert broken(RULE, b.a_programme(blackouts=rows), delegation()) == []


def test_a_firms_party_without_officials_is_not_meant() -> None:
    programme = b.a_programme(blackouts=(blackout(date(2025, 3, 20), date(2025, 3, 25)),))
    assert broken(RULE, programme, delegation(officials=0)) == []


def test_a_post_that_may_not_leave_is_not_named_and_another_one_is() -> None:
    rows = (blackout(date(2025, 3, 18), date(2025, 3, 18), post_id="lead-1"),)
    assert broken(RULE, b.a_programme(blackouts=rows), delegation()) == [("prov:abroad-1-1 · lead-1", 1)]
    plan = solve(pose(b.a_programme(blackouts=rows, posts=(b.post(), b.post("lead-2")))), seconds=60).plan
    assert [d.posts for d in plan.delegations if d.officials] == [("lead-2",)]


def test_nobody_leads_where_the_only_post_may_not_leave() -> None:
    rows = (blackout(date(2025, 3, 18), date(2025, 3, 18), post_id="lead-1"),)
    plan = solve(pose(b.a_programme(blackouts=rows)), seconds=60).plan
    assert not [d for d in plan.delegations if d.officials]


def test_posts_with_crossing_blackouts_are_named_so_that_all_can_go() -> None:
    # the first trip could take either post; only the one that leaves the second trip its only choice is right
    later = b.phase("abroad", 2, start=date(2025, 5, 20), end=date(2025, 5, 22), place_id="lion")
    base = b.a_programme()
    rows = (blackout(date(2025, 5, 20), date(2025, 5, 20), post_id="lead-2"),)
    asks = tuple(b.application(f, q) for f in ("f1", "f2", "f3") for q in ("abroad-1-1", "abroad-1-2"))
    programme = b.a_programme(
        phases=(*base.phases, later), applications=asks, blackouts=rows, posts=(b.post(), b.post("lead-2")), targets=()
    )
    plan = solve(pose(programme), seconds=60).plan
    named = {d.stops[0].phase_id: d.posts for d in plan.delegations if d.officials}
    assert named["abroad-1-2"] == ("lead-1",)
    assert named["abroad-1-1"]


def test_rows_and_check_find_the_same_for_whole_parties() -> None:
    programme = b.a_programme(
        blackouts=(
            blackout(date(2025, 3, 20), date(2025, 3, 25)),
            blackout(date(2025, 3, 19), date(2025, 3, 20), blackout_id="b2", zone_id="east"),
        )
    )
    problem, rng = pose(programme), np.random.default_rng(3)
    face = row_face(RULE, problem)
    for share in (0.2, 0.5, 1.0):
        x = random_vectors(problem, rng, share)
        assert face.broken(x) == check_face(RULE, programme, plan_of(problem, x))
