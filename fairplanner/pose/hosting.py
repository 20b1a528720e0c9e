"""Which participations some delegation can host, and which applications are left with nobody to take them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from fairplanner.domain.plan import Excluded
from fairplanner.pose.delegations import Sponsored


def hosted(
    apps: pd.DataFrame, made: pd.DataFrame, rows: pd.DataFrame, sent: Sponsored
) -> tuple[pd.DataFrame, list[Excluded]]:
    """Participations whose sponsor can be at their phase, and the applications that no sponsor can take.

    `apps` are the eligible applications, `made` their packages, `rows` packages × sponsors. An application with no
    package left is told as such already; it is not repeated here.
    """
    can = sorted({(d.sponsor, phase) for d in sent.delegations for phase in d.trip.phases})
    there = (
        pd.MultiIndex.from_frame(rows[["sponsor", "phase"]]).isin(can) if can else pd.Series(False, index=rows.index)
    )
    kept = rows[there].reset_index(drop=True)
    packed = apps["application"].isin(made["application"])
    stranded = apps[packed & ~apps["application"].isin(kept["application"]) & ~apps["invited"]]
    why = {(e.zone_id, e.phase_id): e.rule for e in reversed(sent.excluded)}
    tried = rows[rows["application"].isin(stranded["application"])][["application", "sponsor"]].drop_duplicates()
    sponsors = tried.groupby("application")["sponsor"].agg(tuple).to_dict()
    return kept, [_stranded(row, sponsors.get(row["application"], ()), why) for row in stranded.to_dict("records")]


def _stranded(row: dict[Hashable, Any], sponsors: tuple[str, ...], why: dict[tuple[str, str], str]) -> Excluded:
    phase = str(row["phase"])
    because = next((why[key] for s in (*sponsors, "") if (key := (s, phase)) in why), "sends" if not sponsors else "")
    facts = (("application", str(row["application"])), ("because", because))
    ids = {"firm_id": str(row["firm"]), "zone_id": str(row["zone"]), "phase_id": phase}
    return Excluded(kind="application", rule="hosting", facts=facts, **ids)
