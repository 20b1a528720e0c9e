"""Bounds propagation over one firm's whole-number rows, compiled: bounds are tightened until nothing moves, and taken back.

Sums of rows must fit 64-bit whole numbers over the box (`model.LARGEST`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fairplanner.solver.compiled import bare, compiled
from fairplanner.solver.model import Ints

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
FAR = np.int64(1) << 60
"""Beyond every sum of a row (`model.LARGEST`): no limit."""
_ROOM = 64
"""Changes of bounds a column may have on one path before propagation stops short."""


class Lines(NamedTuple):
    """Rows floor <= sum <= roof of n columns, by column and by row: starts, then rows or columns, then coefficients."""

    column_at: Ints
    column_row: Ints
    column_value: Ints
    row_at: Ints
    row_column: Ints
    row_value: Ints
    floor: Ints
    roof: Ints


class Box(NamedTuple):
    """Bounds of columns, least and greatest sums of rows over them, rows to be looked at (a ring), and changes so far.

    `trail`: column, former lower and former upper bound of each change. `enough`: its length at which tightening ends.
    """

    low: Ints
    high: Ints
    least: Ints
    most: Ints
    queue: Ints
    queued: Bools
    trail: Ints
    enough: int


@compiled
def box_of(lines: Lines, low: Ints, high: Ints, levels: int) -> Box:
    """A box with these bounds (it keeps and changes them), all rows in the queue; room for so many levels of a search."""
    n, m = len(low), len(lines.floor)
    least, most = np.zeros(m, np.int64), np.zeros(m, np.int64)
    for i in range(m):
        for k in range(lines.row_at[i], lines.row_at[i + 1]):
            a, j = lines.row_value[k], lines.row_column[k]
            least[i] += a * (low[j] if a > 0 else high[j])
            most[i] += a * (high[j] if a > 0 else low[j])
    # beyond `enough` one more row may move all columns, and each level its own
    enough = _ROOM * n + 4096
    trail = np.empty((enough + n + levels + 1, 3), np.int64)
    return Box(low, high, least, most, np.arange(m), np.ones(m, np.bool_), trail, enough)


@bare
def moved(lines: Lines, box: Box, j: int, low: int, high: int, head: int, count: int, depth: int) -> int:
    """Give a column narrower bounds, note the old ones, and queue its rows; the new length of the queue."""
    row, value, least, most, queue, queued = (
        lines.column_row,
        lines.column_value,
        box.least,
        box.most,
        box.queue,
        box.queued,
    )
    box.trail[depth, 0], box.trail[depth, 1], box.trail[depth, 2] = j, box.low[j], box.high[j]
    up, down = low - box.low[j], box.high[j] - high
    box.low[j], box.high[j] = low, high
    for k in range(lines.column_at[j], lines.column_at[j + 1]):
        i, a = row[k], value[k]
        if a > 0:
            least[i] += a * up
            most[i] -= a * down
        else:
            most[i] += a * up
            least[i] -= a * down
        if not queued[i]:
            queued[i] = True
            at = head + count
            queue[at if at < len(queue) else at - len(queue)] = i
            count += 1
    return count


@bare
def undone(lines: Lines, box: Box, to: int, depth: int) -> int:
    """Take back every change of a bound beyond a length of the trail; that length."""
    start, row, value = lines.column_at, lines.column_row, lines.column_value
    low, high, least, most, trail = box.low, box.high, box.least, box.most, box.trail
    while depth > to:
        depth -= 1
        j = trail[depth, 0]
        up, down = low[j] - trail[depth, 1], trail[depth, 2] - high[j]
        low[j], high[j] = trail[depth, 1], trail[depth, 2]
        for k in range(start[j], start[j + 1]):
            i, a = row[k], value[k]
            if a > 0:
                least[i] -= a * up
                most[i] += a * down
            else:
                most[i] -= a * up
                least[i] += a * down
    return depth


@bare
def propagated(lines: Lines, box: Box, count: int, depth: int) -> int:
    """Tighten bounds by the rows in the queue until nothing moves: the trail's length, or -1 less it where a row cannot be kept.

    A trail that is nearly full ends the tightening: weaker bounds, never wrong ones.
    """
    start, column, value, floor, roof = lines.row_at, lines.row_column, lines.row_value, lines.floor, lines.roof
    low, high, least, most, queue, queued = box.low, box.high, box.least, box.most, box.queue, box.queued
    head, size = 0, len(queue)
    while count > 0:
        i = queue[head]
        over, under = roof[i] - least[i], most[i] - floor[i]
        if depth > box.enough or over < 0 or under < 0:
            _emptied(box, head, count)
            return -1 - depth if over < 0 or under < 0 else depth
        # a row is in the ring at most once, so that it never overflows
        head = head + 1 if head + 1 < size else 0
        count -= 1
        queued[i] = False
        if most[i] <= roof[i] and least[i] >= floor[i]:
            continue
        for k in range(start[i], start[i + 1]):
            j, a = column[k], value[k]
            width = high[j] - low[j]
            reach = a * width if a > 0 else -a * width
            if width == 0 or (reach <= over and reach <= under):
                continue
            new_low, new_high = _ends(a, low[j], high[j], reach, over, under)
            if new_low > new_high:
                _emptied(box, head, count)
                return -1 - depth
            count = moved(lines, box, j, new_low, new_high, head, count, depth)
            depth += 1
            over, under = roof[i] - least[i], most[i] - floor[i]
    return depth


@bare
def _ends(a: int, low: int, high: int, reach: int, over: int, under: int) -> tuple[int, int]:
    """The bounds that a row leaves a column: `over` is what its least sum may rise by, `under` what its greatest may fall by."""
    new_low, new_high = low, high
    if a > 0:
        if reach > over:
            new_high = low + over // a
        if reach > under:
            new_low = high - under // a
    else:
        if reach > over:
            new_low = high - over // -a
        if reach > under:
            new_high = low + under // -a
    return new_low, new_high


@bare
def _emptied(box: Box, head: int, count: int) -> None:
    for k in range(head, head + count):
        box.queued[box.queue[k if k < len(box.queue) else k - len(box.queue)]] = False
