"""What a model leaves open once some of its columns are fixed: bounds that follow, parts that do not touch, the few worth a search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, csr_array
from scipy.sparse.csgraph import connected_components

from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.result import Found
from fairplanner.solver.shape import activity

PASSES = 60
"""Rounds of propagation at the most; what is not settled by then is searched."""


def completed(model: Model, point: Ints, fixed: NDArray[np.bool_], effort: Effort) -> Ints | None:
    """The best point with these columns as they are; None where there is none, or the effort ends before one is found.

    `fixed` (n); the other columns of `point` are a first guess that may break rows. Bounds are propagated until nothing
    follows any more; then the open columns fall apart into parts that share no row. A part is left alone where a simple
    point of it (the guess, all low, all high, each at its better end) is the best that its box allows; what is left of
    all parts together goes to the exact engine.
    """
    return best_of(model, point, fixed, lambda part, hint: search(part, effort, hint)).point


def best_of(model: Model, point: Ints, fixed: NDArray[np.bool_], engine: Callable[[Model, Ints], Found]) -> Found:
    """The same by any engine, which gets what is left to search and a hint; the bound is of all points with these columns so."""
    rest = _rest(model, point, fixed)
    if rest is None:
        return Found(None, None, infeasible=True)
    tried = [np.clip(rest.guess, rest.lower, rest.upper), rest.lower, rest.upper]
    tried.append(np.where(rest.gain > 0, rest.upper, rest.lower))
    made, done = _simple(rest, tried)
    open_ = ~done[rest.part]
    found = engine(_model_of(rest, open_), made[open_]) if open_.any() else Found(made[open_], 0)
    if found.point is None:
        return found
    made[open_] = found.point
    whole = point.copy()
    whole[rest.columns] = made
    if not model.is_kept(whole):
        return replace(found, point=None, bound=None)
    # what is not open is worth the same at every such point
    bound = None if found.bound is None else found.bound + model.value(whole) - int(rest.gain[open_] @ made[open_])
    return replace(found, point=whole, bound=bound)


@dataclass(frozen=True, eq=False)
class _Rest:
    """The open columns (k) and the rows (r) that touch them: maximise gain @ x, row_lower <= matrix @ x <= row_upper.

    `columns` are their numbers in the model; `part` (k) and `row_part` (r) say to which of `parts` each belongs.
    """

    columns: Ints
    guess: Ints
    lower: Ints
    upper: Ints
    gain: Ints
    matrix: csr_array
    row_lower: Ints
    row_upper: Ints
    parts: int
    part: Ints
    row_part: Ints


def _rest(model: Model, point: Ints, fixed: NDArray[np.bool_]) -> _Rest | None:
    """What is open, with the bounds that follow; None where a bound contradicts itself."""
    columns = np.flatnonzero(~fixed)
    held = np.where(fixed, point, 0)
    matrix = csr_array(model.matrix[:, columns])
    rows = np.flatnonzero(np.diff(matrix.indptr))
    sums = (model.matrix @ held)[rows]
    matrix = csr_array(matrix[rows])
    low, high = model.row_lower[rows] - sums, model.row_upper[rows] - sums
    lower, upper = propagated(matrix, low, high, model.lower[columns], model.upper[columns])
    if (lower > upper).any():
        return None
    parts, part, row_part = _parts(matrix, lower < upper)
    return _Rest(
        columns, point[columns], lower, upper, model.gain[columns], matrix, low, high, parts, part, row_part
    )  # fmt: skip


def propagated(matrix: csr_array, row_lower: Ints, row_upper: Ints, lower: Ints, upper: Ints) -> tuple[Ints, Ints]:
    """Bounds of whole-number columns that follow from the rows, one row at a time until nothing changes; lower > upper somewhere
    where no point is left."""
    columns, part, rows = csc_array(matrix), matrix, np.arange(matrix.shape[0])
    lower, upper = lower.copy(), upper.copy()
    for _ in range(PASSES):
        at = np.repeat(np.arange(len(rows)), np.diff(part.indptr))
        to, by = part.indices.astype(np.int64), part.data
        least, most = activity(part, lower, upper)
        own_least, own_most = (np.where(by > 0, by * a[to], by * b[to]) for a, b in ((lower, upper), (upper, lower)))
        # by * x <= over and by * x >= under, with the other columns of the row at the ends that leave most room
        over, under = (row_upper[rows] - least)[at] + own_least, (row_lower[rows] - most)[at] + own_most
        size = np.abs(by)
        down, up = over // size, -(-under // size)
        new_upper, new_lower = upper.copy(), lower.copy()
        np.minimum.at(new_upper, to, np.where(by > 0, down, -up))
        np.maximum.at(new_lower, to, np.where(by > 0, up, -down))
        changed = np.flatnonzero((new_lower != lower) | (new_upper != upper))
        if (new_lower > new_upper).any() or not len(changed):
            return new_lower, new_upper
        lower, upper = new_lower, new_upper
        # other rows say what they said before
        rows = np.unique(csc_array(columns[:, changed]).indices)
        part = csr_array(matrix[rows])
    return lower, upper


def _parts(matrix: csr_array, is_open: NDArray[np.bool_]) -> tuple[int, Ints, Ints]:
    """Connected parts of columns and rows: how many, and the part of each column and of each row.

    Columns that are no longer open tie nothing together. A row without open columns is a part of its own.
    """
    height, width = matrix.shape
    cells = coo_array(matrix)
    kept = is_open[cells.col]
    ends = (np.ones(int(kept.sum()), bool), (cells.row[kept], cells.col[kept] + height))
    graph = csr_array(coo_array(ends, shape=(height + width, height + width)))
    count, part = connected_components(graph, directed=False)
    return int(count), part[height:].astype(np.int64), part[:height].astype(np.int64)


def _simple(rest: _Rest, tried: list[Ints]) -> tuple[Ints, NDArray[np.bool_]]:
    """For each part the best of the points tried that keeps its rows, and whether nothing in its box is worth more."""
    reach = _by_part(rest, np.maximum(rest.gain * rest.lower, rest.gain * rest.upper))
    best, worth = tried[0].copy(), np.full(rest.parts, np.iinfo(np.int64).min)
    for x in tried:
        value = np.where(_kept(rest, x), _by_part(rest, rest.gain * x), np.iinfo(np.int64).min)
        better = (value > worth)[rest.part]
        best[better] = x[better]
        worth = np.maximum(worth, value)
    return best, worth == reach


def _by_part(rest: _Rest, amounts: Ints) -> Ints:
    made = np.zeros(rest.parts, np.int64)
    np.add.at(made, rest.part, amounts)
    return made


def _kept(rest: _Rest, x: Ints) -> NDArray[np.bool_]:
    """Which parts have all their rows kept."""
    sums = rest.matrix @ x
    kept = np.ones(rest.parts, bool)
    kept[rest.row_part[(sums < rest.row_lower) | (sums > rest.row_upper)]] = False
    return kept


def _model_of(rest: _Rest, some: NDArray[np.bool_]) -> Model:
    """The columns of some parts with their rows, as a model of its own; columns with one value left are taken into the bounds."""
    rows = np.isin(rest.row_part, np.unique(rest.part[some]))
    matrix = csr_array(rest.matrix[rows])
    settled = np.where(some, 0, rest.lower)
    sums = matrix @ settled
    names = ("",) * int(rows.sum())
    return Model(
        {}, rest.lower[some], rest.upper[some], rest.gain[some], csr_array(matrix[:, np.flatnonzero(some)]),
        rest.row_lower[rows] - sums, rest.row_upper[rows] - sums, np.ones(len(names), np.int64), names, names,
        (), np.full(int(some.sum()), SHARED, np.int64),
    )  # fmt: skip
