"""One firm's best year at given prices: a compiled search over its own columns under its own rows.

Depth first with bounds propagation over whole-number rows. Rows are taken as they are: nothing here knows what a place,
a journey or a claim is; only shapes of rows are used for the bound (`worth`). Every bound is valid whatever the budget of
nodes: what was not searched counts with the bound of the node where the search was left.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairplanner.solver.compiled import STAMP, bare, compiled, entry
from fairplanner.solver.descent import HUGE, descend, reduced, rounding_of
from fairplanner.solver.model import Ints
from fairplanner.solver.propagation import Bools, Box, Floats, Lines, box_of, moved, propagated, undone
from fairplanner.solver.worth import Form, Room, most_of, room_of

_NEVER = 1.0
"""Thousandths of a point that a column may lose by its upper end and still be tried there first, where it gains by itself."""


class Firms(NamedTuple):
    """All firms' blocks one after another: columns of firm f from `at[f]` to `at[f + 1]`, rows likewise from `row_at[f]`.

    `lines` and `form`: starts run over all firms, columns and rows are counted within each; link rows begin at `link_at[f]`.
    `first_up`: whether a column outside all cliques is first tried at its upper end.
    """

    at: Ints
    row_at: Ints
    lines: Lines
    form: Form
    link_at: Ints
    first_up: Bools


class Task(NamedTuple):
    """What one firm gains by each column, and at prices of its own rows; `fixed`: what those pay for the rows' ends.

    `rounding`: what a sum of gains may err by. `both`: whether the gains by themselves bound a year too.
    """

    gain: Floats
    priced: Floats
    fixed: float
    rounding: float
    both: bool
    first_up: Bools


class Path(NamedTuple):
    """Where a search stands, level by level: column, split (it goes up to `middle`, or above), which half comes first.

    `trail`: length of the trail before it; `second`: whether its other half is searched by now; `bound`: of both halves.
    """

    column: Ints
    middle: Ints
    up: Bools
    second: Bools
    trail: Ints
    bound: Floats


@compiled
def cut(firms: Firms, f: int, floor: Ints, roof: Ints) -> tuple[Lines, Form]:
    """Rows, with these ends, and form of one firm."""
    a, b, c, d = firms.at[f], firms.at[f + 1], firms.row_at[f], firms.row_at[f + 1]
    lines, form = firms.lines, firms.form
    by_column, by_row = lines.column_at[a : b + 1], lines.row_at[c : d + 1]
    links = form.link_at[firms.link_at[f] : firms.link_at[f + 1] + 1]
    return (
        Lines(
            by_column - by_column[0], lines.column_row[by_column[0] : by_column[-1]], lines.column_value[by_column[0] : by_column[-1]],
            by_row - by_row[0], lines.row_column[by_row[0] : by_row[-1]], lines.row_value[by_row[0] : by_row[-1]], floor, roof,
        ),
        Form(
            form.clique[a:b], form.parent[a:b], form.group[a:b], form.linked[a:b], links - links[0],
            form.link_column[links[0] : links[-1]], form.serves[a:b],
        ),
    )  # fmt: skip


@compiled
def best_year(
    task: Task, low: Ints, high: Ints, lines: Lines, form: Form, budget: int, slack: float, best: float, best_x: Ints
) -> tuple[float, float, int]:
    """The best year of one firm that is worth more than `best`: (its value or `best`, a bound on all years, nodes looked at).

    `low` and `high` are used up. `best_x` is filled where a better year is found.
    """
    levels = 24 * len(low) + 64
    box, room = box_of(lines, low, high, levels), room_of(form)
    path = _path(levels)
    depth = propagated(lines, box, len(lines.floor), 0)
    if depth < 0:
        return best, -np.inf, 1
    nodes, level, open_, alive = 0, 0, -np.inf, True
    while alive or level > 0:
        if not alive:
            level, depth, alive, left = _back(path, level, depth, lines, box, best + slack)
            open_ = max(open_, left)
            continue
        nodes += 1
        bound, place, up = _looked(task, box, form, room, best + slack)
        bound = min(bound, path.bound[level - 1]) if level > 0 else bound
        if bound <= best + slack:
            open_, alive = max(open_, bound), False
        elif nodes > budget or level >= levels:
            return best, max(open_, bound, best, _still_open(path, level)) + task.rounding, nodes
        elif place < 0:
            value = _value(task.gain, lines, box)
            if value > best:
                best = value
                best_x[:] = box.low
            alive = False
        else:
            depth = _forth(path, level, depth, place, up, bound, lines, box)
            level, alive, depth = level + 1, depth >= 0, max(depth, -1 - depth)
    return best, max(open_, best) + task.rounding, nodes


@compiled
def _path(levels: int) -> Path:
    return Path(
        np.empty(levels, np.int64), np.empty(levels, np.int64), np.empty(levels, np.bool_), np.empty(levels, np.bool_),
        np.empty(levels, np.int64), np.empty(levels),
    )  # fmt: skip


@bare
def _looked(task: Task, box: Box, form: Form, room: Room, enough: float) -> tuple[float, int, bool]:
    """The bound of a box, the column to split it by (-1: it is a point), and whether its upper half comes first."""
    bound, place = most_of(task.priced, box, form, room)
    bound += task.fixed
    if bound <= enough:
        return bound, -1, False
    if place >= 0:
        up = room.worth[place] + (room.link[form.linked[place]] if form.linked[place] >= 0 else 0.0) > 0
    else:
        up = False
        for k in range(len(task.gain)):
            if box.low[k] < box.high[k]:
                cheap = task.priced[k] * (box.high[k] - box.low[k]) > -_NEVER
                place, up = k, task.first_up[k] or (task.gain[k] > 0 and cheap)
                break
    if task.both:
        bound = min(bound, most_of(task.gain, box, form, room)[0])
    return bound, place, up


@bare
def _value(gain: Floats, lines: Lines, box: Box) -> float:
    """What the only point of a box is worth; -inf where it breaks a row (propagation may have stopped short)."""
    for i in range(len(lines.floor)):
        if box.least[i] < lines.floor[i] or box.most[i] > lines.roof[i]:
            return -np.inf
    value = 0.0
    for k in range(len(gain)):
        value += gain[k] * box.low[k]
    return value


@bare
def _still_open(path: Path, level: int) -> float:
    """The bound of all halves that are not searched yet."""
    bound = -np.inf
    for k in range(level):
        if not path.second[k]:
            bound = max(bound, path.bound[k])
    return bound


@bare
def _forth(path: Path, level: int, depth: int, j: int, up: bool, bound: float, lines: Lines, box: Box) -> int:
    """Split a box and go into its first half: the trail's length, or -1 less it where the half is empty."""
    # first the better end alone, then all the rest, by halves where the end was not enough
    middle = box.high[j] - 1 if up else box.low[j]
    if level > 0 and path.column[level - 1] == j:
        middle = box.low[j] + (box.high[j] - box.low[j]) // 2
    path.column[level], path.middle[level], path.up[level] = j, middle, up
    path.second[level], path.trail[level], path.bound[level] = False, depth, bound
    return _half(lines, box, j, middle, up, depth)


