"""The order of applicants of a Problem, and the rows that say when one may be passed over (`rank_respected` names when).

Every excuse is a column of its own that may be 1 only where the plan gives the reason for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.planning import Firm
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import Block, Rows
from fairplanner.rules.helpers import Entries, at_most, implies, labels_of
from fairplanner.rules.names import Names
from fairplanner.rules.own_money import parts, shares
from fairplanner.rules.reckon.applications import LONGEST_CHAIN, barred_firms, may_stay_away, pinned_firms, sponsors
from fairplanner.rules.reckon.kept import held
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import PARTICIPATION_COSTS, hosted, numbered, visited

OWN: Block = ("rank-respected", "excuse")
Sizes = Mapping[Block, int]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Queue:
    """`all`: ranked applications in order, with `served` (own column, -1 for the last of a group) and `before` (that of the
    one ahead). `ahead`: those with one behind them. `names`: label of each `served`. `excuses`: `excuse` (column),
    `application`, `kind`, `day`. `away`: journeys that keep a team away (`_days`). `places`: participation `column` of each
    application."""

    all: pd.DataFrame
    ahead: pd.DataFrame
    names: Names
    excuses: pd.DataFrame
    away: pd.DataFrame
    places: pd.DataFrame

    @property
    def excuse_names(self) -> Names:
        """Label of each excuse."""
        return told(self.excuses)


def told(excuses: pd.DataFrame) -> Names:
    """The labels of excuses."""
    return labels_of(excuses, ["application", "kind", "day"])


@once
def queue_of(problem: Problem) -> Queue:
    """The orders of a problem."""
    places = numbered(problem.participations)
    ranked = places[places["rank_group"] != ""].sort_values(["rank_group", "rank", "booths"], kind="stable")
    columns = ["rank_group", "application", "firm", "zone", "phase", "least_cost", "people"]
    ranked = ranked.assign(least_cost=ranked[PARTICIPATION_COSTS].sum(axis=1))
    every = ranked.drop_duplicates("application")[columns].reset_index(drop=True)
    last = ~every.duplicated("rank_group", keep="last")
    every = every.assign(served=np.where(last, -1, (~last).cumsum() - 1))
    every = every.assign(before=every.groupby("rank_group")["served"].shift(1, fill_value=-1).astype("int64"))
    every = _facts(problem.programme, every.merge(_alone(problem), on=["firm", "phase", "people"], how="left"))
    ahead = every[every["served"] >= 0].reset_index(drop=True)
    names = labels_of(ahead, ["rank_group", "application"], last="served")
    away = _days(problem, ahead[~ahead["barred"]])
    return Queue(every, ahead, names, _excuses(ahead, away), away, ranked[["application", "column"]])


def _alone(problem: Problem) -> pd.DataFrame:
    """Journeys to one phase only, by number of people: when one would be away for it, and what that costs."""
    single = numbered(problem.journeys).merge(visited(problem)[["column", "phase"]], on="column")
    single = single[single["phases"] == 1]
    cost = single["fare"] + single["lodging"]
    return single.assign(cost=cost)[["firm", "phase", "people", "depart", "return", "cost"]]


def _facts(programme: Programme, every: pd.DataFrame) -> pd.DataFrame:
    """Adds what the programme says of each: teams, most phases and own money (-1: no limit), barred, may_stay_away."""
    barred, kept = barred_firms(programme), {q: may_stay_away(programme, q) for q in programme.phase}
    away = pd.MultiIndex.from_tuples(sorted(barred) or [("", "")])
    takers = _takers(programme, every)
    out = takers.assign(out=pd.MultiIndex.from_frame(takers[["sponsor", "phase"]]).isin(away))
    all_out = out.groupby("application")["out"].all()
    firm_out = pd.MultiIndex.from_frame(every[["firm", "phase"]]).isin(away)
    firms = programme.firm
    given = pd.MultiIndex.from_tuples(sorted(pinned_firms(programme)) or [("", "")])
    by_decision = pd.MultiIndex.from_frame(every[["firm", "phase"]]).isin(given)
    return every.assign(
        teams=_of(every, firms, lambda f: f.teams),
        most=_of(every, firms, lambda f: -1 if f.max_phases is None else f.max_phases),
        own=_of(every, firms, lambda f: -1 if f.own_money is None else to_fen(f.own_money)),
        barred=firm_out | every["application"].map(all_out).fillna(False).to_numpy(bool),
        pinned=by_decision | every["application"].isin(list(held(programme))).to_numpy(bool),
        leaves=every["phase"].map(kept).to_numpy(bool),
    )


def _of(every: pd.DataFrame, firms: dict[str, Firm], what: Callable[[Firm], int]) -> pd.Series:
    return every["firm"].map({firm_id: what(firm) for firm_id, firm in firms.items()}).astype("int64")


def _takers(programme: Programme, every: pd.DataFrame) -> pd.DataFrame:
    """One row per application and zone that may take its firm along."""
    recommended = {a.application_id: a.recommended_by for a in programme.applications}
    asked = every[["application", "zone", "phase"]].assign(by=every["application"].map(recommended).astype(object))
    routes = asked[["zone", "by"]].drop_duplicates()
    pairs = [
        (zone, by, s)
        for zone, by in zip(routes["zone"], routes["by"], strict=True)
        for s in sponsors(programme, zone, by)
    ]
    return asked.merge(pd.DataFrame(pairs, columns=["zone", "by", "sponsor"], dtype=object), on=["zone", "by"])


def _out(problem: Problem, ahead: pd.DataFrame) -> pd.DataFrame:
    """Journeys of each applicant's firm that do not go through the phase: `application`, `column`, `start`, `end`."""
    journeys = numbered(problem.journeys).rename(columns={"depart": "start", "return": "end"})
    met = ahead.merge(journeys[["firm", "column", "start", "end", "fare", "lodging"]], on="firm")
    there = visited(problem)[["column", "phase"]].assign(there=True)
    met = met.merge(there, on=["column", "phase"], how="left")
    return met[met["there"].isna()].drop(columns="there").reset_index(drop=True)


