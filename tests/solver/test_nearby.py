"""A plan made again near by: what was asked about moves, all else stays."""

from __future__ import annotations

import pytest

from fairplanner.domain.plan import Plan
from fairplanner.errors import NoPlan
from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.solver import nearby, priced, solve
from tests import builders as b


@pytest.fixture(scope="module")
def base() -> Plan:
    return solve(pose(b.a_programme()), gap=0).plan


def places(plan: Plan) -> set[str]:
    return {p.participation_id for p in plan.participations}


@pytest.mark.slow
def test_a_best_plan_is_best_near_by_as_well(base: Plan) -> None:
    made = nearby(pose(b.a_programme()), base, firms=["f1"], phases=["expo-1-1"])
    assert (made.status, made.plan.value) == ("optimal", base.value)
    assert places(made.plan) == places(base)


@pytest.mark.parametrize(("digest", "is_known"), [("", False), ("d1", True), ("d2", False)])
def test_the_bound_of_the_plan_holds_for_its_own_programme_only(base: Plan, digest: str, is_known: bool) -> None:
    problem = pose(b.a_programme(digest=digest))
    made = nearby(problem, base.model_copy(update={"programme_digest": "d1" if digest else ""}), firms=["f1"])
    assert (made.plan.bound == base.bound) == is_known


def test_a_firm_that_is_kept_away_leaves_and_all_others_stay(base: Plan) -> None:
    gone = next(p for p in base.participations if p.phase_id == "expo-1-2")
    pin = b.decision("x", "must-not", firm_id=gone.firm_id, phase_id=gone.phase_id)
    programme = b.a_programme(decisions=(pin,))
    made = nearby(pose(programme), base, firms=[gone.firm_id])
    assert gone.participation_id not in places(made.plan)
    others = {p.participation_id for p in base.participations if p.firm_id != gone.firm_id}
    assert others <= places(made.plan)
    assert check(programme, made.plan) == ()
    assert made.plan.value < base.value


def test_who_breaks_a_limit_that_is_lower_now_joins_in(base: Plan) -> None:
    programme = b.a_programme(quotas=(b.quota(booths=1),))
    made = nearby(pose(programme), base, firms=["f3"])
    assert check(programme, made.plan) == ()
    assert sum(p.booths for p in made.plan.participations if p.phase_id == "expo-1-1") <= 1


@pytest.mark.slow
def test_where_nothing_near_keeps_all_rules_nothing_is_known() -> None:
    pins = (b.decision("d1", firm_id="f1"), b.decision("d2", "must-not", firm_id="f1"))
    base = solve(pose(b.a_programme()), gap=0).plan
    with pytest.raises(NoPlan) as caught:
        nearby(pose(b.a_programme(decisions=pins)), base, firms=["f1"])
    assert caught.value.status == "unknown"


@pytest.mark.slow
def test_of_another_programme_prices_prove_the_bound(base: Plan) -> None:
    problem = pose(b.a_programme(quotas=(b.quota(booths=2),)))
    loose, tight = (nearby(problem, base, phases=["expo-1-1"], prices=p).plan for p in (None, priced(problem)))
    assert loose.value == tight.value
    assert loose.bound is not None
    assert tight.bound is not None
    assert tight.value <= tight.bound < loose.bound


@pytest.mark.slow
def test_a_zone_is_all_its_firms_and_delegations(base: Plan) -> None:
    programme = b.a_programme(decisions=(b.decision("x", "must-not", firm_id="f1", phase_id="expo-1-2"),))
    zone = programme.firm["f1"].zone_id
    made = nearby(pose(programme), base, zones=[zone])
    whole = solve(pose(programme), gap=0).plan
    assert made.plan.value <= whole.value
    assert not any(p.firm_id == "f1" and p.phase_id == "expo-1-2" for p in made.plan.participations)
