"""Years by price: no year is worth more than is said, what is found is a year, and the bound holds whatever the prices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import SHARED, Model
from fairplanner.solver.pricing import NOTHING, Pricer
from tests.solver.firms import all_years, posed_model, random_model

WILD = (0.0, 1.0, 30.0, 1e6, 1e12)
EFFORT = Effort(20, 5.0, 0.0, workers=1, reproducible=False)


def prices_of(model: Model, seed: int, size: float) -> np.ndarray:
    """Prices of all rows, quarters, some nought."""
    dice = np.random.default_rng(seed)
    return np.round(dice.normal(0, size, model.size[0]) * (dice.random(model.size[0]) < 0.7) * 4) / 4


def pricer_of(model: Model, seed: int, size: float) -> Pricer:
    """With own prices as wild as the shared ones."""
    return Pricer(model, prices_of(model, seed + 1, size))


def bests(model: Model, pricer: Pricer, prices: np.ndarray) -> np.ndarray:
    """The worth of each firm's best year by listing all; -inf where it has none."""
    left = pricer.left(prices)
    return np.array([
        max((points @ left[model.group == f]).tolist(), default=-np.inf)
        for f in range(len(model.firms)) for points in [all_years(model, f)]
    ])  # fmt: skip


def optimum(model: Model) -> int | None:
    """The true best of a model; None where it has no solution."""
    found = search(model, EFFORT)
    assert found.infeasible or found.point is not None
    if found.point is None:
        return None
    assert found.bound == model.value(found.point)
    return model.value(found.point)


def of_firm(model: Model, firm: int, gain: np.ndarray) -> Model:
    """The model of one firm alone under its own rows, with these gains (n, quarters) times four."""
    columns, rows = np.flatnonzero(model.group == firm), np.flatnonzero(model.row_group == firm)
    return replace(
        model, blocks={}, lower=model.lower[columns], upper=model.upper[columns], gain=np.rint(4 * gain[columns]).astype(np.int64),
        matrix=csr_array(model.matrix[rows][:, columns]), row_lower=model.row_lower[rows], row_upper=model.row_upper[rows],
        scale=model.scale[rows], rules=(), labels=(), firms=(), group=np.full(len(columns), SHARED),
    )  # fmt: skip


@pytest.mark.parametrize("size", WILD)
@pytest.mark.parametrize("budget", [1, 5, 100_000])
def test_no_listed_year_is_worth_more_than_is_said_and_a_long_search_finds_the_best(size: float, budget: int) -> None:
    for seed in range(60):
        model = random_model(seed)
        pricer, prices = pricer_of(model, seed, size), prices_of(model, seed, size)
        best = bests(model, pricer, prices)
        priced = pricer.price(prices, np.full(pricer.firms, NOTHING), budget, 0.0)
        assert (priced.most >= best).all(), seed
        for f in np.flatnonzero(priced.worth > NOTHING).tolist():
            assert priced.worth[f] <= best[f] + 1e-9 * (1 + abs(best[f])), seed
        if budget > 5:
            found = np.where(np.isfinite(best), best, NOTHING)
            assert priced.worth == pytest.approx(found, rel=1e-9, abs=1e-6), seed


@pytest.mark.parametrize("slack", [0.0, 25.0])
def test_a_year_that_is_known_is_beaten_by_more_than_the_slack_or_left(slack: float) -> None:
    for seed in range(60):
        model = random_model(seed)
        pricer, prices = pricer_of(model, seed, 10.0), prices_of(model, seed, 10.0)
        best = bests(model, pricer, prices)
        known = np.where(np.isfinite(best), best - 20 * (seed % 3), NOTHING)
        priced = pricer.price(prices, known, 100_000, slack)
        assert (priced.most >= best).all(), seed
        assert (priced.worth >= np.maximum(known, best - slack - 1e-6))[np.isfinite(best)].all(), seed
        assert np.isin(np.flatnonzero(priced.worth > known + 1e-6), priced.fresh).all(), seed


@pytest.mark.parametrize("budget", [1, 20, 100_000])
def test_every_year_that_is_told_of_keeps_its_firms_own_rows_and_is_worth_what_is_said(budget: int) -> None:
    told = 0
    for seed in range(60):
        model = random_model(seed)
        pricer, prices = pricer_of(model, seed, 10.0), prices_of(model, seed, 10.0)
        priced, left = pricer.price(prices, np.full(pricer.firms, NOTHING), budget, 1.0), pricer.left(prices)
        x = np.zeros(model.size[1], np.int64)
        x[pricer.blocks.column] = priced.years
        for f in priced.fresh.tolist():
            mine = model.group == f
            assert (all_years(model, f) == x[mine]).all(axis=1).any(), (seed, f)
            assert left[mine] @ x[mine] == pytest.approx(priced.worth[f], rel=1e-9, abs=1e-6)
            told += 1
    assert told > 5


