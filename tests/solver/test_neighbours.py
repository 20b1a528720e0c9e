"""Neighbourhoods: who may move together, found from row to row; all others stay where they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.solver.model import Ints, Model
from fairplanner.solver.neighbours import FEW, LINKS, WIDER, Neighbourhoods, Years, queues
from fairplanner.solver.pool import Pool
from tests.solver.firms import by_hand
from tests.solver.heard import SHAPES, a_model, a_pricer, any_point, best_point, breach, some_plan

Shape = tuple[int, int, int, int, int]
PARTY, ROW, RANKING, FIRMS = (1.0, 1.0, 1.0), (0.0, 1.0, 1.0), (0.0, 0.0, 1.0), (0.0, 0.0, 0.0)
"""Ways to choose who may move, one for certain."""


def near(model: Model, size: int = 1_500, seed: int = 0) -> Neighbourhoods:
    return Neighbourhoods(a_pricer(model), size, np.random.default_rng(seed))


def at(model: Model, columns: list[int]) -> int:
    """Which of the shared rows has these columns."""
    pricer = a_pricer(model)
    found = [r for r in range(len(pricer.shared)) if np.flatnonzero(pricer.usage[[r]].toarray()).tolist() == columns]
    assert len(found) == 1
    return found[0]


def rankings(length: int = 12, count: int = 2) -> Model:
    """Fairs of one place a firm, in each of which nobody goes before the one ahead; a switch (last) joins the fairs' middles."""
    n = length * count
    rows = [({k + 1: 1, k: -1}, -1, 0) for k in range(n) if (k + 1) % length]
    joined = ({length // 2: 1, length + length // 2: 1, n: -1}, -1, 1) if count > 1 else ({0: 1, n: -1}, -1, 1)
    return by_hand([0] * n + [5], [*range(n), -1], [1] * (n + 1), [*rows, joined])


def test_who_goes_before_whom_makes_a_ranking_and_rows_of_three_do_not() -> None:
    made = queues(rankings())
    assert len(set(made[:12].tolist())) == len(set(made[12:24].tolist())) == 1
    assert len({int(made[0]), int(made[12]), int(made[24])}) == 3


def test_journeys_and_columns_of_nobody_bind_no_ranking() -> None:
    bound = [({0: 1, 2: -1}, -1, 0), ({1: 1, 2: -1}, -1, 0), ({0: 1, 3: -1}, -1, 0), ({1: 1, 3: -1}, -1, 0)]
    model = by_hand([0, 0, 1, 5], [0, 1, 0, -1], [1, 1, 1, 1], bound)
    assert len(set(queues(model).tolist())) == 4


def test_a_ranking_is_found_from_any_of_its_rows_and_one_where_a_row_is_in_two() -> None:
    model = rankings()
    made = near(model)
    assert made.queue(at(model, [3, 4])).tolist() == list(range(12))
    assert made.queue(at(model, [20, 21])).tolist() == list(range(12, 24))
    both = {tuple(near(model, seed=seed).queue(at(model, [6, 18, 24])).tolist()) for seed in range(10)}
    assert both == {tuple(range(12)), tuple(range(12, 24))}


def test_linked_are_firms_a_few_places_before_and_behind_in_the_same_ranking() -> None:
    model = rankings()
    made = near(model)
    assert made.linked(at(model, [5, 6])).tolist() == list(range(5 - LINKS, 7 + LINKS))
    assert made.linked(at(model, [0, 1])).tolist() == list(range(2 + LINKS))


def hosted(delegations: int = 2, firms: int = 3) -> Model:
    """Each firm goes with its delegation or not; all meet in a fund, and at most one of the delegations leaves."""
    n = delegations * firms
    of = [k // firms for k in range(n)]
    rows = [({k: 1, n + of[k]: -1}, -1, 0) for k in range(n)]
    fund = (dict.fromkeys(range(n), 1), 0, n - 1)
    leave = (dict.fromkeys(range(n, n + delegations), 1), 0, 1)
    kinds = [0] * n + [5] * delegations
    return by_hand(kinds, [*range(n)] + [-1] * delegations, [10] * n + [-5] * delegations, [*rows, fund, leave])


def test_a_party_is_one_delegation_and_all_who_may_go_with_it() -> None:
    model = hosted()
    # from a firm's own way to its delegation only that one is near
    assert near(model).party(at(model, [1, 6])).tolist() == [0, 1, 2]
    fund = at(model, list(range(6)))
    seen = {tuple(near(model, seed=seed).party(fund).tolist()) for seed in range(10)}
    assert seen == {(0, 1, 2), (3, 4, 5)}
    assert len(near(rankings(count=1)).party(at(rankings(count=1), [5, 6]))) == 0, "nobody's columns are not near"


def test_a_row_of_nobody_is_looked_at_where_firms_meet_what_could_put_it_right() -> None:
    model = hosted(3)
    fund, leave = at(model, list(range(9))), at(model, [9, 10, 11])
    two_left = np.array([0] * 9 + [1, 0, 1])
    met = {near(model, seed=seed).met(leave, two_left) for seed in range(30)}
    assert met == {at(model, [k, 9 + k // 3]) for k in (0, 1, 2, 6, 7, 8)}, "of those that left"
    assert near(model).met(fund, two_left) == fund
    least = model.row_lower.copy()
    least[a_pricer(model).shared[leave]] = 3
    object.__setattr__(model, "row_lower", least)
    missing = {near(model, seed=seed).met(leave, two_left) for seed in range(30)}
    assert missing == {at(model, [k, 10]) for k in (3, 4, 5)}, "where one more is wanted, of the one that did not"
    alone = by_hand([0, 0, 5, 5], [0, 1, -1, -1], [1] * 4, [({2: 1, 3: 1}, 0, 1), ({0: 1, 1: 1}, 0, 1)])
    assert near(alone).met(at(alone, [2, 3]), np.ones(4, np.int64)) == at(alone, [2, 3]), "no firm is near"


@pytest.mark.slow
@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 20))
def test_of_firms_are_all_their_columns_and_whatever_nobody_owns_that_meets_them(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    made = near(model, seed=seed)
    for row in range(len(made.pricer.shared)):
        firms = made.around(row, 40)
        if not len(firms):
            continue
        mine = np.isin(model.group, firms)
        touched = np.diff(made.pricer.usage[:, np.flatnonzero(mine)].tocsr().indptr) > 0
        meets = (abs(made.pricer.usage[np.flatnonzero(touched)]).sum(axis=0) > 0) & (model.group < 0)
        assert made.of_firms(firms).tolist() == np.flatnonzero(mine | meets).tolist()
    assert len(made.of_firms(np.zeros(0, np.int64))) == 0


def test_around_a_row_are_firms_with_about_so_many_columns() -> None:
    model = a_model(14, 5, 3, 2, 2)
    longest = int(np.diff(a_pricer(model).blocks.at).max())
    sizes = []
    for size in (20, 60, 100_000):
        made = near(model, size)
        for row in made.rows.tolist():
            firms = made.around(row, size)
            columns = int(np.isin(model.group, firms).sum())
            assert columns < size + longest
            assert columns >= size or size > 60
            assert (np.diff(firms) > 0).all()
            sizes.append(columns)
    assert sizes[-1] == int((model.group >= 0).sum()), "all who hang together"


@pytest.mark.slow
@settings(max_examples=20, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_at_once_a_firms_other_places_stay_and_its_journeys_and_claims_may_move(shape: Shape, seed: int) -> None:
    model = a_model(*shape)
    made = near(model)
    place, travel, claimed = (model.blocks[name] for name in ("participations", "journeys", "claims"))
    if place.stop == place.start:
        return
    first = np.unique(np.random.default_rng(seed).integers(place.start, place.stop, 3))
    free = made.at_once(first)
    assert free[(free >= place.start) & (free < place.stop)].tolist() == first.tolist()
    assert set(model.group[free].tolist()) <= {-1, *model.group[first].tolist()}
    own = model.matrix[np.flatnonzero(model.row_group >= 0)]
    with_them = np.flatnonzero(np.asarray((abs(own[abs(own[:, first]).sum(axis=1) > 0])).sum(axis=0)).ravel())
    hang = with_them[((with_them >= travel.start) & (with_them < travel.stop)) | ((with_them >= claimed.start) & (with_them < claimed.stop))]  # fmt: skip
    assert np.isin(hang, free).all()


def test_ways_to_choose_are_a_delegation_a_row_a_ranking_or_firms() -> None:
    model = hosted(firms=4)
    fund = at(model, list(range(8)))
    nothing = np.zeros(10, np.int64)
    assert FEW < 8
    party, whole = near(model).free(fund, nothing, 100, PARTY)
    assert (party[:4].tolist(), whole) in (([0, 1, 2, 3], False), ([4, 5, 6, 7], False))
    row, whole = near(model).free(fund, nothing, 100, ROW)
    assert (row.tolist(), whole) == (list(range(10)), False)
    firms, whole = near(model).free(fund, nothing, 2, FIRMS)
    assert ((firms < 8).sum(), whole) == (2, True)
    ranked = rankings(count=1)
    ranking, whole = near(ranked).free(at(ranked, [5, 6]), np.zeros(13, np.int64), 100, RANKING)
    assert (ranking.tolist(), whole) == (list(range(13)), False)
    _, whole = near(model).free(at(model, [1, 8]), nothing, 2, (0.0, 1.0, 0.0))
    assert whole, "a row of few firms is looked at with the firms around it"


def test_what_is_too_much_for_its_size_is_not_looked_at() -> None:
    model = hosted(firms=4)
    fund, nothing = at(model, list(range(8))), np.zeros(10, np.int64)
    fits = -(-10 // WIDER)
    assert len(near(model).free(fund, nothing, fits, ROW)[0]) == 10
    assert len(near(model).free(fund, nothing, fits - 1, ROW)[0]) == 0


def test_broken_rows_are_begun_with_more_often_and_every_row_in_which_firms_meet_at_times() -> None:
    model = hosted()
    made = near(model)
    fund, leave = at(model, list(range(6))), at(model, [6, 7])
    seeds = [made.seed(np.array([leave])) for _ in range(300)]
    assert seeds.count(leave) > 150
    free = {made.seed(np.zeros(0, np.int64)) for _ in range(300)}
    assert free == {int(r) for r in made.rows}
    assert fund in free
    assert leave not in free, "nobody's firms meet there"


@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000), st.booleans())
def test_only_what_is_free_moves_and_it_is_better_or_nothing_moves(shape: Shape, seed: int, broken: bool) -> None:
    model = a_model(*shape)
    x = any_point(model, seed) if broken else some_plan(model)
    made = near(model, seed=seed)
    free = np.flatnonzero(np.random.default_rng(seed).random(model.size[1]) < 0.5)
    if not len(free):
        return
    fine = np.full(model.size[0], 150_000)

    def worth(point: Ints) -> int:
        return model.value(point) - int((-(-breach(model, point) // made.unit) * fine).sum())

    found, hard = made.better(x, free, fine, False, 20.0, 10_000)
    assert not np.delete(found != x, free).any()
    assert worth(found) >= worth(x) - 0.01 * abs(worth(x)), "as far as the gap goes where rows are broken"
    assert not hard
    assert not made.late
    assert broken or model.is_kept(found)


def test_where_all_may_move_the_best_plan_is_found() -> None:
    model = a_model(6, 4, 3, 2, 2)
    every = np.arange(model.size[1])
    found, _ = near(model).better(some_plan(model), every, np.zeros(model.size[0], np.int64), False, 20.0, 10_000)
    assert model.value(found) >= (1 - 2e-4) * model.value(best_point(model))


@pytest.mark.parametrize("seconds", [0.0, 20.0])
def test_a_search_that_the_clock_ends_is_hard_and_late(seconds: float) -> None:
    model = a_model(12, 5, 3, 2, 2)
    made, x = near(model), some_plan(model)
    found, hard = made.better(x, np.arange(model.size[1]), np.zeros(model.size[0], np.int64), False, seconds, 10_000)
    assert made.late == hard == (seconds == 0.0)
    assert model.is_kept(found)


def years_of(model: Model, *points: Ints) -> Years:
    """Every firm's year in each of these points."""
    pool = Pool(a_pricer(model))
    for point in points:
        pool.add(np.arange(pool.pricer.firms), point[pool.pricer.blocks.column])
    return Years(pool.firm, pool.points)


def test_firms_that_meet_what_is_free_may_change_to_other_whole_years() -> None:
    model = a_model(6, 4, 3, 2, 2)
    x, best = some_plan(model), best_point(model)
    made = near(model)
    moves = made.moves(years_of(model, x, best), x, made.pricer.others, 1_000)
    assert moves is not None
    changed = [f for f in range(6) if (x != best)[model.group == f].any()]
    assert sorted(moves.firm.tolist()) == changed, "the year a firm has is no move"
    for change, f in zip(moves.change.toarray(), moves.firm.tolist(), strict=True):
        mine = model.group == f
        assert (change[mine] == (best - x)[mine]).all()
        assert not change[~mine].any()
    fine = np.full(model.size[0], 150_000)
    found, hard = made.better(x, made.pricer.others, fine, False, 20.0, 10_000, moves)
    assert not hard
    assert model.is_kept(found)
    assert model.value(found) >= (1 - 2e-4) * model.value(best)


def test_firms_that_are_free_themselves_or_meet_nothing_have_no_moves_and_there_are_about_so_many() -> None:
    model = a_model(12, 5, 3, 2, 2)
    x, best = some_plan(model), best_point(model)
    made, years = near(model), years_of(model, x, best)
    free = made.of_firms(np.array([0, 3, 4]))
    moves = made.moves(years, x, free, 1_000)
    assert moves is not None
    assert not np.isin(moves.firm, [0, 3, 4]).any()
    assert len(moves.firm) > 4
    fewer = made.moves(years, x, free, 4)
    assert fewer is not None
    assert 0 < len(fewer.firm) <= 4
    assert made.moves(years, x, np.arange(model.size[1]), 1_000) is None
    assert (
        near(hosted()).moves(years_of(hosted(), np.zeros(8, np.int64)), np.zeros(8, np.int64), np.array([6]), 9) is None
    )


@pytest.mark.slow
@settings(max_examples=15, deadline=None, derandomize=True)
@given(SHAPES, st.integers(0, 1000))
def test_with_moves_too_a_plan_stays_kept_and_each_firm_has_a_year_it_had_or_was_offered(
    shape: Shape, seed: int
) -> None:
    model = a_model(*shape)
    x, best = some_plan(model), best_point(model)
    made = near(model, seed=seed)
    years = years_of(model, x, best, model.lower)
    free = made.of_firms(np.array([seed % len(model.firms)]))
    moves = made.moves(years, x, free, 1_000)
    if moves is None:
        return
    found, _ = made.better(x, free, np.full(model.size[0], 150_000), False, 20.0, 10_000, moves)
    assert model.is_kept(found)
    assert model.value(found) >= model.value(x)
    for f in set(range(len(model.firms))) - {seed % len(model.firms)}:
        mine = np.flatnonzero(model.group == f)
        offered = np.vstack([years.point[years.firm == f][:, mine].toarray(), x[mine]])
        assert (offered == found[mine]).all(axis=1).any()
