"""Limits on money over several claims are kept, and nothing is cut for which no limit is used up."""

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
from fairplanner.rules.helpers import Entries, at_most, implies, labels_of, ladder, widths
from fairplanner.rules.names import Names
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.reckon.points import FEN_PER_1000, milli
from fairplanner.rules.reckon.tally import tallied
from fairplanner.rules.tables import Problem

FULL: Block = ("claim-limits", "full")
LOST: Block = ("claim-limits", "lost")
PAID: Block = ("claim-limits", "paid")
Sizes = dict[Block, int]


@dataclass(frozen=True)
class ClaimLimits(Law):
    """Cells of claims (subsidy × firm × phase, or year) are paid in order of last fair day, phase, firm and subsidy. Up to
    each cell, what is paid under a limit on money is at most what the past (`ledger`) has left of it. Where the law fixes
    the amount (`entitled = exactly`), a cell is paid in full unless some limit is used up to the fen once it is paid;
    both together pay min(entitlement, what is left). Where the payer decides (`up-to`), only the limits bind; rounding over
    the year has a rule of its own. A claim is paid no less than nothing and no more than it is entitled to.

    Labels limit · owner · keys of the group, and subsidy · firm · phase. Unit of amount: fen.
    Own columns: `full`, a limit is used up at a cell; `lost`, thousandths of a point that a cut takes (whole, rounded up);
    `paid`, anything is paid of a cell for which the past leaves less than for an earlier one (what is used stays used).
    """

    key = "claim-limits"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """`full` where a limit can cut a cell; `lost` a cell that can be cut."""
        if _nothing_is_limited(problem):
            return
        cells = cells_of(problem)
        full = _full(problem, cells)
        yield Columns("full", _names(full, "full"), np.ones(len(full), np.int64))
        lost = _lost(problem, cells)
        yield Columns("lost", _lost_names(lost), lost["points"].to_numpy(np.int64))
        falling = _falling(under_limits(problem), cells)
        yield Columns("paid", _names(falling, "paid"), np.ones(len(falling), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Paid up to the last cell of each capacity <= capacity; cut <= most × full; capacity × full <= paid up to there;
        cut <= entitlement; and what cuts cost."""
        if _nothing_is_limited(problem):
            return
        cells, claims = cells_of(problem), claims_in_cells(problem)
        under, full, lost = under_limits(problem), _full(problem, cells), _lost(problem, cells)
        falling = _falling(under, cells)
        sizes = widths(problem, {FULL: len(full), LOST: len(lost), PAID: len(falling)})
        yield _within(under, claims, sizes)
        yield from _within_less(under, falling, claims, sizes)
        yield _only_where_full(problem, cells, full, sizes)
        yield _is_full(under, full, claims, sizes)
        yield _not_below_nothing(cells, claims, sizes)
        yield from _what_cuts_cost(problem, lost, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Adds up what is paid under each limit, cell by cell in order, and asks of every cut for the limit that took it."""
        for c in plan.claims:
            if not 0 <= c.amount <= c.entitled:
                off = max(to_fen(-c.amount), to_fen(c.amount - c.entitled))
                yield self.broken(label(c.claim_id), off, paid=c.amount, allowed=c.entitled)
        over: dict[str, tuple[Decimal, Decimal, Decimal]] = {}
        for tally in tallied(programme, plan.claims):
            for name, used, allowed in tally.limits if tally.paid else ():
                over[name] = max(over.get(name, (Decimal(0), used, allowed)), (used - allowed, used, allowed))
            is_full = tally.room is not None and tally.room <= 0
            if tally.cut > 0 and not is_full and _is_exact(programme, tally.cell.subsidy_id):
                yield self.broken(label(*tally.cell), to_fen(tally.cut), paid=tally.paid, allowed=tally.entitled)
        for name, (beyond, used, allowed) in sorted(over.items()):
            if beyond > 0:
                yield self.broken(name, to_fen(beyond), paid=used, allowed=allowed)


def _is_exact(programme: Programme, subsidy_id: str) -> bool:
    """Whether only limits may cut what the subsidy gives: not the payer, and not rounding over the year."""
    subsidy = programme.subsidy[subsidy_id]
    return subsidy.entitled == "exactly" and subsidy.round_at != "year"


def _nothing_is_limited(problem: Problem) -> bool:
    """Whether nothing can be cut, and no limit can be exceeded."""
    return problem.cuts.empty and under_limits(problem).empty


def _full(problem: Problem, cells: pd.DataFrame) -> pd.DataFrame:
    """Limit × cell that it alone may cut, with `full` (own column)."""
    exact = [s for s in problem.programme.subsidy if _is_exact(problem.programme, s)]
    under = under_limits(problem)
    mine = cells[cells["subsidy"].isin(exact) & (cells["cut"] >= 0)]
    full = under[under["cell"].isin(mine["cell"]) & (under["upto"] > under["capacity"])]
    return full.merge(cells[["cell", *CELL]], on="cell").sort_values(["group", "cell"]).reset_index(names="full")


def _names(under: pd.DataFrame, what: str) -> Names:
    return labels_of(under, ["key", *CELL], last=what)


def _falls(under: pd.DataFrame) -> pd.Series:
    """Where the past leaves less than for an earlier cell of the group: a window that meets another payment."""
    return under["capacity"] < under.groupby("group")["capacity"].cummax()


def _falling(under: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells under a limit that leaves them less than earlier ones, with `row` (own column)."""
    falling = under[_falls(under) & (under["upto"] > under["capacity"])]
    return falling.merge(cells[["cell", *CELL]], on="cell").sort_values(["group", "cell"]).reset_index(names="row")


def _within(under: pd.DataFrame, claims: pd.DataFrame, sizes: Sizes) -> Rows:
    """Nothing paid is negative, so only the last cell of each capacity can be the first to exceed it."""
    last = (
        under[~_falls(under)]
        .drop_duplicates(["group", "capacity"], keep="last")
        .reset_index(drop=True)
        .reset_index(names="row")
    )
    taken, cut = paid_up_to(last, under, claims)
    entries: Entries = {
        "claims": [(taken["row"], taken["column"], taken["amount"])],
        "cuts": [(cut["row"], cut["column"], -1)],
    }
    return at_most(labels_of(last, ["key"]), entries, last["capacity"], sizes)


def _within_less(under: pd.DataFrame, falling: pd.DataFrame, claims: pd.DataFrame, sizes: Sizes) -> Iterator[Rows]:
    """Something is paid of the cell only if the switch is on; and what is paid up to it <= capacity where it is."""
    row, beyond = falling["row"], falling["upto"] - falling["capacity"]
    own = falling[["row", "cell", "upto"]].merge(claims[["cell", "column", "amount"]], on="cell")
    cut = falling[falling["cut"] >= 0]
    given: Entries = {
        "claims": [(own["row"], own["column"], own["amount"])],
        "cuts": [(cut["row"], cut["cut"], -1)],
        PAID: [(row, row, -falling["upto"])],
    }
    yield at_most(_names(falling, "paid"), given, 0, sizes)
    taken, kept = paid_up_to(falling, under, claims)
    entries: Entries = {
        "claims": [(taken["row"], taken["column"], taken["amount"])],
        "cuts": [(kept["row"], kept["column"], -1)],
        PAID: [(row, row, beyond)],
    }
    yield at_most(labels_of(falling, ["key"]), entries, falling["upto"], sizes)


def _only_where_full(problem: Problem, cells: pd.DataFrame, full: pd.DataFrame, sizes: Sizes) -> Rows:
    exact = [s for s in problem.programme.subsidy if _is_exact(problem.programme, s)]
    cut = cells[cells["subsidy"].isin(exact) & (cells["cut"] >= 0)].reset_index(drop=True).reset_index(names="row")
    left: Entries = {"cuts": [(cut["row"], cut["cut"], 1)]}
    by = cut[["row", "cell", "most"]].merge(full[["cell", "full"]], on="cell")
    return implies(labels_of(cut, CELL), left, {FULL: [(by["row"], by["full"], by["most"])]}, sizes)


def _is_full(under: pd.DataFrame, full: pd.DataFrame, claims: pd.DataFrame, sizes: Sizes) -> Rows:
    at = full.assign(row=full["full"])
    taken, cut = paid_up_to(at, under, claims)
    entries: Entries = {
        FULL: [(at["row"], at["full"], at["capacity"])],
        "claims": [(taken["row"], taken["column"], -taken["amount"])],
        "cuts": [(cut["row"], cut["column"], 1)],
    }
    return at_most(_names(full, "full"), entries, 0, sizes)


def _not_below_nothing(cells: pd.DataFrame, claims: pd.DataFrame, sizes: Sizes) -> Rows:
    """cut <= entitlement of the cell."""
    cut = cells[cells["cut"] >= 0].reset_index(drop=True).reset_index(names="row")
    given = cut[["row", "cell"]].merge(claims[["cell", "column", "amount"]], on="cell")
    right: Entries = {"claims": [(given["row"], given["column"], given["amount"])]}
    return implies(labels_of(cut, CELL), {"cuts": [(cut["row"], cut["cut"], 1)]}, right, sizes)


def _lost(problem: Problem, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells that can be cut, with the most `points` (thousandths) that this can take."""
    price = milli(problem.programme.settings.value.claim_per_1000)
    cut = cells[(cells["cut"] >= 0) & (price > 0)].reset_index(drop=True)
    return cut.assign(points=-(-cut["most"] * price // FEN_PER_1000)).reset_index(names="lost")


def _lost_names(lost: pd.DataFrame) -> Names:
    return labels_of(lost, CELL, last="lost")


def _what_cuts_cost(problem: Problem, lost: pd.DataFrame, sizes: Sizes) -> Iterator[Rows]:
    """points × cut <= 100,000 × lost; and each of `lost` costs one thousandth."""
    price, names = milli(problem.programme.settings.value.claim_per_1000), _lost_names(lost)
    own = lost["lost"]
    yield implies(names, {"cuts": [(own, lost["cut"], price)]}, {LOST: [(own, own, FEN_PER_1000)]}, sizes)
    if len(lost):
        none = np.zeros(len(lost), np.int64)
        minus: Entries = {LOST: [(own, own, -1)]}
        yield ladder(names, minus, none, [(int(lost["points"].max()), 1)], sizes)
