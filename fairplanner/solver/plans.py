"""The plans engine: one column is one firm's whole year; prices on shared rows give a safe bound and a small core.

The master keeps shared rows only, a row "one year each" for every enumerated firm, and whatever is not enumerated as it
is. Its relaxation is tighter than the compact one because all that couples inside a firm's year is exact in a column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python import model_builder_helper as lp
from scipy.sparse import csr_array, csr_matrix, hstack, vstack

from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.years import MOST_YEARS, all_years, best_of_equal, of_point

Floats = NDArray[np.float64]
MOST_ROUNDS = 60
A_ROUND = 8
"""Years of one firm that may enter the master in one round."""
EPSILON = 2.0**-52


@dataclass(frozen=True, eq=False)
class Priced:
    """Prices of the master's rows and what they prove.

    `bound`: no point of the model is worth more. `lost` (years), `lost_other` (other columns): what a point loses at
    least, against `bound`, by having this year or by moving this column from its best end; thousandths of a point.
    """

    prices: Floats
    bound: int
    lost: Floats
    lost_other: Floats


class Master:
    """The master problem of a model and a feasible point of it: its years, its other columns and the rows it keeps."""

    def __init__(self, model: Model, start: Ints, most: int = MOST_YEARS) -> None:
        years = all_years(model, most)
        firms = years.firm[years.starts()]
        ours = of_point(start, model.group, firms)
        self.model = model
        self.years = best_of_equal(model, np.append(years.firm, firms), csr_array(vstack([years.points, ours])))
        self.starts = self.years.starts()
        self.sizes = np.diff(np.append(self.starts, len(self.years)))
        enumerated = np.append(np.isin(np.arange(len(model.firms)), firms), False)
        self.others = np.flatnonzero(~enumerated[model.group])
        self.rows = np.flatnonzero(~enumerated[model.row_group])
        self.matrix = csr_array(csr_array(model.matrix[self.rows])[:, self.others])
        self.asked = csr_array(csr_array(self.years.points @ csr_array(model.matrix[self.rows].T)))
        self.member = np.repeat(np.arange(len(self.starts)), self.sizes)
        self.start = self._chosen_in(start)

    def _chosen_in(self, start: Ints) -> Ints:
        """For each firm a year that asks what its year in `start` asks, and is worth no less."""
        ours = csr_array(of_point(start, self.model.group, self.years.firm[self.starts]))
        wanted = csr_array(ours @ csr_array(self.model.matrix[self.rows].T))
        same = abs(self.asked - csr_array(wanted[self.member])).sum(axis=1) == 0
        first = np.flatnonzero(same)
        return first[np.unique(self.member[first], return_index=True)[1]]

    def as_model(self, chosen: Ints, fixed: NDArray[np.bool_] | None = None) -> Model:
        """The master over some years as a model of its own; `fixed` other columns are held at their start."""
        model, firms = self.model, len(self.starts)
        one = csr_array(
            (np.ones(len(chosen), np.int64), (self.member[chosen], np.arange(len(chosen)))), shape=(firms, len(chosen))
        )
        top = hstack([csr_array(self.asked[chosen].T), self.matrix])
        bottom = hstack([one, csr_array((firms, len(self.others)), dtype=np.int64)])
        each = np.ones(firms, np.int64)
        lower, upper = model.lower[self.others], model.upper[self.others]
        if fixed is not None:
            upper = np.where(fixed, lower, upper)
        return replace(
            model,
            blocks={},
            lower=np.append(0 * chosen, lower),
            upper=np.append(0 * chosen + 1, upper),
            gain=np.append(self.years.gain[chosen], model.gain[self.others]),
            matrix=csr_array(vstack([top, bottom])),
            row_lower=np.append(model.row_lower[self.rows], each),
            row_upper=np.append(model.row_upper[self.rows], each),
            scale=np.ones(len(self.rows) + firms, np.int64), rules=(), labels=(), firms=(),
            group=np.full(len(chosen) + len(self.others), SHARED),
        )  # fmt: skip

    def point(self, chosen: Ints, x: Ints) -> Ints:
        """The model's point that a point of `as_model(chosen)` stands for."""
        made = csr_array(self.years.points[chosen]).T @ x[: len(chosen)]
        made[self.others] = x[len(chosen) :]
        return np.asarray(made, np.int64)

    def hint(self, chosen: Ints, x: Ints) -> Ints:
        """The start of the master as a point of `as_model(chosen)`; `chosen` holds the start's years."""
        return np.append(np.isin(chosen, self.start).astype(np.int64), x[self.others])

    def priced(self, prices: Floats) -> Priced:
        """What prices of the master's rows prove, whatever they are: rounding is added on the safe side.

        bound = sum of price × the row end it pays + best reduced gain of each firm's years + other columns over their box.
        """
        model, rows = self.model, self.rows
        paid = np.where(prices > 0, model.row_upper[rows], model.row_lower[rows]) * prices
        gains = self.years.gain - self.asked @ prices
        best = np.maximum.reduceat(gains, self.starts) if len(gains) else np.zeros(0)
        reduced = model.gain[self.others] - self.matrix.T @ prices
        ends = reduced * model.lower[self.others], reduced * model.upper[self.others]
        slip = fsum([*np.abs(paid), *self._slips(prices)])
        total = fsum([*paid, *best, *np.maximum(*ends)]) + slip * EPSILON * (4 + self._longest())
        grid = int(np.gcd.reduce(np.append(self.years.gain, model.gain[self.others]))) or 1
        spare = np.maximum(*ends) - np.minimum(*ends)
        return Priced(prices, floor(Fraction(total) / grid) * grid, np.repeat(best, self.sizes) - gains, spare)

    def _slips(self, prices: Floats) -> list[float]:
        """Sizes of the sums in which float64 may round: the largest of each firm, and each other column's."""
        size = np.abs(self.years.gain) + abs(self.asked) @ np.abs(prices)
        most = np.maximum.reduceat(size, self.starts) if len(size) else np.zeros(0)
        other = np.abs(self.model.gain[self.others]) + abs(self.matrix).T @ np.abs(prices)
        box = np.maximum(np.abs(self.model.lower[self.others]), np.abs(self.model.upper[self.others]))
        return [*most, *(other * box)]

    def _longest(self) -> int:
        lengths = [np.diff(self.asked.indptr).max(initial=0), np.diff(csr_array(self.matrix.T).indptr).max(initial=0)]
        return int(max(lengths))


