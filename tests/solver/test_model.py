"""The model: what rows become, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from fairplanner.rules.contract import NO_LIMIT, Columns, Rows
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import SHARED, Model, ModelError, build
from tests.solver.small import SHAPE, TinyRule, a_problem, limits, rows_of

PROBLEM = a_problem(2, 2, share=1.0)
JOURNEYS = len(PROBLEM.journeys)


def one_row(coefficients: list[int], lower: int, upper: int, **more: object) -> Rows:
    """One row labelled `r` over the first delegations and journeys."""
    wide = np.zeros((1, JOURNEYS), np.int64)
    wide[0, : len(coefficients)] = coefficients
    return Rows(["r"], {"journeys": csr_array(wide)}, np.array([lower]), np.array([upper]), **more)  # type: ignore[arg-type]


def made(*rows: Rows, private: tuple[Columns, ...] = ()) -> Model:
    return build(PROBLEM, [TinyRule("tiny", lambda _: iter(rows), private)])


def test_columns_are_the_decided_tables_in_order_with_their_gains() -> None:
    model = made()
    assert list(model.blocks) == ["delegations", "journeys", "participations", "claims", "cuts"]
    assert model.gain[model.blocks["journeys"]].tolist() == PROBLEM.journeys["gain"].tolist()
    assert set(model.upper) == {1}
    assert set(model.lower) == {0}


def test_a_row_is_divided_by_its_gcd_and_its_bound_rounded_inwards() -> None:
    model = made(one_row([6, 9, 3], -NO_LIMIT, 10))
    assert model.matrix.toarray()[0][model.blocks["journeys"]][:3].tolist() == [2, 3, 1]
    assert (model.row_lower[0], model.row_upper[0], model.scale[0]) == (0, 3, 3)


def test_rows_that_always_hold_are_dropped_and_those_that_never_do_stay() -> None:
    model = made(one_row([1, 1], 0, 2), one_row([], 1, NO_LIMIT), one_row([1, 1], 3, NO_LIMIT), one_row([2], 1, 1))
    assert model.size[0] == 3
    for i in range(3):
        assert search(model.only(np.array([i])), Effort(5)).infeasible


def test_a_conditional_row_gets_the_smallest_big_m() -> None:
    at = PROBLEM.participations
    switch = ("participations", np.array([0]))
    model = made(one_row([4, 3], -NO_LIMIT, 5, when=switch))
    row = model.matrix.toarray()[0]
    assert row[model.blocks["participations"]].tolist() == [2] + [0] * (len(at) - 1)
    assert model.row_upper[0] == 7


def test_a_conditional_row_binds_only_where_its_switch_is_on() -> None:
    model = made(one_row([1, 1, 1], 2, 2, when=("participations", np.array([0]))))
    x = np.zeros(model.size[1], np.int64)
    first, journeys = model.blocks["participations"].start, model.blocks["journeys"].start
    assert model.is_kept(x)
    x[first] = 1
    assert not model.is_kept(x)
    x[journeys : journeys + 2] = 1
    assert model.is_kept(x)
    x[journeys + 2] = 1
    assert not model.is_kept(x)


def test_a_soft_row_costs_its_steps_in_order() -> None:
    model = made(one_row([1, 1], 2, NO_LIMIT, steps=((1, 10), (1, 50))))
    fixed = np.where(np.arange(model.size[1]) < JOURNEYS + model.blocks["journeys"].start, 0, model.upper)
    closed = replace(model, upper=np.where(model.gain == 0, 0, fixed), gain=np.minimum(model.gain, 0))
    assert search(closed, Effort(5)).bound == -60


def test_prices_that_fall_are_refused() -> None:
    with pytest.raises(ModelError, match=r"tiny r: prices of steps must rise"):
        made(one_row([1, 1], 2, NO_LIMIT, steps=((1, 50), (1, 10))))


def test_numbers_that_64_bits_cannot_hold_are_refused_by_label() -> None:
    with pytest.raises(ModelError, match=r"tiny \[r\]"):
        made(one_row([2**59, 2**59], 0, 2**59))


def test_a_later_tier_is_refused_rather_than_ignored() -> None:
    with pytest.raises(ModelError, match="tiers"):
        made(one_row([1], 0, 0, tier=1))


def test_continuous_columns_are_refused() -> None:
    with pytest.raises(ModelError, match="whole numbers"):
        made(private=(Columns("c", ["c"], np.array([1]), integer=False),))


def test_rows_of_one_firm_are_found_to_be_its_own() -> None:
    model = build(PROBLEM, [*SHAPE, limits(1, 1, 1)])
    own = {(model.rules[i], model.firms[g]) for i, g in enumerate(model.row_group) if g != SHARED}
    assert {rule for rule, _ in own} == {"linked", "once", "limits"}
    shared = {model.rules[i] for i, g in enumerate(model.row_group) if g == SHARED}
    assert "hosted" in shared
    assert "once" not in shared


def test_a_private_column_belongs_to_the_only_firm_its_rows_speak_of() -> None:
    own: tuple[str, str] = ("tiny", "went")
    firms = sorted(set(PROBLEM.journeys["firm"]))
    private = Columns("went", firms, np.ones(2, np.int64))
    rows = rows_of(PROBLEM, firms, {"journeys": (PROBLEM.journeys["firm"], 1), own: (firms, -1)}, 0, NO_LIMIT)
    model = made(rows, private=(private,))
    assert model.group[model.blocks[own]].tolist() == [0, 1]
    both = rows_of(PROBLEM, ["all"], {own: (["all"] * 2, 1)}, 0, 1)
    model = made(rows, both, private=(private,))
    assert model.row_group.tolist() == [0, 1, SHARED]
