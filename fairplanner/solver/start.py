"""The start of a search: a first plan from prices, or an earlier plan put right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fairplanner.solver.blocks import Floats
from fairplanner.solver.improve import BUDGET, LEAD, Improver
from fairplanner.solver.mend import mended
from fairplanner.solver.model import Ints
from fairplanner.solver.pricing import Pricer

TRIED = 0.3
"""Of a delegation that is tried: so much of it the relaxation wants."""
HELD = 10_000_000
"""Thousandths of a point by which firms hold on to what was decided, while they say what follows from it."""
GIVE_UP = 3
"""Times that firms of an earlier plan give up what is broken: by leaving one row they can break another."""


def first_plan(pricer: Pricer, prices: Floats, wanted: Floats, alive: Callable[[], bool]) -> Improver:
    """A plan from prices of shared rows (m) and what a relaxation wants of each column (n); it may break rows.

    Firms answer at these prices first, so that what comes first leaves to others what they make more of; then at half of
    them, then at none.
    """
    model = pricer.model
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
    made.start(wanted, TRIED, left + lead, alive)
    for gain in (left + lead, 0.5 * (left + made.gain) + lead):
        made.settled_answers(gain, alive)
    # for less than the full prices more firms come, and delegations that were too small are not
    made.start(wanted, TRIED, made.gain + lead, alive)
    made.settled_answers(made.gain, alive)
    made.settle()
    return made


def gone_on(pricer: Pricer, start: Ints, alive: Callable[[], bool]) -> Improver:
    """An earlier plan, put right by fines where it breaks something; it may still break some rows."""
    made = Improver(pricer, start)
    say_again(made)
    mended(made, 0.0, alive)
    return made


def given_up(pricer: Pricer, start: Ints, alive: Callable[[], bool]) -> Improver:
    """An earlier plan in which firms give up what fines do not put right; mostly it keeps all rows, and is worth less."""
    made = Improver(pricer, start)
    mended(made, 0.0, alive)
    for _ in range(GIVE_UP):
        if not len(made.broken()) or not alive():
            break
        made.answers.strict[:] = 1
        made.answers.respond(made.in_broken(), made.gain, BUDGET)
        made.answers.strict[:] = 0
        made.close_short()
        made.answers.respond(np.arange(pricer.firms), made.gain, BUDGET)
        made.move_up(made.gain, alive)
    made.settle()
    return made


def say_again(made: Improver) -> None:
    """An earlier plan tells only what was decided: firms say again what follows from it, each for itself."""
    a, point = made.answers, made.answers.point
    held = np.where(made.is_private, 0.0, np.where(point > 0, HELD, -HELD))
    held[a.helps] += LEAD
    a.strict[:] = 2
    a.respond(np.arange(made.pricer.firms), made.gain + held, BUDGET)
    a.strict[:] = 0
