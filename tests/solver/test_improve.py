"""First plans: firms never break what is theirs alone, and sums are those of the point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.solver.improve import Improver
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.relax import relax
from fairplanner.solver.start import first_plan, gone_on
from tests.solver.firms import MANY, by_hand
from tests.solver.heard import SHAPES, a_model, a_pricer, any_point, best_point

Shape = tuple[int, int, int, int, int]


def always() -> bool:
    return True


def never() -> bool:
    return False


def made_of(model: Model, start: Ints | None = None, alive: object = always) -> Improver:
    relaxed = relax(model)
    shared = relaxed.prices * (model.row_group == SHARED)
    pricer = Pricer(model, relaxed.prices)
    if start is not None:
        return gone_on(pricer, start, alive)  # type: ignore[arg-type]
    return first_plan(pricer, shared, relaxed.point, alive)  # type: ignore[arg-type]


def is_sound(made: Improver) -> bool:
    """Whether the point lies in its box, each firm keeps its own rows, and the sums are those of the point."""
    model, x = made.model, made.answers.point
    own = model.row_group != SHARED
    sums = (model.matrix @ x)[own]
    inside = (x >= model.lower).all() and (x <= model.upper).all()
    kept = (sums >= model.row_lower[own]).all() and (sums <= model.row_upper[own]).all()
    return bool(inside and kept and (made.answers.sums == made.pricer.usage @ x).all())


@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES)
def test_a_first_plan_keeps_what_is_a_firms_own_and_says_which_shared_rows_it_breaks(shape: Shape) -> None:
    model = a_model(*shape)
    made = made_of(model)
    assert is_sound(made)
    assert model.is_kept(made.answers.point) == (len(made.broken()) == 0)
    if not len(made.broken()):
        assert made.value() <= model.value(best_point(model))


@pytest.mark.slow
@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_an_earlier_plan_is_put_right_as_far_as_it_goes(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    best = best_point(model)
    gone = best.copy()
    place = model.blocks["delegations"]
    gone[place] *= np.random.default_rng(seed).integers(0, 2, place.stop - place.start)
    made = made_of(model, gone)
    assert is_sound(made)
    assert model.is_kept(made.answers.point) == (len(made.broken()) == 0)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES)
def test_the_best_plan_is_left_as_good_as_it_is(shape: Shape) -> None:
    model = a_model(*shape)
    best = best_point(model)
    made = made_of(model, best)
    assert model.is_kept(made.answers.point)
    assert made.value() == model.value(best)


def test_delegations_that_no_firm_fills_are_closed() -> None:
    model = a_model(4, 4, 7, 2, 3)
    made = made_of(model, model.lower.copy())
    place = model.blocks["delegations"]
    assert not len(made.broken())
    idle = made.answers.point
    idle[place] = 1
    made.answers.set(idle)
    short = len(made.broken())
    assert short
    assert made.close_short() > 0
    assert len(made.broken()) < short
    assert is_sound(made)


@pytest.mark.parametrize("start", [None, 5])
def test_where_there_is_no_time_it_is_sound_all_the_same(start: int | None) -> None:
    model = a_model(6, 4, 3, 2, 2)
    made = made_of(model, None if start is None else model.lower.copy(), never)
    assert is_sound(made)


def test_the_same_model_gets_the_same_plan() -> None:
    one, other = (made_of(a_model(6, 4, 3, 2, 2)).answers.point.tobytes() for _ in range(2))
    assert one == other


@settings(max_examples=10, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_a_point_without_sense_never_makes_it_fail(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    made = made_of(model, any_point(model, seed))
    x = made.answers.point
    assert (x >= model.lower).all()
    assert (x <= model.upper).all()
    assert (made.answers.sums == made.pricer.usage @ x).all()


def abroad(order: list[int], worth: int = 50_000, room: int = 9) -> Model:
    """Firms in this order at a fair abroad: places (0 to n - 1), what is said of them (n on), excuses (2 n on), a delegation.

    A firm is excused (its excuse is 1) only where the delegation does not go, and comes only where it does. Of the last in
    order nothing is said.
    """
    n = len(order)
    rows: list[tuple[dict[int, int], int, int]] = [(dict.fromkeys(range(n), 1), 0, room)]
    for k, f in enumerate(order):
        rows += [({f: 1, 3 * n: -1}, -MANY, 0), ({2 * n + f: 1, 3 * n: 1}, 0, 1)]
        if k + 1 < n:
            rows.append(({n + f: 1, f: -1, 2 * n + f: -1}, -MANY, 0))
        if k:
            rows.append(({f: 1, n + order[k - 1]: -1}, -MANY, 0))
        if 0 < k < n - 1:
            rows.append(({n + f: 1, n + order[k - 1]: -1}, -MANY, 0))
    return by_hand([0] * n + [4] * 2 * n + [5], [*range(n)] * 3 + [-1], [worth] * n + [0] * 2 * n + [-10], rows)


def all_excused(model: Model) -> Improver:
    """Nobody goes, everybody is excused, and so everybody is served."""
    x = np.zeros(len(model.gain), np.int64)
    x[model.blocks["private"]] = 1
    assert model.is_kept(x)
    return Improver(a_pricer(model), x)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_a_delegation_opens_though_its_firms_are_excused_by_its_absence_and_they_come_in_order(
    order: list[int],
) -> None:
    model = abroad(order)
    made = all_excused(model)
    made.opened(12, made.gain, always)
    x = made.answers.point
    assert x[12] == 1
    assert x[8:12].tolist() == [0] * 4, "no excuse is left"
    assert x[order[:3]].tolist() == [1, 1, 1], "the last may wait until everybody is asked once more"
    assert model.is_kept(x)
    assert is_sound(made)
    made.settled_answers(made.gain, always)
    assert made.answers.point[:4].tolist() == [1] * 4
    assert model.is_kept(made.answers.point)


@pytest.mark.parametrize("room", [0, 1, 2])
def test_where_the_fair_is_small_those_come_who_are_first_in_order(room: int) -> None:
    order = [2, 0, 3, 1]
    model = abroad(order, room=room)
    made = all_excused(model)
    made.opened(12, made.gain, always)
    assert sorted(np.flatnonzero(made.answers.point[:4]).tolist()) == sorted(order[:room])
    assert made.answers.point[12] == 1
    assert model.is_kept(made.answers.point)


def test_firms_come_for_no_worth_only_where_it_leads_others_on() -> None:
    model = abroad([2, 0, 3, 1], worth=-10_000)
    made = all_excused(model)
    made.opened(12, made.gain, always)
    assert not made.answers.point[:4].any()
    lead = made.gain.copy()
    lead[made.ranking.column] += 20_000
    made.move_up(lead, always)
    assert np.flatnonzero(made.answers.point[:4]).tolist() == [0, 2, 3], "who is last leads nobody on"


def test_in_a_ranking_firms_move_up_one_by_one_in_those_rankings_alone() -> None:
    order = [2, 0, 3, 1]
    model = abroad(order)
    made = Improver(a_pricer(model), np.append(np.zeros(12, np.int64), 1))
    made.move_up(made.gain, never)
    made.move_up(made.gain, always, np.zeros(0, np.int64))
    assert made.answers.point.tolist() == [0] * 12 + [1]
    made.move_up(made.gain, always, made.ranking.of(np.array([4 + 3])))
    assert made.answers.point[order].tolist() == [1, 1, 1, 0]
    assert made.answers.point[[6, 4, 7]].tolist() == [1, 1, 1]


def test_firms_in_broken_rows_are_those_that_have_part_in_them() -> None:
    model = abroad([0, 1, 2, 3])
    made = all_excused(model)
    assert not len(made.in_broken())
    made.answers.change(np.array([12]), np.array([1]))
    assert made.in_broken().tolist() == [0, 1, 2, 3]
    made.answers.set(np.append(np.eye(12, dtype=np.int64)[2], 1))
    assert made.in_broken().tolist() == [1, 2], "who is passed over, and who came before it"
    assert made.value() == model.value(made.answers.point)
