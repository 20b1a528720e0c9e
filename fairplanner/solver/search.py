"""One firm's best year at given prices: a compiled search over its own columns under its own rows.

Depth first with bounds propagation over whole-number rows. Rows are taken as they are: nothing here knows what a place,
a journey or a claim is; only shapes of rows are used for the bound (`structure`). Every bound is valid whatever the
budget of nodes: what was not searched counts with the bound of the node where the search was left.

All arrays of one firm are slices of long arrays over all firms (`blocks.Blocks`); whole numbers in int64, gains in float64.
"""

from __future__ import annotations

import numpy as np
from numba import njit

FAR = np.int64(1) << 60
"""Beyond every sum of a row (`model.LARGEST`): no limit."""


@njit(cache=True, nogil=True)
def _raise_lower(j, value, low, high, cptr, crow, cval, least, most, queue, queued, count, trail, depth):
    """Set a lower bound, note the old one, move the rows' activities and queue the rows; new lengths of queue and trail."""
    trail[depth, 0], trail[depth, 1], trail[depth, 2] = j, low[j], high[j]
    by = value - low[j]
    low[j] = value
    for k in range(cptr[j], cptr[j + 1]):
        i, a = crow[k], cval[k]
        if a > 0:
            least[i] += a * by
        else:
            most[i] += a * by
        if not queued[i]:
            queued[i] = True
            queue[count] = i
            count += 1
    return count, depth + 1


@njit(cache=True, nogil=True)
def _cut_upper(j, value, low, high, cptr, crow, cval, least, most, queue, queued, count, trail, depth):
    """As `_raise_lower`, for an upper bound."""
    trail[depth, 0], trail[depth, 1], trail[depth, 2] = j, low[j], high[j]
    by = high[j] - value
    high[j] = value
    for k in range(cptr[j], cptr[j + 1]):
        i, a = crow[k], cval[k]
        if a > 0:
            most[i] -= a * by
        else:
            least[i] -= a * by
        if not queued[i]:
            queued[i] = True
            queue[count] = i
            count += 1
    return count, depth + 1


@njit(cache=True, nogil=True)
def _undo(to, low, high, cptr, crow, cval, least, most, trail, depth):
    """Take back every change of a bound beyond a length of the trail."""
    while depth > to:
        depth -= 1
        j = trail[depth, 0]
        up, down = low[j] - trail[depth, 1], trail[depth, 2] - high[j]
        low[j], high[j] = trail[depth, 1], trail[depth, 2]
        for k in range(cptr[j], cptr[j + 1]):
            i, a = crow[k], cval[k]
            if a > 0:
                least[i] -= a * up
                most[i] += a * down
            else:
                most[i] -= a * up
                least[i] += a * down
    return depth


@njit(cache=True, nogil=True)
def _propagate(low, high, rptr, rcol, rval, cptr, crow, cval, floor, roof, least, most, queue, queued, count, trail, depth):
    """Tighten bounds until nothing moves; the trail's length, or -1 less it where a row cannot be kept."""
    head = 0
    size = len(queue)
    # a trail that is nearly full ends the tightening: weaker bounds, never wrong ones
    enough = len(trail) - 24 * len(low) - 128
    # the queue is a ring: a row is in it at most once
    while count > 0:
        i = queue[head]
        head = (head + 1) % size
        count -= 1
        queued[i] = False
        over, under = roof[i] - least[i], most[i] - floor[i]
        if depth > enough:
            while count > 0:
                queued[queue[head]] = False
                head = (head + 1) % size
                count -= 1
            return depth
        if over < 0 or under < 0:
            while count > 0:
                queued[queue[head]] = False
                head = (head + 1) % size
                count -= 1
            return -1 - depth
        if most[i] <= roof[i] and least[i] >= floor[i]:
            continue
        for k in range(rptr[i], rptr[i + 1]):
            j, a = rcol[k], rval[k]
            width = high[j] - low[j]
            if width == 0:
                continue
            reach = a * width if a > 0 else -a * width
            if reach <= over and reach <= under:
                continue
            new_low, new_high = low[j], high[j]
            if a > 0:
                if reach > over:
                    new_high = low[j] + over // a
                if reach > under:
                    new_low = high[j] - under // a
            else:
                if reach > over:
                    new_low = high[j] - over // -a
                if reach > under:
                    new_high = low[j] + under // -a
            if new_low > new_high:
                while count > 0:
                    queued[queue[head]] = False
                    head = (head + 1) % size
                    count -= 1
                return -1 - depth
            for end in range(2):
                if (end == 0 and new_low > low[j]) or (end == 1 and new_high < high[j]):
                    trail[depth, 0], trail[depth, 1], trail[depth, 2] = j, low[j], high[j]
                    depth += 1
                    by = new_low - low[j] if end == 0 else high[j] - new_high
                    if end == 0:
                        low[j] = new_low
                    else:
                        high[j] = new_high
                    for e in range(cptr[j], cptr[j + 1]):
                        r, c = crow[e], cval[e]
                        if end == 0:
                            if c > 0:
                                least[r] += c * by
                            else:
                                most[r] += c * by
                        elif c > 0:
                            most[r] -= c * by
                        else:
                            least[r] -= c * by
                        if not queued[r]:
                            queued[r] = True
                            queue[(head + count) % size] = r
                            count += 1
            over, under = roof[i] - least[i], most[i] - floor[i]
    return depth


