"""Blocks of firms: nothing is lost, nothing is cut off, and what is read off the shapes of rows is true of every year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fairplanner.solver.blocks import PLACE, Blocks, blocks_of, with_rows
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.propagation import FAR
from tests.solver.firms import all_years, posed_model, random_model


def local_years(model: Model, blocks: Blocks, f: int) -> Ints:
    """Every year of a firm (k × its columns in local order)."""
    mine = blocks.column[blocks.at[f] : blocks.at[f + 1]]
    points = np.zeros((len(years := all_years(model, f)), model.size[1]), np.int64)
    points[:, np.flatnonzero(model.group == f)] = years
    return points[:, mine]


def rows_of(blocks: Blocks, f: int) -> np.ndarray:
    """Own rows of a firm as a whole matrix."""
    starts, columns, values = blocks.by_row
    made = np.zeros((blocks.row_at[f + 1] - blocks.row_at[f], blocks.at[f + 1] - blocks.at[f]), np.int64)
    for r in range(len(made)):
        part = slice(starts[blocks.row_at[f] + r], starts[blocks.row_at[f] + r + 1])
        made[r, columns[part]] = values[part]
    return made


@pytest.mark.parametrize("amount", [9, 30_000_000])
def test_rows_that_were_added_up_cut_off_no_year(amount: int) -> None:
    added = 0
    for seed in range(150):
        model = random_model(seed, amount=amount)
        blocks = blocks_of(model)
        for f in range(len(model.firms)):
            part = slice(blocks.row_at[f], blocks.row_at[f + 1])
            years, rows = local_years(model, blocks, f), rows_of(blocks, f)
            sums = years @ rows.T
            assert ((sums >= blocks.floor[part]) & (sums <= blocks.roof[part])).all(), (seed, f)
            added += int((blocks.row[part] < 0).sum())
    assert added > 20


def test_rows_are_not_added_up_where_whole_numbers_could_not_hold_the_sum() -> None:
    """Four limits in turn, each in a measure that has nothing in common with the others: the sum would be beyond 64 bits."""
    here, there = (99_991, 99_989, 99_971, 99_907), (99_961, 99_929, 99_923, 99_901)
    model = random_model(0)
    rows = np.zeros((5, 10), np.int64)
    rows[0, 0] = 7
    for k in range(4):
        rows[0, 2 + k], rows[0, 6 + k] = -3 * here[k], 2 * here[k]
        rows[k + 1, 2 + k], rows[k + 1, 6 + k] = 3 * there[k], -2 * there[k]
    kinds = {"participations": slice(0, 1), "journeys": slice(1, 2), "claims": slice(2, 6), "cuts": slice(6, 10), "private": slice(10, 10), "delegations": slice(10, 10)}  # fmt: skip
    made = replace(
        model, blocks=kinds, lower=np.zeros(10, np.int64), upper=np.array([1] * 6 + [10**4] * 4), gain=np.ones(10, np.int64),
        matrix=type(model.matrix)(rows), row_lower=np.full(5, -(10**15)), row_upper=np.zeros(5, np.int64), scale=np.ones(5, np.int64),
        rules=[""] * 5, labels=[""] * 5, firms=("f0",), group=np.zeros(10, np.int64),
    )  # fmt: skip
    blocks = blocks_of(made)
    box = np.maximum(np.abs(made.lower), np.abs(made.upper))[blocks.column].astype(float)
    for row in rows_of(blocks, 0):
        assert np.abs(row.astype(float)) @ box < 2.0**58
    extra = blocks.row < 0
    assert extra.any()
    dice = np.random.default_rng(1)
    points = dice.integers(0, np.minimum(made.upper, 2) + 1, (2000, 10))
    points = points[((points @ rows.T) <= 0).all(axis=1)]
    assert len(points)
    whole = rows_of(blocks, 0)[extra].astype(object) @ points[:, blocks.column].T.astype(object)
    assert (whole <= blocks.roof[extra].astype(object)[:, None]).all()


@pytest.mark.parametrize("seed", range(40))
def test_both_listings_of_own_rows_are_those_of_the_model(seed: int) -> None:
    model = random_model(seed) if seed >= 4 else posed_model(seed)
    blocks = blocks_of(model)
    assert sorted(blocks.column.tolist()) == np.flatnonzero(model.group >= 0).tolist()
    assert sorted(blocks.row[blocks.row >= 0].tolist()) == np.flatnonzero(model.row_group != SHARED).tolist()
    starts, local, values = blocks.by_column
    for f in range(len(model.firms)):
        rows, mine = rows_of(blocks, f), blocks.column[blocks.at[f] : blocks.at[f + 1]]
        true = blocks.row[blocks.row_at[f] : blocks.row_at[f + 1]]
        assert np.array_equal(rows[true >= 0], model.matrix[true[true >= 0]][:, mine].toarray())
        again = np.zeros_like(rows)
        for j in range(len(mine)):
            part = slice(starts[blocks.at[f] + j], starts[blocks.at[f] + j + 1])
            again[local[part], j] = values[part]
        assert np.array_equal(rows, again)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_read_off_the_rows_holds_in_every_year(seed: int) -> None:
    model = random_model(seed)
    blocks = blocks_of(model)
    form = blocks.form
    for f in range(len(model.firms)):
        part = slice(blocks.at[f], blocks.at[f + 1])
        years = local_years(model, blocks, f)
        clique, parent, group, linked = (x[part] for x in (form.clique, form.parent, form.group, form.linked))
        places = int((clique >= 0).sum())
        assert (clique[:places] >= 0).all()
        assert np.array_equal(clique >= 0, blocks.kind[part] == PLACE)
        for number in set(clique[clique >= 0].tolist()):
            at = np.flatnonzero(clique == number)
            assert np.array_equal(at, np.arange(at[0], at[-1] + 1))
            assert (years[:, at].sum(axis=1) <= 1).all()
        for number in set(group[group >= 0].tolist()):
            kids = np.flatnonzero(group == number)
            assert len(set(parent[kids].tolist())) == 1
            assert (years[:, kids].sum(axis=1) <= years[:, parent[kids[0]]]).all()
        for place in np.flatnonzero(linked >= 0).tolist():
            row = blocks.link_at[f] + linked[place]
            journeys = form.link_column[form.link_at[row] : form.link_at[row + 1]]
            assert (years[:, place] <= years[:, journeys].sum(axis=1)).all()
            assert (form.serves[part][journeys] > 0).all()


def test_shared_rows_are_put_after_own_ones_firm_by_firm_without_ends() -> None:
    blocks = blocks_of(random_model(5))
    more = np.array([2, 0]), np.array([0, 1, 3]), np.array([0, 0, 1]), np.array([7, 5, -5])
    made, extra = with_rows(blocks, more)
    assert np.flatnonzero(extra == 1).tolist() == [made.row_at[1] - 1]
    assert np.flatnonzero(extra == 0).tolist() == [made.row_at[3] - 1]
    assert rows_of(made, 0)[-1][:2].tolist() == [5, -5]
    assert rows_of(made, 2)[-1][0] == 7
    assert made.roof[extra >= 0].tolist() == [FAR, FAR]
    assert made.floor[extra >= 0].tolist() == [-FAR, -FAR]
    assert np.array_equal(made.row[extra < 0], blocks.row)


def test_a_model_without_firms_or_without_own_rows_has_blocks_too() -> None:
    model = random_model(2)
    none = blocks_of(model.only(model.row_group == SHARED))
    assert (none.row_at == 0).all()
    assert len(none.column) == (model.group >= 0).sum()
    nobody = blocks_of(replace(model, group=np.full(model.size[1], SHARED), firms=()))
    assert len(nobody.column) == len(nobody.row) == 0
