"""Better prices of one firm's own rows, compiled: any prices bound what its years are worth, good ones bound it closely."""

from __future__ import annotations

import numpy as np

from fairplanner.solver.compiled import compiled
from fairplanner.solver.model import Ints
from fairplanner.solver.propagation import FAR, Floats, Lines

UNIT = 2.0**-52
"""Twice what one operation on float64 errs by, as a share of its result."""
HUGE = 1e200
"""Sums of sizes beyond this are not reckoned with."""
_PATIENCE, _LEAST = 8, 0.01
"""Steps in vain after which steps are halved, and the share of a whole step at which it ends."""


@compiled
def descend(gain: Floats, low: Ints, high: Ints, lines: Lines, price: Floats, steps: int, target: float) -> float:
    """Fewer points of bound over the box by so many steps down its slope: the best prices met are left in `price`.

    Steps after Polyak (1969) towards `target`, in units in which each column's box is 1 and each row's largest coefficient
    is 1. Returns the bound at those prices, but for rounding.
    """
    size = _sizes(low, high, lines)
    _put_right(price, lines)
    target = max(target, _least_of(gain, low, high))
    now, best, slope, x = price.copy(), np.inf, np.empty(len(price)), np.empty(len(gain))
    bold, since = 1.0, 0
    for _ in range(steps):
        bound, length = _slope(gain, low, high, lines, now, size, x, slope)
        since = 0 if bound < best - 1e-6 * abs(best) else since + 1
        if bound < best:
            best = bound
            price[:] = now
        if since >= _PATIENCE:
            bold, since = bold * 0.5, 0
            now[:] = price
            if bold < _LEAST:
                break
            continue
        if length < 1e-12 or bound <= target:
            break
        step = bold * (bound - target) / length
        for i in range(len(now)):
            old = now[i]
            now[i] -= step * slope[i] * size[i]
            # a price does not change sides in one step
            if old * now[i] < 0:
                now[i] = 0.0
    return best


@compiled
def reduced(gain: Floats, low: Ints, high: Ints, lines: Lines, price: Floats) -> tuple[Floats, float]:
    """Gains less what columns pay for rows, and what the prices pay for the rows' ends and for all rounding.

    Prices with which nothing can be reckoned are set to 0.
    """
    if not rounding_of(gain, low, high, lines, price) < HUGE:
        price[:] = 0.0
    priced, fixed = gain.copy(), rounding_of(gain, low, high, lines, price)
    for i in range(len(price)):
        if price[i] != 0.0:
            fixed += price[i] * (lines.roof[i] if price[i] > 0 else lines.floor[i])
            for k in range(lines.row_at[i], lines.row_at[i + 1]):
                priced[lines.row_column[k]] -= price[i] * lines.row_value[k]
    return priced, fixed


@compiled
def rounding_of(gain: Floats, low: Ints, high: Ints, lines: Lines, price: Floats) -> float:
    """What a bound at these prices may err by: every number enters into fewer operations than there are columns and rows."""
    total = 0.0
    for j in range(len(gain)):
        size = abs(gain[j])
        for k in range(lines.column_at[j], lines.column_at[j + 1]):
            size += abs(price[lines.column_row[k]] * lines.column_value[k])
        total += size * max(abs(low[j]), abs(high[j]))
    for i in range(len(price)):
        if price[i] != 0.0:
            total += abs(price[i] * (lines.roof[i] if price[i] > 0 else lines.floor[i]))
    return total * UNIT * (4 * len(gain) + 2 * len(price) + 16)


@compiled
def _least_of(gain: Floats, low: Ints, high: Ints) -> float:
    """No point of the box is worth less."""
    total = 0.0
    for j in range(len(gain)):
        total += gain[j] * (low[j] if gain[j] > 0 else high[j])
    return total


@compiled
def _sizes(low: Ints, high: Ints, lines: Lines) -> Floats:
    """One over the most that one column can move each row by."""
    size = np.zeros(len(lines.floor))
    for i in range(len(size)):
        for k in range(lines.row_at[i], lines.row_at[i + 1]):
            j = lines.row_column[k]
            size[i] = max(size[i], abs(lines.row_value[k]) * float(max(1, high[j] - low[j])))
        size[i] = 1.0 / max(size[i], 1e-9)
    return size


@compiled
def _put_right(price: Floats, lines: Lines) -> None:
    """Nothing is paid for an end that is not there; steps never come to that again."""
    for i in range(len(price)):
        if (price[i] > 0 and lines.roof[i] >= FAR) or (price[i] < 0 and lines.floor[i] <= -FAR):
            price[i] = 0.0


@compiled
def _slope(
    gain: Floats, low: Ints, high: Ints, lines: Lines, price: Floats, size: Floats, x: Floats, slope: Floats
) -> tuple[float, float]:
    """The bound at these prices, its slope by each price (filled in, in units of `size`) and the slope's squared length."""
    bound, length = 0.0, 0.0
    for j in range(len(gain)):
        left = gain[j]
        for k in range(lines.column_at[j], lines.column_at[j + 1]):
            left -= lines.column_value[k] * price[lines.column_row[k]]
        x[j] = high[j] if left > 0 else low[j]
        bound += left * x[j]
    for i in range(len(price)):
        total = 0.0
        for k in range(lines.row_at[i], lines.row_at[i + 1]):
            total += lines.row_value[k] * x[lines.row_column[k]]
        if price[i] == 0.0:
            # at nothing the slope is that of the side that is broken, if any
            slope[i] = (min(0.0, lines.roof[i] - total) + max(0.0, lines.floor[i] - total)) * size[i]
        else:
            end = float(lines.roof[i] if price[i] > 0 else lines.floor[i])
            bound += price[i] * end
            slope[i] = (end - total) * size[i]
        length += slope[i] * slope[i]
    return bound, length
