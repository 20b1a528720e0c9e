"""The start of a search: a first plan, from prices or from an earlier plan."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fairplanner.solver.blocks import Floats
from fairplanner.solver.improve import BUDGET, LEAD, Improver
from fairplanner.solver.model import Ints
from fairplanner.solver.pricing import Pricer

LEAST = 0.3
"""Of a delegation that is tried: so much of it the relaxation wants."""


def first_plan(
    pricer: Pricer, prices: Floats, wanted: Floats, start: Ints | None, alive: Callable[[], bool]
) -> Improver:
    """A plan from prices of shared rows (m) and what a relaxation wants of each column (n); it may break rows.

    Firms answer at these prices first, so that what comes first leaves to others what they make more of; then at half of
    them, then at none.
    """
    model = pricer.model
    if start is not None:
        return _gone_on(Improver(pricer, start), alive)
    _, idle = pricer.idle(np.zeros_like(prices))
    empty = model.lower.copy()
    empty[pricer.blocks.column] = idle
    made = Improver(pricer, empty)
    private = made.private
    whole = np.rint(wanted[private]).astype(np.int64)
    # what is dear to do without is put off to the end: until then it does not count
    made.answers.change(
        private,
        np.where(
            model.gain[private] < 0, model.upper[private], np.clip(whole, model.lower[private], model.upper[private])
        ),
    )
    left = pricer.left(prices)
    # in a ranking nobody goes before those ahead are served: to go first is worth something to all behind
    lead = np.zeros(len(left))
    lead[made.answers.helps] = LEAD
    made.start(wanted, LEAST, left + lead, alive)
    for gain in (left + lead, 0.5 * (left + made.gain) + lead):
        made.settled_answers(gain, alive)
    # for less than the full prices more firms come, and delegations that were too small are not
    made.start(wanted, LEAST, made.gain + lead, alive)
    made.settled_answers(made.gain, alive)
    made.settle()
    return made


def _gone_on(made: Improver, alive: Callable[[], bool]) -> Improver:
    """An earlier plan, put right where it breaks something: firms answer, delegations that stay short are closed."""
    everyone = np.arange(made.pricer.firms)
    made.answers.strict[:] = 1
    made.answers.respond(everyone, made.gain, BUDGET)
    made.answers.strict[:] = 0
    made.close_short()
    if alive():
        made.answers.respond(everyone, made.gain, BUDGET)
    made.settle()
    return made
