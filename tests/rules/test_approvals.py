"""Permits freeze what they approve."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from fairplanner.errors import NoPlan
from fairplanner.pose import pose
from fairplanner.rules.approvals import Approvals
from fairplanner.solver import solve
from fairplanner.solver.extract import plan_of
from tests import builders as b
from tests.properties.agreement import check_face, random_vectors, row_face
from tests.rules.plans import broken, delegation, place

RULE = Approvals()


def test_a_party_as_approved_is_kept() -> None:
    assert broken(RULE, b.a_programme(approvals=(b.approval(),)), delegation()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"people": 2},
        {"depart": date(2025, 3, 18)},
        {"back": date(2025, 3, 20)},
        {"phases": ("abroad-1-1", "expo-1-1")},
        {"valid_to": date(2025, 3, 1)},
    ],
)
def test_a_party_that_is_not_the_approved_one_breaks_and_the_approved_one_is_missed(changes: dict[str, object]) -> None:
    programme = b.a_programme(approvals=(b.approval(**changes),))
    assert sorted(broken(RULE, programme, delegation())) == [("a1", 1), ("prov:abroad-1-1", 1)]


def test_an_approved_party_that_does_not_go_is_missed() -> None:
    assert broken(RULE, b.a_programme(approvals=(b.approval(),))) == [("a1", 1)]


def test_parties_of_other_zones_are_not_meant() -> None:
    assert broken(RULE, b.a_programme(approvals=(b.approval(zone_id="west"),)), delegation()) == [("a1", 1)]


def test_an_exhibitions_permit_limits_the_people_of_firms() -> None:
    programme = b.a_programme(approvals=(b.approval(kind="exhibition", people=3),))
    places = [place(f, "abroad-1-1", people=2) for f in ("f1", "f2")]
    assert broken(RULE, programme, *places) == [("a1 · abroad-1-1", 1)]


def test_a_permit_makes_the_party_go_and_one_that_cannot_go_collides() -> None:
    wide = b.approval(depart=date(2025, 3, 15), back=date(2025, 3, 23))
    plan = solve(pose(b.a_programme(approvals=(wide,))), seconds=60).plan
    assert [d.sponsor for d in plan.delegations if d.officials] == ["prov"]
    with pytest.raises(NoPlan):
        solve(pose(b.a_programme(approvals=(b.approval(people=1, depart=date(2025, 3, 18)),))), seconds=60)


def test_a_permit_of_a_zone_without_any_party_that_could_go_collides() -> None:
    programme = b.a_programme(approvals=(b.approval(zone_id="west"),))
    problem = pose(programme)
    assert not ((problem.delegations["sponsor"] == "west") & (problem.delegations["officials"] > 0)).any()
    assert [list(r.labels) for r in RULE.rows(problem)] == [["a1"], []]
    with pytest.raises(NoPlan):
        solve(problem, seconds=60)


def test_rows_and_check_find_the_same() -> None:
    programme = b.a_programme(
        approvals=(
            b.approval(),
            b.approval(approval_id="a2", kind="exhibition", people=3),
            b.approval(approval_id="a3", zone_id="east"),
        )
    )
    problem, rng = pose(programme), np.random.default_rng(7)
    face = row_face(RULE, problem)
    for share in (0.1, 0.3, 0.6, 0.9):
        x = random_vectors(problem, rng, share)
        assert face.broken(x) == check_face(RULE, programme, plan_of(problem, x))
