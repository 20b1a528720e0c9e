"""Supported visits of a Problem under one limit on turns, and the rows that count them (`claim_counts` says what is kept)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from fairplanner.domain.packs import Limit
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import Block, Columns, Rows
from fairplanner.rules.helpers import Entries, at_most, groups, labels_of, widths
from fairplanner.rules.names import Names, picked
from fairplanner.rules.reckon.coupled import group_keys, last_day, past_visits
from fairplanner.rules.reckon.limits import market_key, months_before, owner_of
from fairplanner.rules.tables import Problem
from fairplanner.rules.units import Units, by_phase, supported, units

EVER = date.max.toordinal()
VISIT = ["owner", "firm", "phase"]


@dataclass(frozen=True)
class Counted:
    """Visits under a limit (`visits`); `points`: one row per group and end of a window, with how many visits of the plan are
    `allowed`, how many `more` if markets differ, and its `switch` (-1: none); `within`: visit × point; `markets`: point ×
    market that it may open twice, or that is not known, with visits it `could` have and past ones (`before`).
    Points that cannot bind, and visits in none, are left out."""

    visits: Units
    points: pd.DataFrame
    within: pd.DataFrame
    markets: pd.DataFrame
    spread: Block
    sizes: dict[Block, int]

    def columns(self) -> Iterable[Columns]:
        """The visits, and the switches of points at which more are allowed."""
        yield self.visits.columns()
        switches = self._switches()
        yield Columns(self.spread[1], switches, np.ones(len(switches), np.int64))

    def rows(self) -> Iterator[Rows]:
        """visits - more × spread <= allowed; a switch is 1 only where no market is opened twice."""
        yield from self.visits.ties(self.sizes)
        switched = self._open()
        counted: Entries = {
            self.visits.block: [(self.within["point"], self.within["visit"], 1)],
            self.spread: [(switched["point"], switched["switch"], -switched["more"])],
        }
        yield at_most(labels_of(self.points, ["label"]), counted, self.points["allowed"], self.sizes)
        yield from self._differ(switched)

    def _open(self) -> pd.DataFrame:
        return self.points[self.points["switch"] >= 0]

    def _switches(self) -> Names:
        return labels_of(self._open(), ["label", "end"], first=self.spread[1])

    def _differ(self, switched: pd.DataFrame) -> Iterator[Rows]:
        """At a market: visits + (those that could be + past - 1) × spread <= those that could be; and, tighter in a relaxation,
        visits + (allowed - what one visit leaves) × spread <= allowed, which follows from it."""
        m = self.markets.merge(switched[["point", "switch", "allowed", "label"]], on="point").reset_index(names="row")
        at = m[["row", "point", "market"]].merge(self.within, on=["point", "market"])
        here = {self.visits.block: [(at["row"], at["visit"], 1)]}
        known, switches = (m["market"] != "").astype("int64"), self._switches()
        by = m["could"] + m["before"] - known
        yield at_most(
            picked(switches, m["switch"]), here | {self.spread: [(m["row"], m["switch"], by)]}, m["could"], self.sizes
        )
        tight = m["allowed"] - (known - m["before"]).clip(lower=0)
        told = labels_of(m, ["label"])
        yield at_most(told, here | {self.spread: [(m["row"], m["switch"], tight)]}, m["allowed"], self.sizes)


def counted(key: str, problem: Problem, limit: Limit) -> Counted:
    """What a limit on turns counts in a problem."""
    programme = problem.programme
    claims = supported(problem, limit.subsidies, limit.firms)
    owners = {f.firm_id: owner_of(programme, limit, f.firm_id) for f in programme.firms}
    claims = claims.assign(owner=claims["firm"].map(owners).astype(object))
    visit, frame = groups(claims, VISIT)
    frame = _described(programme, limit, frame)
    keys = ["owner", *(f"in {each}" for each in limit.each)]
    frame["group"], told = groups(frame, keys)
    told = told.assign(limit=limit.limit_id).reset_index(names="group")
    told = told.assign(label=list(labels_of(told, ["limit", *keys])))
    past = _past(programme, limit, told)
    points = _points(limit, told, frame, past).reset_index(drop=True).reset_index(names="point")
    points, could, before = _binding(limit, points, frame, past)
    bound = np.isin(visit, could["visit"].to_numpy(np.int64))
    visits = units(key, f"visit {limit.limit_id}", "claims", claims[bound], VISIT)
    numbers = np.searchsorted(np.unique(could["visit"].to_numpy(np.int64)), could["visit"].to_numpy(np.int64))
    spread: Block = (key, f"spread {limit.limit_id}")
    sizes = widths(problem, {visits.block: len(visits), spread: int((points["switch"] >= 0).sum())})
    return Counted(visits, points, could.assign(visit=numbers), _markets(could, before), spread, sizes)


def _described(programme: Programme, limit: Limit, visits: pd.DataFrame) -> pd.DataFrame:
    """Visits with their number, last fair day, market and the limit's group keys."""
    keys = {q: group_keys(programme, limit, q) for q in sorted(set(visits["phase"]))}
    said = {
        f"in {each}": visits["phase"].map({q: own[n] for q, own in keys.items()}) for n, each in enumerate(limit.each)
    }
    days = by_phase(visits, lambda q: last_day(programme, q).toordinal()).astype("int64")
    markets = by_phase(visits, partial(market_key, programme))
    return visits.assign(visit=np.arange(len(visits)), day=days, market=markets, **said)


