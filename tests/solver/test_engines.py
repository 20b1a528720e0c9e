"""Which engine runs when: small programmes end with a proof of their own, and a plan is planned on from an earlier one."""

from __future__ import annotations

from typing import Any

import pytest

from fairplanner.domain.kinds import Status
from fairplanner.domain.prices import Prices
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules import RULES, check
from fairplanner.solver import Solved, solve
from fairplanner.solver.engines import Begin, run
from fairplanner.solver.model import build
from fairplanner.solver.result import Found
from tests import builders as b
from tests.properties.programmes import a_programme_of_grants, a_programme_of_many_booths, a_ranked_programme
from tests.solver.heard import a_model, any_point, best_point


def crowd(**tables: Any) -> Programme:
    """Twelve firms of two zones that ask for three fairs, more than there is room for."""
    firms = tuple(b.firm(f"f{i:02d}", "east" if i % 2 else "west", record=(i % 7) / 7) for i in range(12))
    asked = tuple(b.application(f.firm_id, q) for f in firms for q in ("abroad-1-1", "expo-1-1", "expo-1-2"))
    return b.a_programme(**({"firms": firms, "applications": asked, "quotas": (b.quota(booths=7),)} | tables))


def without(programme: Programme, phase_id: str) -> Programme:
    """The programme after a fair was cancelled, made anew."""
    phases = tuple(
        p.model_copy(update={"status": Status.CANCELLED}) if p.phase_id == phase_id else p for p in programme.phases
    )
    return Programme(**({name: getattr(programme, name) for name in Programme.model_fields} | {"phases": phases}))


def priced(programme: Programme) -> Solved:
    """A plan with its prices: where it need not be repeatable, the plans engine runs beside branch and cut."""
    return solve(pose(programme), rules=RULES, seconds=5, reproducible=False, workers=2)


@pytest.mark.parametrize("seed", range(3))
def test_the_road_through_all_engines_ends_at_the_same_value_as_exact_alone(seed: int) -> None:
    model = a_model(4, 4, seed, 2, 2)
    found, _, _ = run(model, 20, 0.0, True, 8, None, Begin())
    assert found.point is not None
    assert model.is_kept(found.point)
    assert model.value(found.point) == found.bound == model.value(best_point(model))


def test_a_small_programme_ends_before_the_plans_engine_begins() -> None:
    model = a_model(6, 4, 3, 2, 2)
    told: list[str] = []
    found, engine, prices = run(model, 20, 0.0, True, 8, lambda name, value, bound: told.append(name), Begin())
    assert found.bound == model.value(best_point(model))
    assert found.repeatable
    assert engine in ("branch", "exact")
    assert prices is None
    assert not {"relax", "start", "plans", "neighbours"} & set(told)
    solved = solve(pose(b.a_programme()), rules=RULES, gap=0)
    assert (solved.status, solved.prices) == ("optimal", None)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("reproducible", [True, False])
def test_whatever_it_begins_with_the_plan_is_kept_and_the_bound_holds(seed: int, reproducible: bool) -> None:
    model = a_model(5, 4, seed, 2, 2)
    found, _, prices = run(model, 3, 0.0, reproducible, 2, None, Begin(any_point(model, seed)))
    assert found.point is not None
    assert model.is_kept(found.point)
    assert found.bound is not None
    assert model.value(found.point) <= model.value(best_point(model)) <= found.bound
    assert reproducible or prices is not None  # where branch proves it alone there are none


@pytest.mark.slow
def test_branch_and_plans_side_by_side_tell_one_kept_plan_and_one_bound_that_holds() -> None:
    model = a_model(12, 5, 3, 2, 2)
    told: list[tuple[int | None, int | None]] = []
    found, _, prices = run(model, 6, 0.0, False, 2, lambda name, value, bound: told.append((value, bound)), Begin())
    assert found.point is not None
    assert found.bound is not None
    assert model.value(found.point) <= model.value(best_point(model)) <= found.bound
    assert prices is not None
    values = [value for value, _ in told if value is not None]
    bounds = [bound for _, bound in told if bound is not None]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)


@pytest.mark.slow
def test_after_a_fair_is_cancelled_the_plan_goes_on_from_the_earlier_one_and_is_checked() -> None:
    before = priced(crowd())
    assert before.prices is not None
    assert before.prices.rows
    after = without(crowd(), "expo-1-2")
    best = solve(pose(after), rules=RULES, gap=0, seconds=60)
    assert best.status == "optimal"
    again = solve(pose(after), rules=RULES, seconds=6, previous=before.plan, prices=before.prices)
    assert check(after, again.plan) == ()
    assert "expo-1-2" not in {p.phase_id for p in again.plan.participations}
    assert again.plan.value <= best.plan.value <= again.plan.bound


@pytest.mark.parametrize("prices", [None, Prices()])
def test_a_plan_without_prices_or_with_none_that_fit_is_gone_on_from_as_well(prices: Prices | None) -> None:
    programme = crowd()
    best = solve(pose(programme), rules=RULES, gap=0, seconds=60)
    again = solve(pose(programme), rules=RULES, seconds=6, previous=best.plan, prices=prices)
    assert check(programme, again.plan) == ()
    assert again.plan.value <= best.plan.value <= again.plan.bound
    assert again.plan.gap <= max(programme.settings.gap, best.plan.gap), "what was best before is not lost"


@pytest.mark.slow
@pytest.mark.parametrize(
    "programme",
    [crowd(), a_ranked_programme(3), a_programme_of_many_booths(7), a_programme_of_grants(11)],
    ids=["crowd", "ranked", "of many booths", "of grants"],
)
def test_the_same_question_gives_the_same_bytes_from_an_earlier_plan_too(programme: Programme) -> None:
    first = [solve(pose(programme), rules=RULES, seconds=10) for _ in range(2)]
    assert first[0].plan.model_dump_json() == first[1].plan.model_dump_json()
    then = [solve(pose(programme), rules=RULES, seconds=10, previous=first[0].plan) for _ in range(2)]
    assert then[0].plan.model_dump_json() == then[1].plan.model_dump_json()
    assert then[0].plan.reproducible
    assert then[0].prices == then[1].prices
    assert check(programme, then[0].plan) == ()


def test_a_programme_that_has_no_plan_is_said_to_have_none_whatever_it_begins_with() -> None:
    pins = (b.decision("d1", firm_id="f01"), b.decision("d2", "must-not", firm_id="f01"))
    model = build(pose(crowd(decisions=pins)), RULES)
    for begin in (Begin(), Begin(model.lower.copy())):
        found, _, _ = run(model, 10, 0.0, True, 2, None, begin)
        assert isinstance(found, Found)
        assert found.point is None
        assert found.infeasible
