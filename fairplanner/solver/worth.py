"""What the years of one firm within a box can be worth at most, compiled: by the shapes of rows that every rule makes.

A claim counts with the place or journey it needs, one of those that shut one another out; of a clique one place; and what
a journey costs is shared by the cliques whose places it can bring the firm to.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairplanner.solver.compiled import bare, compiled
from fairplanner.solver.model import Ints
from fairplanner.solver.propagation import Box, Floats


class Form(NamedTuple):
    """Clique, parent, group (-1: none) and link row of each column; starts and columns (journeys) of link rows.

    `serves`: how many cliques have a place that a journey can bring the firm to. Places stand first, clique by clique.
    """

    clique: Ints
    parent: Ints
    group: Ints
    linked: Ints
    link_at: Ints
    link_column: Ints
    serves: Ints


class Room(NamedTuple):
    """Where a bound is reckoned: worth of each column with its kids, the best of each group, the best share of each link row."""

    worth: Floats
    group: Floats
    link: Floats


@compiled
def room_of(form: Form) -> Room:
    """Room for bounds of this form."""
    n = len(form.clique)
    return Room(np.empty(n), np.zeros(n + 1), np.empty(len(form.link_at)))


@bare
def most_of(gain: Floats, box: Box, form: Form, room: Room) -> tuple[float, int]:
    """No year of the box is worth more at these gains; and the best place that is not yet decided, or -1."""
    low, high, worth, group, serves = box.low, box.high, room.worth, form.group, form.serves
    _with_kids(gain, box, form, room)
    _shared(box, form, room)
    total, place, first = _cliques(box, form, room)
    for j in range(first, len(gain)):
        if group[j] >= 0:
            continue
        if serves[j] > 0 or worth[j] != gain[j]:
            # what a journey costs that is not made is counted with the places it serves
            if low[j] > 0 or (worth[j] > 0 and high[j] > 0):
                total += worth[j]
        else:
            total += gain[j] * (high[j] if gain[j] > 0 else low[j])
    return total, place


@bare
def _with_kids(gain: Floats, box: Box, form: Form, room: Room) -> None:
    """Each column's gain and the best of each group of kids that can still be had; one that is taken counts whatever it is worth."""
    low, high, worth, best, group, parent = box.low, box.high, room.worth, room.group, form.group, form.parent
    n = len(gain)
    for j in range(n):
        best[j], worth[j] = 0.0, gain[j]
    for j in range(n):
        g = group[j]
        if g >= 0 and high[j] > 0 and low[j] == 0 and gain[j] > best[g]:
            best[g] = gain[j]
    for j in range(n):
        g = group[j]
        if g >= 0 and low[j] > 0:
            best[g] = gain[j]
    for j in range(n):
        g = group[j]
        if g >= 0 and best[g] != 0.0:
            worth[parent[j]] += best[g]
            best[g] = 0.0


@bare
def _shared(box: Box, form: Form, room: Room) -> None:
    """For each link row the least that a journey of it costs a clique; -inf where none can be made."""
    low, high, worth, link = box.low, box.high, room.worth, room.link
    start, column, serves = form.link_at, form.link_column, form.serves
    for i in range(len(start) - 1):
        best = -np.inf
        for k in range(start[i], start[i + 1]):
            j = column[k]
            if high[j] > 0:
                # a journey that is made counts by itself, and takes places along for nothing more
                share = 0.0 if low[j] > 0 else min(worth[j], 0.0) / serves[j]
                if share > best:
                    best = share
        link[i] = best


@bare
def _cliques(box: Box, form: Form, room: Room) -> tuple[float, int, int]:
    """The best of every clique added up, the best place that is not yet decided, and how many places there are."""
    low, high, worth, link, clique, linked = box.low, box.high, room.worth, room.link, form.clique, form.linked
    total, best_value, best_place, j = 0.0, -np.inf, -1, 0
    while j < len(clique) and clique[j] >= 0:
        at, has, top, place = clique[j], False, 0.0, -1
        while j < len(clique) and clique[j] == at:
            if high[j] > 0:
                value = worth[j] + (link[linked[j]] if linked[j] >= 0 else 0.0)
                if low[j] > 0:
                    has, top = True, value
                elif not has and (place < 0 or value > top):
                    top, place = max(top, value), j
            j += 1
        total += top
        if not has and place >= 0 and top > best_value:
            best_value, best_place = top, place
    return total, best_place, j
