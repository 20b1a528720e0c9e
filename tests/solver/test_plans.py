"""The plans engine: only kept points and true bounds are told, in a fixed number of steps by the same road each time."""

from __future__ import annotations

from threading import current_thread, main_thread
from time import perf_counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules import RULES, check
from fairplanner.solver import plan_of
from fairplanner.solver.blocks import Floats
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.mend import FINES
from fairplanner.solver.model import SHARED, Ints, Model, build
from fairplanner.solver.plans import Plans
from fairplanner.solver.relax import Relaxed
from fairplanner.solver.result import Found
from tests.properties.programmes import (
    SEEDS,
    a_programme_of_grants,
    a_programme_of_many_booths,
    a_ranked_programme,
    any_programme,
)
from tests.solver.heard import SHAPES, Heard, a_model, a_pricer, any_point, best_point
from tests.solver.test_mend import crowded

QUIET = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
Shape = tuple[int, int, int, int, int]
AMPLE = 600.0
"""Seconds that no search here needs, so that its rounds and steps end it."""


def counted(
    model: Model,
    *,
    rounds: int = 3,
    steps: int = 6,
    gap: float = 0.0,
    start: Ints | None = None,
    prices: Floats | None = None,
) -> tuple[Heard, Plans]:
    heard = Heard(model)
    made = Plans(model, perf_counter() + AMPLE, gap, heard.learn, heard.best)
    made.run_counted(rounds, steps, start, prices)
    assert not made.late
    return heard, made


def some_prices(model: Model, seed: int) -> Floats:
    return np.random.default_rng(seed).normal(0, 20_000, model.size[0])


@settings(max_examples=20, **QUIET)
@given(SHAPES)
def test_points_are_kept_and_bounds_hold(shape: Shape) -> None:
    model = a_model(*shape)
    value = model.value(best_point(model))
    heard, _ = counted(model)
    assert heard.told[0][0] == "relax"
    assert all(bound >= value for _, _, bound in heard.told if bound is not None)
    assert all(worth <= value for _, worth, _ in heard.told if worth is not None)


