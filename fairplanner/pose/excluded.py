"""What could not be posed, gathered with the rule that stood in the way and the facts for its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Excluded

FACTS: dict[str, tuple[str, ...]] = {
    # reason: undated, cancelled, window, place (its city is not known), home (the city people leave from is not known)
    "travel-dates": ("reason",),
    # reason: refuses, withdrawn, not-admitted, role (not open to it), booths (an exhibitor that wants none, or fewer than it accepts)
    "asked-for": ("application", "reason"),
    "deadline": ("application", "closes", "received"),
    # reason: begun (without a place of the earlier plan at a phase that has begun)
    "kept": ("application", "reason"),
    # a duty that blocks is past
    "duties": ("application", "due", "duty"),
    "own-money": ("application", "booths", "cost", "own"),
    "booth-quota": ("application", "booths", "limit", "quota"),
    "allotment": ("allotted", "application", "booths"),
    # because: the rule that leaves no delegation; `sends` where no zone above the firm sends any
    "hosting": ("application", "because"),
    "delegation-size": ("firms", "least"),
    "official-days": ("countries", "days", "home", "limit"),
    "presence": ("days", "home", "least"),
    "official-party": ("home", "most", "officials"),
    "staff": ("skill",),
    "fund-use": ("cost", "depart"),
    # chains of phases are only counted: not cheaper than separate trips, over the limit of days, two languages on one trip
    "chain-not-cheaper": ("home",),
    "chain-official-days": ("home",),
    "chain-staff": ("home",),
    # the stand counts as 0 and nothing can be claimed on it
    "price-unknown": ("line", "stand"),
    # reason: lead-time, committed, or a fact the firm has not said (export, staff, turnover, years); once a firm, with its
    # first phase; `count`: phases
    "claims": ("reason", "subsidy"),
    # nights there count as 0, and an official party's meals and incidentals too; once a place, with its first phase
    "lodging-unknown": ("place",),
}
"""Facts that every exclusion of a rule carries (words stand under `excluded.<rule>`); `count` says how many are meant."""

KINDS = ("phase", "application", "participation", "trip", "delegation", "journey", "claim")


def in_order(rows: Iterable[Excluded]) -> tuple[Excluded, ...]:
    """A written order: kind, rule, phase, zone, firm, facts."""
    return tuple(sorted(rows, key=lambda e: (KINDS.index(e.kind), e.rule, e.phase_id, e.zone_id, e.firm_id, e.facts)))


def first_reason(cases: Sequence[tuple[pd.Series, str, str]], size: int) -> tuple[np.ndarray, np.ndarray]:
    """Rule and reason of the first case that holds for each row; '' where none does."""
    if not size:
        return np.array([], dtype=object), np.array([], dtype=object)
    masks = [case[0].to_numpy(dtype=bool) for case in cases]
    rule = np.select(masks, [case[1] for case in cases], "")
    return rule.astype(object), np.select(masks, [case[2] for case in cases], "").astype(object)
