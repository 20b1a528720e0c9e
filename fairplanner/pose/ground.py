"""What posing reads of a programme, laid out as frames once: one row a firm, a phase, an application.

Days are proleptic ordinals, money is whole fen; ids are strings, rows are sorted by id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.kinds import Status
from fairplanner.domain.planning import Firm
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.reckon.score import DEFAULT_FAIR_WEIGHT

NEVER = date.max.toordinal()
NO_LIMIT = -1

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """A programme and its frames; `phases` holds only phases that a plan can use (dated, in the window, place known)."""

    programme: Programme
    firms: pd.DataFrame
    phases: pd.DataFrame
    applications: pd.DataFrame

    @cached_property
    def people(self) -> list[Firm]:
        """The firms, in the order of their rows."""
        return [self.programme.firm[f] for f in self.firms["firm"].tolist()]


def table(columns: tuple[str, ...], rows: list[tuple[Any, ...]], key: str) -> pd.DataFrame:
    """A frame of tuples sorted by its key; empty frames keep their columns."""
    return pd.DataFrame(rows, columns=list(columns)).sort_values(key, kind="stable").reset_index(drop=True)


def _why_unusable(phase: Phase, in_window: bool) -> str:
    if phase.status == Status.CANCELLED:
        return "cancelled"
    if phase.start is None or phase.end is None:
        return "undated"
    if not in_window:
        return "window"
    return "" if phase.place_id else "place"


def why_unusable(programme: Programme) -> dict[str, str]:
    """Why no plan can use a phase, by phase id: `cancelled`, `undated`, `window` or `place`; '' if it can."""
    inside = {q.phase_id for q in programme.in_window()}
    return {q.phase_id: _why_unusable(q, q.phase_id in inside) for q in programme.phases}


def closes_on(programme: Programme, phase_id: str) -> date | None:
    """Last day to apply: the earliest of the office's own date and the milestones that close applications."""
    choice = programme.choice(phase_id)
    days = [m.due for m in programme.milestones if m.phase_id == phase_id and m.closes and m.due]
    return min([*days, *([choice.closes] if choice and choice.closes else [])], default=None)


FIRM_COLUMNS = ("firm", "zone", "home", "record", "exports", "own_money", "sme")


def firm_frame(programme: Programme) -> pd.DataFrame:
    """One row a firm; `own_money` is NO_LIMIT where it is not given."""
    homes = {zone: programme.home(zone) for zone in programme.zone}
    rows = [
        (
            *(f.firm_id, f.zone_id, homes[f.zone_id], f.record, float(f.export_usd or 0)),
            *(NO_LIMIT if f.own_money is None else to_fen(f.own_money), f.sme),
        )
        for f in programme.firms
    ]
    return table(FIRM_COLUMNS, rows, "firm")


PHASE_COLUMNS = (
    *("phase", "fair", "number", "place", "regime", "policy", "weight", "emerging", "start", "end", "closes"),
    "people_per_booth",
)


def phase_row(programme: Programme, phase: Phase) -> tuple[Any, ...]:
    """What posing needs of one phase."""
    q, choice, profile = phase.phase_id, programme.choice(phase.phase_id), programme.profile(phase.phase_id)
    per_booth, closes = profile.people_per_booth, closes_on(programme, q)
    assert phase.start is not None  # noqa: S101  (why_unusable has said so)
    assert phase.end is not None  # noqa: S101
    return (
        *(q, phase.fair_id, phase.phase, phase.place_id, programme.regime(q).value, programme.policy(q).value),
        *(choice.weight if choice else DEFAULT_FAIR_WEIGHT, programme.market_class(q) == "emerging"),
        *(phase.start.toordinal(), phase.end.toordinal(), closes.toordinal() if closes else NEVER),
        NO_LIMIT if per_booth is None else per_booth,
    )


APPLICATION_COLUMNS = (
    *("application", "firm", "phase", "section", "wish", "role", "stand", "booths", "least", "preference"),
    *("people", "received", "recommended_by", "given", "state", "committed", "invited"),
)


# Stated, because an empty frame, and one joined to an empty frame, would otherwise hold anything.
APPLICATION_NUMBERS = {
    **dict.fromkeys(("booths", "least", "preference", "people", "received", "committed"), "int64"),
    "given": "float64",
    "invited": "bool",
}


def application_frame(programme: Programme) -> pd.DataFrame:
    """One row an application; `received` and `committed` NEVER where not given, `given` NaN where the formula scores."""
    every = programme.applications
    known: dict[str, list[Any]] = {
        "application": [a.application_id for a in every], "firm": [a.firm_id for a in every],
        "phase": [a.phase_id for a in every], "section": [a.section_id for a in every],
        "wish": [a.wish.value for a in every], "role": [a.role.value for a in every],
        "stand": [a.stand.value for a in every], "booths": [a.booths for a in every],
        "least": [a.least_booths for a in every], "preference": [a.preference for a in every],
        "people": [a.people for a in every], "received": [a.received.toordinal() if a.received else NEVER for a in every],
        "recommended_by": [a.recommended_by for a in every],
        "given": [np.nan if a.score is None else a.score for a in every], "state": [a.state.value for a in every],
        "committed": [a.committed.toordinal() if a.committed else NEVER for a in every], "invited": [False] * len(every),
    }  # fmt: skip
    rows = pd.DataFrame(known, dtype=None if every else object).astype(APPLICATION_NUMBERS)
    return rows.sort_values("application", kind="stable").reset_index(drop=True)


def ground_of(programme: Programme) -> Ground:
    """The frames of a programme."""
    why = why_unusable(programme)
    usable = [phase_row(programme, q) for q in programme.phases if not why[q.phase_id]]
    return Ground(programme, firm_frame(programme), table(PHASE_COLUMNS, usable, "phase"), application_frame(programme))


def positions(keys: pd.Series, within: pd.Series) -> Ints:
    """Row number in `within` (unique) of each key; -1 where it is not there."""
    found: Ints = pd.Index(within).get_indexer(pd.Index(keys)).astype(np.int64)
    return found


def with_places(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `firm_at` and `phase_at`, the rows of their firms and phases in the ground: asked for again and again."""
    return rows.assign(firm_at=firm_rows(ground, rows), phase_at=phase_rows(ground, rows))


def firm_rows(ground: Ground, rows: pd.DataFrame) -> Ints:
    """Row number in `ground.firms` of each row's firm."""
    return _at(rows, "firm", ground.firms)


def phase_rows(ground: Ground, rows: pd.DataFrame) -> Ints:
    """Row number in `ground.phases` of each row's phase."""
    return _at(rows, "phase", ground.phases)


def _at(rows: pd.DataFrame, key: str, within: pd.DataFrame) -> Ints:
    known = f"{key}_at"
    return rows[known].to_numpy(dtype=np.int64) if known in rows.columns else positions(rows[key], within[key])
