"""Which applications can be planned at all, and why the others cannot."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import ApplicationState, Role, Wish
from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme
from fairplanner.pose.excluded import first_reason
from fairplanner.pose.ground import NEVER, Ground, positions, why_unusable


def undated_phases(programme: Programme) -> list[Excluded]:
    """Phases of the window that cannot be scheduled yet (待定)."""
    return [
        Excluded(kind="phase", rule="travel-dates", phase_id=q.phase_id, facts=(("reason", "undated"),))
        for q in programme.undated()
    ]


def _cases(ground: Ground, rows: pd.DataFrame) -> list[tuple[pd.Series, str, str]]:
    programme = ground.programme
    known = why_unusable(programme)
    why = rows["phase"].map(lambda q: known.get(q, "undated")).astype(object)
    roles = {(q.phase_id, role) for q in programme.phases for role in programme.fair[q.fair_id].roles}
    allowed = pd.Series(pd.MultiIndex.from_frame(rows[["phase", "role"]]).isin(sorted(roles)), index=rows.index)
    exhibits = rows["role"] == Role.EXHIBIT.value
    no_booths = exhibits & ((rows["booths"] < 1) | (rows["least"] > rows["booths"]))
    return [
        (rows["wish"] == Wish.REFUSES.value, "asked-for", "refuses"),
        (rows["state"] == ApplicationState.WITHDRAWN.value, "asked-for", "withdrawn"),
        *((why == code, "travel-dates", code) for code in ("undated", "cancelled", "window", "place")),
        (rows["home"] == "", "travel-dates", "home"),
        (~allowed, "asked-for", "role"),
        (no_booths, "asked-for", "booths"),
        (is_late(ground, rows), "deadline", "late"),
    ]


def is_late(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """Received after the last day to apply (or not yet received after it), unless the organiser has admitted it."""
    closes = closing(ground, rows)
    came = rows["received"].where(rows["received"] != NEVER, ground.programme.settings.as_of.toordinal())
    return (came > closes) & (rows["state"] != ApplicationState.ADMITTED.value)


def closing(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """Last day to apply for the phase of each row; NEVER where there is none."""
    at = positions(rows["phase"], ground.phases["phase"])
    days = np.append(ground.phases["closes"].to_numpy(dtype=np.int64), NEVER)
    return pd.Series(days[at], index=rows.index)


def eligible(ground: Ground, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Excluded]]:
    """Applications (with `zone` and `home` of the firm) that can be planned, and the others with their reason."""
    rows = rows.merge(ground.firms[["firm", "zone", "home"]], on="firm", how="left")
    rule, reason = first_reason(_cases(ground, rows), len(rows))
    out = rows.assign(rule=rule, reason=reason, closes=closing(ground, rows))[rule != ""]
    return rows[rule == ""].reset_index(drop=True), [_excluded(row) for row in out.to_dict("records")]


def _excluded(row: dict[Hashable, Any]) -> Excluded:
    facts = {"application": str(row["application"])}
    if row["rule"] == "deadline":
        received = int(str(row["received"]))
        facts["closes"] = date.fromordinal(int(str(row["closes"]))).isoformat()
        facts["received"] = "" if received == NEVER else date.fromordinal(received).isoformat()
    else:
        facts["reason"] = str(row["reason"])
    ids = {"firm_id": str(row["firm"]), "zone_id": str(row["zone"]), "phase_id": str(row["phase"])}
    return Excluded(kind="application", rule=str(row["rule"]), facts=tuple(sorted(facts.items())), **ids)
