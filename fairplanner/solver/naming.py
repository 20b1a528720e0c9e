"""Posts are planned by pool and named after the solve: interval colouring in a written order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from fairplanner.domain.programme import Programme
from fairplanner.rules.tables import Problem


def _records(frame: pd.DataFrame) -> Iterator[Any]:
    """Rows by attribute; pandas-stubs know nothing of their types."""
    return iter(frame.itertuples())


def named_posts(problem: Problem, going: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Posts of each delegation id: its leader, then its interpreter.

    Order as written: delegations by date of leaving, then id; each takes the free post of its pool with the smallest
    id. Days away count both ends. Where a pool's rows are kept this always succeeds within a pool; a delegation for
    which nobody is left (an infeasible plan) gets none.
    """
    trips = problem.trips
    rows = going.assign(
        depart=trips["depart"].to_numpy()[going["trip"].to_numpy(int)],
        back=trips["return"].to_numpy()[going["trip"].to_numpy(int)],
    ).sort_values(["depart", "delegation"])
    busy_until: dict[str, int] = {}
    named: dict[str, tuple[str, ...]] = {}
    for row in _records(rows):
        posts = []
        for pool in (row.leader_pool, row.interpreter_pool):
            post = next((p for p in _pool(problem.programme, pool) if busy_until.get(p, -1) < row.depart), None)
            if post is not None:
                busy_until[post] = row.back
                posts.append(post)
        named[row.delegation] = tuple(posts)
    return named


def _pool(programme: Programme, pool: str) -> list[str]:
    """Post ids of a pool `zone:skill`: the zone's own posts of that skill."""
    zone, _, skill = pool.partition(":")
    return sorted(p.post_id for p in programme.posts if pool and (p.zone_id, p.skill) == (zone, skill))
