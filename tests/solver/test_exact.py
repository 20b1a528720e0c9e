"""The exact engine against every point of small models, and its manners."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from fairplanner.rules.tables import DECIDED
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Model, build
from fairplanner.solver.tidy import settled, tidied, without_needless
from tests.solver.small import SHAPE, a_problem, limits, wanted
from tests.solver.test_contradiction import a_model as rows_between

QUICK = Effort(20, 5.0, 0.0)


def a_model(seed: int, firms: int = 2, phases: int = 2, target: bool = True) -> Model:
    soft = (wanted(3, 4_000),) if target else ()
    return build(a_problem(firms, phases, seed, share=0.8, least=1), [*SHAPE, limits(2, 900_000, 2), *soft])


@pytest.mark.parametrize("seed", range(6))
def test_optimum_is_the_best_of_all_points(seed: int) -> None:
    model = a_model(seed, target=False)
    points = np.array(list(product((0, 1), repeat=model.size[1])), np.int64)
    sums = points @ model.matrix.toarray().T
    kept = ((sums >= model.row_lower) & (sums <= model.row_upper)).all(axis=1)
    found = search(model, QUICK)
    assert found.point is not None
    assert model.is_kept(found.point)
    assert model.value(found.point) == found.bound == (points @ model.gain)[kept].max()


def test_the_same_model_gives_the_same_point_twice() -> None:
    model = a_model(1, firms=12, phases=6)
    first, second = (search(model, QUICK).point for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.tolist() == second.tolist()


def test_a_complete_hint_is_never_lost_even_without_time() -> None:
    model = a_model(2, firms=12, phases=6)
    best = search(model, QUICK).point
    assert best is not None
    found = search(model, replace(QUICK, seconds=1e-4, work=1e-6), hint=best)
    assert found.point is not None
    assert model.value(found.point) >= model.value(best)
    assert not found.infeasible


def test_a_hint_that_breaks_a_row_is_not_taken_for_a_point() -> None:
    model = a_model(2)
    all_ones = np.ones(model.size[1], np.int64)
    assert not model.is_kept(all_ones)
    found = search(model, QUICK, hint=all_ones)
    assert found.point is not None
    assert model.is_kept(found.point)


def test_what_serves_nothing_is_left_out_last_ids_first() -> None:
    problem = a_problem(1, 2, 5, share=1.0, least=0)
    problem.delegations["gain"] = 0
    model = build(problem, SHAPE)
    x = np.zeros(model.size[1], np.int64)
    x[model.blocks["delegations"]] = 1
    assert model.is_kept(x)
    assert without_needless(model, x).sum() == 0


def test_ties_go_to_fewer_then_earlier_ids() -> None:
    problem = a_problem(3, 1, 5, share=1.0, least=0)
    problem.participations["gain"] = 5_000
    problem.journeys["gain"] = 0
    problem.claims["gain"] = 0
    problem.delegations["gain"] = 0
    model = build(problem, [*SHAPE, limits(1, 10**9, 1)])
    last = np.zeros(model.size[1], np.int64)
    for name in ("delegations", "journeys", "participations"):
        last[model.blocks[name].stop - 1] = 1
    assert model.is_kept(last)
    best, repeatable = tidied(model, last, QUICK)
    assert repeatable
    chosen = model.vectors(best)
    assert {name: np.flatnonzero(chosen[name]).tolist() for name in DECIDED} == {
        "delegations": [0], "journeys": [0], "participations": [0], "claims": [], "cuts": [],
    }  # fmt: skip


def test_private_columns_are_brought_to_their_best() -> None:
    model = a_model(3)
    found = search(model, QUICK).point
    assert found is not None
    slack = model.blocks[
        "wanted", next(name for rule, name in (b for b in model.blocks if isinstance(b, tuple)) if rule == "wanted")
    ]
    loose = found.copy()
    loose[slack] = model.upper[slack]
    assert model.is_kept(loose)
    assert model.value(settled(model, loose, QUICK)) == model.value(found)


@pytest.mark.parametrize(("seconds", "work"), [(1e-4, None), (20, 1e-9)])
def test_a_search_that_ends_before_it_begins_proves_no_bound(seconds: float, work: float | None) -> None:
    model = a_model(2, firms=40, phases=8)
    best = search(model, replace(QUICK, gap=0.05)).point
    assert best is not None
    for hint in (None, best):
        found = search(model, replace(QUICK, seconds=seconds, work=work), hint)
        assert found.bound is None or found.bound >= model.value(best)
        assert not found.infeasible


def test_a_bound_that_a_point_refutes_is_none() -> None:
    model = a_model(1)
    point = search(model, QUICK).point
    assert point is not None
    value = model.value(point)
    assert (model.bound_for(value, point), model.bound_for(value - 1, point)) == (value, None)
    assert (model.bound_for(None, point), model.bound_for(3, None)) == (None, 3)
    assert model.reach >= value


def test_a_hint_that_breaks_rows_ends_no_search_where_no_point_is_there() -> None:
    # three quotas of 4, 3 and 1 booths and a floor of 9: with such a hint CP-SAT 9.15 ended the whole process
    booths = [np.array(of) for of in ([1, 2, 3] * 4 + [1, 2] * 4, [1, 2] * 4 + [1, 2, 3] * 2, [1] * 10)]
    ends = np.cumsum([0, *(len(of) for of in booths)])
    matrix = np.zeros((4, ends[-1]), np.int64)
    for i, of in enumerate(booths):
        matrix[i, ends[i] : ends[i + 1]] = matrix[3, ends[i] : ends[i + 1]] = of
    model = rows_between(matrix, [0, 0, 0, 9], [4, 3, 1, 70], [1] * int(ends[-1]))
    for lean in (True, False):
        assert search(model, Effort(10, 2.0, lean=lean), np.zeros(ends[-1], np.int64)).infeasible