@pytest.mark.slow
@settings(max_examples=10, **QUIET)
@given(SHAPES, st.integers(0, 1000))
def test_a_wrong_beginning_harms_neither_points_nor_bounds(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    value = model.value(best_point(model))
    heard, _ = counted(model, start=any_point(model, seed), prices=some_prices(model, seed))
    assert "relax" not in {engine for engine, _, _ in heard.told}, "prices that are given need not be looked for"
    assert heard.bound is not None
    assert heard.bound >= value


@pytest.mark.parametrize("shape", [(6, 4, 3, 2, 2), (4, 4, 0, 2, 2), (5, 3, 11, 1, 3)])
def test_the_same_rounds_and_steps_take_the_same_road(shape: Shape) -> None:
    one, other = (counted(a_model(*shape)) for _ in range(2))
    assert one[0].told == other[0].told
    assert one[0].point is not None
    assert other[0].point is not None
    assert one[0].point.tobytes() == other[0].point.tobytes()
    assert one[1].prices is not None
    assert other[1].prices is not None
    assert one[1].prices.tobytes() == other[1].prices.tobytes()


@pytest.mark.slow
@pytest.mark.parametrize("start", [None, 3])
def test_by_the_clock_it_ends_and_has_told_only_what_holds(start: int | None) -> None:
    model = a_model(12, 5, 3, 2, 2)
    value = model.value(best_point(model))
    heard = Heard(model)
    made = Plans(model, perf_counter() + 2.0, 0.0, heard.learn, heard.best)
    made.run(None if start is None else any_point(model, start), None)
    assert not made.alive()
    assert heard.point is not None
    assert heard.bound is not None
    assert model.value(heard.point) <= value <= heard.bound


def test_with_no_time_at_all_what_was_told_still_holds() -> None:
    model = a_model(6, 4, 3, 2, 2)
    value = model.value(best_point(model))
    for how in ("run", "run_counted"):
        heard = Heard(model)
        made = Plans(model, perf_counter() - 1.0, 0.0, heard.learn, heard.best)
        made.run(None, None) if how == "run" else made.run_counted(3, 6, None, None)
        assert made.late
        assert heard.bound is None or heard.bound >= value


def test_it_ends_as_soon_as_the_gap_is_reached() -> None:
    model = a_model(6, 4, 3, 2, 2)
    whole, _ = counted(model, rounds=4, steps=8)
    short, made = counted(model, rounds=4, steps=8, gap=10.0)
    assert not made.alive()
    assert len(short.told) < len(whole.told)


def test_prices_of_an_earlier_search_prove_at_once_what_they_proved_then() -> None:
    model = a_model(12, 5, 3, 2, 2)
    before, made = counted(model)
    again, _ = counted(model, rounds=1, steps=1, start=before.point, prices=made.prices)
    assert before.bound is not None
    # years are not looked for that are worth less than ten thousandths more
    assert again.bounds("plans")[0] <= before.bound + 10 * len(model.firms)
    assert made.prices is not None
    assert not made.prices[model.row_group != SHARED].any()


def test_a_plan_begun_with_is_never_lost() -> None:
    model = a_model(12, 5, 3, 2, 2)
    best = best_point(model)
    heard, _ = counted(model, rounds=1, steps=1, start=best)
    assert heard.point is not None
    assert model.value(heard.point) == model.value(best)


class Refused(Exception):
    """Of whoever listens."""


class Refusing(Heard):
    """It hears what the search itself tells, and raises at what a walker does."""

    def learn(self, found: Found, engine: str) -> None:
        if engine == "neighbours" and current_thread() is not main_thread():
            raise Refused(engine)
        super().learn(found, engine)


def test_what_is_raised_in_a_walker_reaches_the_caller_and_ends_the_search() -> None:
    model = a_model(12, 5, 3, 2, 2)
    heard, begun = Refusing(model), perf_counter()
    made = Plans(model, begun + 60.0, 0.0, heard.learn, heard.best)
    with pytest.raises(Refused, match="neighbours"):
        made.run(None, None)
    assert perf_counter() - begun < 45.0, "the other walker does not go on alone until time is up"
    assert not made.alive()


def test_nothing_is_taken_up_once_it_is_closed() -> None:
    model = a_model(6, 4, 3, 2, 2)
    best = best_point(model)
    heard = Heard(model)
    made = Plans(model, perf_counter() + AMPLE, 0.0, heard.learn, heard.best)
    made.tell(best, None, "before")
    made.close()
    made.tell(best, model.value(best), "after")
    assert [engine for engine, _, _ in heard.told] == ["before"]
    assert heard.bound is None
    assert made.alive(), "what was not taken up ends nothing"


def test_a_bound_is_told_in_whole_thousandths_and_one_without_end_not_at_all() -> None:
    model = a_model(6, 4, 3, 2, 2)
    heard = Heard(model)
    made = Plans(model, perf_counter() + AMPLE, 0.0, heard.learn, heard.best)
    made.tell(None, 10_000_000.9, "one")
    made.tell(None, np.inf, "other")
    assert heard.told == [("one", None, 10_000_000), ("other", None, None)]


MAKERS = {
    "of any kind": any_programme,
    "ranked": a_ranked_programme,
    "of many booths": a_programme_of_many_booths,
    "of grants": a_programme_of_grants,
}


def judged(programme: Programme) -> None:
    """The engine against `check` and the exact engine on the whole model of a programme."""
    problem = pose(programme)
    model = build(problem, RULES)
    if not model.firms:
        return
    heard, _ = counted(model, rounds=2, steps=4)
    exact = search(model, Effort(60, 60.0, 0.0))
    if exact.point is None:
        assert heard.point is None, "there is no plan"
        return
    assert exact.bound == model.value(exact.point)
    assert heard.bound is not None
    assert heard.bound >= exact.bound
    if heard.point is not None:
        assert model.value(heard.point) <= exact.bound
        plan = plan_of(problem, model.vectors(heard.point))
        assert check(programme, plan) == ()
        assert plan.value == model.value(heard.point)


@pytest.mark.slow
@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=4, **QUIET)
@given(seed=SEEDS)
def test_plans_pass_check_and_are_worth_what_the_model_says_and_no_bound_is_below_the_best(
    kind: str, seed: int
) -> None:
    judged(MAKERS[kind](seed))


@pytest.mark.parametrize(("few", "kept"), [(1.0, False), (0.0, True)])
def test_of_an_earlier_plan_so_much_stays_broken_as_can_be_put_right_whatever_the_clock(few: float, kept: bool) -> None:
    """Two firms hold the one place, and no fine makes either go."""
    model = crowded(FINES[-1] + 1, FINES[-1] + 2)
    heard = Heard(model)
    made = Plans(model, perf_counter() + AMPLE, 0.0, heard.learn, heard.best)
    none = Relaxed(np.zeros(2), np.zeros(model.size[0]), np.inf, 0)
    first = made._first(a_pricer(model), none, np.ones(2, np.int64), few)
    assert model.is_kept(first) == kept
    assert heard.point is not None, "one that keeps all rows is told all the same"
    assert model.is_kept(heard.point)
