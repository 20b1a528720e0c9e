"""A programme in which fairs may move: two fairs that follow each other, one that overlaps, a trip abroad; and its best plan."""

from __future__ import annotations

from datetime import date
from functools import cache

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.solver import solve
from tests import builders as b

ASKED = (
    ("f1", "expo-1-1", 60.0), ("f1", "expo-1-2", 70.0), ("f1", "tea-1-1", 72.0), ("f2", "expo-1-2", 66.0),
    ("f2", "tea-1-1", 67.0), ("f1", "abroad-1-1", 80.0), ("f2", "abroad-1-1", 75.0),
)  # fmt: skip


@cache
def uncertain() -> tuple[Programme, Plan]:
    """f1 and f2 have one team each; expo-1-2 and tea-1-1 overlap, so each firm can have one of the two."""
    programme = b.a_programme(
        zones=(b.zone("east", "prov"), b.zone("prov", sends=True)), firms=(b.firm("f1"), b.firm("f2")),
        fairs=(b.fair("abroad", markets=("asean",)), b.fair("expo"), b.fair("tea")),
        phases=(
            b.phase("abroad", 1, start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion"), b.phase("expo", 1, start=date(2025, 4, 1), end=date(2025, 4, 5)),
            b.phase("expo", 2, start=date(2025, 4, 26), end=date(2025, 4, 29)),
            b.phase("tea", 1, start=date(2025, 4, 27), end=date(2025, 4, 30)),
        ),
        applications=tuple(b.application(f, q, score=score) for f, q, score in ASKED),
        subsidies=(), quotas=(), targets=(), prices=(b.price("abroad", 20_000), b.price(), b.price("tea")),
        choices=(b.choice("abroad", least_firms=2), b.choice("tea", policy="optimise"), b.choice("expo", policy="optimise")),
    )  # fmt: skip
    return programme, solve(pose(programme), gap=0, seconds=20).plan
