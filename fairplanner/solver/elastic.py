"""A model of which some rows may be broken: as few labels as can be, or one by as little as can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from fairplanner.rules.names import chained
from fairplanner.solver import shape
from fairplanner.solver.model import SHARED, Model
from fairplanner.solver.result import Found


def elastic(model: Model, breakable: NDArray[np.bool_], index: dict[tuple[str, str], int]) -> Model:
    """The model with two breaches (below, above) for each breakable row and a switch for each label that is broken.

    Columns: the model's, the breaches row by row, the switches. Fewest labels first; among these, the least breach.
    """
    rows = np.flatnonzero(breakable)
    m, n = model.size
    k, labels = len(rows), len(index)
    least, most = shape.activity(model.matrix, model.lower, model.upper)
    reach = np.maximum(0, np.column_stack([model.row_lower - least, most - model.row_upper]))[rows].ravel()
    at = np.repeat(rows, 2)
    sides = np.tile(np.array([1, -1], np.int64), k)
    breach = csr_array((sides, (at, np.arange(2 * k))), shape=(m, 2 * k))
    of = np.array([index[model.rules[i], model.labels[i]] for i in at.tolist()], np.int64)
    tie = csr_array((-reach, (np.arange(2 * k), of)), shape=(2 * k, labels))
    one = csr_array((np.ones(2 * k, np.int64), (np.arange(2 * k), np.arange(2 * k))), shape=(2 * k, 2 * k))
    top = hstack([model.matrix, breach, csr_array((m, labels), dtype=np.int64)])
    bottom = hstack([csr_array((2 * k, n), dtype=np.int64), one, tie])
    heavy = 1 if reach.sum() >= 2**40 else int(reach.sum()) + 1
    return replace(
        model,
        lower=np.append(model.lower, np.zeros(2 * k + labels, np.int64)),
        upper=np.concatenate([model.upper, reach, np.ones(labels, np.int64)]),
        gain=np.concatenate([0 * model.gain, np.full(2 * k, -1 if heavy > 1 else 0), np.full(labels, -heavy)]),
        matrix=csr_array(vstack([top, bottom])),
        row_lower=np.append(model.row_lower, -reach),
        row_upper=np.append(np.maximum(model.row_lower, model.row_upper), np.zeros(2 * k, np.int64)),
        scale=np.append(model.scale, np.ones(2 * k, np.int64)),
        rules=chained(model.rules, ["breach"] * 2 * k),
        labels=chained(model.labels, [""] * 2 * k),
        group=np.full(n + 2 * k + labels, SHARED),
    )  # fmt: skip


def least_broken(model: Model, own: NDArray[np.bool_], engine: Callable[[Model], Found]) -> int | None:
    """The least amount (own unit, the largest among these rows) by which they are broken where all others are kept, as far as an
    engine finds; None where it finds no point."""
    rows = np.flatnonzero(own)
    least, most = shape.activity(model.matrix, model.lower, model.upper)
    below, above = model.row_lower - least, most - model.row_upper
    reach = int((np.maximum(below, above) * model.scale)[rows].max(initial=0))
    # one amount for all of them, in the rule's unit: each row may be broken by so much, either way
    k, (m, n) = len(rows), model.size
    scale = model.scale[rows]
    both = csr_array(model.matrix[rows])
    both.data = both.data * np.repeat(scale, np.diff(both.indptr))
    column = csr_array(np.ones((k, 1), np.int64))
    kept = ~own
    matrix = vstack([
        hstack([csr_array(model.matrix[kept]), csr_array((m - k, 1), dtype=np.int64)]),
        hstack([both, column]),
        hstack([both, -column]),
    ])  # fmt: skip
    low, high = model.row_lower[rows] * scale, model.row_upper[rows] * scale
    names = ("breach",) * 2 * k
    made = replace(
        model.only(kept), lower=np.append(model.lower, 0), upper=np.append(model.upper, reach),
        gain=np.append(np.zeros(n, np.int64), -1), matrix=csr_array(matrix),
        row_lower=np.concatenate([model.row_lower[kept], low, (least[rows] - reach) * scale]),
        row_upper=np.concatenate([model.row_upper[kept], (most[rows] + reach) * scale, high]),
        scale=np.ones(m + k, np.int64), rules=chained(model.only(kept).rules, names),
        labels=chained(model.only(kept).labels, names), group=np.append(model.group, SHARED),
    )  # fmt: skip
    found = engine(made)
    return None if found.point is None else int(found.point[-1])
