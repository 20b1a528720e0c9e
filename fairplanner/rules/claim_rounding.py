"""A subsidy that is rounded over the year pays whole multiples, the largest that its claims and the limits allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.cells import CELL, cells_of, claims_in_cells, paid_up_to, under_limits
from fairplanner.rules.contract import Block, Columns, Rows, label
from fairplanner.rules.helpers import Entries, at_most, exactly, exclusive, labels_of, widths
from fairplanner.rules.names import Names
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.reckon.tally import Tally, tallied
from fairplanner.rules.tables import Problem, once

UNITS, REST, PAID, SMALL, NEAR, SHORT = (
    ("claim-rounding", name) for name in ("units", "rest", "paid", "small", "near", "short")
)
EACH: tuple[Block, ...] = (UNITS, REST, PAID, SMALL)
UNDER: tuple[Block, ...] = (NEAR, SHORT)
Sizes = dict[Block, int]


@dataclass(frozen=True)
class ClaimRounding(Law):
    """What a firm is paid in the year under a subsidy with `round_at = year` is a multiple of `round_to`, nothing at all or
    at least `least`; and where the law fixes the amount, the largest of these that entitlement and limits allow.

    Label subsidy · firm · `*`. Unit of amount: fen above a multiple, below the least, or cut without need beyond the last
    fen of a multiple. Own columns, one a firm and subsidy: `units` and `rest`, what is paid as multiples and what is over;
    `paid`, anything is; `small`, all claims together are below the least; and one for each limit over it as well: `near`,
    it leaves less than one multiple more; `short`, it leaves less than the least.
    """

    key = "claim-rounding"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """Four for each firm and subsidy, two for each limit over them."""
        if not _is_rounded(problem):
            return
        years, under = _years(problem)
        one = np.ones(len(years), np.int64)
        tops = (years["reach"] // years["unit"], years["unit"] - 1, one, one)
        for block, top in zip(EACH, tops, strict=True):
            yield Columns(block[1], labels_of(years, CELL, last=block[1]), np.asarray(top, np.int64))
        for block in UNDER:
            yield Columns(block[1], _names(under, block), np.ones(len(under), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """What the own columns are; no rest; least or nothing; and no cut of a multiple or more without one of the reasons."""
        if not _is_rounded(problem):
            return
        years, under = _years(problem)
        sizes = widths(problem, {b: len(years) for b in EACH} | {b: len(under) for b in UNDER})
        book = _Book(problem, years, under, sizes)
        yield from book.amounts()
        yield from book.reasons()
        yield from book.law()

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Divides what is paid, and looks for what could still have been paid."""
        for tally in tallied(programme, plan.claims):
            subsidy = programme.subsidy[tally.cell.subsidy_id]
            if subsidy.round_at == "year":
                off = max(to_fen(tally.paid % subsidy.round_to), _too_little(tally, subsidy.least))
                if subsidy.entitled == "exactly" and not _is_all(tally, subsidy.round_to, subsidy.least):
                    off = max(off, to_fen(tally.cut - subsidy.round_to) + 1)
                if off > 0:
                    facts = {
                        "paid": tally.paid,
                        "entitled": tally.entitled,
                        "unit": subsidy.round_to,
                        "least": subsidy.least,
                    }
                    yield self.broken(label(*tally.cell), off, **facts)


def _too_little(tally: Tally, least: Decimal) -> int:
    return to_fen(least - tally.paid) if tally.paid > 0 else 0


def _is_all(tally: Tally, unit: Decimal, least: Decimal) -> bool:
    """Whether not even one multiple more could be paid, or nothing is paid because the least cannot be reached."""
    left = tally.cut if tally.room is None else min(tally.cut, tally.room)
    could = tally.entitled if tally.room is None else min(tally.entitled, tally.room)
    return left < unit or (tally.paid == 0 and could < _whole(least, unit))


def _whole(least: Decimal, unit: Decimal) -> Decimal:
    """The smallest multiple of a unit that is at least so much."""
    over = least % unit
    return least - over + unit if over else least


def _is_rounded(problem: Problem) -> bool:
    """Whether any subsidy is rounded over the year."""
    return any(s.round_at == "year" for s in problem.programme.subsidy.values())


