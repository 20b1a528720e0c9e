"""Cells of claims and the limits on money over them, laid out once for the rules that cut (GRANTS: what is paid, in which order).

A cell is subsidy × firm × phase, or subsidy × firm where the subsidy is rounded over the year (phase ''). All vectorised;
money in whole fen, days as ordinals.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.money import LedgerRow
from fairplanner.domain.packs import Each, FirmTest, Limit
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import SEPARATOR, label
from fairplanner.rules.reckon.dates import planned_year
from fairplanner.rules.reckon.limits import (
    Cell,
    binds,
    cell_day,
    group_of,
    months_before,
    most_at,
    past_key,
)
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import numbered

CELL = ["subsidy", "firm", "phase"]
ORDER = ["day", "phase", "firm", "subsidy"]
WHOLE_YEAR: tuple[Each, ...] = ("year", "life", "window")
UNDER = {
    "limit": "object", "key": "object", "capacity": "int64", "cell": "int64", "upto": "int64", "group": "int64",
}  # fmt: skip


@once
def claims_in_cells(problem: Problem) -> pd.DataFrame:
    """The claims with `column`, `at` (their phase), `phase` (that of their cell) and `cell`, a row number of `cells_of`."""
    claims = numbered(problem.claims)[["column", "subsidy", "firm", "phase", "participation", "journey", "amount"]]
    yearly = [s.subsidy_id for s in problem.programme.subsidy.values() if s.round_at == "year"]
    claims = claims.assign(at=claims["phase"], phase=claims["phase"].mask(claims["subsidy"].isin(yearly), ""))
    claims = claims.assign(day=_days(problem.programme, claims))
    order = claims.drop_duplicates(CELL).sort_values(ORDER)[CELL].reset_index(drop=True).reset_index(names="cell")
    return claims.merge(order, on=CELL, how="left")


@once
def uncut_cells(problem: Problem) -> pd.DataFrame:
    """The cells without what may be cut of them: one row a cell in the order in which they are paid, CELL, `day`, `reach`."""
    claims = claims_in_cells(problem)
    own = problem.participations["application"].reindex(claims["participation"]).to_numpy(object)
    each = claims.assign(application=np.where(claims["participation"] >= 0, own, ""))
    best = each.groupby(["cell", "at", "application"])["amount"].max().groupby("cell").sum()
    cells = claims.drop_duplicates("cell").sort_values("cell")[["cell", *CELL, "day"]].reset_index(drop=True)
    return cells.assign(reach=best.to_numpy(np.int64))


@once
def cells_of(problem: Problem) -> pd.DataFrame:
    """One row a cell in the order in which cells are paid: CELL, `day`, `reach`, `cut`, `most`.

    `reach`: the most that its claims can come to, one a place and subsidy, one place an application, one journey a visit.
    `cut`: row in `cuts`, -1 for none; `most`: the most that can be cut.
    """
    cuts = numbered(problem.cuts)[[*CELL, "column", "most"]].rename(columns={"column": "cut"})
    cells = uncut_cells(problem).merge(cuts, on=CELL, how="left")
    return cells.assign(
        cut=cells["cut"].fillna(-1).astype("int64"),
        most=cells["most"].fillna(0).astype("int64"),
    )


def _days(programme: Programme, claims: pd.DataFrame) -> pd.Series:
    """Last fair day of the phase; of a cell of the year its last day."""
    ends = {q.phase_id: q.end.toordinal() for q in programme.phases if q.end is not None}
    last = date(planned_year(programme), 12, 31).toordinal()
    return claims["phase"].map(ends | {"": last}).astype("int64")


@once
def uncut_limits(problem: Problem) -> pd.DataFrame:
    """`under_limits` without `cut` and `most`: what limits can take, before anything is said of cuts."""
    cells = uncut_cells(problem)
    made = [_under(problem.programme, limit, cells) for limit in problem.programme.limits if limit.of == "money"]
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in UNDER.items()})
    every = pd.concat([part for part in made if len(part)] or [empty], ignore_index=True)
    group = every.groupby("key", sort=True).ngroup().to_numpy(np.int64)
    every = every.assign(group=group)[list(UNDER)].astype(UNDER)
    return every.sort_values(["group", "cell"]).reset_index(drop=True)


@once
def under_limits(problem: Problem) -> pd.DataFrame:
    """One row a money limit and cell (of `cells_of`) under it, in order of limit, group and payment.

    `limit`, `key` (label of limit and group), `capacity` (what the past leaves), `cell`, `cut`, `most`, `upto` (the most
    that its group can come to up to this cell), `group` (number). Only groups that can exceed their capacity somewhere.
    """
    under, cells = uncut_limits(problem), cells_of(problem)
    at = under["cell"].to_numpy(np.int64)
    return under.assign(**{name: cells[name].to_numpy(np.int64)[at] for name in ("cut", "most")})


def _under(programme: Programme, limit: Limit, cells: pd.DataFrame) -> pd.DataFrame:
    here = cells[cells["subsidy"].isin(limit.subsidies)]
    here = here[_meant(programme, limit, here)]
    here = here.assign(
        limit=limit.limit_id, key=_keys(programme, limit, here), capacity=_capacity(programme, limit, here)
    )
    here = here.assign(upto=here.groupby("key")["reach"].cumsum())
    over = (here["upto"] > here["capacity"]).groupby(here["key"]).transform("any")
    return here[over.to_numpy(bool)]


def _meant(programme: Programme, limit: Limit, cells: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether the firm of each cell is meant; asked one by one only where a limit asks anything of firms."""
    if limit.firms == FirmTest():
        return np.ones(len(cells), bool)
    return np.array(
        [binds(programme, limit, Cell(*cell)) for cell in cells[CELL].itertuples(index=False, name=None)], bool
    )