def _could_go_on(problem: Problem, out: pd.DataFrame) -> Bools:
    """Whether each journey could have taken the applicant's phase along: the firm has a journey with exactly that more."""
    visits, every = problem.visits, pd.Index(sorted(problem.programme.phase))
    phases = np.full((len(problem.journeys), LONGEST_CHAIN), -1, np.int64)
    places = visits["journey"].to_numpy(np.int64), visits["order"].to_numpy(np.int64)
    phases[places] = every.get_indexer(pd.Index(visits["phase"]))
    phases.sort(axis=1)  # so that the places that a shorter journey leaves free come first
    longer = phases[out["column"].to_numpy(np.int64)]
    full = longer[:, 0] >= 0
    longer[:, 0] = every.get_indexer(pd.Index(out["phase"]))
    longer.sort(axis=1)
    firms = pd.Index(sorted(problem.programme.firm))
    have = np.column_stack([firms.get_indexer(pd.Index(problem.journeys["firm"])), phases])
    want = np.column_stack([firms.get_indexer(pd.Index(out["firm"])), longer])
    found: Bools = pd.MultiIndex.from_arrays(list(want.T)).isin(pd.MultiIndex.from_arrays(list(have.T)))
    kept: Bools = found & ~full
    return kept


def _days(problem: Problem, ahead: pd.DataFrame) -> pd.DataFrame:
    """Journeys that keep a team away, on each day on which one begins (or the applicant would leave) while it would be away."""
    out = _out(problem, ahead)
    out = out[(out["start"] <= out["return"]) & (out["end"] >= out["depart"])]
    if out.empty:
        return out.assign(day=out["start"])
    out = out[~_could_go_on(problem, out)]
    days = out.assign(day=np.maximum(out["start"], out["depart"]))[["application", "day"]].drop_duplicates()
    met = days.merge(out[["application", "column", "start", "end", "teams"]], on="application")
    met = met[(met["start"] <= met["day"]) & (met["day"] <= met["end"])]
    return met[met.groupby(["application", "day"])["column"].transform("size") >= met["teams"]]


def _excuses(ahead: pd.DataFrame, away: pd.DataFrame) -> pd.DataFrame:
    open_ = ahead[~ahead["barred"]]
    kinds = {
        "busy": away[["application", "day"]].drop_duplicates(),
        "phases": open_[open_["most"] >= 0][["application"]].assign(day=0),
        "money": open_[open_["own"] >= 0][["application"]].assign(day=0),
        "absent": open_[open_["leaves"]][["application"]].assign(day=0),
    }
    made = pd.concat([frame.assign(kind=kind) for kind, frame in kinds.items()], ignore_index=True)
    made = made.sort_values(["application", "kind", "day"], kind="stable").reset_index(drop=True)
    made = made.assign(day=made["day"].astype("int64"))
    return made.reset_index(names="excuse")


