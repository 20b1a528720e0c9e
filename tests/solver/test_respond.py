"""Firms that answer one another: what is kept stays kept, what is broken gets no worse, and the plan only gets better."""

from __future__ import annotations

import numpy as np
import pytest

from fairplanner.solver.exact import search
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.respond import Answers, answered
from tests.solver.firms import all_years, by_hand, posed_model, random_model
from tests.solver.heard import breach
from tests.solver.test_pricing import EFFORT


def any_point(model: Model, seed: int) -> Ints:
    """Some year of every firm that has one, whatever the shared rows say."""
    dice = np.random.default_rng(seed)
    x = model.lower.copy()
    for f in range(len(model.firms)):
        years = all_years(model, f)
        if len(years):
            x[model.group == f] = years[int(dice.integers(len(years)))]
    return x


@pytest.mark.parametrize("budget", [1, 5, 10_000])
def test_no_row_is_broken_more_than_before_and_the_value_never_falls(budget: int) -> None:
    changed = 0
    for seed in range(80):
        model = random_model(seed)
        start = any_point(model, seed)
        had = np.array([len(all_years(model, f)) > 0 for f in range(3)])
        answers = Answers(Pricer(model, np.zeros(model.size[0])), start)
        for _ in range(3):
            before = answers.point.copy()
            changed += answers.respond(np.flatnonzero(had), model.gain.astype(float), budget)
            after = answers.point
            assert (breach(model, after) <= breach(model, before)).all(), seed
            assert model.value(after) >= model.value(before), seed
            assert (after >= model.lower).all()
            assert (after <= model.upper).all()
            assert np.array_equal(answers.sums, answers.pricer.usage @ after)
    assert changed > 10 or budget < 5


def test_firms_that_lie_apart_in_memory_are_answered_by_what_is_compiled_already() -> None:
    model = random_model(3)
    answers = Answers(Pricer(model, np.zeros(model.size[0])), any_point(model, 3))
    for firms in (np.arange(3), np.arange(6)[::2] // 2, np.arange(3)[::-1]):
        answers.respond(firms, model.gain.astype(float), 5)
    assert len(answered.signatures) == 1


def test_with_time_enough_each_answer_is_the_best_that_the_others_leave() -> None:
    for seed in range(40):
        model = random_model(seed)
        x = any_point(model, seed)
        f = seed % 3
        years, mine = all_years(model, f), model.group == f
        if not len(years):
            continue
        points = np.tile(x, (len(years), 1))
        points[:, mine] = years
        sums, now = points @ model.matrix.T.toarray(), model.matrix @ x
        low, high = np.minimum(model.row_lower, now), np.maximum(model.row_upper, now)
        best = (points @ model.gain)[((sums >= low) & (sums <= high)).all(axis=1)].max()
        answers = Answers(Pricer(model, np.zeros(model.size[0])), x)
        answers.respond(np.array([f]), model.gain.astype(float), 100_000, slack=0.0)
        assert model.value(answers.point) == best, seed


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 6))])
def test_a_plan_of_a_posed_programme_is_kept_and_gets_better(seed: int) -> None:
    model = posed_model(seed)
    found = search(model, EFFORT)
    if found.point is None or not model.firms:
        pytest.skip("this programme has no plan")
    x = found.point
    worse = Answers(Pricer(model, np.zeros(model.size[0])), x)
    worse.respond(np.arange(len(model.firms)), -model.gain.astype(float), 500)
    assert model.is_kept(worse.point)
    down = model.value(worse.point)
    assert down <= model.value(x)
    worse.respond(np.arange(len(model.firms)), model.gain.astype(float), 500)
    assert model.is_kept(worse.point)
    assert down <= model.value(worse.point) <= model.value(x)


def test_a_firm_that_must_give_way_leaves_the_row_or_stays_as_it_is() -> None:
    gave = 0
    for seed in range(60):
        model = random_model(seed)
        start = any_point(model, seed)
        answers = Answers(Pricer(model, np.zeros(model.size[0])), start)
        broken = np.flatnonzero((answers.sums < answers.floor) | (answers.sums > answers.roof))
        answers.strict[broken] = 1
        for f in range(3):
            before, was = answers.point.copy(), breach(model, answers.point)
            if answers.respond(np.array([f]), model.gain.astype(float), 10_000):
                touched = np.flatnonzero(np.abs(model.matrix[:, model.group == f]).sum(axis=1))
                assert not breach(model, answers.point)[touched].any(), seed
                gave += bool(was[touched].any())
            else:
                assert np.array_equal(before, answers.point)
    assert gave > 3


