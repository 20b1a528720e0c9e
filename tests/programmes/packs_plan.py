"""The programme `packs` and its best plan, made once for all tests that look at money."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.intake import read_programme
from fairplanner.pose import pose
from fairplanner.solver import solve

FOLDER = Path(__file__).parent / "packs"


@lru_cache
def packs_plan() -> tuple[Programme, Plan]:
    """Read, posed and solved to the optimum: the same plan every time."""
    programme = read_programme(FOLDER)
    return programme, solve(pose(programme), gap=0, reproducible=True).plan