@njit(cache=True, nogil=True)
def _box(gain, low, high):
    """What no point of the box is worth more than."""
    total = 0.0
    for j in range(len(gain)):
        total += gain[j] * (high[j] if gain[j] > 0 else low[j])
    return total


@njit(cache=True, nogil=True)
def _worth(gain, low, high, form, v, group_best, link):
    """Bound of the box by the structure of rows, and the best place not yet decided: (bound, place or -1).

    `form`: clique, parent, group (-1: none), link row of each column; first entries and columns of link rows; cliques each
    journey may serve. Kids count with their parent, a place with its clique, a journey's cost with the places it serves.
    """
    clique, parent, group, linked, lptr, lcol, serves = form
    n = len(gain)
    group_best[:] = 0.0
    v[:] = gain
    total = 0.0
    # kids: the best of each group that can still be had; one that is taken counts whatever it is worth
    for j in range(n):
        g = group[j]
        if g >= 0 and high[j] > 0 and low[j] == 0 and gain[j] > group_best[g]:
            group_best[g] = gain[j]
    for j in range(n):
        g = group[j]
        if g >= 0 and low[j] > 0:
            group_best[g] = gain[j]
    for j in range(n):
        g = group[j]
        if g >= 0 and group_best[g] != 0.0:
            v[parent[j]] += group_best[g]
            group_best[g] = 0.0
    for i in range(len(lptr) - 1):
        best = -np.inf
        for k in range(lptr[i], lptr[i + 1]):
            j = lcol[k]
            if high[j] > 0:
                # a journey that is made counts by itself, and takes places along for nothing more
                share = 0.0 if low[j] > 0 else min(v[j], 0.0) / serves[j]
                if share > best:
                    best = share
        link[i] = best
    best_place, best_value, at = -1, -np.inf, 0
    current, has, top, top_place = -1, False, 0.0, -1
    for j in range(n):
        c = clique[j]
        if c < 0:
            if group[j] < 0:
                if serves[j] > 0 or v[j] != gain[j]:
                    if low[j] > 0 or (v[j] > 0 and high[j] > 0):
                        total += v[j]
                else:
                    total += gain[j] * (high[j] if gain[j] > 0 else low[j])
            continue
        # the places of a clique follow one another
        if c != current:
            if current >= 0:
                total += top
                if not has and top_place >= 0 and top > best_value:
                    best_value, best_place = top, top_place
            current, has, top, top_place = c, False, 0.0, -1
        if high[j] > 0:
            value = v[j] + (link[linked[j]] if linked[j] >= 0 else 0.0)
            if low[j] > 0:
                has, top = True, value
            elif not has and (top_place < 0 or value > top):
                if value > top:
                    top = value
                top_place = j
    if current >= 0:
        total += top
        if not has and top_place >= 0 and top > best_value:
            best_value, best_place = top, top_place
    return total, best_place


