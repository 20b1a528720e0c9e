"""The rest of an award."""

from __future__ import annotations

from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules.reckon.awards import at_stake, lost_points
from fairplanner.solver import solve
from tests import builders as b


def programme(amount: int, wanted: int) -> Programme:
    # going abroad does not pay for itself here; the target counts fairs
    target = b.target(at_least=wanted, counts="fairs", points=0)
    return b.a_programme(targets=(target,), awards=(b.award(amount=amount, points_per_1000=10),))


def test_a_large_enough_rest_makes_the_plan_reach_the_target() -> None:
    small, large = (solve(pose(programme(amount, 2)), seconds=60).plan for amount in (100, 10_000_000))
    assert [x.met for x in at_stake(programme(10_000_000, 2), large)] == [True]
    assert lost_points(programme(10_000_000, 2), large) == 0
    fairs = {p.phase_id.split("-")[0] for p in small.participations}
    assert (lost_points(programme(100, 2), small) == 0) is (len(fairs) == 2)


def test_a_target_out_of_reach_costs_nothing_and_is_shown() -> None:
    far = programme(1_000_000, 40)
    plan = solve(pose(far), seconds=60).plan
    (shown,) = at_stake(far, plan)
    assert (shown.reachable, shown.met, lost_points(far, plan)) == (False, False, 0)
    assert plan.value == solve(pose(b.a_programme(targets=far.targets)), seconds=60).plan.value