def prices_of(model: Model) -> tuple[float, Floats]:
    """Value and prices of the rows of a model's relaxation, by GLOP; raises RuntimeError if it has none."""
    helper: Any = lp.ModelBuilderHelper()
    low, high, gain, row_low, row_high = (
        a.astype(float) for a in (model.lower, model.upper, model.gain, model.row_lower, model.row_upper)
    )
    matrix = csr_matrix(model.matrix.astype(float))
    helper.fill_model_from_sparse_data(low, high, gain, row_low, row_high, matrix)
    helper.set_maximize(True)
    solver = lp.ModelSolverHelper("glop")
    solver.solve(helper)
    if solver.status() != lp.SolveStatus.OPTIMAL:
        raise RuntimeError(f"the relaxation has no solution: {solver.status()}")
    return float(solver.objective_value()), np.asarray(solver.dual_values())


def generate(master: Master, enough: Callable[[int], bool], report: Callable[[int], None]) -> tuple[Priced, Ints]:
    """Bring years in by price until none is missing, the bound is `enough`, or MOST_ROUNDS; the best prices found.

    Each round's bound is valid by itself, because all years are priced in every round. Also the years in the master.
    """
    inside = np.zeros(len(master.years), bool)
    inside[master.start] = True
    best: Priced | None = None
    for _ in range(MOST_ROUNDS):
        _, prices = prices_of(master.as_model(np.flatnonzero(inside)))
        priced = master.priced(prices[: len(master.rows)])
        if best is None or priced.bound < best.bound:
            best = priced
            report(best.bound)
        new = _worth_having(master, prices, inside)
        if not len(new) or enough(best.bound):
            break
        inside[new] = True
    assert best is not None  # noqa: S101 - MOST_ROUNDS is positive
    return best, np.flatnonzero(inside)


def _worth_having(master: Master, prices: Floats, inside: NDArray[np.bool_]) -> Ints:
    """Years outside whose gain at these prices beats their firm's own price, the best A_ROUND of each firm."""
    rows = len(master.rows)
    over = master.years.gain - master.asked @ prices[:rows] - prices[rows:][master.member]
    new = np.flatnonzero(~inside & (over > 1e-3))
    order = new[np.lexsort((new, -over[new], master.member[new]))]
    member = master.member[order]
    place = np.arange(len(order)) - np.searchsorted(member, member)
    return np.sort(order[place < A_ROUND])


def surviving(priced: Priced, room: int, also: Ints, most: int) -> tuple[Ints, bool]:
    """Years that a plan better than the incumbent can contain (those losing at most `room`), and whether none was cut.

    Where more than `most` survive the nearest to profitable are kept; `also` always stay.
    """
    near = np.flatnonzero(priced.lost <= room)
    whole = len(near) <= most
    if not whole:
        near = near[np.argsort(priced.lost[near], kind="stable")[:most]]
    return np.union1d(near, also), whole
