"""What could not be posed, gathered with the rule that stood in the way and the facts for its sentence.

Facts always present, by rule (words stand under `excluded.<rule>`; `reason` is one of the codes named here):

    travel-dates      reason: undated, window, cancelled, place (city not known), home (city of departure not known)
    asked-for         reason: refuses, withdrawn, role, booths; application
    deadline          closes, received ('' if not known); application
    own-money         booths (fewest that are too many), cost, own; application
    booth-quota       booths (fewest that are too many), limit, unit (booths or m2), quota (its label); application
    hosting           because (the rule that leaves no delegation), sponsor; application
    delegation-size   firms, least
    official-days     days, limit, countries; several chains at once: count
    presence          days, least
    official-party    officials, most
    staff             skill ('' where one trip would need two languages)
    fund-use          cost, depart
    chain-not-cheaper count only
    price-unknown     stand (no price is known; the stand counts as 0 and nothing can be claimed on it)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Excluded

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