def _given(queue: Queue, kind: str) -> pd.DataFrame:
    given = queue.excuses[queue.excuses["kind"] == kind].reset_index(drop=True).reset_index(names="row")
    return given.merge(queue.ahead.drop(columns=["served"]), on="application").sort_values("row", kind="stable")


def _busy(_: Problem, queue: Queue, sizes: Sizes) -> Rows:
    """teams × excuse <= journeys out on that day that neither go through the phase nor could have."""
    given = _given(queue, "busy")
    met = given[["row", "application", "day"]].merge(queue.away, on=["application", "day"])
    left: Entries = {OWN: [(given["row"], given["excuse"], given["teams"])]}
    return implies(told(given), left, {"journeys": [(met["row"], met["column"], 1)]}, sizes)


def _phases(problem: Problem, queue: Queue, sizes: Sizes) -> Rows:
    """most phases × excuse <= visits at other phases."""
    given = _given(queue, "phases")
    met = given[["row", "firm", "phase"]].merge(visited(problem), on="firm", suffixes=("", "_there"))
    met = met[met["phase"] != met["phase_there"]]
    left: Entries = {OWN: [(given["row"], given["excuse"], given["most"])]}
    return implies(told(given), left, {"journeys": [(met["row"], met["column"], 1)]}, sizes)


def _money(problem: Problem, queue: Queue, sizes: Sizes) -> Rows:
    """excuse: what else is spent >= own money - smallest place - journey + 1, in parts of a fen (`own_money.parts`)."""
    given, scale = _given(queue, "money"), parts(problem.programme)
    keys = given[["row", "firm", "application", "phase"]]
    stands = numbered(problem.participations)
    stands = stands.assign(cost=scale * stands[PARTICIPATION_COSTS].sum(axis=1))
    other = keys.merge(stands[["firm", "application", "column", "cost"]], on="firm", suffixes=("", "_other"))
    other = other[other["application"] != other["application_other"]]
    back, kept = _paid_elsewhere(problem, keys, "claims"), _paid_elsewhere(problem, keys, "cuts")
    out = given[["row", "application"]].merge(_out(problem, queue.ahead), on="application")
    # the most that claims can give back: added on both sides so that no excuse is asked for where nothing is spent
    claimed = back.groupby("row")["sure"].sum().reindex(given["row"], fill_value=0).to_numpy(np.int64)
    enough = np.maximum(scale * (given["own"] - given["least_cost"] - given["cost"]) + 1 + claimed, 0)
    left: Entries = {
        OWN: [(given["row"], given["excuse"], enough)],
        "claims": [(back["row"], back["column"], back["sure"])],
        "cuts": [(kept["row"], kept["column"], -kept["sure"])],
    }
    spent: Entries = {
        "participations": [(other["row"], other["column"], other["cost"])],
        "journeys": [(out["row"], out["column"], scale * (out["fare"] + out["lodging"]))],
    }
    rows = implies(told(given), left, spent, sizes)
    return Rows(rows.labels, rows.terms, rows.lower, claimed)


def _paid_elsewhere(problem: Problem, keys: pd.DataFrame, table: str) -> pd.DataFrame:
    """Claims of the firm at other phases, or their cuts, with `sure`, what it may count on of each (or of each fen).

    What is rounded over the year counts unrounded: its cut belongs to no phase.
    """
    rows = numbered(problem.table(table))
    rows = rows.assign(
        sure=rows["fund"].map(shares(problem.programme)).astype("int64") * (rows["amount"] if table == "claims" else 1)
    )
    met = keys.merge(rows[["firm", "phase", "column", "sure"]], on="firm", suffixes=("", "_other"))
    return met[(met["phase"] != met["phase_other"]) & (met["phase_other"] != "")]


def _absent(problem: Problem, queue: Queue, sizes: Sizes) -> Rows:
    """An excuse excludes each delegation there of a zone that could take the firm."""
    given = _given(queue, "absent")
    takers = _takers(problem.programme, queue.ahead)
    met = given[["excuse", "application", "kind", "day"]].merge(takers, on="application")
    met = met.merge(hosted(problem)[["column", "sponsor", "phase"]], on=["sponsor", "phase"])
    rows = np.arange(len(met))
    both: Entries = {OWN: [(rows, met["excuse"], 1)], "delegations": [(rows, met["column"], 1)]}
    return at_most(told(met), both, 1, sizes)


EXCUSES = {"busy": _busy, "phases": _phases, "money": _money, "absent": _absent}