def test_a_row_that_need_not_be_cared_for_may_be_broken() -> None:
    free = 0
    for seed in range(40):
        model = random_model(seed)
        if not all(len(all_years(model, f)) for f in range(3)):
            continue
        answers = Answers(Pricer(model, np.zeros(model.size[0])), any_point(model, seed))
        answers.strict[:] = 2
        answers.respond(np.arange(3), model.gain.astype(float), 100_000, slack=0.0)
        for f in range(3):
            mine = model.group == f
            assert answers.point[mine] @ model.gain[mine] == (all_years(model, f) @ model.gain[mine]).max()
        free += bool(breach(model, answers.point).any())
    assert free > 3


def test_columns_of_nobody_can_be_set_and_a_point_taken_back() -> None:
    model = random_model(8)
    pricer = Pricer(model, np.zeros(model.size[0]))
    start = any_point(model, 8)
    answers = Answers(pricer, start)
    answers.change(pricer.others, np.ones(len(pricer.others), np.int64))
    assert (answers.point[pricer.others] == 1).all()
    assert np.array_equal(answers.sums, pricer.usage @ answers.point)
    answers.set(start)
    assert np.array_equal(answers.point, start)


@pytest.mark.parametrize(
    ("fine", "stay"), [(0, [1, 1]), (29_000, [1, 1]), (31_000, [1, 0]), (49_000, [1, 0]), (51_000, [0, 1])]
)
def test_a_firm_in_a_broken_row_leaves_where_its_fine_is_more_than_it_loses(fine: int, stay: list[int]) -> None:
    """Two firms on one stand; the first is asked first, and once the row is kept nobody is fined."""
    model = by_hand([0, 0], [0, 1], [50_000, 30_000], [({0: 1, 1: 1}, 0, 1)])
    answers = Answers(Pricer(model, np.zeros(1)), np.ones(2, np.int64))
    answers.fine[:] = fine
    changed = answers.respond(np.arange(2), model.gain.astype(float), 1_000)
    assert answers.point.tolist() == stay
    assert changed == stay.count(0)


@pytest.mark.parametrize(("fine", "come"), [(29_000, [0, 0]), (31_000, [0, 1]), (51_000, [1, 0])])
def test_a_firm_comes_where_a_row_lacks_somebody_and_the_fine_is_more_than_it_costs(fine: int, come: list[int]) -> None:
    model = by_hand([0, 0], [0, 1], [-50_000, -30_000], [({0: 1, 1: 1}, 1, 2)])
    answers = Answers(Pricer(model, np.zeros(1)), np.zeros(2, np.int64))
    answers.fine[:] = fine
    answers.respond(np.arange(2), model.gain.astype(float), 1_000)
    assert answers.point.tolist() == come


def test_a_fine_is_for_each_unit_of_the_firms_part_in_the_row() -> None:
    model = by_hand([0, 0], [0, 1], [50_000, 50_000], [({0: 3, 1: 1}, 0, 3)])
    answers = Answers(Pricer(model, np.zeros(1)), np.ones(2, np.int64))
    answers.fine[:] = 20_000.0
    answers.respond(np.array([1]), model.gain.astype(float), 1_000)
    assert answers.point.tolist() == [1, 1], "its part is one unit"
    answers.respond(np.array([0]), model.gain.astype(float), 1_000)
    assert answers.point.tolist() == [0, 1], "its part is three"


def test_with_fines_too_nothing_that_was_kept_is_broken_and_less_is_broken_than_without() -> None:
    left = {0.0: 0, 1_000.0: 0}
    for fine in left:
        for seed in range(60):
            model = random_model(seed)
            start = any_point(model, seed)
            answers = Answers(Pricer(model, np.zeros(model.size[0])), start)
            answers.fine[:] = fine
            had = np.flatnonzero([len(all_years(model, f)) > 0 for f in range(3)])
            answers.respond(had, model.gain.astype(float), 10_000)
            assert (breach(model, answers.point) <= breach(model, start)).all(), seed
            left[fine] += int((breach(model, answers.point) > 0).sum())
    assert left[1_000.0] < left[0.0]


def test_some_columns_are_those_of_the_point_also_while_it_is_not_written() -> None:
    moved = 0
    for seed in range(20):
        model = random_model(seed)
        answers = Answers(Pricer(model, np.zeros(model.size[0])), any_point(model, seed))
        some = np.random.default_rng(seed).permutation(len(model.gain))
        first = answers.point.copy()
        for gain in (model.gain.astype(float), -model.gain.astype(float)):
            answers.respond(np.arange(3), gain, 1_000)
            answers.change(answers.pricer.others, 1 - answers.x[answers.pricer.others])
            told = answers.at(some)
            moved += int((told != first[some]).sum())
            assert answers.worth() == model.value(_point(answers)), seed
            assert np.array_equal(told, answers.point[some]), seed
            assert not len(answers.at(some[:0]))
    assert moved > 20


