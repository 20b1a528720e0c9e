"""A plan that breaks rows put right: what is broken costs every firm in it a fine, which rises until they give way.

Low fines come first, so those give way who lose least by it. The point to begin with is mostly what the master wants,
rounded: near to the best in value, with a few rows broken where years of several firms do not fit together.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from fairplanner.solver.improve import BUDGET, Flags, Improver
from fairplanner.solver.model import Ints
from fairplanner.solver.part import units

FINES, LOW = tuple(10_000 * 2**n for n in range(7)), 40_000
"""Thousandths of a point for a unit of a firm's part in a broken row; a unit is the row's largest coefficient.

Above LOW firms leave whole fairs, which costs more than to move several firms at once.
"""
ANSWERS = 3
"""Times that firms in broken rows answer at each fine."""


def mended(made: Improver, few: float, alive: Callable[[], bool]) -> None:
    """Put right what firms can one at a time, delegations first; where several must move at once rows stay broken.

    High fines come only while more than a `few` rows are broken: so many can be put right by other ways.
    """
    a = made.answers
    unit = units(made.model)[made.pricer.shared]
    for fine in FINES:
        if fine > LOW and len(made.broken()) <= few:
            break
        _delegations(made, fine)
        for n in range(ANSWERS):
            made.count()
            rows = made.broken()
            if not len(rows) or not alive():
                break
            firms = made.model.group[csr_array(made.rows[rows]).indices]
            a.fine[:] = fine / unit
            changed = a.respond(np.unique(firms[firms >= 0])[:: 1 - 2 * (n % 2)], made.gain, BUDGET)
            a.fine[:] = 0.0
            if not changed:
                break
    a.respond(np.arange(made.pricer.firms), made.gain, BUDGET)
    made.settle()


def _delegations(made: Improver, fine: int) -> None:
    """Open those whose firms' fines are more than they cost."""
    a = made.answers
    for d in made.delegations.tolist():
        rows, by = made.part(d)
        if not a.x[d]:
            waiting = int((_broken(made, rows) & (by < 0)).sum())
            if waiting and waiting * fine > -made.model.gain[d] and _has_room(made, rows, by):
                a.change(np.array([d]), np.array([1]))


def _broken(made: Improver, rows: Ints) -> Flags:
    a = made.answers
    return (a.sums[rows] < a.floor[rows]) | (a.sums[rows] > a.roof[rows])


def _has_room(made: Improver, rows: Ints, by: Ints) -> bool:
    """Whether a column can rise by one and no row is broken by it, or more than it was."""
    a = made.answers
    sums = a.sums[rows]
    high, low = np.maximum(a.roof[rows], sums), np.minimum(a.floor[rows], sums)
    return bool(((low <= sums + by) & (sums + by <= high)).all())
