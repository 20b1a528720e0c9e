"""What is lost of a limit when its row is divided by its greatest common divisor: a permit for three people serves one party of two."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import hstack

from fairplanner.rules import RULES
from fairplanner.rules.contract import NO_LIMIT, Rows
from fairplanner.rules.tables import Problem
from fairplanner.solver.shape import row_gcd


def taken_off(problem: Problem, rule: str, label: str) -> int:
    """How much less than what is counted in whole divisors a label must give way, in the rule's unit.

    Of several rows of a label the least, so that what is told is never too little; 0 for a rule that is not of the law.
    """
    found = [rest for law in RULES if law.key == rule for rows in law.rows(problem) for rest in _rests(rows, label)]
    return min(found, default=0)


def _rests(rows: Rows, label: str) -> Iterator[int]:
    at = np.array([n for n, name in enumerate(rows.labels) if name == label], np.int64)
    if rows.steps is not None or not len(at) or not rows.terms:
        return
    own = hstack([term[at] for term in rows.terms.values()], format="csr")
    own.eliminate_zeros()
    gcd = row_gcd(own)
    for divisor, low, high in zip(gcd, np.asarray(rows.lower)[at], np.asarray(rows.upper)[at], strict=True):
        ends = [int(high)] if high < NO_LIMIT else []
        ends += [-int(low)] if low > -NO_LIMIT else []
        yield min((end % int(divisor) for end in ends), default=0)
