"""A plan that breaks rows put right: what is broken costs every firm in it a fine, which rises until they give way.

Low fines come first, so those give way who lose least by it. The point to begin with is mostly what the master wants,
rounded: near to the best in value, with a few rows broken where years of several firms do not fit together. Between the
fines delegations open for those who wait, and whoever was passed over in a ranking is asked, if need be others leave for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.sparse import csr_array

from fairplanner.solver.blocks import Floats
from fairplanner.solver.improve import BUDGET, Flags, Improver
from fairplanner.solver.model import Ints
from fairplanner.solver.part import units
from fairplanner.solver.passed import seated

FINES, LOW = (10_000, 20_000, 40_000, 60_000, 80_000, 160_000, 320_000, 640_000), 40_000
"""Thousandths of a point for a unit of a firm's part in a broken row; a unit is the row's largest coefficient.

Above LOW firms leave whole fairs, which costs more than to move several firms at once.
"""
HIGH, CUT = 100_000, 10
"""From this fine on a ranking ends before one who cannot be helped, where so many places or fewer are behind."""
LEFT = 0.2
"""Of the rows that are broken after the lowest fine so many stay so at the end (0.22 at 1,000 firms, 0.3 at 5,000)."""
ANSWERS = 3
"""Times that firms in broken rows answer at each fine."""
PER_FIRM = 15_000
"""Thousandths of a point that a delegation is worth for each of its firms, at the least."""
FIRST = 20_000
"""Thousandths of a point for a firm that opens the way in a ranking."""


def mended(made: Improver, few: float, alive: Callable[[], bool], most: float = np.inf) -> None:
    """Put right what firms can one at a time, delegations first, at last who was passed over; where several must move at
    once rows stay broken.

    High fines come only while more than a `few` rows are broken: so many can be put right by other ways. Given up where more
    than `most` rows would be left, which mostly shows after the lowest fine.
    """
    a = made.answers
    lead = made.gain.copy()
    lead[made.ranking.column] += FIRST
    fines = _Fines(made)
    for fine in FINES:
        if not alive() or (fine > LOW and len(made.broken()) <= few):
            break
        fines.set(fine)
        _delegations(made, fines, lead, alive)
        for n in range(ANSWERS):
            made.count()
            firms = made.in_broken()
            if not len(firms) or not alive():
                break
            changed = a.respond(firms[:: 1 - 2 * (n % 2)], made.gain, BUDGET)
            made.move_up(lead, alive)
            if not changed:
                break
        seated(made, FIRST, 0 if fine <= HIGH else CUT, alive)
        if LEFT * len(made.broken()) > most:
            break
    fines.set(0)
    if alive():
        a.respond(np.arange(made.pricer.firms), made.gain, BUDGET)
        made.move_up(made.gain, alive)
    made.settle()


class _Fines:
    """What a plan in the making is worth less all fines."""

    def __init__(self, made: Improver) -> None:
        self.made, self.unit = made, units(made.model)[made.pricer.shared]

    def set(self, fine: int) -> None:
        """From now on each unit of a firm's part in a broken row costs so much; whole numbers add up the same in any order."""
        self.made.answers.fine[:] = np.ceil(fine / self.unit)

    def of(self, rows: Ints | slice) -> float:
        """Fines of some rows."""
        a = self.made.answers
        off = np.maximum(a.floor[rows] - a.sums[rows], 0) + np.maximum(a.sums[rows] - a.roof[rows], 0)
        return float(off @ a.fine[rows])

    def worth(self) -> float:
        """Value less the fines of all that is broken."""
        return self.made.value() - self.of(slice(None))


def _delegations(made: Improver, fines: _Fines, lead: Floats, alive: Callable[[], bool]) -> None:
    """Open those for which firms wait and close those that stay short, where that is worth it."""
    a, waiting = made.answers, made.broken()
    part = csr_array(made.rows[waiting])
    near = np.unique(part.indices[(part.data < 0) & np.isin(part.indices, made.delegations)])
    for d in near[a.x[near] == 0].tolist():
        if alive() and _broken(made, made.needed(d)).any():
            _kept_if_worth(made, fines, partial(made.opened, d, lead, alive))
    columns = np.unique(csr_array(made.rows[made.broken()]).indices)
    columns = columns[np.isin(columns, made.delegations)]
    for d in columns[a.x[columns] > 0].tolist():
        # most are worth far more to their firms than what they break costs
        if alive() and fines.of(made.part(d)[0]) > PER_FIRM * len(made.firms_of(d, there=True)):
            _kept_if_worth(made, fines, partial(made.close, d))


def _kept_if_worth(made: Improver, fines: _Fines, step: Callable[[], object]) -> None:
    a, before = made.answers, fines.worth()
    kept = a.kept()
    step()
    if fines.worth() <= before:
        a.back(kept)


def _broken(made: Improver, rows: Ints) -> Flags:
    a = made.answers
    return (a.sums[rows] < a.floor[rows]) | (a.sums[rows] > a.roof[rows])
