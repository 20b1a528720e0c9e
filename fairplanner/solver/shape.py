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


def joined(parts: Sequence[tuple[NDArray[Any], ...]]) -> tuple[Ints, Ints, Ints]:
    """Rows, columns and coefficients of several parts, one after another."""
    empty = np.zeros(0, np.int64)
    row, col, data = (np.concatenate([empty, *(np.asarray(p[k], np.int64) for p in parts)]) for k in range(3))
    return row, col, data


def joined_pairs(parts: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Lower and upper bounds of several parts, one after another."""
    empty = np.zeros(0, np.int64)
    lower, upper = (np.concatenate([empty, *(p[k] for p in parts)]) for k in range(2))
    return lower, upper


def activity(matrix: csr_array, lower: Ints, upper: Ints) -> tuple[Ints, Ints]:
    """Least and greatest sum of each row over the box of the columns."""
    up, down = matrix.maximum(0), matrix.minimum(0)
    return up @ lower + down @ upper, up @ upper + down @ lower


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
    matrix, least, most = csr_array(matrix[kept]), least[kept], most[kept]
    low, high = np.maximum(row_lower[kept], least), np.minimum(row_upper[kept], most)
    # a row that can never hold asks for one more than there is, on the side that is broken
    low, high = np.minimum(low, most + 1), np.maximum(high, least - 1)
    low, high = np.where(high < least, np.minimum(low, high), low), np.where(low > most, np.maximum(low, high), high)
    gcd = row_gcd(matrix)
    data = matrix.data // np.repeat(gcd, np.diff(matrix.indptr))
    divided = csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    return Tight(divided, -(-low // gcd), high // gcd, gcd, kept)


def row_gcd(matrix: csr_array) -> Ints:
    """Greatest common divisor of each row's coefficients; 1 for an empty row."""
    gcd = np.ones(matrix.shape[0], np.int64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        gcd[filled] = np.gcd.reduceat(np.abs(matrix.data), matrix.indptr[filled])
    return gcd


def conditional(
    matrix: coo_array, row_lower: Ints, row_upper: Ints, labels: Sequence[str], switch: Ints, lower: Ints, upper: Ints
) -> Iterator[tuple[coo_array, Ints, Ints, Sequence[str]]]:
    """Rows that bind only where their switch is 1, one side at a time, with the smallest big-M over the box.

    With s the switch: sum <= U becomes sum + M s <= U + M, where M = greatest sum of the other columns - U.
    """
    csr = csr_array(matrix)
    rest = coo_array(csr)
    own = rest.col == switch[rest.row]
    others = csr_array((np.where(own, 0, rest.data), (rest.row, rest.col)), shape=csr.shape)
    least, most = activity(others, lower, upper)
    for sign, bound, reach in ((1, row_upper, most), (-1, -row_lower, -least)):
        rows = np.flatnonzero(bound < NO_LIMIT)
        spare = np.maximum(0, reach[rows] - bound[rows])
        part = coo_array(csr[rows])
        col = np.concatenate([part.col, switch[rows]])
        row = np.concatenate([part.row, np.arange(len(rows))])
        made = coo_array((np.concatenate([part.data, sign * spare]), (row, col)), shape=part.shape)
        made.sum_duplicates()
        side = sign * (bound[rows] + spare)
        none = np.full(len(rows), sign * -NO_LIMIT)
        names = [labels[i] for i in rows.tolist()]
        yield (made, none, side, names) if sign > 0 else (made, side, none, names)


def row_groups(matrix: csr_array, group: Ints) -> Ints:
    """The one group that all columns of a row belong to, else -1 (also for an empty row)."""
    made = np.full(matrix.shape[0], -1, np.int64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        starts, owners = matrix.indptr[filled], group[matrix.indices]
        least, most = np.minimum.reduceat(owners, starts), np.maximum.reduceat(owners, starts)
        made[filled] = np.where(least == most, least, -1)
    return made


def spread(matrix: csr_array, group: Ints, shared: slice) -> Ints:
    """Give each column of NOBODY to the one firm that its rows speak of; -1 where there is none or more than one.

    Any assignment is valid (a row is own when all its columns have one owner); a good one makes more rows own.
    """
    group = group.copy()
    columns = csr_array(matrix.T)
    for _ in range(_PASSES):
        free = np.flatnonzero(group == NOBODY)
        if not len(free):
            break
        speaks = _speakers(matrix, group)
        group[free] = _common(csr_array(columns[free]), speaks)
    group[group == NOBODY] = -1
    group[shared] = -1
    return group


def _speakers(matrix: csr_array, group: Ints) -> Ints:
    """For each row the one owner among its owned columns; -1 mixed or shared; NOBODY if none is owned yet."""
    made = np.full(matrix.shape[0], NOBODY, np.int64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        made[filled] = _agreed(group[matrix.indices], matrix.indptr[filled])
    return made


def _common(columns: csr_array, speaks: Ints) -> Ints:
    made = np.full(columns.shape[0], NOBODY, np.int64)
    filled = np.flatnonzero(np.diff(columns.indptr))
    if len(filled):
        made[filled] = _agreed(speaks[columns.indices], columns.indptr[filled])
    return made


def _agreed(owners: Ints, starts: NDArray[Any]) -> Ints:
    """Per segment: the one owner other than NOBODY, -1 if they differ, NOBODY if there is none."""
    big = np.iinfo(np.int64).max
    least = np.minimum.reduceat(np.where(owners == NOBODY, big, owners), starts)
    most = np.maximum.reduceat(owners, starts)
    return np.where(least == big, NOBODY, np.where(least == most, most, -1))
