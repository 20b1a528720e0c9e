"""Who was passed over comes by itself, for those who came last, or not at all; and then nobody is behind, or all stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.solver.improve import Improver
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.passed import LEAVE, seated
from tests.solver.firms import MANY, by_hand
from tests.solver.heard import SHAPES, a_model, a_pricer, any_point, breach
from tests.solver.test_improve import always, is_sound, never

Row = tuple[dict[int, int], int, int]
LEAD = 20_000
WORTH = 50_000


def order_of(firms: list[int], place: int, served: int) -> list[Row]:
    """Rows of one ranking, from its top: places and what is said of them stand at `place` and `served` by firm."""
    rows: list[Row] = []
    for k, f in enumerate(firms):
        if k + 1 < len(firms):
            rows.append(({served + f: 1, place + f: -1}, -MANY, 0))
        if k:
            ahead = served + firms[k - 1]
            rows.append(({place + f: 1, ahead: -1}, -MANY, 0))
            if k + 1 < len(firms):
                rows.append(({served + f: 1, ahead: -1}, -MANY, 0))
    return rows


def a_fair(gain: list[int], room: int, *, order: list[int] | None = None, more: tuple[Row, ...] = ()) -> Model:
    """Firms with a place each (0 to n - 1) and what is said of it (n to 2n - 1), in this order, and room for so many."""
    n = len(gain)
    rows = order_of(order or [*range(n)], 0, n)
    full: Row = (dict.fromkeys(range(n), 1), 0, room)
    return by_hand([0] * n + [4] * n, [*range(n)] * 2, gain + [0] * n, [full, *rows, *more])


def barred(*places: int) -> tuple[Row, ...]:
    """These places are nobody's to take."""
    return tuple(({p: 1}, 0, 0) for p in places)


def made_at(model: Model, *columns: int) -> Improver:
    """A plan in the making in which these columns are 1."""
    x = np.zeros(len(model.gain), np.int64)
    x[list(columns)] = 1
    return Improver(a_pricer(model), x)


def places(made: Improver) -> list[int]:
    return np.flatnonzero(made.answers.point[made.model.blocks["participations"]]).tolist()


def told(made: Improver) -> list[int]:
    return np.flatnonzero(made.answers.point[made.model.blocks["private"]]).tolist()


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 1, 2, 0]])
def test_who_was_passed_over_comes_by_itself_where_there_is_room(order: list[int]) -> None:
    model = a_fair([WORTH] * 4, 4, order=order)
    made = made_at(model, *order[1:])
    assert len(made.broken()) == 3
    seated(made, LEAD, 0, always)
    assert places(made) == [0, 1, 2, 3]
    assert told(made) == sorted(order[:3])
    assert model.is_kept(made.answers.point)
    assert is_sound(made)


def test_the_first_of_two_who_was_passed_over_comes_too() -> None:
    made = made_at(a_fair([WORTH] * 2, 2), 1)
    assert len(made.broken()) == 1
    seated(made, LEAD, 0, always)
    assert places(made) == [0, 1]
    assert made.model.is_kept(made.answers.point)


@pytest.mark.parametrize(("cost", "comes"), [(2 * LEAD - 10, True), (2 * LEAD + 10, False)])
def test_who_is_asked_first_comes_for_a_lead_of_each_who_waits_behind(cost: int, comes: bool) -> None:
    made = made_at(a_fair([-cost, WORTH, WORTH], 3), 1, 2)
    seated(made, LEAD, 0, always)
    assert places(made) == ([0, 1, 2] if comes else [1, 2])
    assert len(made.broken()) == (0 if comes else 2)
    assert made.gain.tolist() == made.model.gain.tolist(), "a lead is for this once"


def test_where_the_fair_is_full_who_came_last_leaves_for_who_was_passed_over() -> None:
    model = a_fair([WORTH] * 5, 3)
    made = made_at(model, 1, 2, 3)
    seated(made, LEAD, 0, always)
    assert places(made) == [0, 1, 2]
    assert model.is_kept(made.answers.point)


@pytest.mark.parametrize(("size", "comes"), [(LEAVE, True), (LEAVE + 1, False)])
def test_so_many_leave_at_the_most_and_in_vain_nobody_does(size: int, comes: bool) -> None:
    """The first needs as much room as several others."""
    n = 7
    rows = order_of([*range(n)], 0, n)
    model = by_hand(
        [0] * n + [4] * n, [*range(n)] * 2, [WORTH] * n + [0] * n,
        [({0: size} | dict.fromkeys(range(1, n), 1), 0, n - 1), *rows],
    )  # fmt: skip
    made = made_at(model, *range(1, n))
    before = made.answers.point.copy()
    seated(made, LEAD, 0, always)
    if comes:
        assert places(made) == [*range(n - LEAVE)]
        assert model.is_kept(made.answers.point)
    else:
        assert np.array_equal(made.answers.point, before)
    assert is_sound(made)


@pytest.mark.parametrize(("most", "leave"), [(0, False), (2, False), (3, True), (9, True)])
def test_behind_one_who_cannot_come_all_leave_where_they_are_few_or_all_stay(most: int, leave: bool) -> None:
    model = a_fair([WORTH] * 6, 6, more=barred(2))
    made = made_at(model, 0, 1, 3, 4, 5)
    before = made.answers.point.copy()
    seated(made, LEAD, most, always)
    if leave:
        assert places(made) == [0, 1]
        assert model.is_kept(made.answers.point)
    else:
        assert places(made) == [0, 1, 3, 4, 5]
        assert np.array_equal(made.answers.point[6:], [1, 1, 0, 0, 0, 0]), "who comes from the top is served"
        assert (breach(model, made.answers.point) <= breach(model, before)).all()
    assert is_sound(made)


