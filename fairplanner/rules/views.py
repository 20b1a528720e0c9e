"""Joins of a Problem's tables that several rules need; all vectorised."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fairplanner.domain.programme import Programme
from fairplanner.rules.tables import Problem, once

PARTICIPATION_COSTS = ["stand_cost", "fitout", "freight", "fees"]
"""Columns of `participations` that tell what a place costs the firm, in fen."""


def numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its row numbers as column `column`: the number of each row's decision."""
    return frame.assign(column=np.arange(len(frame), dtype=np.int64))


@once
def hosted(problem: Problem) -> pd.DataFrame:
    """One row per delegation and phase it stops at: `column` of the delegation, `sponsor`, `regime`, `phase`."""
    sent = numbered(problem.delegations)[["column", "delegation", "sponsor", "regime", "trip"]]
    return sent.merge(problem.stops[["trip", "phase"]], on="trip")[
        ["column", "delegation", "sponsor", "regime", "phase"]
    ]


@once
def visited(problem: Problem) -> pd.DataFrame:
    """One row per journey and phase it attends: `column` of the journey, `firm`, `phase`."""
    return problem.visits.rename(columns={"journey": "column"})[["column", "firm", "phase"]]


def ancestry(programme: Programme) -> pd.DataFrame:
    """One row per zone and zone at or above it: `zone`, `above`."""
    pairs = [(zone, above) for zone in sorted(programme.zone) for above in programme.zones_above(zone)]
    return pd.DataFrame(pairs, columns=["zone", "above"], dtype=object)


def per_phase(programme: Programme, what: str) -> dict[str, int]:
    """A whole number of every phase, by the programme's method `what`; -1 where there is none."""
    values = {q: getattr(programme, what)(q) for q in programme.phase}
    return {q: -1 if value is None else int(value) for q, value in values.items()}
