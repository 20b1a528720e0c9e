"""Plans that break rows, put right by fines: what is a firm's own stays kept, and what is broken gets less."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.solver.improve import Improver
from fairplanner.solver.mend import FINES, LOW, mended
from fairplanner.solver.model import SHARED, Ints, Model
from tests.solver.firms import by_hand
from tests.solver.heard import SHAPES, a_model, a_pricer, best_point, breach
from tests.solver.test_improve import always, is_sound, never

Shape = tuple[int, int, int, int, int]
UNIT = FINES[0]


def made_at(model: Model, x: Ints) -> Improver:
    return Improver(a_pricer(model), x)


def too_many(model: Model, seed: int) -> Ints:
    """The best plan, with some firms' years of another: each keeps its own rows, together they may break others."""
    dice = np.random.default_rng(seed)
    gain = np.where(model.group == SHARED, model.gain, np.abs(model.gain) * dice.integers(0, 3, len(model.gain)))
    own = np.flatnonzero(model.row_group != SHARED)
    alone = model.only(own)
    object.__setattr__(alone, "gain", gain)
    wild, best = best_point(alone), best_point(model)
    goes = np.append(dice.integers(0, 2, len(model.firms)), 0)[model.group] > 0
    return np.where(goes, wild, best)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000), st.sampled_from([0.0, 2.0, np.inf]))
def test_own_rows_stay_kept_and_what_is_told_to_be_broken_is(shape: Shape, seed: int, few: float) -> None:
    model = a_model(*shape)
    x = too_many(model, seed)
    assert not breach(model, x)[model.row_group != SHARED].any()
    made = made_at(model, x)
    mended(made, few, always)
    assert is_sound(made)
    assert not breach(model, made.answers.point)[model.row_group != SHARED].any()
    assert model.is_kept(made.answers.point) == (len(made.broken()) == 0)
    assert not made.answers.fine.any(), "fines are gone when it ends"


@pytest.mark.slow
def test_most_of_what_firms_break_together_is_put_right() -> None:
    was = left = 0
    for seed in range(12):
        model = a_model(6, 4, 3, 2, 2)
        x = too_many(model, seed)
        made = made_at(model, x)
        was += len(made.broken())
        mended(made, 0.0, always)
        left += len(made.broken())
    assert was > 20
    assert left < 0.2 * was


def crowded(*worth: int) -> Model:
    """So many firms as there are worths want the one place in a fair."""
    n = len(worth)
    return by_hand([0] * n, [*range(n)], [*worth], [(dict.fromkeys(range(n), 1), 0, 1)])