def test_what_is_said_behind_one_who_cannot_come_is_taken_back() -> None:
    """The second is served in words only: the row in which it waits for the first is broken too."""
    model = a_fair([WORTH] * 4, 4, more=barred(0))
    made = made_at(model, 1, 2, 3, 5, 6)
    assert len(made.broken()) == 2
    seated(made, LEAD, 3, always)
    assert places(made) == []
    assert told(made) == []
    assert model.is_kept(made.answers.point)


def test_who_is_excused_behind_one_who_cannot_come_is_no_longer_served() -> None:
    """The second has no place but an excuse (6), and the third came by it."""
    rows: list[Row] = [
        ({3: 1, 0: -1}, -MANY, 0), ({4: 1, 1: -1, 6: -1}, -MANY, 0), ({4: 1, 3: -1}, -MANY, 0),
        ({1: 1, 3: -1}, -MANY, 0), ({2: 1, 4: -1}, -MANY, 0), *barred(0, 1),
    ]  # fmt: skip
    model = by_hand([0] * 3 + [4] * 4, [0, 1, 2, 0, 1, 2, 1], [WORTH] * 3 + [0] * 4, rows)
    made = made_at(model, 2, 4, 6)
    assert len(made.broken()) == 1
    seated(made, LEAD, 1, always)
    assert places(made) == []
    assert not made.answers.at(np.array([3, 4])).any()
    assert model.is_kept(made.answers.point)


def test_where_one_who_cannot_come_has_nobody_behind_nobody_leaves() -> None:
    model = a_fair([WORTH] * 4, 4, more=barred(2, 3))
    made = made_at(model, 1)
    seated(made, LEAD, 9, always)
    assert places(made) == [0, 1]
    assert model.is_kept(made.answers.point)


def two_fairs() -> Model:
    """Three firms in order at each of two fairs, of whom the first comes only for those behind."""
    rows = [*order_of([0, 1, 2], 0, 6), *order_of([3, 4, 5], 0, 6)]
    return by_hand([0] * 6 + [4] * 6, [*range(6)] * 2, [-1, WORTH, WORTH] * 2 + [0] * 6, rows)


def test_rankings_that_are_kept_are_left_alone() -> None:
    made = made_at(two_fairs(), 5)
    seated(made, LEAD, 0, always)
    assert places(made) == [3, 4, 5]
    assert told(made) == [3, 4]
    assert made.model.is_kept(made.answers.point)


def test_a_ranking_that_cannot_be_helped_does_not_keep_the_next_from_it() -> None:
    fairs = two_fairs()
    object.__setattr__(fairs, "upper", np.where(np.arange(12) == 0, 0, fairs.upper))
    made = made_at(fairs, 2, 5)
    seated(made, LEAD, 0, always)
    assert places(made) == [2, 3, 4, 5]


def test_where_there_is_no_time_nobody_is_asked() -> None:
    made = made_at(two_fairs(), 2, 5)
    seated(made, LEAD, 9, never)
    assert places(made) == [2, 5]
    assert told(made) == []


@st.composite
def rankings(draw: st.DrawFn) -> tuple[Model, Ints]:
    """One or two fairs with rankings, room, firms kept away and firms with one team only; and a point with firms' rows kept."""
    n, fairs = draw(st.integers(3, 7)), draw(st.integers(1, 2))
    rows: list[Row] = []
    for k in range(fairs):
        rows += order_of(draw(st.permutations(range(n))), k * n, (fairs + k) * n)
        rows.append((dict.fromkeys(range(k * n, k * n + n), 1), 0, draw(st.integers(1, n))))
    rows += barred(*draw(st.lists(st.integers(0, fairs * n - 1), max_size=2, unique=True)))
    if fairs == 2:
        rows += [({f: 1, n + f: 1}, 0, 1) for f in draw(st.lists(st.integers(0, n - 1), max_size=3, unique=True))]
    size = fairs * n
    gain = draw(st.lists(st.integers(-2 * LEAD, WORTH), min_size=size, max_size=size)) + [0] * size
    model = by_hand([0] * size + [4] * size, [*range(n)] * (2 * fairs), gain, rows)
    x = np.array(draw(st.lists(st.integers(0, 1), min_size=2 * size, max_size=2 * size)), np.int64)
    own = model.only(model.row_group != SHARED)
    wrong = np.unique(own.matrix[np.flatnonzero(breach(own, x))].indices)
    for f in np.unique(model.group[wrong]).tolist():
        x[model.group == f] = 0
    return model, x


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rankings(), st.sampled_from([0, 1, 10]))
def test_firms_keep_their_own_rows_and_nothing_gets_worse_whatever_happens(case: tuple[Model, Ints], most: int) -> None:
    model, x = case
    made = Improver(a_pricer(model), x)
    assert is_sound(made)
    seated(made, LEAD, most, always)
    after = made.answers.point
    assert is_sound(made)
    assert (breach(model, after) <= breach(model, x)).all()
    assert not made.answers.strict.any()
    assert np.array_equal(made.answers.roof, model.row_upper[made.pricer.shared])


@settings(max_examples=10, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_where_there_is_no_ranking_nothing_moves(shape: tuple[int, int, int, int, int], seed: int) -> None:
    model = a_model(*shape)
    x = any_point(model, seed)
    made = Improver(a_pricer(model), x)
    seated(made, LEAD, 10, always)
    assert np.array_equal(made.answers.point, x)