def _point(answers: Answers) -> Ints:
    """The point from its parts, without writing it."""
    x = answers.x.copy()
    x[answers.blocks.column] = answers.local
    return x


@pytest.mark.parametrize("seed", range(8))
def test_what_is_kept_comes_back_to_the_last_column(seed: int) -> None:
    model = random_model(seed)
    start = any_point(model, seed)
    answers = Answers(Pricer(model, np.zeros(model.size[0])), start)
    others = answers.pricer.others
    answers.change(others[:1], np.ones(1, np.int64))
    was, sums, worth = answers.point.copy(), answers.sums.copy(), answers.worth()
    kept = answers.kept()
    answers.strict[:] = 2
    answers.respond(np.arange(3), np.random.default_rng(seed).permutation(model.gain).astype(float), 1_000)
    answers.change(others, 1 - answers.x[others])
    assert not np.array_equal(answers.point, was)
    assert not np.array_equal(answers.sums, sums)
    answers.back(kept)
    assert np.array_equal(answers.at(np.arange(len(was))), was)
    assert np.array_equal(answers.sums, sums)
    assert answers.worth() == worth == model.value(was)
    assert np.array_equal(answers.point, was)
    assert np.array_equal(answers.sums, answers.pricer.usage @ was)


def two_at_one_stand() -> Model:
    """Two firms, of whom one may come, and one other to whom no row applies."""
    return by_hand([0, 0, 0], [0, 1, 2], [30_000, -10_000, -10_000], [({0: 1, 1: 1}, 0, 1), ({0: 1, 1: 1, 2: 1}, 0, 3)])


def test_what_is_worth_more_this_once_is_forgotten_at_the_next_answer() -> None:
    model = two_at_one_stand()
    answers = Answers(Pricer(model, np.zeros(2)), np.zeros(3, np.int64))
    gain = model.gain.astype(float)
    assert answers.respond(np.array([2]), gain, 100) == 0
    assert answers.respond(np.array([2]), gain, 100, more=(np.array([2]), 9_000.0)) == 0, "not enough"
    assert answers.respond(np.array([2]), gain, 100, more=(np.array([2]), 11_000.0)) == 1
    assert answers.point.tolist() == [0, 0, 1]
    assert answers.respond(np.array([2]), gain, 100) == 1
    assert answers.point.tolist() == [0, 0, 0]
    assert gain.tolist() == model.gain.tolist()
    assert answers.worth() == 0


def test_what_is_worth_more_is_so_for_its_own_columns_alone() -> None:
    model = two_at_one_stand()
    answers = Answers(Pricer(model, np.zeros(2)), np.zeros(3, np.int64))
    answers.respond(np.arange(3), model.gain.astype(float), 100, more=(np.array([2, 0]), -99_000.0))
    assert answers.point.tolist() == [0, 0, 0]
    answers.respond(np.array([1, 0, 2]), model.gain.astype(float), 100, more=(np.array([1]), 20_000.0))
    assert answers.point.tolist() == [0, 1, 0]


@pytest.mark.parametrize("seed", range(6))
def test_after_an_answer_for_more_all_gains_are_as_they_were(seed: int) -> None:
    model = random_model(seed)
    pricer, start, gain = Pricer(model, np.zeros(model.size[0])), any_point(model, seed), model.gain.astype(float)
    one, other = Answers(pricer, start), Answers(pricer, start)
    mine = np.flatnonzero(model.group >= 0)
    one.respond(np.arange(3), gain, 1_000, more=(mine, 77_000.5))
    one.set(start)
    for answers in (one, other):
        answers.respond(np.arange(3), gain, 1_000)
    assert np.array_equal(one.point, other.point)
    one.respond(np.arange(3), gain, 1_000, more=(mine, 77_000.5))
    assert one.worth() == model.value(one.point), "the worth of a plan is that of its true gains"


def test_other_gains_are_heard_also_where_they_are_equal_or_come_back() -> None:
    model = two_at_one_stand()
    answers = Answers(Pricer(model, np.zeros(2)), np.zeros(3, np.int64))
    one, other = np.array([30_000.0, -10_000.0, -10_000.0]), np.array([-1_000.0, 10_000.0, -10_000.0])
    for gain, come in ((one, [1, 0, 0]), (other, [0, 1, 0]), (one.copy(), [1, 0, 0]), (other, [0, 1, 0])):
        for _ in range(2):
            answers.respond(np.arange(3), gain, 100)
            answers.respond(np.arange(3), gain, 100)
        assert answers.point.tolist() == come