def test_those_give_way_who_lose_least() -> None:
    model = crowded(9 * UNIT, UNIT // 2, 7 * UNIT, UNIT // 3)
    made = made_at(model, np.ones(4, np.int64))
    mended(made, 0.0, always)
    assert made.answers.point.tolist() == [1, 0, 0, 0]
    assert model.is_kept(made.answers.point)


@pytest.mark.parametrize(("few", "kept"), [(0.0, True), (1.0, False), (np.inf, False)])
def test_high_fines_come_only_while_more_than_a_few_rows_are_broken(few: float, kept: bool) -> None:
    model = crowded(LOW + 1, LOW + 2)
    made = made_at(model, np.ones(2, np.int64))
    mended(made, few, always)
    assert model.is_kept(made.answers.point) == kept
    assert made.answers.point[1] == 1, "who has more to lose stays"


@pytest.mark.parametrize(("most", "kept"), [(0.1, False), (1.0, True)])
def test_it_is_given_up_after_the_lowest_fine_where_too_much_would_be_left(most: float, kept: bool) -> None:
    model = crowded(LOW + 1, LOW + 2)
    made = made_at(model, np.ones(2, np.int64))
    mended(made, 0.0, always, most)
    assert model.is_kept(made.answers.point) == kept


def test_low_fines_come_however_few_rows_are_broken() -> None:
    model = crowded(LOW - 10, LOW + 2)
    made = made_at(model, np.ones(2, np.int64))
    mended(made, np.inf, always)
    assert made.answers.point.tolist() == [0, 1]


@pytest.mark.parametrize(("worth", "stay"), [(LOW - 10, [0, 1]), (LOW + 1, [1, 1])])
def test_a_fine_is_for_a_row_s_largest_coefficient(worth: int, stay: list[int]) -> None:
    model = by_hand([0, 0], [0, 1], [worth, 9 * LOW], [({0: 4, 1: 4}, 0, 4)])
    made = made_at(model, np.ones(2, np.int64))
    mended(made, np.inf, always)
    assert made.answers.point.tolist() == stay


def test_what_no_fine_is_worth_stays_broken() -> None:
    model = crowded(FINES[-1] + 1, FINES[-1] + 2)
    made = made_at(model, np.ones(2, np.int64))
    mended(made, 0.0, always)
    assert made.answers.point.tolist() == [1, 1]
    assert len(made.broken()) == 1


def waiting(firms: int, cost: int, room: int = 1) -> Model:
    """Firms that go only with a delegation (last), which costs something; so many of those may leave."""
    n = firms
    rows = [({k: 1, n: -1}, -1, 0) for k in range(n)]
    return by_hand(
        [0] * n + [5], [*range(n), -1], [90 * UNIT] * n + [-cost], [*rows, ({n: 1, 0: 1, 1: 1}, 0, 2 + room)]
    )


def test_a_delegation_that_firms_wait_for_is_opened_where_it_costs_less_than_their_fines() -> None:
    for cost, opened in ((4 * UNIT - 1, 1), (4 * FINES[-1] - 1, 1), (4 * FINES[-1], 0)):
        made = made_at(waiting(4, cost), np.array([1, 1, 1, 1, 0]))
        mended(made, 0.0, always)
        assert made.answers.point.tolist() == [1, 1, 1, 1, opened]
        assert made.model.is_kept(made.answers.point) == bool(opened)
        assert (made.answers.sums == made.pricer.usage @ made.answers.point).all()


@pytest.mark.parametrize(("firms", "opened"), [(1, 0), (2, 1), (4, 1)])
def test_without_room_a_delegation_opens_only_where_less_is_broken_by_it(firms: int, opened: int) -> None:
    rows = [({k: 1, firms: -1}, -1, 0) for k in range(firms)]
    one_too_many: list[tuple[dict[int, int], int, int]] = [*rows, ({firms: 1, 0: 1}, 0, 1)]
    model = by_hand([0] * firms + [5], [*range(firms), -1], [90 * UNIT] * firms + [0], one_too_many)
    made = made_at(model, np.append(np.ones(firms, np.int64), 0))
    mended(made, 0.0, always)
    assert made.answers.point.tolist() == [1] * firms + [opened]
    assert len(made.broken()) == 1


@pytest.mark.parametrize("least", [({0: 1, 1: 1, 2: -4}, 0, 2), ({0: -1, 1: -1, 2: 4}, -2, 0)])
def test_a_delegation_that_far_too_few_firms_would_fill_is_closed_again(least: tuple[dict[int, int], int, int]) -> None:
    """One firm waits, four are the fewest: it leaves where that costs less than the fine."""
    worth = FINES[-2]
    model = by_hand([0, 0, 5], [0, 1, -1], [worth, -90 * FINES[-1], 0], [({0: 1, 2: -1}, -1, 0), least])
    made = made_at(model, np.array([1, 0, 0]))
    mended(made, 0.0, always)
    assert made.answers.point.tolist() == [0, 0, 0]


@pytest.mark.parametrize("seed", range(4))
def test_where_there_is_no_time_it_is_sound_all_the_same(seed: int) -> None:
    model = a_model(6, 4, 3, 2, 2)
    x = too_many(model, seed)
    made = made_at(model, x)
    mended(made, 0.0, never)
    assert is_sound(made)
    assert (breach(model, made.answers.point) <= breach(model, x)).all()


def test_the_same_model_gets_the_same_plan() -> None:
    ends = []
    for _ in range(2):
        model = a_model(6, 4, 3, 2, 2)
        made = made_at(model, too_many(model, 1))
        mended(made, 0.0, always)
        ends.append(made.answers.point.tobytes())
    assert ends[0] == ends[1]
