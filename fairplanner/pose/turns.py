"""Which turns (第几次) a firm's visits can be: the vectorised twin of `rules.reckon.turns.posed_turns`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fairplanner.domain.packs import Subsidy
from fairplanner.pose.ground import NEVER, Ground, Ints, positions


def with_turns(ground: Ground, subsidy: Subsidy, visits: pd.DataFrame) -> pd.DataFrame:
    """Distinct firm × phase pairs of `visits` with `low` and `high`: first and last turn that a claim there can be.

    0 and 0 where the rate does not hang on the turn; the last step of `turns` stands for itself and all later ones. Pairs
    whose turns are used up are left out.
    """
    pairs = visits[["firm", "phase"]].drop_duplicates().reset_index(drop=True)
    if not subsidy.turns and subsidy.most_turns is None:
        return pairs.assign(low=0, high=0)
    at = positions(pairs["phase"], ground.phases["phase"])
    known = {name: ground.phases[name].to_numpy()[at] for name in ("fair", "start")}
    pairs = pairs.assign(**known)
    keys = ["firm", "fair"] if subsidy.turn_of == "fair" else ["firm"]
    past = _past(ground, subsidy, pairs, keys)
    most = past + _places(ground, subsidy, pairs, keys)
    if subsidy.most_turns is not None:
        most = most.clip(max=subsidy.most_turns)
    last = len(subsidy.turns)
    made = pairs[["firm", "phase"]].assign(low=(past + 1).clip(max=last), high=most.clip(max=last))
    return made[most > past]


def _past(ground: Ground, subsidy: Subsidy, pairs: pd.DataFrame, keys: list[str]) -> Ints:
    """Visits of the ledger under the subsidy, before the first fair day of each pair."""
    own = {
        (r.firm_id, r.fair_id, r.on.toordinal()) for r in ground.programme.ledger if r.subsidy_id == subsidy.subsidy_id
    }
    ledger = pd.DataFrame(sorted(own), columns=["firm", "fair", "on"]).astype({"on": "int64"})
    met = pairs[[*keys, "start"]].reset_index(names="row").merge(ledger[[*keys, "on"]], on=keys)
    counted = met[met["on"] < met["start"]].groupby("row").size()
    return np.asarray(counted.reindex(pairs.index, fill_value=0), dtype=np.int64)


def _places(ground: Ground, subsidy: Subsidy, pairs: pd.DataFrame, keys: list[str]) -> Ints:
    """The latest place in the order that each pair can have among those of its firm (to the same fair)."""
    if subsidy.order == "best":
        every: Ints = pairs.groupby(keys)["phase"].transform("size").to_numpy(dtype=np.int64)
        return every
    day = pairs["start"]
    if subsidy.order == "application":
        asked = ground.applications.groupby(["firm", "phase"], as_index=False).agg(day=("received", "min"))
        day = pairs[["firm", "phase"]].merge(asked, on=["firm", "phase"], how="left")["day"].fillna(NEVER)
    ordered = pairs.assign(day=day).sort_values(["day", "phase"], kind="stable")
    place = ordered.groupby(keys).cumcount() + 1
    return np.asarray(place.reindex(pairs.index), dtype=np.int64)