@once
def _years(problem: Problem) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cells of the year with `unit`, `least`, `whole` (the least as a multiple), `exact`, `row`; and the limits over them."""
    cells = cells_of(problem)
    told = {s.subsidy_id: s for s in problem.programme.subsidy.values() if s.round_at == "year"}
    years = (
        cells[cells["subsidy"].isin(list(told)) & (cells["cut"] >= 0)].reset_index(drop=True).reset_index(names="row")
    )
    years = years.assign(
        unit=years["subsidy"].map({s: to_fen(x.round_to) for s, x in told.items()}).astype("int64"),
        least=years["subsidy"].map({s: to_fen(x.least) for s, x in told.items()}).astype("int64"),
        exact=years["subsidy"].map({s: x.entitled == "exactly" for s, x in told.items()}).astype(bool),
    )
    years = years.assign(whole=-(-years["least"] // years["unit"]) * years["unit"])
    mine = years[years["exact"]][["cell", "row", *CELL, "unit", "whole", "most"]].rename(columns={"row": "year"})
    under = under_limits(problem)[["key", "group", "cell", "cut", "capacity"]].merge(mine, on="cell")
    return years, under.reset_index(names="row")


def _names(under: pd.DataFrame, block: Block) -> Names:
    return labels_of(under, ["key", *CELL], last=block[1])


class _Book:
    """The rows of one problem; `years` and `under` as `_years` gives them."""

    def __init__(self, problem: Problem, years: pd.DataFrame, under: pd.DataFrame, sizes: Sizes) -> None:
        self.years, self.under, self.sizes = years, under, sizes
        self.row, self.labels = years["row"], labels_of(years, CELL)
        self.claims = claims_in_cells(problem)
        self.given = years[["row", "cell"]].merge(self.claims[["cell", "column", "amount"]], on="cell")
        self.all_under = under_limits(problem)

    def _paid(self, sign: int) -> dict[Block, list[tuple[object, object, object]]]:
        """What is paid of each cell, plus or minus."""
        given = self.given
        return {
            "claims": [(given["row"], given["column"], sign * given["amount"])],
            "cuts": [(self.row, self.years["cut"], -sign)],
        }

    def _own(self, block: Block) -> Names:
        return labels_of(self.years, CELL, last=block[1])

    def amounts(self) -> Iterator[Rows]:
        """paid = unit × units + rest; paid <= 0 or the switch is on; the switch is on only if something is paid."""
        row, sizes, reach = self.row, self.sizes, self.years["reach"]
        split = self._paid(1) | {UNITS: [(row, row, -self.years["unit"])], REST: [(row, row, -1)]}
        yield exactly(self._own(UNITS), split, 0, sizes)
        yield at_most(self._own(PAID), self._paid(1) | {PAID: [(row, row, -reach)]}, 0, sizes)
        yield at_most(self._own(PAID), self._paid(-1) | {PAID: [(row, row, 1)]}, 0, sizes)

    def reasons(self) -> Iterator[Rows]:
        """Each reason may be given only where it is true; too little for the least only where nothing is paid."""
        row, years, under, sizes = self.row, self.years, self.under, self.sizes
        yield exclusive(self._own(SMALL), {SMALL: [(row, row, 1)], PAID: [(row, row, 1)]}, sizes)
        spare = (years["reach"] - years["whole"] + 1).clip(lower=0)
        claimed: Entries = {
            "claims": [(self.given["row"], self.given["column"], self.given["amount"])],
            SMALL: [(row, row, spare)],
        }
        yield at_most(self._own(SMALL), claimed, years["reach"], sizes)
        names = _names(under, SHORT)
        at = under["row"]
        yield exclusive(names, {SHORT: [(at, at, 1)], PAID: [(at, under["year"], 1)]}, sizes)
        taken, cut = paid_up_to(under, self.all_under, self.claims)
        for block, size in ((NEAR, under["unit"]), (SHORT, under["whole"])):
            entries: Entries = {
                block: [(at, at, (under["capacity"] - size + 1).clip(lower=0))],
                "claims": [(taken["row"], taken["column"], -taken["amount"])],
                "cuts": [(cut["row"], cut["column"], 1)],
            }
            yield at_most(_names(under, block), entries, 0, sizes)

    def law(self) -> Iterator[Rows]:
        """rest <= 0; least × switch <= paid; cut < unit unless there is a reason."""
        row, years, under, sizes = self.row, self.years, self.under, self.sizes
        yield at_most(self.labels, {REST: [(row, row, 1)]}, 0, sizes)
        yield at_most(self.labels, self._paid(-1) | {PAID: [(row, row, years["least"])]}, 0, sizes)
        exact = years[years["exact"]]
        at = pd.Series(np.arange(len(exact)), index=exact["row"])
        why = [(at[under["year"]], under["row"], -under["most"])]
        entries: Entries = {
            "cuts": [(at, exact["cut"], 1)], SMALL: [(at, exact["row"], -exact["most"])], NEAR: why, SHORT: why,
        }  # fmt: skip
        yield at_most(labels_of(exact, CELL), entries, exact["unit"] - 1, sizes)
