"""The written order of ties: of plans worth the same, the one that decides least, then the earlier ids."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from fairplanner.rules.names import chained
from fairplanner.rules.tables import DECIDED
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.rest import completed

MOST_ORDERED = 60_000
"""Columns up to which the order of ties is searched: on more the search ends before it has looked at much of them, and only
building it for the exact engine takes minutes at a million."""
CHOSEN = tuple(name for name in DECIDED if name != "cuts")


def tidied(model: Model, point: Ints, effort: Effort) -> tuple[Ints, bool]:
    """A point worth no less, with fewer chosen rows, then earlier ones (each table sorted by id), as far as the effort goes.

    So no free delegation without firms and no worthless claim is left standing, and ties do not hang on a seed where
    the search for the best order ends; where it does not end, its best point is still found repeatably (second answer).
    A model with more than MOST_ORDERED columns is not searched for the order.
    """
    point = without_needless(model, point)
    if len(model.gain) > MOST_ORDERED:
        return settled(model, point, effort), True
    found = search(_in_order(model, model.value(point)), effort, hint=point)
    better = point if found.point is None or not model.is_kept(found.point) else found.point
    return settled(model, without_needless(model, better), effort), found.repeatable


def settled(model: Model, point: Ints, effort: Effort) -> Ints:
    """The same decisions with every private column at its best: a search that stops at a gap may leave some undercounted.

    Private columns of a point that are not determined yet may be anything; where nothing completes the decisions within
    the effort, the point comes back as it was.
    """
    fixed = np.zeros(len(model.gain), bool)
    for name in DECIDED:
        fixed[model.blocks[name]] = True
    found = completed(model, point, fixed, replace(effort, gap=0.0))
    return point if found is None else found


def without_needless(model: Model, point: Ints) -> Ints:
    """The point less each chosen row, last ids first, that can go alone without loss of value or breach of a row.

    Of a cut goes as much as the rows allow, so nothing is kept back that could as well be paid.
    """
    point = point.copy()
    decided = np.zeros(len(point), bool)
    for name in DECIDED:
        decided[model.blocks[name]] = True
    # in the order of DECIDED, which is that of the columns
    chosen = np.flatnonzero(decided & (point > model.lower) & (model.gain <= 0))
    columns = csc_array(model.matrix[:, chosen])
    sums = model.matrix @ point
    for k in reversed(range(len(chosen))):
        part, j = slice(columns.indptr[k], columns.indptr[k + 1]), chosen[k]
        rows, by = columns.indices[part].astype(np.int64), columns.data[part]
        less = min(int(point[j] - model.lower[j]), _most_less(model, rows, by, sums))
        if less > 0:
            point[j] -= less
            sums[rows] -= less * by
    return point


def _most_less(model: Model, rows: Ints, by: Ints, sums: Ints) -> int:
    """By how much a column can fall, with these coefficients in these rows, before one of them breaks."""
    room = np.where(by > 0, sums[rows] - model.row_lower[rows], model.row_upper[rows] - sums[rows])
    return int((room // np.maximum(1, np.abs(by))).min(initial=np.iinfo(np.int64).max))


def _in_order(model: Model, value: int) -> Model:
    """Keep the value, and minimise the sum over chosen rows of (rows there are + place of this one); cuts follow from them."""
    weight = np.zeros(len(model.gain), np.int64)
    decided = np.zeros(len(model.gain), bool)
    for name in CHOSEN:
        place = model.blocks[name]
        weight[place] = np.arange(place.stop - place.start)
        decided[place] = True
    weight[decided] += int(decided.sum())
    return replace(
        model,
        gain=-weight,
        matrix=csr_array(vstack([model.matrix, csr_array(model.gain[None, :])])),
        row_lower=np.append(model.row_lower, value),
        row_upper=np.append(model.row_upper, max(model.reach, value)),
        scale=np.append(model.scale, 1),
        rules=chained(model.rules, ["value"]),
        labels=chained(model.labels, ["value"]),
    )
