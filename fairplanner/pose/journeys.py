"""Journeys of firms: every chain of one to three phases that one team can do between leaving home and coming back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import Role
from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme
from fairplanner.pose.exact import fen, scaled
from fairplanner.pose.ground import Ints
from fairplanner.pose.participations import cost_points
from fairplanner.rules.helpers import groups
from fairplanner.rules.reckon.dates import occupied
from fairplanner.rules.reckon.money import night_in
from fairplanner.rules.reckon.travel import arrives_on, home_on, journey_hours_and_fare, leave_by

LONGEST_CHAIN = 3
NONE = -1
MONTHS = range(1, 13)
CHAIN = ["firm", "home", "n0", "n1", "n2", "people", "asked"]


@dataclass(frozen=True)
class Nodes:
    """Phase × role as firms use them: `rows` has phase, role, place, first, last (ordinals).

    `nights` (nodes × 12): lodging of a night there in each month, whole numbers over `night_scale`.
    """

    rows: pd.DataFrame
    reach: pd.DataFrame
    nights: Ints
    night_scale: int


def firm_nodes(participations: pd.DataFrame) -> pd.DataFrame:
    """One row a firm and phase: the role with the longest presence (exhibit where any exhibits)."""
    exhibits = (participations["role"] == Role.EXHIBIT.value).rename("exhibits")
    rows = participations[["firm", "home", "phase"]].assign(exhibits=exhibits)
    rows = rows.groupby(["firm", "home", "phase"], as_index=False).agg(exhibits=("exhibits", "max"))
    return rows.assign(role=np.where(rows["exhibits"], Role.EXHIBIT.value, Role.VISIT.value)).drop(columns="exhibits")


def with_sizes(used: pd.DataFrame, participations: pd.DataFrame) -> pd.DataFrame:
    """Nodes × `people` with whom the firm may be there: every number that one of its places anywhere asks for, from the
    smallest of this phase's own on; `asked`: this phase itself has a place for so many."""
    own = participations[["firm", "phase", "people"]].drop_duplicates().assign(asked=True)
    least = own.groupby(["firm", "phase"], as_index=False).agg(least=("people", "min"))
    sizes = own[["firm", "people"]].drop_duplicates()
    rows = used.merge(least, on=["firm", "phase"]).merge(sizes, on="firm")
    rows = rows[rows["people"] >= rows["least"]].drop(columns="least")
    rows = rows.merge(own, on=["firm", "phase", "people"], how="left")
    return rows.assign(asked=rows["asked"].notna()).sort_values(["firm", "phase", "people"], kind="stable")


def nodes_of(programme: Programme, used: pd.DataFrame) -> Nodes:
    """The nodes that occur, sorted by first day, and which can follow which."""
    spans = [
        (phase, role, programme.phase[phase].place_id, *(d.toordinal() for d in occupied(programme, phase, Role(role))))
        for phase, role in used[["phase", "role"]].drop_duplicates().itertuples(index=False, name=None)
    ]
    rows = pd.DataFrame(spans, columns=["phase", "role", "place", "first", "last"])
    rows = rows.sort_values(["first", "phase", "role"], kind="stable").reset_index(drop=True)
    nights, scale = scaled([night_in(programme, place, month) for place in rows["place"] for month in MONTHS])
    return Nodes(rows, _reach(programme, rows), nights.reshape(-1, len(MONTHS)), scale)


def _reach(programme: Programme, rows: pd.DataFrame) -> pd.DataFrame:
    """Pairs of nodes that one team can attend one straight after the other: the twin of `reckon.dates.can_chain`."""
    first, last = rows["first"].to_numpy(dtype=np.int64), rows["last"].to_numpy(dtype=np.int64)
    gap = np.array([programme.profile(q).most_gap_days for q in rows["phase"].tolist()], dtype=np.int64)
    wait = first[None, :] - last[:, None] - 1
    a, b = np.nonzero((wait >= 0) & (wait <= np.minimum(gap[:, None], gap[None, :])))
    codes, names = pd.factorize(rows["place"])
    legs = pd.DataFrame({"from": codes[a], "to": codes[b], "last": last[a]})
    at, leg = groups(legs, ["from", "to", "last"])
    known = [
        date.min if x == y else arrives_on(programme, names[x], names[y], date.fromordinal(day + 1))
        for x, y, day in leg.itertuples(index=False, name=None)
    ]
    there = np.array([day.toordinal() for day in known], dtype=np.int64)
    met = there[at] < first[b]
    return pd.DataFrame({"a": a[met], "b": b[met]}, dtype="int64")