@njit(cache=True, nogil=True)
def best_year(gain, priced, fixed, low, high, cols, rows, floor, roof, form, first_up, budget, slack, best, best_x):
    """The best year of one firm that is worth more than `best`: (its value or `best`, a bound on all years, nodes looked at).

    `cols`, `rows`: (starts, indices, coefficients) by column and by row. `low` and `high` are used up. `best_x` is filled
    where a better year is found. `first_up`: whether a column outside all cliques is first tried at its upper end.
    """
    cptr, crow, cval = cols
    rptr, rcol, rval = rows
    n, m = len(gain), len(floor)
    least, most = np.zeros(m, np.int64), np.zeros(m, np.int64)
    for i in range(m):
        for k in range(rptr[i], rptr[i + 1]):
            a, j = rval[k], rcol[k]
            least[i] += a * (low[j] if a > 0 else high[j])
            most[i] += a * (high[j] if a > 0 else low[j])
    queue, queued = np.arange(m), np.ones(m, np.bool_)
    trail = np.empty((88 * n + 4224, 3), np.int64)
    levels = np.empty((24 * n + 64, 4), np.int64)
    level_bound = np.empty(24 * n + 64)
    v, w, group_best, link = np.empty(n), np.empty(n), np.zeros(n + 1), np.empty(len(form[4]))
    other_link = np.empty(len(form[4]))
    depth = _propagate(low, high, rptr, rcol, rval, cptr, crow, cval, floor, roof, least, most, queue, queued, m, trail, 0)
    if depth < 0:
        return best, -np.inf, 1
    nodes, level, unsearched = 0, 0, -np.inf
    alive = True
    while True:
        if alive:
            nodes += 1
            bound, place = _worth(priced, low, high, form, v, group_best, link)
            bound += fixed
            if bound > best + slack:
                plain, _ = _worth(gain, low, high, form, w, group_best, other_link)
                bound = min(bound, plain)
            if level > 0:
                bound = min(bound, level_bound[level - 1])
            if bound <= best + slack:
                unsearched = max(unsearched, bound)
                alive = False
            elif nodes > budget or level >= len(levels) - 1:
                unsearched = max(unsearched, bound)
                for k in range(level):
                    if levels[k, 2] == 0:
                        unsearched = max(unsearched, level_bound[k])
                return best, max(unsearched, best), nodes
            else:
                j, up = place, True
                if place >= 0:
                    linked = form[3][place]
                    up = v[place] + (link[linked] if linked >= 0 else 0.0) > 0
                else:
                    for k in range(n):
                        if low[k] < high[k]:
                            j, up = k, first_up[k] or (gain[k] > 0 and priced[k] * (high[k] - low[k]) > -1.0)
                            break
                if j < 0:
                    kept = True
                    for i in range(m):
                        if least[i] < floor[i] or most[i] > roof[i]:
                            kept = False
                    if kept:
                        value = 0.0
                        for k in range(n):
                            value += gain[k] * low[k]
                        if value > best:
                            best = value
                            best_x[:] = low
                    alive = False
                else:
                    levels[level, 0], levels[level, 1], levels[level, 2] = j, depth, 0
                    # the sign of the place in the list says which half comes first
                    if not up:
                        levels[level, 0] = -1 - j
                    level_bound[level] = bound
                    # first the better end alone, then all the rest, by halves where the end was not enough
                    middle = high[j] - 1 if up else low[j]
                    if level > 0 and max(levels[level - 1, 0], -1 - levels[level - 1, 0]) == j:
                        middle = low[j] + (high[j] - low[j]) // 2
                    levels[level, 3] = middle
                    level += 1
                    if up:
                        count, depth = _raise_lower(j, middle + 1, low, high, cptr, crow, cval, least, most, queue, queued, 0, trail, depth)
                    else:
                        count, depth = _cut_upper(j, middle, low, high, cptr, crow, cval, least, most, queue, queued, 0, trail, depth)
                    depth = _propagate(low, high, rptr, rcol, rval, cptr, crow, cval, floor, roof, least, most, queue, queued, count, trail, depth)
                    if depth < 0:
                        depth = -1 - depth
                        alive = False
            continue
        while level > 0 and levels[level - 1, 2] == 1:
            level -= 1
        if level == 0:
            break
        j, up = levels[level - 1, 0], True
        if j < 0:
            j, up = -1 - j, False
        levels[level - 1, 2] = 1
        depth = _undo(levels[level - 1, 1], low, high, cptr, crow, cval, least, most, trail, depth)
        if level_bound[level - 1] <= best + slack:
            unsearched = max(unsearched, level_bound[level - 1])
            continue
        middle = levels[level - 1, 3]
        if up:
            count, depth = _cut_upper(j, middle, low, high, cptr, crow, cval, least, most, queue, queued, 0, trail, depth)
        else:
            count, depth = _raise_lower(j, middle + 1, low, high, cptr, crow, cval, least, most, queue, queued, 0, trail, depth)
        depth = _propagate(low, high, rptr, rcol, rval, cptr, crow, cval, floor, roof, least, most, queue, queued, count, trail, depth)
        if depth < 0:
            depth = -1 - depth
        else:
            alive = True
    return best, max(unsearched, best), nodes


