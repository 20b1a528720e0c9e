"""Claims: package × subsidy × turn or level, and journey × phase × subsidy, each with what the subsidy gives on it alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fairplanner.domain.packs import Subsidy
from fairplanner.domain.plan import Excluded
from fairplanner.pose.eligibility import Fitting, fitting
from fairplanner.pose.entitlements import entitlements
from fairplanner.pose.ground import Ground, Ints
from fairplanner.pose.turns import with_turns
from fairplanner.rules.reckon.points import FEN_PER_1000, milli
from fairplanner.rules.tables import SCHEMAS

PAIR = ["firm", "phase"]


def claims(
    ground: Ground, rows: pd.DataFrame, journeys: pd.DataFrame, visits: pd.DataFrame
) -> tuple[pd.DataFrame, list[Excluded]]:
    """The frame `claims` over the rows of `participations` and `journeys`, sorted by id; and what stood in the way of others
    that a firm can do something about."""
    made, told = [], []
    for subsidy in ground.programme.subsidy.values():
        found = fitting(ground, subsidy, rows)
        told += _told(subsidy, rows, found)
        fit = rows[found.fits]
        owners = _visited(fit, journeys, visits) if subsidy.on_journeys else fit
        made.append(_claims_under(ground, subsidy, owners))
    if not made:
        return pd.DataFrame(columns=list(SCHEMAS["claims"])), told
    every = pd.concat(made, ignore_index=True)
    gain = (
        every["amount"].to_numpy(dtype=np.int64) * milli(ground.programme.settings.value.claim_per_1000) // FEN_PER_1000
    )
    return every.assign(gain=gain).sort_values("claim", kind="stable").reset_index(drop=True), told


def _visited(fit: pd.DataFrame, journeys: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Journeys × their phases at which the firm has a place that fits; the index is that of `journeys`."""
    there = visits[["journey", *PAIR]].merge(fit[PAIR].drop_duplicates(), on=PAIR)
    own = journeys[["journey", "people", "phases", "fare", "lodging"]].rename(columns={"journey": "name"})
    return there.join(own, on="journey").set_index("journey", drop=True)


def _claims_under(ground: Ground, subsidy: Subsidy, owners: pd.DataFrame) -> pd.DataFrame:
    """Claims of one subsidy on packages, or on journeys × phases, that fall under it."""
    timed = owners.reset_index(names="owner").merge(with_turns(ground, subsidy, owners), on=PAIR)
    if timed.empty:
        return pd.DataFrame(columns=list(SCHEMAS["claims"]))
    posed = range(int(timed["low"].min()), int(timed["high"].max()) + 1)
    levels = range(1, len(subsidy.menu) + 1) if subsidy.menu else (0,)
    return pd.concat([_of_step(ground, subsidy, timed, turn, level) for turn in posed for level in levels])


def _of_step(ground: Ground, subsidy: Subsidy, timed: pd.DataFrame, turn: int, level: int) -> pd.DataFrame:
    here = timed[(timed["low"] <= turn) & (turn <= timed["high"])]
    here = here.assign(amount=entitlements(ground, subsidy, here, turn, level))
    here = here[here["amount"] > 0]
    owner, none = here["owner"].to_numpy(dtype=np.int64), np.full(len(here), -1)
    name = here["name"] + "/" + here["phase"] if subsidy.on_journeys else here["participation"]
    ends = f"${subsidy.subsidy_id}" + (f"@{turn}" if turn else "") + (f"%{level}" if level else "")
    return here[[*PAIR, "amount"]].assign(
        claim=name + ends, participation=none if subsidy.on_journeys else owner, turn=turn, level=level,
        journey=owner if subsidy.on_journeys else none, subsidy=subsidy.subsidy_id, fund=subsidy.fund_id,
    )  # fmt: skip


def most_paid_back(ground: Ground, rows: pd.DataFrame) -> Ints:
    """The most that all subsidies together could pay back on each package, at any turn and level, in fen."""
    most = np.zeros(len(rows), dtype=np.int64)
    for subsidy in ground.programme.subsidy.values():
        if not subsidy.on_journeys:
            at = np.flatnonzero(fitting(ground, subsidy, rows).fits)
            most[at] += most_entitled(ground, subsidy, rows.iloc[at])
    return most


def most_entitled(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame) -> Ints:
    """The most that any turn or level gives on each row, in fen."""
    turns = range(1, len(subsidy.turns) + 1) if subsidy.turns and not subsidy.menu else (0,)
    levels = range(1, len(subsidy.menu) + 1) if subsidy.menu else (0,)
    every = [entitlements(ground, subsidy, rows, turn, level) for turn in turns for level in levels]
    most: Ints = np.maximum.reduce(every)
    return most


def _told(subsidy: Subsidy, rows: pd.DataFrame, found: Fitting) -> list[Excluded]:
    """One entry a firm and reason, with the first phase; `count`: phases for which the firm could have done something.

    Applications only: an invited firm has not had the chance. Not where another application of the firm there fits.
    """
    asked = (found.told != "") & ~rows["invited"].to_numpy(dtype=bool)
    if not asked.any():
        return []
    pairs = pd.MultiIndex.from_frame(rows[PAIR])
    asked &= ~pairs.isin(pairs[found.fits])
    told = rows[asked].assign(why=found.told[asked])
    sums = told.groupby(["firm", "zone", "why"], as_index=False).agg(phase=("phase", "min"), count=("phase", "nunique"))
    return [
        Excluded(kind="claim", rule="claims", firm_id=firm, zone_id=zone, phase_id=phase, count=int(count),
                 facts=(("reason", why), ("subsidy", subsidy.subsidy_id)))
        for firm, zone, why, phase, count in sums.itertuples(index=False, name=None)
    ]  # fmt: skip