def _past(programme: Programme, limit: Limit, told: pd.DataFrame) -> pd.DataFrame:
    """Past visits of each group (`group`, `day`, `market`)."""
    then = [f"{each} then" for each in limit.each]
    rows = [(v.owner, v.day.toordinal(), v.market, *v.keys) for v in past_visits(programme, limit)]
    met = told.merge(pd.DataFrame(rows, columns=["owner", "day", "opens", *then], dtype=object), on="owner")
    for each, past in zip(limit.each, then, strict=True):
        met = met[met[past].isna() | (met[past] == met[f"in {each}"])]
    return pd.DataFrame({"group": met["group"], "day": met["day"].astype("int64"), "market": met["opens"]})


def _points(limit: Limit, told: pd.DataFrame, visits: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """Group × window (`first` < day <= `end`): one ends with every visit and past row; one for ever where there are none."""
    if "window" not in limit.each:
        return told[["group", "label"]].assign(first=0, end=EVER)
    ends = pd.concat([visits[["group", "day"]], past[["group", "day"]]]).drop_duplicates().sort_values(["group", "day"])
    begins = {
        d: months_before(date.fromordinal(d), limit.window_months or 0).toordinal() for d in sorted(set(ends["day"]))
    }
    made = ends.assign(first=ends["day"].map(begins)).rename(columns={"day": "end"})
    return made.merge(told[["group", "label"]], on="group").astype({"first": "int64", "end": "int64"})


def _in_points(points: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    met = points[["point", "group", "first", "end"]].merge(days, on="group")
    return met[(met["first"] < met["day"]) & (met["day"] <= met["end"])]


def _binding(
    limit: Limit, points: pd.DataFrame, visits: pd.DataFrame, past: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Points with more visits than are allowed, numbered anew; the visits and past visits in each."""
    could, before = _in_points(points, visits), _in_points(points, past)
    some, gone = (f.groupby("point").size().reindex(points["point"], fill_value=0).to_numpy() for f in (could, before))
    most, differ = int(limit.most), max(int(limit.most), limit.most_if_markets_differ or 0)
    allowed = np.maximum(0, most - gone)
    more = np.maximum(0, differ - gone) - allowed
    kept = some > allowed
    numbers = np.cumsum(kept) - 1
    points = points.assign(allowed=allowed, more=more, point=numbers)[kept].reset_index(drop=True)
    points["switch"] = np.where(points["more"] > 0, np.cumsum(points["more"] > 0) - 1, -1)
    could, before = (f[kept[f["point"].to_numpy(np.int64)]] for f in (could, before))
    could, before = (f.assign(point=numbers[f["point"].to_numpy(np.int64)]) for f in (could, before))
    return points, could.reset_index(drop=True), before


def _markets(could: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Point × market that may be opened twice there, or is not known: visits that `could` be, and past ones (`before`)."""
    both = pd.concat([could.assign(could=1, before=0), before.assign(could=0, before=1)])
    made = both.groupby(["point", "market"], as_index=False)[["could", "before"]].sum()
    return made[(made["could"] + made["before"] > 1) | (made["market"] == "")].reset_index(drop=True)
