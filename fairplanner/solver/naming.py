"""Posts are planned by pool and named after the solve: interval colouring in a written order."""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from fairplanner.domain.plan import DAYS
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.away import is_free, shut_posts
from fairplanner.rules.tables import Problem


@cache
def _row(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", ("Index", *columns), rename=True)


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Rows by attribute, `Index` first; `itertuples` would compile a class anew for every frame of every plan."""
    return map(_row(tuple(frame.columns))._make, frame.itertuples(name=None))


def named_posts(problem: Problem, going: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Posts of each delegation id: its leader, then its interpreter.

    Order as written: delegations by date of leaving, then id; each takes the free post of its pool that it had in the earlier plan,
    else the one with the smallest id that nobody who is out then had. Days away count both ends. Where a pool's rows are kept this always succeeds within a pool; a delegation for
    which nobody is left (an infeasible plan) gets none.
    """
    trips = problem.trips
    rows = going.assign(
        depart=trips["depart"].to_numpy()[going["trip"].to_numpy(int)],
        back=trips["return"].to_numpy()[going["trip"].to_numpy(int)],
    ).sort_values(["depart", "delegation"])
    drawn: dict[str, list[Span]] = defaultdict(list)
    for row in records(rows):
        for pool in filter(None, (row.leader_pool, row.interpreter_pool)):
            drawn[pool].append(Span(row.delegation, row.depart, row.back))
    before = _named_before(problem.programme)
    held = {pool: _held(problem.programme, pool, spans, before) for pool, spans in drawn.items()}
    return {
        row.delegation: tuple(
            post for pool in (row.leader_pool, row.interpreter_pool) if (post := held.get(pool, {}).get(row.delegation))
        )
        for row in records(rows)
    }


class Span(NamedTuple):
    """Days on which a delegation is out, both ends included."""

    delegation: str
    first: int
    last: int


def _named_before(programme: Programme) -> dict[str, tuple[str, ...]]:
    """Posts of each party of the earlier plan; it is the same party when its days have moved."""
    return {DAYS.sub("", trip.delegation_id): trip.posts for trip in programme.settled_trips}


def _held(programme: Programme, pool: str, spans: list[Span], before: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Posts of a pool by delegation: the first in order of wish that is free; earlier choices are taken back where they must be.

    Only a post with a blackout of its own can make that necessary; without one the first choice is always right.
    """
    posts = _pool(programme, pool)
    wished = {s.delegation: before.get(DAYS.sub("", s.delegation), ()) for s in spans}
    open_ = {s.delegation: _in_order(posts, s, spans, wished) for s in spans}
    if not shut_posts(programme).intersection(posts):
        return _first_free(spans, open_)
    open_ = {s.delegation: [p for p in open_[s.delegation] if _is_open(programme, p, s)] for s in spans}
    return _searched(spans, open_, {}, {}) or _first_free(spans, open_)


def _in_order(posts: list[str], span: Span, spans: list[Span], wished: dict[str, tuple[str, ...]]) -> list[str]:
    """Posts as a delegation would have them: its own of before, those that nobody out at the same time had, the others."""
    others = {
        p
        for s in spans
        if s is not span and s.first <= span.last and span.first <= s.last
        for p in wished[s.delegation]
    }
    return sorted(posts, key=lambda p: (p not in wished[span.delegation], p in others, p))


def _first_free(spans: list[Span], open_: dict[str, list[str]]) -> dict[str, str]:
    """Each span its first free post; a span for which nobody is left (an infeasible plan) gets none."""
    busy: dict[str, int] = {}
    held: dict[str, str] = {}
    for span in spans:
        post = next((p for p in open_[span.delegation] if busy.get(p, -1) < span.first), None)
        if post is not None:
            busy[post] = span.last
            held[span.delegation] = post
    return held


def _searched(
    spans: list[Span], open_: dict[str, list[str]], held: dict[str, str], busy: dict[str, int]
) -> dict[str, str] | None:
    """Depth first, in the order of `spans`; None where not all can be served."""
    if not spans:
        return held
    span, rest = spans[0], spans[1:]
    free = (p for p in open_[span.delegation] if busy.get(p, -1) < span.first)
    found = (_searched(rest, open_, held | {span.delegation: p}, busy | {p: span.last}) for p in free)
    return next((x for x in found if x is not None), None)


def _is_open(programme: Programme, post_id: str, span: Span) -> bool:
    return is_free(programme, post_id, date.fromordinal(span.first), date.fromordinal(span.last))


def _pool(programme: Programme, pool: str) -> list[str]:
    """Post ids of a pool `zone:skill`: the zone's own posts of that skill."""
    zone, _, skill = pool.partition(":")
    return sorted(p.post_id for p in programme.posts if pool and (p.zone_id, p.skill) == (zone, skill))
