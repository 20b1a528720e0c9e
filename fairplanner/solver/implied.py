"""Rows that follow from a firm's own rows, and let a search see at once what would take it many steps to find out.

A firm pays its places out of its own money and what is paid back to it, and limits cut what is paid back. Added up, the
two say what places it can afford at the very most; each by itself only says so once every claim has been decided.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairplanner.solver.compiled import STAMP, compiled, entry
from fairplanner.solver.model import Ints
from fairplanner.solver.propagation import Bools

LARGEST = 2.0**58
"""What no sum of a row made here may come to, whatever its columns."""
CLAIM, CUT = 1, 2
"""What a column brings back, and what takes some of it away again."""


class Own(NamedTuple):
    """Own rows of all firms by row, local columns: starts, columns, coefficients, upper ends; where firms begin.

    `box`: the largest size of each column; `spends`: whether it costs money; `back`: CLAIM, CUT or 0.
    """

    at: Ints
    row_at: Ints
    starts: Ints
    columns: Ints
    values: Ints
    roof: Ints
    box: Ints
    spends: Bools
    back: Ints


@entry
def implied(own: Own, _stamp: int = STAMP) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Rows added up of one row that spends and others that limit what comes back: (firm, starts, columns, values, roof).

    For every row that spends two sums: with the widest limits first, with the narrowest first.
    """
    firm_of, out_start, out_column, out_value, out_roof = [0], [0], [0], [0], [0]
    for f in range(len(own.at) - 1):
        limits = _limits(own, f)
        for i in range(own.row_at[f], own.row_at[f + 1]):
            if own.roof[i] > LARGEST or not _is_spending(own, f, i):
                continue
            for narrow in range(2):
                total, roof = _added(own, f, i, limits, narrow == 1)
                if len(total) == 0:
                    continue
                for j in np.flatnonzero(total):
                    out_column.append(int(j))
                    out_value.append(total[j])
                out_start.append(len(out_column) - 1)
                out_roof.append(roof)
                firm_of.append(f)
    firm, starts, roofs = (
        np.array(firm_of, np.int64)[1:],
        np.array(out_start, np.int64),
        np.array(out_roof, np.int64)[1:],
    )
    return firm, starts, np.array(out_column, np.int64)[1:], np.array(out_value, np.int64)[1:], roofs


@compiled
def _added(own: Own, f: int, i: int, limits: Ints, narrow: bool) -> tuple[Ints, int]:
    """A row that spends and the limits that fit it, each once; nothing where none fits."""
    total, roof, used = np.zeros(own.at[f + 1] - own.at[f], np.int64), own.roof[i], 0
    for k in range(own.starts[i], own.starts[i + 1]):
        total[own.columns[k]] = own.values[k]
    done = np.zeros(len(limits), np.bool_)
    for _ in range(len(limits)):
        at = _next(own, limits, done, narrow)
        done[at] = True
        q = limits[at]
        p, w = _ratio(own, total, q)
        if p == 0 or not _fits(own, f, total, roof, q, p, w):
            continue
        total *= w
        roof = roof * w + own.roof[q] * p
        for k in range(own.starts[q], own.starts[q + 1]):
            total[own.columns[k]] += own.values[k] * p
        used += 1
    return (total if used else total[:0]), roof


@compiled
def _limits(own: Own, f: int) -> Ints:
    """Rows of a firm with claims on one side and cuts on the other, and nothing else."""
    found = np.zeros(own.row_at[f + 1] - own.row_at[f], np.bool_)
    for i in range(own.row_at[f], own.row_at[f + 1]):
        claims, fit = 0, own.roof[i] < LARGEST
        for k in range(own.starts[i], own.starts[i + 1]):
            kind = own.back[own.at[f] + own.columns[k]]
            fit = fit and kind != 0 and (kind == CLAIM) == (own.values[k] > 0)
            claims += kind == CLAIM
        found[i - own.row_at[f]] = fit and claims > 0
    rows: Ints = own.row_at[f] + np.flatnonzero(found)
    return rows


@compiled
def _is_spending(own: Own, f: int, i: int) -> bool:
    """Whether a row has costs on one side and claims on the other."""
    costs, claims = 0, 0
    for k in range(own.starts[i], own.starts[i + 1]):
        j = own.at[f] + own.columns[k]
        costs += own.spends[j] and own.values[k] > 0
        claims += own.back[j] == CLAIM and own.values[k] < 0
    return costs > 0 and claims > 0


@compiled
def _next(own: Own, limits: Ints, done: Bools, narrow: bool) -> int:
    """The limit whose turn it is: of the fewest columns, or of the most and of those the tightest."""
    best = -1
    for at in range(len(limits)):
        if done[at]:
            continue
        if best < 0:
            best = at
            continue
        more = own.starts[limits[at] + 1] - own.starts[limits[at]]
        old = own.starts[limits[best] + 1] - own.starts[limits[best]]
        tighter = more == old and own.roof[limits[at]] < own.roof[limits[best]]
        if more < old if narrow else (more > old or tighter):
            best = at
    return best


@compiled
def _fits(own: Own, f: int, total: Ints, roof: int, q: int, p: int, w: int) -> bool:
    """Whether the sum of a row w times and of row q p times fits whole numbers."""
    size = 0.0
    for j in range(len(total)):
        size += abs(float(total[j])) * w * own.box[own.at[f] + j]
    for k in range(own.starts[q], own.starts[q + 1]):
        size += abs(float(own.values[k])) * p * own.box[own.at[f] + own.columns[k]]
    return max(size, abs(float(roof)) * w + abs(float(own.roof[q])) * p) < LARGEST


@compiled
def _ratio(own: Own, total: Ints, q: int) -> tuple[int, int]:
    """p and w so that w × total + p × row q has none of the row's columns left; 0 where there are no such numbers."""
    p, w = 0, 1
    for k in range(own.starts[q], own.starts[q + 1]):
        have, more = total[own.columns[k]], own.values[k]
        if have == 0 or (have > 0) == (more > 0):
            return 0, 1
        a, b = abs(have), abs(more)
        while b:
            a, b = b, a % b
        x, y = abs(have) // a, abs(more) // a
        if p == 0:
            p, w = x, y
        elif p != x or w != y:
            return 0, 1
    return p, w
