"""Of plans worth the same the one nearest to another plan."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.solver import closest, solve
from tests.builders import a_programme, application, choice, firm, quota

NAMES = ("f1", "f2", "f3", "f4")


def alike(booths: int, records: tuple[float, ...] = (0.5,) * 4) -> Programme:
    return a_programme(
        firms=tuple(firm(n, record=r) for n, r in zip(NAMES, records, strict=True)), targets=(),
        applications=tuple(application(n, q) for n in NAMES for q in ("expo-1-1", "expo-1-2")),
        quotas=(quota(booths=booths), quota("expo-1-2", booths=2)), choices=(choice("expo", policy="optimise"), choice("abroad")),
    )  # fmt: skip


def only(programme: Programme, *names: str) -> Plan:
    """The best plan of these firms alone."""
    kept = tuple(a for a in programme.applications if a.firm_id in names)
    return solve(pose(programme.model_copy(update={"applications": kept})), seconds=5).plan


def differs(a: Plan, b: Plan) -> int:
    return len({p.participation_id for p in a.participations} ^ {p.participation_id for p in b.participations})


def test_whoever_had_a_place_keeps_it_where_another_would_be_worth_as_much() -> None:
    programme = alike(2)
    problem, best = pose(programme), only(programme, "f3", "f4")
    to = only(programme, "f1", "f2")
    near = closest(problem, best, to)
    assert near.value == best.value
    assert differs(near, to) == 0


def test_the_same_plan_is_its_own_nearest() -> None:
    programme = alike(2)
    plan = only(programme, *NAMES)
    assert closest(pose(programme), plan, plan) == plan


def test_the_bound_is_that_of_the_plan() -> None:
    programme = alike(2)
    best = only(programme, "f3", "f4").model_copy(update={"bound": 10**9, "status": "feasible"})
    near = closest(pose(programme), best, only(programme, "f1", "f2"))
    assert (near.bound, near.status) == (10**9, "feasible")


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(1, 3),
    st.tuples(*[st.sampled_from([0.2, 0.5, 0.8])] * 4),
    st.sets(st.sampled_from(NAMES), min_size=1, max_size=3),
)
def test_it_never_costs_worth_breaks_nothing_and_is_nearer(
    booths: int, records: tuple[float, ...], had: set[str]
) -> None:
    programme = alike(booths, records)
    problem = pose(programme)
    best, to = solve(problem, seconds=5).plan, only(programme, *had)
    near = closest(problem, best, to)
    assert near.value >= best.value
    assert not list(check(programme, near))
    assert differs(near, to) <= differs(best, to)