@pytest.mark.parametrize("size", WILD)
@pytest.mark.parametrize("budget", [1, 5, 100_000])
def test_the_bound_holds_for_a_whole_model_whatever_the_prices(size: float, budget: int) -> None:
    for seed in range(20):
        model = random_model(seed)
        value = optimum(model)
        bound = pricer_of(model, seed, size).price(prices_of(model, seed, size), np.full(3, NOTHING), budget, 1.0).bound
        assert not np.isnan(bound)
        assert value is None or bound >= value, seed


def test_a_firm_without_any_year_proves_that_there_is_no_plan() -> None:
    model = random_model(1)
    row = int(np.flatnonzero(model.row_group == 0)[0])
    lower = model.row_lower.copy()
    lower[row] = 10**7
    pricer = Pricer(
        replace(model, row_lower=lower, row_upper=np.maximum(model.row_upper, lower)), np.zeros(model.size[0])
    )
    priced = pricer.price(np.zeros(model.size[0]), np.full(3, NOTHING), 100, 1.0)
    assert priced.most[0] == -np.inf
    assert priced.bound == -np.inf


@pytest.mark.parametrize("price", [1e200, np.inf, np.nan, -1e308])
def test_prices_out_of_all_reach_prove_nothing_wrong(price: float) -> None:
    model = random_model(3)
    value = optimum(model)
    assert value is not None
    usual = np.zeros(model.size[0])
    for own, shared in ((np.full(model.size[0], price), usual), (usual, np.full(model.size[0], price))):
        priced = Pricer(model, own).price(shared, np.full(3, NOTHING), 50, 1.0)
        assert priced.bound >= value


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 6))])
def test_firms_of_posed_programmes_have_no_better_year_than_is_said(seed: int) -> None:
    model = posed_model(seed)
    ended = 0
    for size in (0.0, 200.0, 1e5):
        pricer, prices = pricer_of(model, seed, size), prices_of(model, seed, size)
        short, whole = (pricer.price(prices, np.full(pricer.firms, NOTHING), budget, 0.0) for budget in (5, 30_000))
        x = np.zeros(model.size[1], np.int64)
        x[pricer.blocks.column] = whole.years
        for f in range(pricer.firms):
            alone = of_firm(model, f, pricer.left(prices))
            best = optimum(alone)
            assert best is not None
            assert short.most[f] >= best / 4
            assert whole.most[f] >= best / 4
            assert whole.worth[f] <= best / 4 + 1e-9 * abs(best)
            if whole.worth[f] > NOTHING:
                assert alone.is_kept(x[model.group == f])
            if whole.most[f] <= whole.worth[f] + 1:
                assert whole.worth[f] == pytest.approx(best / 4, rel=1e-9, abs=1e-6)
                ended += 1
    assert ended >= min(2, len(model.firms))


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 6))])
def test_the_bound_holds_for_posed_programmes(seed: int) -> None:
    model = posed_model(seed)
    value = optimum(model)
    for size in (0.0, 200.0, 1e7):
        for budget in (1, 200):
            priced = pricer_of(model, seed, size).price(
                prices_of(model, seed, size), np.full(len(model.firms), NOTHING), budget, 1.0
            )
            assert value is None or priced.bound >= value


def test_the_result_does_not_hang_on_how_often_it_is_asked() -> None:
    model = posed_model(1)
    prices = prices_of(model, 1, 50.0)
    one, two = (Pricer(model, 0 * prices).price(prices, np.full(len(model.firms), NOTHING), 50, 1.0) for _ in range(2))
    assert one.bound == two.bound
    assert np.array_equal(one.years, two.years)
    assert one.nodes == two.nodes


def test_the_cheapest_years_have_no_place_and_keep_own_rows() -> None:
    for seed in range(6):
        model = posed_model(seed)
        pricer = Pricer(model, np.zeros(model.size[0]))
        worth, years = pricer.idle(np.zeros(model.size[0]))
        x = model.lower.copy()
        x[pricer.blocks.column] = years
        assert not x[model.blocks["participations"]].any()
        sums, own = model.matrix @ x, model.row_group >= 0
        if (worth > NOTHING).all():
            assert ((sums >= model.row_lower) & (sums <= model.row_upper))[own].all()
