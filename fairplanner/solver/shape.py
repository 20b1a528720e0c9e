"""Arithmetic on sparse whole-number rows: joining, tightening, conditions, and who owns what. Knows no tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from fairplanner.rules.contract import NO_LIMIT

Ints = NDArray[np.int64]
NOBODY = -2
_PASSES = 4
FARTHEST = 2**40
"""No row asks for more than this beyond what there is (in fen: 11 thousand million)."""


def beside(parts: Sequence[tuple[int, csr_array]], shape: tuple[int, int]) -> csr_array:
    """One matrix of parts that stand side by side, each from its first column on: sorted, in canonical form."""
    if len(parts) == 1:
        at, part = parts[0]
        return _canonical(part.data, part.indices + at if at else part.indices, part.indptr, shape)
    counts = [np.diff(part.indptr) for _, part in parts]
    indptr = np.concatenate([[0], np.cumsum(np.sum(counts, axis=0))]) if parts else np.zeros(shape[0] + 1, np.int64)
    data, indices = np.empty(indptr[-1], np.int64), np.empty(indptr[-1], index_kind(shape))
    begins = indptr[:-1]
    for count, (at, part) in zip(counts, parts, strict=True):
        to = np.arange(part.nnz) + np.repeat(begins - part.indptr[:-1], count)
        data[to], indices[to] = part.data, part.indices + at
        begins = begins + count
    return _canonical(data, indices, indptr, shape)


def index_kind(shape: tuple[int, int]) -> type:
    """The smallest kind of whole number that tells columns apart."""
    return np.int32 if max(shape) < np.iinfo(np.int32).max else np.int64


def _canonical(data: Ints, indices: NDArray[Any], indptr: NDArray[Any], shape: tuple[int, int]) -> csr_array:
    made = csr_array((np.asarray(data, np.int64), indices, indptr), shape=shape)
    made.has_canonical_format = True
    if not made.data.all():
        made.eliminate_zeros()
    return made


def units(rows: Ints, value: int, height: int) -> csr_array:
    """A column for each of these rows, which holds `value` there."""
    indptr = np.searchsorted(rows, np.arange(height + 1))
    return csr_array((np.full(len(rows), value), np.arange(len(rows)), indptr), shape=(height, len(rows)))


def _sums(values: NDArray[Any], matrix: csr_array) -> NDArray[Any]:
    """The sum of each row's values, one for each of its entries."""
    sums = np.zeros(matrix.shape[0], values.dtype)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        sums[filled] = np.add.reduceat(values, matrix.indptr[filled])
    return sums


def activity(matrix: csr_array, lower: Ints, upper: Ints) -> tuple[Ints, Ints]:
    """Least and greatest sum of each row over the box of the columns."""
    low, high = matrix.data * lower[matrix.indices], matrix.data * upper[matrix.indices]
    return _sums(np.minimum(low, high), matrix), _sums(np.maximum(low, high), matrix)


def reach(matrix: csr_array, lower: Ints, upper: Ints) -> NDArray[np.float64]:
    """What the terms of each row can come to in magnitude, roughly."""
    most = np.maximum(np.abs(lower.astype(float)), np.abs(upper.astype(float)))
    return _sums(np.abs(matrix.data) * most[matrix.indices], matrix)


@dataclass(frozen=True, eq=False)
class Tight:
    """Rows that say something, each divided by its greatest common divisor; `scale` the divisors, `kept` their former numbers."""

    matrix: csr_array
    lower: Ints
    upper: Ints
    scale: Ints
    kept: Ints


