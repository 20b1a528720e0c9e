"""Rows that follow from a firm's own rows, and let a search see at once what would take it many steps to find out.

A firm pays its places out of its own money and what is paid back to it, and limits cut what is paid back. Added up, the
two say what places it can afford at the very most; each by itself only says so once every claim has been decided.
"""

from __future__ import annotations

import numpy as np
from numba import njit

LARGEST = 2.0**58


@njit(cache=True, nogil=True)
def implied(at, row_at, starts, columns, values, roof, spends, back):
    """Rows added up of one row that spends and others that limit what comes back: (firm, starts, columns, values, roof).

    `starts`, `columns`, `values`: own rows by row, local columns. `spends` (columns): what costs money; `back`: what brings
    some back, 1 claims, 2 cuts. For every row that spends two sums: with the widest limits first, with the narrowest first.
    """
    firm_of, size, out_start, out_column, out_value, out_roof = [0], 0, [0], [0], [0], [np.int64(0)]
    for f in range(len(at) - 1):
        a, n = at[f], at[f + 1] - at[f]
        total = np.zeros(n, np.int64)
        limits = [0]
        for i in range(row_at[f], row_at[f + 1]):
            if _is_limit(starts[i], starts[i + 1], columns, values, back, a) and roof[i] < LARGEST:
                limits.append(i)
        for i in range(row_at[f], row_at[f + 1]):
            if roof[i] > LARGEST or not _is_spending(starts[i], starts[i + 1], columns, values, spends, back, a):
                continue
            for narrow in range(2):
                total[:] = 0
                for k in range(starts[i], starts[i + 1]):
                    total[columns[k]] = values[k]
                limit, used, known = roof[i], 0, len(limits) - 1
                done = np.zeros(known + 1, np.bool_)
                for _ in range(known):
                    best = 0
                    for q in range(1, known + 1):
                        if not done[q]:
                            more = starts[limits[q] + 1] - starts[limits[q]]
                            old = starts[limits[best] + 1] - starts[limits[best]]
                            if best == 0 or (more < old if narrow else (more > old or (more == old and roof[limits[q]] < roof[limits[best]]))):
                                best = q
                    done[best] = True
                    p, w = _ratio(total, starts[limits[best]], starts[limits[best] + 1], columns, values)
                    if p == 0:
                        continue
                    if abs(float(limit)) * w + abs(float(roof[limits[best]])) * p > LARGEST / n:
                        continue
                    total *= w
                    limit = limit * w + roof[limits[best]] * p
                    for k in range(starts[limits[best]], starts[limits[best] + 1]):
                        total[columns[k]] += values[k] * p
                    used += 1
                if used:
                    for j in range(n):
                        if total[j] != 0:
                            out_column.append(j)
                            out_value.append(total[j])
                            size += 1
                    out_start.append(size)
                    out_roof.append(limit)
                    firm_of.append(f)
    return np.array(firm_of[1:]), np.array(out_start), np.array(out_column[1:]), np.array(out_value[1:]), np.array(out_roof[1:])


@njit(cache=True, nogil=True)
def _is_limit(start, end, columns, values, back, a):
    """Whether a row has claims on one side and cuts on the other, and nothing else."""
    claims = 0
    for k in range(start, end):
        kind = back[a + columns[k]]
        if (kind == 1) != (values[k] > 0) or kind == 0:
            return False
        claims += kind == 1
    return claims > 0


@njit(cache=True, nogil=True)
def _is_spending(start, end, columns, values, spends, back, a):
    """Whether a row has costs on one side and claims on the other."""
    costs, claims = 0, 0
    for k in range(start, end):
        costs += spends[a + columns[k]] and values[k] > 0
        claims += back[a + columns[k]] == 1 and values[k] < 0
    return costs > 0 and claims > 0


@njit(cache=True, nogil=True)
def _ratio(total, start, end, columns, values):
    """p and q so that q × total + p × row has none of the row's columns left; 0 where there are no such numbers."""
    p, q = np.int64(0), np.int64(1)
    for k in range(start, end):
        have, more = total[columns[k]], values[k]
        if have == 0 or (have > 0) == (more > 0):
            return np.int64(0), np.int64(1)
        x, y = abs(have), abs(more)
        a, b = x, y
        while b:
            a, b = b, a % b
        x, y = x // a, y // a
        if p == 0:
            p, q = x, y
        elif p != x or q != y:
            return np.int64(0), np.int64(1)
    return p, q
