"""Which participations some delegation can host, and which applications are left with nobody to take them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme
from fairplanner.pose.delegations import Sponsored
from fairplanner.pose.participations import sponsors_of


def hosted(
    programme: Programme, apps: pd.DataFrame, made: pd.DataFrame, rows: pd.DataFrame, sent: Sponsored
) -> tuple[pd.DataFrame, list[Excluded]]:
    """Participations whose sponsor can be at their phase, and the applications that no sponsor can take.

    `apps` are the eligible applications, `made` their packages, `rows` packages × sponsors. An application with no
    package left is told as such already; it is not repeated here.
    """
    can = sorted({(d.sponsor, phase) for d in sent.delegations for phase in d.trip.phases})
    there = pd.MultiIndex.from_frame(rows[["sponsor", "phase"]]).isin(can) if can else np.zeros(len(rows), dtype=bool)
    kept = rows[there].reset_index(drop=True)
    packed = apps["application"].isin(made["application"])
    stranded = apps[packed & ~apps["application"].isin(kept["application"]) & ~apps["invited"]]
    why = {_where(e): e.rule for e in reversed(sent.excluded)}
    return kept, [_stranded(programme, row, why) for row in stranded.to_dict("records")]


def _where(e: Excluded) -> tuple[str, str, str]:
    """Sponsor, phase and home that an exclusion is about; trips are excluded for a home, whoever sponsors them."""
    return e.zone_id, e.phase_id, "" if e.zone_id else dict(e.facts).get("home", "")


def _stranded(programme: Programme, row: dict[Hashable, Any], why: dict[tuple[str, str, str], str]) -> Excluded:
    phase, because = str(row["phase"]), "sends"
    # The zone furthest up can do most: what stands in its way is the reason that counts.
    for sponsor in sponsors_of(programme, str(row["zone"]), str(row["recommended_by"])):
        because = why.get((sponsor, phase, "")) or why.get(("", phase, programme.home(sponsor)), because)
    facts = (("application", str(row["application"])), ("because", because))
    ids = {"firm_id": str(row["firm"]), "zone_id": str(row["zone"]), "phase_id": phase}
    return Excluded(kind="application", rule="hosting", facts=facts, **ids)
