"""The score of every application at once: the vectorised twin of `rules.reckon.score`, and the order of places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.kinds import ApplicationState, Policy, Role
from fairplanner.domain.programme import Programme
from fairplanner.pose.allotted import queues
from fairplanner.pose.ground import Bools, Ground, Ints, firm_rows, phase_rows, positions
from fairplanner.rules.contract import SEPARATOR
from fairplanner.rules.helpers import groups
from fairplanner.rules.reckon.draws import drawn
from fairplanner.rules.reckon.score import EMERGING_BONUS, NO_MATCH, PREFERENCE_STEP
from fairplanner.rules.reckon.scores import total

Floats = NDArray[np.float64]
PARTS = ("sector", "market", "fair", "record", "preference")


def rounded(values: Floats, digits: int = 3) -> Floats:
    """Python's correct rounding of each distinct value (numpy's own scales first and can differ in the last digit)."""
    distinct, back = np.unique(values, return_inverse=True)
    return np.array([round(v, digits) for v in distinct.tolist()], dtype=np.float64)[back.reshape(values.shape)]


def incidence(sets: Sequence[Sequence[str]], words: dict[str, int]) -> Bools:
    """Which of the words each set holds: sets × words."""
    held = np.zeros((len(sets), len(words)), dtype=bool)
    pairs = [(row, words[word]) for row, one in enumerate(sets) for word in one]
    if pairs:
        held[tuple(np.array(pairs).T)] = True
    return held


def matches(left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> tuple[Bools, Bools]:
    """Whether each left set shares a word with each right set, and whether both hold any word at all."""
    words = {word: i for i, word in enumerate(sorted({w for one in (*left, *right) for w in one}))}
    a, b = incidence(left, words), incidence(right, words)
    shared = (a.astype(np.float32) @ b.astype(np.float32).T) > 0
    return shared, np.logical_and.outer(a.any(axis=1), b.any(axis=1))


def matched(left: Sequence[Sequence[str]], right: Sequence[Sequence[str]], at: Ints, to: Ints) -> tuple[Bools, Bools]:
    """`matches` of chosen pairs only, the left set `at` with the right set `to`; equal sets are compared once."""
    (lefts, own), (rights, other) = _distinct(left), _distinct(right)
    shared, known = matches(lefts, rights)
    return shared[own[at], other[to]], known[own[at], other[to]]


def _distinct(sets: Sequence[Sequence[str]]) -> tuple[list[tuple[str, ...]], Ints]:
    """The different sets, and which of them each is."""
    index: dict[tuple[str, ...], int] = {}
    at = [index.setdefault(tuple(one), len(index)) for one in sets]
    return list(index), np.array(at, dtype=np.int64)


def offered_sectors(programme: Programme, phase_id: str, section_id: str) -> tuple[str, ...]:
    """Sectors of the section where it names any, else of the fair."""
    section = programme.section.get(section_id)
    return section.sectors if section and section.sectors else programme.fair[programme.phase[phase_id].fair_id].sectors


def _match_shares(ground: Ground, rows: pd.DataFrame) -> tuple[Floats, Floats]:
    programme, firms = ground.programme, ground.people
    firm, phase = firm_rows(ground, rows), phase_rows(ground, rows)
    offer, offers = groups(rows, ["phase", "section"])
    offered = [offered_sectors(programme, *at) for at in offers.itertuples(index=False, name=None)]
    shared, known = matched([f.sectors for f in firms], offered, firm, offer)
    sector = np.where(known, np.where(shared, 1.0, NO_MATCH), 0.5)
    opened = [programme.markets_of(q) for q in ground.phases["phase"]]
    shared, known = matched([f.markets for f in firms], opened, firm, phase)
    market = np.where(known, np.where(shared, 0.75, NO_MATCH), 0.5)
    emerging = ground.phases["emerging"].to_numpy(dtype=bool)[phase]
    return sector, market + np.where(emerging, EMERGING_BONUS, 0.0)


def part_points(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """Points of each part of the formula, one column a part, one row an application."""
    weights = ground.programme.settings.score
    sector, market = _match_shares(ground, rows)
    firm, phase = firm_rows(ground, rows), phase_rows(ground, rows)
    shares = {
        "sector": sector,
        "market": market,
        "fair": ground.phases["weight"].to_numpy(dtype=np.float64)[phase],
        "record": ground.firms["record"].to_numpy(dtype=np.float64)[firm],
        "preference": np.maximum(0.0, 1 - PREFERENCE_STEP * (rows["preference"].to_numpy(dtype=np.int64) - 1)),
    }
    return pd.DataFrame({part: rounded(getattr(weights, part) * shares[part]) for part in PARTS}, index=rows.index)


def sheet_totals(ground: Ground, rows: pd.DataFrame) -> Floats:
    """Total of the score sheet of each application (that of its section, else of the whole phase); NaN where it has none."""
    sheets = ground.programme.by_firm.sheets
    keys = pd.MultiIndex.from_tuples(sorted(sheets) or [("", "", "")])
    totals = np.array([*(total(sheets[key]) for key in sorted(sheets)), np.nan], dtype=np.float64)
    if not sheets:
        return np.full(len(rows), np.nan)
    own = keys.get_indexer(pd.MultiIndex.from_frame(rows[["firm", "phase", "section"]]))
    whole = keys.get_indexer(pd.MultiIndex.from_frame(rows[["firm", "phase"]].assign(section="")))
    found: Floats = totals[np.where(own >= 0, own, whole)]
    return found


def scored(ground: Ground, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The applications with `score` (out of 100), and the frame `parts` (a score sheet or a given score stands alone)."""
    points = part_points(ground, rows)
    sheets = sheet_totals(ground, rows)
    given = np.where(np.isnan(sheets), rows["given"].to_numpy(dtype=np.float64), sheets)
    by_formula = np.isnan(given)
    total = np.where(by_formula, points.to_numpy().sum(axis=1), given)
    long = points.loc[by_formula].assign(application=rows.loc[by_formula, "application"])
    long = long.melt(id_vars="application", var_name="part", value_name="points")
    kind = np.where(np.isnan(sheets), "given", "sheet")
    alone = pd.DataFrame(
        {"application": rows.loc[~by_formula, "application"], "part": kind[~by_formula], "points": given[~by_formula]}
    )
    parts = pd.concat([long, alone], ignore_index=True).sort_values("application", kind="stable")
    return rows.assign(score=rounded(total)), parts.reset_index(drop=True)


