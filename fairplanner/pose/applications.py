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
from fairplanner.pose.allotted import by_decision
from fairplanner.pose.excluded import first_reason
from fairplanner.pose.ground import NEVER, Ground, positions, why_unusable
from fairplanner.rules.reckon.duties import blocked_by
from fairplanner.rules.reckon.kept import has_begun, has_moved, held, settled_at

ACCEPTED = [state.value for state in ApplicationState if state.is_accepted]


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
        (left_out(programme, rows), "asked-for", "not-admitted"),
        *((why == code, "travel-dates", code) for code in ("undated", "cancelled", "window", "place")),
        (rows["home"] == "", "travel-dates", "home"),
        (~allowed, "asked-for", "role"),
        (no_booths, "asked-for", "booths"),
        (begun(programme, rows), "kept", "begun"),
        (is_late(ground, rows), "deadline", "late"),
        (blocking(ground, rows) != "", "duties", "blocked"),
    ]


def is_late(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """Received after the last day to apply (or not yet received after it), unless the organiser's review has taken it up or an
    earlier plan gave it a place."""
    closes = closing(ground, rows)
    came = rows["received"].where(rows["received"] != NEVER, ground.programme.settings.as_of.toordinal())
    in_time = rows["state"].isin(ACCEPTED) | rows["application"].isin(list(settled_at(ground.programme)))
    return (came > closes) & ~in_time


def left_out(programme: Programme, rows: pd.DataFrame) -> pd.Series:
    """Not admitted by the organiser's review, and no decision gives the place after all."""
    return (rows["state"] == ApplicationState.NOT_ADMITTED.value) & ~by_decision(programme, rows)


def begun(programme: Programme, rows: pd.DataFrame) -> pd.Series:
    """Without a place of the earlier plan at a phase that has begun."""
    if not programme.settled:
        return pd.Series(False, index=rows.index)
    over = [q for q in programme.phase if has_begun(programme, q)]
    there = [*settled_at(programme), *held(programme)]
    return rows["phase"].isin(over) & ~rows["application"].isin(there)


def blocking(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """Id and day of the duty that is past and blocks each row's phase for its zone (`id@day`); '' where all is open."""
    programme, pairs = ground.programme, rows[["phase", "zone"]].drop_duplicates()
    if not any(d.blocks for d in programme.duties):
        return pd.Series("", index=rows.index, dtype=object)
    found = {pair: blocked_by(programme, *pair) for pair in pairs.itertuples(index=False, name=None)}
    settled = {name for name, row in settled_at(programme).items() if not has_moved(programme, row)}
    ready = rows["application"].isin(settled | set(held(programme)))
    keys = zip(rows["phase"], rows["zone"], ready, strict=True)
    told = ["" if done or not (due := found[q, z]) else f"{due.duty.duty_id}@{due.due}" for q, z, done in keys]
    return pd.Series(told, index=rows.index, dtype=object)


def closing(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """Last day to apply for the phase of each row; NEVER where there is none."""
    at = positions(rows["phase"], ground.phases["phase"])
    days = np.append(ground.phases["closes"].to_numpy(dtype=np.int64), NEVER)
    return pd.Series(days[at], index=rows.index)


def eligible(ground: Ground, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Excluded]]:
    """Applications (with `zone` and `home` of the firm) that can be planned, and the others with their reason."""
    rows = rows.merge(ground.firms[["firm", "zone", "home"]], on="firm", how="left")
    rule, reason = first_reason(_cases(ground, rows), len(rows))
    told = rows.assign(rule=rule, reason=reason, closes=closing(ground, rows), duty=blocking(ground, rows))
    out = told[rule != ""]
    return rows[rule == ""].reset_index(drop=True), [_excluded(row) for row in out.to_dict("records")]


def _excluded(row: dict[Hashable, Any]) -> Excluded:
    facts = {"application": str(row["application"])}
    if row["rule"] == "duties":
        facts["duty"], _, facts["due"] = str(row["duty"]).rpartition("@")
    elif row["rule"] == "deadline":
        received = int(str(row["received"]))
        facts["closes"] = date.fromordinal(int(str(row["closes"]))).isoformat()
        facts["received"] = "" if received == NEVER else date.fromordinal(received).isoformat()
    else:
        facts["reason"] = str(row["reason"])
    ids = {"firm_id": str(row["firm"]), "zone_id": str(row["zone"]), "phase_id": str(row["phase"])}
    return Excluded(kind="application", rule=str(row["rule"]), facts=tuple(sorted(facts.items())), **ids)
