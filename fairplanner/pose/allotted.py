"""How places are handed out, as far as it is settled before the solve: allotments, most booths of a firm, thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import FirmKind, Role
from fairplanner.domain.programme import Programme
from fairplanner.pose.ground import Bools, Ints
from fairplanner.rules.contract import SEPARATOR
from fairplanner.rules.reckon.applications import allotment_pools
from fairplanner.rules.reckon.orders import BELOW
from fairplanner.rules.reckon.places import pinned_firms, quota_pack

UNBOUND = np.iinfo(np.int64).max // 4


def allotted(programme: Programme, rows: pd.DataFrame) -> Ints:
    """Most booths of each row's application: its allotment, and what the pack allows one firm in a section; else UNBOUND.

    The pack allows none to a firm under its threshold where it gives such firms no share, unless by decision.
    """
    booths = allotment_pools(programme).booths
    by_procedure = rows["application"].map(booths).astype("float64").to_numpy(dtype=np.float64)
    by_pack = np.full(len(rows), float(UNBOUND))
    short = below_threshold(programme, rows) & ~by_decision(programme, rows)
    for phase, at in _by_phase(rows).items():
        found = quota_pack(programme, phase)
        if found is not None and found[1].most_booths is not None:
            by_pack[at[_under(programme, rows, at, found[2])]] = found[1].most_booths
        if found is not None and found[1].most_below is None:
            by_pack[at[short[at]]] = 0
    most: Ints = np.fmin(by_procedure, by_pack).astype(np.int64)
    return np.where((rows["role"] == Role.EXHIBIT.value).to_numpy(dtype=bool), most, UNBOUND)


def by_decision(programme: Programme, rows: pd.DataFrame) -> Bools:
    """Whether a decision gives the firm of each row a place at its phase."""
    pinned = pinned_firms(programme)
    if not pinned:
        return np.zeros(len(rows), dtype=bool)
    found: Bools = pd.MultiIndex.from_frame(rows[["firm", "phase"]]).isin(pd.MultiIndex.from_tuples(sorted(pinned)))
    return found


def below_threshold(programme: Programme, rows: pd.DataFrame) -> Bools:
    """Whether each row's firm exports less than the pack in force asks for; exports not known do not reach it."""
    below = np.zeros(len(rows), dtype=bool)
    for phase, at in _by_phase(rows).items():
        found = quota_pack(programme, phase)
        if found is not None and found[1].least_export_usd:
            short = rows["firm"].iloc[at].isin(_short(programme, found[1].least_export_usd)).to_numpy(dtype=bool)
            below[at] = short & _under(programme, rows, at, found[2])
    return below


def _short(programme: Programme, least: Mapping[FirmKind, Decimal]) -> set[str]:
    """Firms that export less than is asked of their kind."""
    return {
        f.firm_id for f in programme.firms if f.kind in least and (f.export_usd is None or f.export_usd < least[f.kind])
    }


def _by_phase(rows: pd.DataFrame) -> dict[str, Ints]:
    """Places of the rows of each phase."""
    return {
        str(phase): np.asarray(at, dtype=np.int64) for phase, at in rows.groupby("phase", sort=True).indices.items()
    }


def _under(programme: Programme, rows: pd.DataFrame, at: Ints, zone_id: str) -> Bools:
    zones = {z for z in programme.zone if programme.is_within(z, zone_id)}
    found: Bools = rows["zone"].iloc[at].isin(zones).to_numpy(dtype=bool)
    return found


def queues(programme: Programme, rows: pd.DataFrame) -> pd.Series:
    """What is added to the name of each row's order: firms under the threshold stand in one of their own where they have a
    share of the places (`reckon.orders`); '' for the others."""
    shared = {q for q in rows["phase"].unique() if (found := quota_pack(programme, q)) and found[1].most_below}
    apart = below_threshold(programme, rows) & rows["phase"].isin(shared).to_numpy(dtype=bool)
    return pd.Series(np.where(apart, SEPARATOR + BELOW, ""), index=rows.index, dtype=object)