def _keys(programme: Programme, limit: Limit, cells: pd.DataFrame) -> pd.Series:
    """The label of limit and group of each cell: the owner firm by firm, the rest phase by phase."""
    groups = {f.firm_id: f.group for f in programme.firms} if limit.per == "group" else {}
    owner = cells["firm"].map(groups).fillna("").astype(object) if groups else pd.Series("", index=cells.index)
    owner = owner.where(owner != "", cells["firm"]).astype(object)
    some = cells.drop_duplicates("phase")
    days = {q: cell_day(programme, Cell(s, f, q)) for s, f, q in some[CELL].itertuples(index=False, name=None)}
    rest = {q: label("", *group_of(programme, limit, "", q, day)[1:])[1:] for q, day in days.items()}
    return limit.limit_id + SEPARATOR + owner + cells["phase"].map(rest)


def _capacity(programme: Programme, limit: Limit, cells: pd.DataFrame) -> pd.Series:
    """What the past leaves of the limit: the vectorised twin of `reckon.limits.capacity` (the ledger is in whole fen)."""
    whole = {q: to_fen(most_at(programme, limit, q)) for q in cells["phase"].unique()}
    most = cells["phase"].map(whole).to_numpy(np.int64)
    return pd.Series(np.maximum(0, most - _past_paid(programme, limit, cells)), index=cells.index)


def _past_paid(programme: Programme, limit: Limit, cells: pd.DataFrame) -> NDArray[np.int64]:
    """What the ledger has paid under the limit that each cell shares, fen."""
    group = {f.firm_id: f.group for f in programme.firms if f.group} if limit.per == "group" else {}
    past = pd.DataFrame(
        [(group.get(r.firm_id, r.firm_id), n, to_fen(r.amount)) for n, r in enumerate(programme.ledger)
         if r.subsidy_id in limit.subsidies], columns=["owner", "past", "fen"],
    ).astype({"owner": object, "past": "int64", "fen": "int64"})  # fmt: skip
    before = set(past["owner"])
    owners = {f: f for f in before - group.keys()} | {f: g for f, g in group.items() if g in before}
    delays = {s: programme.subsidy[s].paid_after_days for s in cells["subsidy"].unique()}
    asked = cells.assign(place=np.arange(len(cells)))[cells["firm"].isin(owners)]
    asked = asked[["place", "phase", "day"]].assign(
        owner=asked["firm"].map(owners).astype(object), delay=asked["subsidy"].map(delays)
    )
    met = asked.merge(past, on="owner")
    for each in limit.each:
        shared = _in_windows(programme, limit, met) if each == "window" else _with_one_key(programme, limit, each, met)
        met = met[shared]
    paid = np.zeros(len(cells), np.int64)
    np.add.at(paid, met["place"].to_numpy(np.int64), met["fen"].to_numpy(np.int64))
    return paid