@njit(cache=True, nogil=True)
def _descend(gain, low, high, cols, rows, floor, roof, price, steps, target):
    """Better prices of one firm's own rows: fewer points of bound over the box, by so many steps down its slope.

    Steps after Polyak towards `target`, in units in which each column's box is 1 and each row's largest coefficient is 1.
    The best prices met are left in `price`; the bound at them is returned.
    """
    cptr, crow, cval = cols
    rptr, rcol, rval = rows
    n, m = len(gain), len(floor)
    size = np.zeros(m)
    for i in range(m):
        for k in range(rptr[i], rptr[i + 1]):
            j = rcol[k]
            size[i] = max(size[i], abs(rval[k]) * float(max(1, high[j] - low[j])))
        size[i] = 1.0 / max(size[i], 1e-9)
    now, best_price, best, x, slope = price.copy(), price.copy(), np.inf, np.empty(n), np.empty(m)
    bold, since = 1.0, 0
    for _ in range(steps):
        bound = 0.0
        for j in range(n):
            left = gain[j]
            for k in range(cptr[j], cptr[j + 1]):
                left -= cval[k] * now[crow[k]]
            x[j] = high[j] if left > 0 else low[j]
            bound += left * x[j]
        length = 0.0
        for i in range(m):
            end = roof[i] if now[i] > 0 else floor[i]
            if abs(float(end)) >= FAR:
                end = roof[i]
                if now[i] < 0 or abs(float(end)) >= FAR:
                    now[i], end = 0.0, np.int64(0)
            bound += now[i] * end
            total = 0.0
            for k in range(rptr[i], rptr[i + 1]):
                total += rval[k] * x[rcol[k]]
            if now[i] == 0.0:
                # at nothing the slope is that of the side that is broken, if any
                if total > roof[i]:
                    slope[i] = (float(roof[i]) - total) * size[i]
                elif total < floor[i]:
                    slope[i] = (float(floor[i]) - total) * size[i]
                else:
                    slope[i] = 0.0
            else:
                slope[i] = (float(end) - total) * size[i]
            length += slope[i] * slope[i]
        if bound < best - 1e-6 * abs(best):
            since = 0
        else:
            since += 1
        if bound < best:
            best = bound
            best_price[:] = now
        if since >= 8:
            bold, since = bold * 0.5, 0
            now[:] = best_price
            if bold < 0.01:
                break
            continue
        if length < 1e-12 or bound <= target:
            break
        step = bold * (bound - target) / length
        for i in range(m):
            old = now[i]
            now[i] -= step * slope[i] * size[i]
            # a price does not change sides in one step
            if old * now[i] < 0:
                now[i] = 0.0
    price[:] = best_price
    return best


@njit(cache=True, nogil=True)
def best_years(firms, gain, price, steps, low, high, at, row_at, cols, rows, floor, roof, form, first_up, budget, slack, best, x):
    """`best_year` of several firms: their values (where nothing is above `best`, that), bounds and nodes; `x` is filled.

    `price`: of own rows, made better in `steps` steps. `at`, `row_at`: where a firm's columns and rows begin; starts of `cols`, `rows` and `form`'s link rows run over all firms.
    """
    k = len(firms)
    value, bound, nodes = np.empty(k), np.empty(k), np.zeros(k, np.int64)
    clique, parent, group, linked, link_at, lptr, lcol, serves = form
    for i in range(k):
        f = firms[i]
        a, b, c, d = at[f], at[f + 1], row_at[f], row_at[f + 1]
        cp, rp = cols[0][a : b + 1], rows[0][c : d + 1]
        one = (cp - cp[0], cols[1][cp[0] : cp[-1]], cols[2][cp[0] : cp[-1]])
        two = (rp - rp[0], rows[1][rp[0] : rp[-1]], rows[2][rp[0] : rp[-1]])
        lp = lptr[link_at[f] : link_at[f + 1] + 1]
        shape = (clique[a:b], parent[a:b], group[a:b], linked[a:b], lp - lp[0], lcol[lp[0] : lp[-1]], serves[a:b])
        fixed = _descend(gain[a:b], low[a:b], high[a:b], one, two, floor[c:d], roof[c:d], price[c:d], steps, best[i])
        priced, fixed = gain[a:b].copy(), 0.0
        for r in range(d - c):
            end = roof[c + r] if price[c + r] > 0 else floor[c + r]
            if price[c + r] != 0.0:
                fixed += price[c + r] * end
                for e in range(two[0][r], two[0][r + 1]):
                    priced[two[1][e]] -= price[c + r] * two[2][e]
        value[i], bound[i], nodes[i] = best_year(
            gain[a:b], priced, fixed, low[a:b].copy(), high[a:b].copy(), one, two, floor[c:d], roof[c:d], shape, first_up[a:b], budget, slack, best[i], x[a:b]
        )
    return value, bound, nodes