def chains(nodes: Nodes, used: pd.DataFrame) -> pd.DataFrame:
    """Every chain of each firm with each number of people: firm, home, n0, n1, n2 (NONE where shorter), people, asked
    (one of its phases has a place for exactly so many)."""
    own = used[["firm", "home", "node", "people", "asked"]]
    alone = own.rename(columns={"node": "n0"}).assign(n1=NONE, n2=NONE)
    levels, last = [alone], alone
    for step in range(1, LONGEST_CHAIN):
        onward = last.merge(nodes.reach.rename(columns={"a": f"n{step - 1}", "b": "node"}), on=f"n{step - 1}")
        met = onward.merge(own.rename(columns={"asked": "also"}), on=["firm", "home", "node", "people"])
        last = met.assign(**{f"n{step}": met["node"], "asked": met["asked"] | met["also"]})[CHAIN]
        levels.append(last)
    return pd.concat([level[CHAIN] for level in levels], ignore_index=True)


def _last_node(rows: pd.DataFrame) -> Ints:
    n0, n1, n2 = (rows[c].to_numpy(dtype=np.int64) for c in ("n0", "n1", "n2"))
    return np.where(n2 != NONE, n2, np.where(n1 != NONE, n1, n0))


def with_dates(programme: Programme, nodes: Nodes, rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `end` (last node), `depart` and `return`: reckoned once for each home and node."""
    rows = rows.assign(end=_last_node(rows))
    out = rows[["home", "n0"]].drop_duplicates()
    back = rows[["home", "end"]].drop_duplicates()
    place, first, last = nodes.rows["place"], nodes.rows["first"], nodes.rows["last"]
    leaves = [
        leave_by(programme, h, place[n], date.fromordinal(int(first[n])))
        for h, n in out.itertuples(index=False, name=None)
    ]
    comes = [
        home_on(programme, place[n], h, date.fromordinal(int(last[n])))
        for h, n in back.itertuples(index=False, name=None)
    ]
    rows = rows.merge(out.assign(depart=[d.toordinal() for d in leaves]), on=["home", "n0"], how="left")
    rows = rows.merge(back.assign(**{"return": [d.toordinal() for d in comes]}), on=["home", "end"], how="left")
    return rows.astype({"depart": "int64", "return": "int64"})


def with_fares(programme: Programme, nodes: Nodes, rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `fare` in fen: half of each leg's return fare × people, legs reckoned once for each pair of places."""
    place = np.append(nodes.rows["place"].to_numpy(dtype=object), "")
    home = rows["home"].to_numpy(dtype=object)
    stops = [home, *(place[rows[c].to_numpy(dtype=np.int64)] for c in ("n0", "n1", "n2"))]
    legs, here = [], home
    for there in stops[1:]:
        legs.append(pd.DataFrame({"a": here, "b": np.where(there == "", here, there)}))
        here = legs[-1]["b"].to_numpy(dtype=object)
    legs.append(pd.DataFrame({"a": here, "b": home}))
    pairs = pd.concat(legs).drop_duplicates().reset_index(drop=True)
    fares, scale = scaled(
        [journey_hours_and_fare(programme, a, b)[1] for a, b in pairs.itertuples(index=False, name=None)]
    )
    index = pd.MultiIndex.from_frame(pairs)
    total = sum(fares[index.get_indexer(pd.MultiIndex.from_frame(leg))] for leg in legs)
    return rows.assign(fare=fen(total * rows["people"].to_numpy(dtype=np.int64), 2 * scale))


def with_lodging(nodes: Nodes, rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `lodging` in fen: nights between leaving and coming back × people, each at the dearest city then; none at home."""
    place = np.append(nodes.rows["place"].to_numpy(dtype=object), "")
    home, columns = rows["home"].to_numpy(dtype=object), [rows[c].to_numpy(dtype=np.int64) for c in ("n0", "n1", "n2")]
    away = np.logical_or.reduce([(c != NONE) & (place[c] != home) for c in columns])
    depart, back = rows["depart"].to_numpy(dtype=np.int64), rows["return"].to_numpy(dtype=np.int64)
    owed = np.zeros(len(rows), dtype=np.int64)
    for first, end, month in seasons(nodes.nights, depart, back):
        night = np.append(nodes.nights[:, month - 1], 0)
        nights = np.clip(np.minimum(back, end) - np.maximum(depart, first), 0, None)
        owed = owed + np.maximum.reduce([night[c] for c in columns]) * nights
    people = rows["people"].to_numpy(dtype=np.int64)
    return rows.assign(lodging=fen(np.where(away, owed, 0) * people, nodes.night_scale))


def seasons(nights: Ints, depart: Ints, back: Ints) -> list[tuple[int, int, int]]:
    """Spans (first day, day after the last, a month of it) between all journeys' ends in which no city changes its rate."""
    if not len(depart):
        return []
    first, last = date.fromordinal(int(depart.min())), date.fromordinal(int(back.max()))
    months = [(m // 12, m % 12 + 1) for m in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]
    runs = [list(run) for _, run in groupby(months, key=lambda month: nights[:, month[1] - 1].tolist())]
    starts = [date(*run[0], 1).toordinal() for run in runs]
    return [(a, b, run[0][1]) for a, b, run in zip(starts, [*starts[1:], last.toordinal() + 1], runs, strict=True)]


def with_saving(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `saved` (fen against the same people going home between); drops chains that save nothing and numbers of people
    for whom none of a journey's phases has a place."""
    cost = rows["fare"] + rows["lodging"]
    single = rows["n1"] == NONE
    alone = pd.DataFrame({"firm": rows["firm"], "people": rows["people"], "node": rows["n0"], "cost": cost})[single]
    apart = np.zeros(len(rows), dtype=np.int64)
    for column in ("n0", "n1", "n2"):
        sought = rows[["firm", "people", column]].rename(columns={column: "node"})
        sought = sought.merge(alone, on=["firm", "people", "node"], how="left")
        apart = apart + sought["cost"].fillna(0).to_numpy(dtype=np.int64)
    saved = np.where(single, 0, apart - cost.to_numpy(dtype=np.int64))
    offered = rows["asked"].to_numpy(dtype=bool) & (single.to_numpy(dtype=bool) | (saved > 0))
    return rows.assign(saved=saved)[offered]


def named(nodes: Nodes, rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `journey` (`firm:phase+phase*people`) and `phases` (how many), sorted by id."""
    phase = np.append(nodes.rows["phase"].to_numpy(dtype=object), "")
    text = rows["firm"] + ":" + phase[rows["n0"].to_numpy(dtype=np.int64)]
    for column in ("n1", "n2"):
        more = pd.Series(phase[rows[column].to_numpy(dtype=np.int64)], index=rows.index)
        text = text + more.where(more == "", "+" + more)
    count = 1 + (rows["n1"] != NONE).astype("int64") + (rows["n2"] != NONE).astype("int64")
    return (
        rows.assign(journey=text + "*" + rows["people"].astype(str), phases=count)
        .sort_values("journey", kind="stable")
        .reset_index(drop=True)
    )


def visits_of(nodes: Nodes, rows: pd.DataFrame) -> pd.DataFrame:
    """One row a journey and phase, in order from 0."""
    phase = nodes.rows["phase"].to_numpy(dtype=object)
    frames = []
    for order, column in enumerate(("n0", "n1", "n2")):
        here = rows[rows[column] != NONE]
        at = phase[here[column].to_numpy(dtype=np.int64)]
        frames.append(pd.DataFrame({"journey": here.index, "order": order, "firm": here["firm"], "phase": at}))
    return pd.concat(frames, ignore_index=True).sort_values(["journey", "order"], kind="stable")


def journeys(
    programme: Programme, participations: pd.DataFrame, asked: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames `journeys` and `visits`, to phases of `participations`; rows carry `home`.

    A firm's presence and numbers of people are those of all it has `asked` there, even where nobody can take one of them
    along.
    """
    used = firm_nodes(asked).merge(participations[["firm", "phase"]].drop_duplicates(), on=["firm", "phase"])
    nodes = nodes_of(programme, used)
    numbers = nodes.rows[["phase", "role"]].assign(node=np.arange(len(nodes.rows)))
    used = used.merge(numbers, on=["phase", "role"], how="left")
    rows = with_dates(programme, nodes, chains(nodes, with_sizes(used, asked)))
    rows = with_saving(with_lodging(nodes, with_fares(programme, nodes, rows)))
    rows = named(nodes, rows)
    cost = (rows["fare"] + rows["lodging"]).to_numpy(dtype=np.int64)
    return rows.assign(gain=-cost_points(programme, cost)), visits_of(nodes, rows)


def without_lodging(programme: Programme, rows: pd.DataFrame, visits: pd.DataFrame) -> list[Excluded]:
    """Cities away from home for which `stays` has no row: lodging there counts as 0. One entry a city, with the first of its
    phases; `count`: firms that may travel there."""
    known = {stay.place_id for stay in programme.stays}
    place = visits["phase"].map({q.phase_id: q.place_id for q in programme.phases}).astype(object)
    home = rows["home"].to_numpy(dtype=object)[visits["journey"].to_numpy(dtype=np.int64)]
    unknown = visits.assign(place=place)[(place != home) & ~place.isin(known)]
    if unknown.empty:
        return []
    told = unknown.groupby("place", as_index=False).agg(phase=("phase", "min"), firms=("firm", "nunique"))
    return [
        Excluded(kind="journey", rule="lodging-unknown", phase_id=phase, count=int(firms), facts=(("place", city),))
        for city, phase, firms in told.itertuples(index=False, name=None)
    ]