def _with_one_key(programme: Programme, limit: Limit, each: Each, met: pd.DataFrame) -> NDArray[np.bool_]:
    """Where a row of the ledger (`past`) may have the key of the cell; one without a phase has none but the year's."""
    if each == "life":
        return np.ones(len(met), bool)
    known: dict[tuple[str, str, date], str | None] = {}
    for n in met["past"].unique():
        row = programme.ledger[n]
        if (row.fair_id, row.edition, row.on) not in known:
            known[row.fair_id, row.edition, row.on] = past_key(programme, each, row)
    then = {n: known[r.fair_id, r.edition, r.on] for n in met["past"].unique() for r in [programme.ledger[n]]}
    days = dict(met[["phase", "day"]].drop_duplicates().itertuples(index=False, name=None))
    place = 1 + limit.each.index(each)
    now = {q: group_of(programme, limit, "", q, date.fromordinal(day))[place] for q, day in days.items()}
    past, free = met["past"].map(then), met["phase"] == ""
    found = past.isna() | (past == met["phase"].map(now)) | (free & (each != "year"))
    return found.to_numpy(bool)


def _in_windows(programme: Programme, limit: Limit, met: pd.DataFrame) -> NDArray[np.bool_]:
    """Where a row of the ledger is within the months up to the cell's day, both by day of payment if the window runs so."""
    if limit.window_months is None:
        return np.ones(len(met), bool)
    granted = limit.window_of == "grant"
    on = {n: _on(programme, programme.ledger[n], granted) for n in met["past"].unique()}
    last = (met["day"] + met["delay"] * granted).astype("int64")
    first = last.map({d: months_before(date.fromordinal(d), limit.window_months).toordinal() for d in last.unique()})
    then = met["past"].map(on)
    return ((first < then) & (then <= last)).to_numpy(bool)


def _on(programme: Programme, row: LedgerRow, granted: bool) -> int:
    subsidy = programme.subsidy.get(row.subsidy_id) if granted else None
    return row.on.toordinal() + (subsidy.paid_after_days if subsidy else 0)


def paid_up_to(at: pd.DataFrame, under: pd.DataFrame, claims: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is paid in a group up to a cell: claims (`row`, `column`, `amount`) and cuts (`row`, `column`) of each row of `at`.

    `at`: `row`, `group`, `cell`; a cell of a group is paid before another if its number is lower. `under` as `under_limits`
    has it: in order of group and cell.
    """
    row, group, cell = (at[name].to_numpy(np.int64) for name in ("row", "group", "cell"))
    groups, cells, cuts = (under[name].to_numpy(np.int64) for name in ("group", "cell", "cut"))
    own = claims["cell"].to_numpy(np.int64)
    width = 1 + max(int(part.max(initial=0)) for part in (cells, cell, own))
    begin = np.searchsorted(groups, group)
    each, before = _runs(begin, np.searchsorted(groups * width + cells, group * width + cell, side="right") - begin)
    cut = np.flatnonzero(cuts[before] >= 0)
    kept = pd.DataFrame({"row": row[each[cut]], "column": cuts[before[cut]]}, copy=False)
    order, many = np.argsort(own, kind="stable"), np.bincount(own, minlength=width)
    first, before = np.cumsum(many) - many, cells[before]
    one, claim = _runs(first[before], many[before])
    claim = order[claim]
    column, amount = (claims[name].to_numpy(np.int64)[claim] for name in ("column", "amount"))
    return pd.DataFrame({"row": row[each[one]], "column": column, "amount": amount}, copy=False), kept


def _runs(begin: NDArray[np.int64], count: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The numbers `begin`, `begin` + 1 and so on, `count` of each run, with the run that each is of."""
    run = np.repeat(np.arange(len(begin), dtype=np.int32), count)
    return run, np.arange(len(run)) - np.repeat(np.cumsum(count) - count - begin, count)
