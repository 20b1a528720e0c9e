"""The compiled search: prices of own rows bound every year, and neither wide columns nor little room make it wrong."""

from __future__ import annotations

import numpy as np
import pytest

from fairplanner.solver.blocks import blocks_of
from fairplanner.solver.descent import UNIT, descend, reduced
from fairplanner.solver.model import Model
from fairplanner.solver.propagation import FAR, Lines
from fairplanner.solver.search import best_years, cut
from tests.solver.firms import all_years, random_model

NOTHING = -1e30


def one_firm(model: Model, f: int) -> tuple[Lines, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Rows, bounds, gains and all years of one firm, in local order."""
    blocks = blocks_of(model)
    c, d = blocks.row_at[f], blocks.row_at[f + 1]
    lines, _ = cut.py_func(blocks.firms, f, blocks.floor[c:d], blocks.roof[c:d])  # type: ignore[attr-defined]
    mine = blocks.column[blocks.at[f] : blocks.at[f + 1]]
    points = np.zeros((len(years := all_years(model, f)), model.size[1]), np.int64)
    points[:, np.flatnonzero(model.group == f)] = years
    return lines, model.lower[mine], model.upper[mine], model.gain[mine].astype(float), points[:, mine]


@pytest.mark.slow
@pytest.mark.parametrize(
    "size", [5.0, 1e9, 1e300, pytest.param(0.0, marks=pytest.mark.slow), pytest.param(1e180, marks=pytest.mark.slow)]
)
def test_prices_that_descend_leaves_bound_every_year(size: float) -> None:
    for seed in range(40):
        model = random_model(seed)
        lines, low, high, gain, years = one_firm(model, seed % 3)
        price = np.random.default_rng(seed).normal(0, 1, len(lines.floor)) * size
        for steps, target in ((0, 0.0), (1, NOTHING), (60, NOTHING), (60, 50.0)):
            mine = price.copy()
            with np.errstate(all="ignore"):
                descend(gain, low, high, lines, mine, steps, target)
            priced, fixed = reduced(gain, low, high, lines, mine)
            bound = fixed + np.maximum(priced * low, priced * high).sum()
            assert np.isfinite(bound)
            assert bound >= max((years @ gain).tolist(), default=-np.inf), (seed, steps)


@pytest.mark.slow
def test_descend_tells_the_bound_of_the_prices_that_it_leaves_and_never_a_worse_one() -> None:
    better = 0
    for seed in range(40):
        lines, low, high, gain, _ = one_firm(random_model(seed), seed % 3)
        price = np.random.default_rng(seed).normal(0, 3, len(lines.floor))
        first, last = (descend(gain, low, high, lines, mine, steps, 0.0) for mine, steps in ((price, 1), (price, 80)))
        priced, fixed = reduced(gain, low, high, lines, price)
        assert last == pytest.approx(fixed + np.maximum(priced * low, priced * high).sum(), abs=1e-6)
        assert last <= first
        better += last < first - 1
    assert better > 10


@pytest.mark.slow
def test_nothing_is_paid_for_an_end_that_is_not_there() -> None:
    lines, low, high, gain, _ = one_firm(random_model(4), 0)
    lines = lines._replace(roof=np.full_like(lines.roof, FAR), floor=np.full_like(lines.floor, -FAR))
    price = np.ones(len(lines.floor)) * np.where(np.arange(len(lines.floor)) % 2, 1.0, -1.0)
    bound = descend(gain, low, high, lines, price, 5, 0.0)
    assert not price.any()
    assert bound == pytest.approx(np.maximum(gain * low, gain * high).sum())


def search(lines: Lines, gain: np.ndarray, upper: np.ndarray, budget: int, price: np.ndarray | None = None) -> tuple[float, float, np.ndarray]:  # fmt: skip
    """One firm of columns of any kind, given its rows: (value, bound, year)."""
    n, m = len(gain), len(lines.floor)
    from fairplanner.solver.search import Firms
    from fairplanner.solver.worth import Form

    none = np.full(n, -1)
    form = Form(none, none, none, none, np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(n, np.int64))
    firms = Firms(np.array([0, n]), np.array([0, m]), lines, form, np.array([0, 0]), np.zeros(n, bool))
    x = np.zeros(n, np.int64)
    value, most, _ = best_years(
        np.array([0]), firms, gain, np.zeros(m) if price is None else price, 20, np.zeros(n, np.int64), upper, budget, 0.0,
        np.array([NOTHING]), x,
    )  # fmt: skip
    return float(value[0]), float(most[0]), x


def lines_of(matrix: np.ndarray, floor: list[int], roof: list[int]) -> Lines:
    """Rows as a search takes them."""
    row, column = (np.ascontiguousarray(x) for x in np.nonzero(matrix))
    back = np.lexsort((row, column))
    row_at, column_at = (np.searchsorted(np.sort(x), np.arange(k + 1)) for x, k in ((row, len(matrix)), (column, matrix.shape[1])))  # fmt: skip
    values = matrix[row, column]
    return Lines(column_at, row[back], values[back], row_at, column, values, np.array(floor), np.array(roof))


def test_a_search_through_wide_columns_is_right_where_propagation_would_crawl() -> None:
    """x + 1 <= y and y <= x over boxes of a thousand million: bounds rise by one at a time, and the trail is soon full."""
    wide = 10**9
    matrix = np.array([[1, -1], [-1, 1]])
    lines = lines_of(matrix, [-(10**12), -(10**12)], [-1, 0])
    value, most, _ = search(lines, np.array([1.0, 1.0]), np.array([wide, wide]), 50)
    assert value == NOTHING
    assert most <= 2 * wide + 1
    loose = lines_of(matrix, [-(10**12), -(10**12)], [-1, 5])
    value, most, x = search(loose, np.array([-1.0, 2.0]), np.array([wide, wide]), 100_000)
    assert value == 2 * x[1] - x[0]
    assert most >= wide + 1


def test_many_wide_columns_that_push_one_another_stay_within_the_room_there_is() -> None:
    n, wide = 40, 10**9
    matrix = np.zeros((n, n), np.int64)
    for j in range(n):
        matrix[j, j], matrix[j, (j + 1) % n] = 1, -1
    lines = lines_of(matrix, [-(10**12)] * n, [-1] * (n - 1) + [n])
    value, most, x = search(lines, np.linspace(-1, 1, n), np.full(n, wide), 3_000)
    assert most >= value
    assert most <= n * wide
    if value > NOTHING:
        assert (matrix @ x <= lines.roof).all()


@pytest.mark.parametrize("seed", range(30))
def test_wide_columns_under_any_rows_are_searched_to_the_best(seed: int) -> None:
    dice = np.random.default_rng(seed)
    matrix, upper = dice.integers(-3, 4, (3, 4)), dice.integers(1, 7, 4)
    lines = lines_of(matrix, [-9, -5, -9], [4, 9, 7])
    gain = dice.integers(-5, 6, 4).astype(float)
    grid = np.stack(np.meshgrid(*(np.arange(u + 1) for u in upper), indexing="ij"), -1).reshape(-1, 4)
    sums = grid @ matrix.T
    best = (grid @ gain)[((sums >= lines.floor) & (sums <= lines.roof)).all(axis=1)].max()
    value, most, x = search(lines, gain, upper, 10**6)
    assert value == best == gain @ x
    assert best <= most <= best + 100 * UNIT * 1000
    for budget in (1, 2, 5):
        assert search(lines, gain, upper, budget)[1] >= best