def tightened(matrix: csr_array, row_lower: Ints, row_upper: Ints, lower: Ints, upper: Ints) -> Tight:
    """Drop rows that always hold, divide the others by their gcd and round their bounds inwards; bounds become finite."""
    least, most = activity(matrix, lower, upper)
    kept = np.flatnonzero((row_lower > least) | (row_upper < most))
    if len(kept) < matrix.shape[0]:
        matrix = csr_array(matrix[kept])
        least, most, row_lower, row_upper = least[kept], most[kept], row_lower[kept], row_upper[kept]
    low, high = np.maximum(row_lower, least), np.minimum(row_upper, most)
    # a row that can never hold still says how much is missing, as far as that is a number of use
    low, high = np.minimum(low, most + FARTHEST), np.maximum(high, least - FARTHEST)
    low, high = np.where(high < least, np.minimum(low, high), low), np.where(low > most, np.maximum(low, high), high)
    gcd = row_gcd(matrix)
    if (gcd > 1).any():
        data = matrix.data // np.repeat(gcd, np.diff(matrix.indptr))
        matrix = csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    return Tight(matrix, -(-low // gcd), high // gcd, gcd, kept)


def stacked(pieces: list[Tight], width: int) -> Tight:
    """All pieces one below another, `width` columns; empties the list as it goes, so that little is held twice."""
    height, filled = sum(len(p.kept) for p in pieces), sum(p.matrix.nnz for p in pieces)
    lower, upper, scale, kept = (
        np.concatenate([np.zeros(0, np.int64), *(getattr(p, name) for p in pieces)])
        for name in ("lower", "upper", "scale", "kept")
    )
    kind = index_kind((height, max(width, filled)))
    data: Ints = np.empty(filled, np.int64)
    indices: NDArray[Any] = np.empty(filled, kind)
    indptr: NDArray[Any] = np.zeros(height + 1, kind)
    pieces.reverse()
    row = entry = 0
    while pieces:
        own = pieces.pop().matrix
        data[entry : entry + own.nnz], indices[entry : entry + own.nnz] = own.data, own.indices
        indptr[row + 1 : row + own.shape[0] + 1] = own.indptr[1:] + np.int64(entry)
        row, entry = row + own.shape[0], entry + own.nnz
    matrix = csr_array((data, indices, indptr), shape=(height, width))
    matrix.has_canonical_format = True
    return Tight(matrix, lower, upper, scale, kept)


def row_gcd(matrix: csr_array) -> Ints:
    """Greatest common divisor of each row's coefficients; 1 for an empty row."""
    gcd = np.ones(matrix.shape[0], np.int64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled) and (np.abs(matrix.data) != 1).any():
        gcd[filled] = np.gcd.reduceat(np.abs(matrix.data), matrix.indptr[filled])
    return gcd


def conditional(
    matrix: csr_array, row_lower: Ints, row_upper: Ints, switch: Ints, lower: Ints, upper: Ints
) -> Iterator[tuple[csr_array, Ints, Ints, Ints]]:
    """Rows that bind only where their switch is 1, one side at a time, with the smallest big-M over the box; and their numbers.

    With s the switch: sum <= U becomes sum + M s <= U + M, where M = greatest sum of the other columns - U.
    """
    rest = coo_array(matrix)
    own = rest.col == switch[rest.row]
    others = csr_array((np.where(own, 0, rest.data), (rest.row, rest.col)), shape=matrix.shape)
    least, most = activity(others, lower, upper)
    for sign, bound, top in ((1, row_upper, most), (-1, -row_lower, -least)):
        rows = np.flatnonzero(bound < NO_LIMIT)
        spare = np.maximum(0, top[rows] - bound[rows])
        part = coo_array(matrix[rows])
        col = np.concatenate([part.col, switch[rows]])
        row = np.concatenate([part.row, np.arange(len(rows))])
        made = csr_array(coo_array((np.concatenate([part.data, sign * spare]), (row, col)), shape=part.shape))
        side = sign * (bound[rows] + spare)
        none = np.full(len(rows), sign * -NO_LIMIT)
        yield (made, none, side, rows) if sign > 0 else (made, side, none, rows)


def row_groups(matrix: csr_array, group: Ints) -> Ints:
    """The one group that all columns of a row belong to, else -1 (also for an empty row)."""
    made = np.full(matrix.shape[0], -1, np.int64)
    for rows, own in _slices(matrix):
        made[rows] = _one(group[own.indices], own, -1)
    return made


_SLICE = 1 << 22
"""Entries looked at together: what is held beside a large matrix stays small."""


def _slices(matrix: csr_array) -> Iterator[tuple[slice, csr_array]]:
    """The rows of a matrix, some at a time, as views."""
    begin, height = 0, matrix.shape[0]
    while begin < height:
        end = int(np.searchsorted(matrix.indptr, matrix.indptr[begin] + _SLICE, side="right")) - 1
        end = min(height, max(end, begin + 1))
        first, last = matrix.indptr[begin], matrix.indptr[end]
        view = (matrix.data[first:last], matrix.indices[first:last], matrix.indptr[begin : end + 1] - first)
        yield slice(begin, end), csr_array(view, shape=(end - begin, matrix.shape[1]))
        begin = end


def _one(owners: Ints, matrix: csr_array, none: int) -> Ints:
    """Per row: the one owner other than NOBODY of its entries, -1 if they differ, `none` if there is no entry."""
    made = np.full(matrix.shape[0], none, np.int64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        big, starts = np.iinfo(owners.dtype).max, matrix.indptr[filled]
        least = np.minimum.reduceat(np.where(owners == NOBODY, big, owners), starts)
        most = np.maximum.reduceat(owners, starts)
        made[filled] = _agreed(least, most, big)
    return made


def _agreed(least: Ints, most: Ints, big: int) -> Ints:
    return np.where(least == big, NOBODY, np.where(least == most, most, -1))


def spread(rows: Tight, lower: Ints, upper: Ints, group: Ints, shared: slice) -> Ints:
    """Give each column of NOBODY to a firm that one of its rows speaks of alone; -1 where there is none.

    Any assignment is valid (a row is own when all its columns have one owner); a good one makes more rows own. Where rows
    of several firms ask for a column it goes to one without which it cannot rise, not to one that cannot do without it.
    `lower`, `upper`: the columns' bounds.
    """
    group = group.copy()
    for _ in range(_PASSES):
        free = group == NOBODY
        found = _spoken_of(rows, lower, upper, group, free)[free] if free.any() else free[:0]
        if not (found != NOBODY).any():
            break
        group[free] = found
    group[group == NOBODY] = -1
    group[shared] = -1
    return group


def _spoken_of(rows: Tight, lower: Ints, upper: Ints, group: Ints, free: NDArray[np.bool_]) -> Ints:
    """For each free column the first owner among those that its rows speak of alone; NOBODY where there is none.

    Rows of several owners are shared whoever gets the column, so they have no say.
    """
    big = np.iinfo(np.int64).max
    needed, asked = np.full(len(group), big), np.full(len(group), big)
    for at, own in _slices(rows.matrix):
        entry = np.flatnonzero(free[own.indices])
        line = np.searchsorted(own.indptr, entry, side="right") - 1
        begins = np.diff(line, prepend=-1) != 0
        number = np.cumsum(begins) - 1
        spoken = csr_array(own[line[begins]])
        told = _one(group[spoken.indices], spoken, NOBODY)[number]
        told = np.where(told < 0, big, told)
        least, most = activity(spoken, lower, upper)
        above, below = rows.upper[at][line[begins]] < most, rows.lower[at][line[begins]] > least
        held = np.where(own.data[entry] > 0, above[number], below[number])
        np.minimum.at(asked, own.indices[entry], told)
        np.minimum.at(needed, own.indices[entry], np.where(held, told, big))
    first = np.where(needed < big, needed, asked)
    return np.where(first == big, NOBODY, first)
