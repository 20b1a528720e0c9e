"""Who was passed over in a ranking: they come after all, and where there is no room whoever came last goes for them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from fairplanner.solver.improve import BUDGET, Improver
from fairplanner.solver.model import Ints

LEAVE = 3
"""Of those who came last so many leave at the most, until who was passed over comes."""


def seated(made: Improver, lead: int, most: int, alive: Callable[[], bool]) -> None:
    """Go through every ranking with a broken row from its top, until nobody is passed over or one cannot be helped.

    `lead`: thousandths of a point for each who waits behind a firm. `most`: where so many places, or fewer, are behind
    one that cannot be helped, they are given up.
    """
    ranking, rows = made.ranking, made.broken()
    numbers = ranking.of(np.unique(csr_array(made.rows[rows]).indices))
    for number in numbers.tolist():
        if not alive():
            break
        _Order(made, ranking.column[ranking.number == number], lead).go_through(most)


class _Order:
    """One ranking: its columns from the top, and for each the rows of those who may go once it is said."""

    def __init__(self, made: Improver, columns: Ints, lead: int) -> None:
        self.made, self.lead = made, lead
        ranking = made.ranking
        place = ranking.place[np.searchsorted(ranking.column, columns)]
        self.columns = columns[np.argsort(place, kind="stable")]
        self.inside = np.zeros(len(made.model.gain), bool)
        self.inside[columns] = True
        self.row, self.at = self._rows()

    def _rows(self) -> tuple[Ints, Ints]:
        """Rows in which one column is of this ranking and the others are of whoever may go once it is said; and its place."""
        made, whole = self.made, self.made.columns
        rows = np.unique(np.concatenate([whole.indices[whole.indptr[c] : whole.indptr[c + 1]] for c in self.columns]))
        part = csr_array(made.rows[rows])
        line = np.repeat(np.arange(len(rows)), np.diff(part.indptr))
        own = self.inside[part.indices]
        single = np.bincount(line[own], minlength=len(rows)) == 1
        nobody = np.bincount(line[made.model.group[part.indices] < 0], minlength=len(rows)) > 0
        use = np.flatnonzero(own & (single & ~nobody)[line])
        back = np.argsort(self.columns)
        at = back[np.searchsorted(self.columns[back], part.indices[use])]
        order = np.argsort(at, kind="stable")
        return rows[line[use]][order], at[order]

    def go_through(self, most: int) -> None:
        """From the top: who is not served and has somebody behind is asked first, then others leave for it."""
        for n in range(len(self.columns)):
            if self.made.answers.at(self.columns[[n]])[0]:
                continue
            behind = self._behind(n)
            if len(behind) and self._served(n, behind):
                continue
            if len(behind) <= most:
                # who is excused behind may build on a place that is to be given up
                self._silent(n)
                for row in behind.tolist():
                    self._left(row)
                self._silent(n)
            return

    def _silent(self, n: int) -> None:
        """Whoever is behind and has nobody waiting takes back what it says, the last first."""
        made = self.made
        rest = self.columns[n:][::-1]
        made.answers.respond(made.model.group[rest], made.gain, BUDGET, more=(rest, -self.lead))

    def _behind(self, n: int) -> Ints:
        """Rows in which somebody behind has a place, the last first."""
        rows = self.row[np.searchsorted(self.at, n) :]
        part = csr_array(self.made.rows[rows])
        there = (self.made.answers.at(part.indices.astype(np.int64)) > 0) & ~self.inside[part.indices]
        has = np.bincount(np.repeat(np.arange(len(rows)), np.diff(part.indptr))[there], minlength=len(rows)) > 0
        return np.asarray(rows[has][::-1], np.int64)

    def _served(self, n: int, behind: Ints) -> bool:
        """Whether the firm comes, or is excused, by itself or after some have left; else those stay."""
        a, firm = self.made.answers, self.made.model.group[self.columns[[n]]]
        more = self.columns[[n]], float(self.lead * len(behind))
        a.respond(firm, self.made.gain, BUDGET, more=more)
        kept = a.kept()
        for row in behind[:LEAVE].tolist():
            if a.at(self.columns[[n]])[0]:
                break
            self._left(row)
            a.respond(firm, self.made.gain, BUDGET, more=more)
        if not a.at(self.columns[[n]])[0]:
            a.back(kept)
            return False
        return True

    def _left(self, row: int) -> None:
        """Whoever has a place in this row gives it up."""
        a, made = self.made.answers, self.made
        columns = made.rows.indices[made.rows.indptr[row] : made.rows.indptr[row + 1]].astype(np.int64)
        there = columns[(a.at(columns) > 0) & ~self.inside[columns]]
        was = a.roof[row]
        # as if nobody ahead were served
        a.roof[row], a.strict[row] = a.sums[row] - 1, 1
        a.respond(np.unique(made.model.group[there]), made.gain, BUDGET)
        a.roof[row], a.strict[row] = was, 0