@bare
def _half(lines: Lines, box: Box, j: int, middle: int, up: bool, depth: int) -> int:
    low, high = (middle + 1, box.high[j]) if up else (box.low[j], middle)
    return propagated(lines, box, moved(lines, box, j, low, high, 0, 0, depth), depth + 1)


@bare
def _back(path: Path, level: int, depth: int, lines: Lines, box: Box, enough: float) -> tuple[int, int, bool, float]:
    """Go back to the last split whose second half is not searched, and into it: (level, trail's length, whether it is there, left).

    `left`: the bound of a half that need not be searched, else -inf.
    """
    while level > 0 and path.second[level - 1]:
        level -= 1
    if level == 0:
        return 0, depth, False, -np.inf
    at = level - 1
    path.second[at] = True
    depth = undone(lines, box, path.trail[at], depth)
    if path.bound[at] <= enough:
        return level, depth, False, path.bound[at]
    depth = _half(lines, box, path.column[at], path.middle[at], not path.up[at], depth)
    return level, max(depth, -1 - depth), depth >= 0, -np.inf


@entry
def best_years(
    which: Ints, firms: Firms, gain: Floats, price: Floats, steps: int, low: Ints, high: Ints, budget: int, slack: float,
    best: Floats, x: Ints, _stamp: int = STAMP,
) -> tuple[Floats, Floats, Ints]:  # fmt: skip
    """`best_year` of several firms: their values (where nothing is above `best`, that), bounds and nodes; `x` is filled.

    `price`: of own rows, made better in `steps` steps.
    """
    value, most, nodes = np.empty(len(which)), np.empty(len(which)), np.zeros(len(which), np.int64)
    for i in range(len(which)):
        f = which[i]
        a, b, c, d = firms.at[f], firms.at[f + 1], firms.row_at[f], firms.row_at[f + 1]
        lines, form = cut(firms, f, firms.lines.floor[c:d], firms.lines.roof[c:d])
        mine, now, down, up = gain[a:b], price[c:d], low[a:b], high[a:b]
        rounding = rounding_of(mine, down, up, lines, np.zeros(d - c))
        if not rounding < HUGE:
            value[i], most[i] = best[i], np.inf
            continue
        descend(mine, down, up, lines, now, steps, best[i])
        priced, fixed = reduced(mine, down, up, lines, now)
        task = Task(mine, priced, fixed, rounding, True, firms.first_up[a:b])
        value[i], most[i], nodes[i] = best_year(
            task, down.copy(), up.copy(), lines, form, budget, slack, best[i], x[a:b]
        )
    return value, most, nodes
