"""Ways to be wrong that any rule may have: bounds that are off, groups that are lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from fairplanner.rules.contract import NO_LIMIT, Rows
from tests.properties.agreement import RowFace

Wrong = Callable[[RowFace], RowFace]


def own_rows(made: RowFace) -> list[tuple[Rows, np.ndarray]]:
    """Rows with the positions of those that are not mere ties of own columns."""
    return [(r, np.array([name not in made.ties for name in r.labels], bool)) for r in made.rows]


def shifted(by: int) -> Wrong:
    """Bounds that are off by one."""

    def wrong(made: RowFace) -> RowFace:
        rows = []
        for r, own in own_rows(made):
            upper = np.where(own & (r.upper < NO_LIMIT), r.upper + by, r.upper)
            lower = np.where(own & (r.lower > -NO_LIMIT), r.lower - by, r.lower)
            rows.append(replace(r, upper=upper, lower=np.minimum(lower, upper)))
        return replace(made, rows=tuple(rows))

    return wrong


def lost(made: RowFace) -> RowFace:
    """Every third group is lost."""
    names = sorted({name for r, own in own_rows(made) for name in np.array(r.labels, object)[own]})
    gone = set(names[::3])
    rows = []
    for r in made.rows:
        kept = np.array([name not in gone for name in r.labels], bool)
        rows.append(replace(r, upper=np.where(kept, r.upper, NO_LIMIT), lower=np.where(kept, r.lower, -NO_LIMIT)))
    return replace(made, rows=tuple(rows))


EVERYWHERE: dict[str, Wrong] = {"bound + 1": shifted(1), "bound - 1": shifted(-1), "groups lost": lost}
"""What every rule must be told from."""
