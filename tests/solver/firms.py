"""Small random models of a few firms, whose years can all be listed: rows of the shapes that rules make, and of any shape.

They are made from numbers alone, without a programme: places in cliques, journeys that bring a firm to them, claims that
need a place or a journey and shut one another out, cuts, private columns, rows of money, and rows that firms share.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
from numpy.random import Generator
from scipy.sparse import csr_array

from fairplanner.rules import RULES
from fairplanner.solver.model import SHARED, Ints, Model, build
from tests.pose.random_packs import posed
from tests.properties import programmes

KINDS = ("participations", "journeys", "claims", "cuts", "private")
MANY = 10**6


def random_model(seed: int, *, firms: int = 3, shared: int = 4, amount: int = 9) -> Model:
    """A model of some firms of up to 9 columns each and of two delegations; not every one has a solution.

    `amount`: the largest coefficient of money.
    """
    dice = np.random.default_rng(seed)
    counts = np.column_stack([dice.integers(2, 4, firms), dice.integers(0, 3, firms), dice.integers(0, 4, firms), dice.integers(0, 3, firms), dice.integers(0, 2, firms)])  # fmt: skip
    kind = np.concatenate([np.repeat(np.arange(5), counts.sum(axis=0)), [5, 5]])
    group = np.concatenate([np.repeat(np.arange(firms), counts[:, k]) for k in range(5)] + [[SHARED, SHARED]])
    n = len(kind)
    rows: list[tuple[dict[int, int], int, int]] = []
    for f in range(firms):
        rows += own_rows(dice, [np.flatnonzero((group == f) & (kind == k)).tolist() for k in range(5)], amount)
    for _ in range(shared):
        columns = dice.choice(n, int(dice.integers(2, min(8, n))), replace=False).tolist()
        rows.append(any_row(dice, columns, 3, keep_nothing=bool(dice.random() < 0.8)))
    upper = np.where(kind == 3, dice.integers(1, 4, n), 1)
    return model_of(dice, kind, group, upper, rows, firms)


def own_rows(dice: Generator, of: list[list[int]], amount: int) -> list[tuple[dict[int, int], int, int]]:
    """Rows of one firm: (coefficients, lower, upper). `of`: its columns by kind."""
    places, journeys, claims, cuts, private = of
    rows: list[tuple[dict[int, int], int, int]] = []
    if dice.random() < 0.7:
        rows.append((dict.fromkeys(places[:2], 1), 0, 1))
    for p in places:
        if journeys and dice.random() < 0.7:
            by = [j for j in journeys if dice.random() < 0.7] or journeys[:1]
            rows.append(({p: 1} | dict.fromkeys(by, -1), -MANY, 0))
    for c in claims:
        if dice.random() < 0.8:
            rows.append(({c: 1, int(dice.choice(places + journeys)): -1}, -MANY, 0))
    if len(claims) > 1 and dice.random() < 0.6:
        rows.append((dict.fromkeys(claims[:2], 1), 0, 1))
    for s in private:
        rows += [({c: 1, s: -1}, -MANY, 0) for c in claims[:1]]
    money = {j: int(dice.integers(1, amount + 1)) for j in places + journeys}
    for k, claim in enumerate(claims):
        # what a claim brings back and what a cut takes of it stand in a limit as in the row of money, each in its own measure
        cut, unit = cuts[k : k + 1], int(dice.integers(1, 4))
        a, b, here, there = (int(x) for x in dice.integers(1, [amount // 3 + 2, 4, 4, 4]))
        money |= {claim: -a * here} | dict.fromkeys(cut, b * here)
        if cut and dice.random() < 0.8:
            limit = {claim: a * there} | dict.fromkeys(cut, -b * there)
            rows.append((limit, -MANY * amount, int(dice.integers(0, unit * amount))))
    rows.append((money, -MANY * amount, int(dice.integers(0, 2 * amount))))
    return [*rows, any_row(dice, [j for kind in of for j in kind], amount, keep_nothing=bool(dice.random() < 0.9))]


def any_row(dice: Generator, columns: list[int], amount: int, *, keep_nothing: bool) -> tuple[dict[int, int], int, int]:
    """A row of no particular shape, kept by doing nothing or not."""
    made = {j: int(dice.integers(-amount, amount + 1)) or 1 for j in columns}
    low, high = sorted(int(a) for a in dice.integers(-2 * amount, 2 * amount + 1, 2))
    return made, (min(low, 0) if keep_nothing else low), (max(high, 0) if keep_nothing else high)


def model_of(
    dice: Generator, kind: Ints, group: Ints, upper: Ints, rows: list[tuple[dict[int, int], int, int]], firms: int
) -> Model:
    """A model of these columns (sorted by kind) and rows, with gains as they come."""
    n = len(kind)
    at = np.searchsorted(kind, np.arange(7))
    blocks = {name: slice(int(at[k]), int(at[k + 1])) for k, name in enumerate((*KINDS, "delegations"))}
    matrix = np.zeros((len(rows), n), np.int64)
    for i, (row, _, _) in enumerate(rows):
        matrix[i, list(row)] = list(row.values())
    gain = np.where(kind == 0, dice.integers(-20, 100, n), dice.integers(-30, 20, n))
    gain = np.where((kind == 4) & (dice.random(n) < 0.5), 0, gain)
    low, high = (np.array([row[k] for row in rows], np.int64) for k in (1, 2))
    names = [""] * len(rows)
    return Model(
        blocks, np.zeros(n, np.int64), upper.astype(np.int64), gain.astype(np.int64), csr_array(matrix), low, high,
        np.ones(len(rows), np.int64), names, names, tuple(f"f{i}" for i in range(firms)), group,
    )  # fmt: skip


def all_years(model: Model, firm: int) -> Ints:
    """Every year of a firm that keeps its own rows (k × its columns, as they stand in the model)."""
    columns = np.flatnonzero(model.group == firm)
    points = np.array(list(product(*(range(a, b + 1) for a, b in zip(model.lower[columns], model.upper[columns], strict=True)))), np.int64)  # fmt: skip
    own = model.row_group == firm
    sums = points @ model.matrix[own][:, columns].toarray().T
    return points[((sums >= model.row_lower[own]) & (sums <= model.row_upper[own])).all(axis=1)]


@cache
def posed_model(seed: int) -> Model:
    """The model of a small random programme under all rules, by turns with packs of any shape and of grants."""
    from fairplanner.pose import pose

    if seed % 2:
        return build(pose(programmes.a_programme_of_grants(seed)), RULES)
    return build(posed(seed)[1], RULES)


def by_hand(kind: list[int], group: list[int], gain: list[int], rows: list[tuple[dict[int, int], int, int]]) -> Model:
    """A model of columns of 0 or 1 in the order of their kind (`KINDS`, then 5: delegations); rows as (coefficients, lower, upper)."""
    firms = max(group) + 1
    one = np.ones(len(kind), np.int64)
    made = model_of(np.random.default_rng(0), np.array(kind), np.array(group), one, rows, firms)
    return replace(made, gain=np.array(gain, np.int64))
