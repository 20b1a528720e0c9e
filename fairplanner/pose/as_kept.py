"""Places that a new plan keeps: offered as they are, whatever else would bar them."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from fairplanner.domain.programme import Programme
from fairplanner.pose.ground import Bools
from fairplanner.rules.reckon.kept import held


def as_kept(programme: Programme, rows: pd.DataFrame, by: Literal["booths", "sponsor"]) -> pd.DataFrame:
    """The rows without other numbers of booths, or other sponsors, of applications whose place is known and kept."""
    known = {name: getattr(kept, by) for name, kept in held(programme).items() if kept.is_exact}
    if not known:
        return rows
    own = rows["application"].map(known)
    return rows[own.isna() | (own == rows[by])].reset_index(drop=True)


def is_kept(programme: Programme, rows: pd.DataFrame) -> Bools:
    """Whether each row (application, booths) is the place that is kept for its application."""
    kept = held(programme)
    if not kept:
        return np.zeros(len(rows), dtype=bool)
    own = rows["application"].map({name: x.booths for name, x in kept.items()})
    found: Bools = (own.notna() & (own == rows["booths"])).to_numpy(dtype=bool)
    return found
