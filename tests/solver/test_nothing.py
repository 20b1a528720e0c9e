"""Points where little happens: what is wanted, and what that asks for."""

from __future__ import annotations

import numpy as np

from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.solver.exact import Effort
from fairplanner.solver.model import build
from fairplanner.solver.nothing import at_nothing, is_broken, near_nothing
from tests import builders as b

EFFORT = Effort(10, 2.0)


def test_where_nobody_wants_anything_nothing_is_broken() -> None:
    model = build(pose(b.a_programme()), RULES)
    assert not is_broken(model, at_nothing(model)).any()


def test_a_decision_brings_its_firm_a_journey_and_a_delegation_and_nobody_else() -> None:
    problem = pose(b.a_programme(decisions=(b.decision("d1", firm_id="f1"),)))
    model = build(problem, RULES)
    assert is_broken(model, at_nothing(model)).sum() == 1
    point = near_nothing(model, EFFORT).point
    assert point is not None
    assert model.is_kept(point)
    vectors = model.vectors(point)
    assert set(problem.participations["firm"][vectors["participations"] > 0]) == {"f1"}
    assert vectors["journeys"].sum() == vectors["delegations"].sum() == 1


def test_a_floor_is_reached_with_everybody_it_takes() -> None:
    problem = pose(b.a_programme(targets=(b.target("floor", at_least=9, floor=True),)))
    model = build(problem, RULES)
    found = near_nothing(model, EFFORT)
    assert found.point is None or model.is_kept(found.point)
    assert not found.infeasible


def test_where_two_decisions_collide_no_point_is_found_and_none_is_said_to_be_impossible() -> None:
    pins = (b.decision("d1", firm_id="f1"), b.decision("d2", "must-not", firm_id="f1"))
    found = near_nothing(build(pose(b.a_programme(decisions=pins)), RULES), EFFORT)
    assert found.point is None
    assert not found.infeasible


def test_slack_of_soft_rows_is_spent_first() -> None:
    model = build(pose(b.a_programme(targets=(b.target("wish", at_least=3),))), RULES)
    point = at_nothing(model)
    spent = [place for block, place in model.blocks.items() if isinstance(block, tuple) and "breach" in block[1]]
    assert any(np.any(point[place] > 0) for place in spent)