def quota_zones(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """Nearest zone above each applicant with a quota for its phase and section, else the root."""
    programme = ground.programme
    above = [(z, up, depth) for z in programme.zone for depth, up in enumerate(programme.zones_above(z))]
    keys = rows[["application", "phase", "section"]].assign(zone=rows["zone"])
    climbed = keys.merge(pd.DataFrame(above, columns=["zone", "up", "depth"]), on="zone")
    quotas = pd.DataFrame(
        [(q.phase_id, q.section_id, q.zone_id) for q in programme.quotas], columns=["phase", "at", "up"]
    )
    met = climbed.merge(quotas.drop_duplicates(), on=["phase", "up"])
    met = met[(met["at"] == "") | (met["at"] == met["section"])].sort_values(["application", "depth"], kind="stable")
    nearest = met.drop_duplicates("application")
    found = positions(rows["application"], nearest["application"])
    zones = np.append(nearest["up"].to_numpy(dtype=object), programme.settings.root)
    return pd.Series(zones[found], index=rows.index, dtype=object)


def ranked(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """Participations with `rank_group` and `rank` of their application, one place after the other where an order rules.

    Exhibitors only, invitations never; group and order are those of `rules.reckon.score.quota_zone` and `order_key`.
    """
    apps = rows.drop_duplicates("application").reset_index(drop=True)
    phase = phase_rows(ground, apps)
    policy = ground.phases["policy"].to_numpy(dtype=object)[phase]
    ruled = (policy != Policy.OPTIMISE.value) & (apps["role"] == Role.EXHIBIT.value) & ~apps["invited"]
    apps = apps.assign(first=policy == Policy.FIRST_CONFIRMED.value, lot=policy == Policy.LOTTERY.value)[ruled]
    group = apps["phase"] + SEPARATOR + apps["section"].replace("", "*") + SEPARATOR + quota_zones(ground, apps)
    group = group + queues(ground.programme, apps)
    ordered = in_order(ground, apps.assign(rank_group=group))
    place = ordered.assign(rank=ordered.groupby("rank_group", sort=False).cumcount() + 1)
    joined = rows.merge(place[["application", "rank_group", "rank"]], on="application", how="left")
    return joined.assign(
        rank_group=joined["rank_group"].astype(object).fillna(""), rank=joined["rank"].fillna(0).astype("int64")
    )


def in_order(ground: Ground, apps: pd.DataFrame) -> pd.DataFrame:
    """Applications sorted by group and by the order of places, the reserve list last.

    `first`: by date received before score; `lot`: by draw.
    """
    exports = ground.firms["exports"].to_numpy(dtype=np.float64)[firm_rows(ground, apps)]
    received, score = apps["received"].to_numpy(dtype=np.float64), apps["score"].to_numpy(dtype=np.float64)
    first = apps["first"].to_numpy(dtype=bool)
    keyed = apps.assign(_a=np.where(first, received, -score), _b=np.where(first, -score, 0.0), _c=-exports)
    keyed = keyed.assign(_behind=apps["state"] == ApplicationState.RESERVE.value)
    by = ["rank_group", "_behind", "_lot", "_a", "_b", "_c", "received", "firm", "section"]
    return keyed.assign(_lot=tickets(ground, apps)).sort_values(by, kind="stable")


def tickets(ground: Ground, apps: pd.DataFrame) -> pd.Series:
    """What the draw gives each application (one hash each, for those of lotteries only); '' for the others."""
    drawn_ones = apps[apps["lot"]]
    named = drawn_ones[["phase", "section", "application"]].itertuples(index=False, name=None)
    given = pd.Series([drawn(ground.programme, *at) for at in named], index=drawn_ones.index, dtype=object)
    return given.reindex(apps.index, fill_value="")
