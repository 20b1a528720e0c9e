"""Nobody is sent out on days on which they may not leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Columns, Rows, label
from fairplanner.rules.helpers import Entries, at_most, cumulative, implies, labels_of, widths
from fairplanner.rules.reckon.away import closed_to_party, is_free, shut_posts
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered

OWN: Block = ("blackouts", "holds")
POOLS = ("leader_pool", "interpreter_pool")


@dataclass(frozen=True)
class Blackouts(Law):
    """No official party of a zone is out on a day on which a binding blackout says that nobody of it may leave, and no post is
    named for a delegation on a day closed to that post.

    Labels delegation (unit of amount: days, in the blackout with most), delegation · post (1). Own columns `holds`: which
    post serves a delegation, where a post of its pool has a blackout of its own; so that naming always succeeds.
    """

    key = "blackouts"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """One per delegation and free post of a pool in which some post has a blackout."""
        if not problem.programme.blackouts:
            return
        pairs = _pairs(problem)
        yield Columns("holds", labels_of(pairs, ["delegation", "post"]), np.ones(len(pairs), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Days closed × goes <= 0; goes <= posts that hold it, pool by pool; a post holds one delegation at a time."""
        if not problem.programme.blackouts:
            return
        sent, pairs = _sent(problem), _pairs(problem)
        sizes = widths(problem, {OWN: len(pairs)})
        closed = sent[sent["closed"] > 0].reset_index(drop=True)
        entries: Entries = {"delegations": [(np.arange(len(closed)), closed["column"], closed["closed"])]}
        yield at_most(list(closed["delegation"]), entries, 0, sizes)
        needs = _needs(problem).reset_index(names="need")
        held = needs.merge(pairs.reset_index(names="own"), on=["delegation", "pool"])
        yield implies(
            labels_of(needs, ["delegation", "pool"]),
            {"delegations": [(needs["need"], needs["column"], 1)]},
            {OWN: [(held["need"], held["own"], 1)]},
            sizes,
        )
        spans = pairs.assign(column=np.arange(len(pairs)), label=pairs["post"], capacity=1)
        yield cumulative(spans[["column", "label", "start", "end", "capacity"]], OWN, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Days of each official party in blackouts of its zone; then each named post."""
        for d in plan.delegations:
            days, blackout = closed_to_party(programme, d.sponsor, d.depart, d.return_) if d.officials else (0, None)
            if blackout is not None:
                yield self.broken(label(d.delegation_id), days, reason=blackout.reason)
            for post in d.posts:
                if not is_free(programme, post, d.depart, d.return_):
                    yield self.broken(label(d.delegation_id, post), 1, reason=post)


def _sent(problem: Problem) -> pd.DataFrame:
    """Delegations with `column`, `start`, `end` and `closed`: days on which nobody of the zone may be out."""
    days = problem.trips[["depart", "return"]].set_axis(["start", "end"], axis=1)
    sent = numbered(problem.delegations).join(days, on="trip")
    party = zip(sent["sponsor"], sent["start"], sent["end"], sent["officials"], strict=True)
    day = date.fromordinal
    closed = [closed_to_party(problem.programme, s, day(a), day(b))[0] if n else 0 for s, a, b, n in party]
    return sent.assign(closed=np.array(closed, np.int64))


def _needs(problem: Problem) -> pd.DataFrame:
    """Delegations that draw on a pool of which some post has a blackout: `column`, `delegation`, `pool`, `start`, `end`."""
    shut = shut_posts(problem.programme)
    pools = {f"{p.zone_id}:{p.skill}" for p in problem.programme.posts if p.post_id in shut}
    sent = _sent(problem)
    parts = [sent[["column", "delegation", "start", "end"]].assign(pool=sent[name]) for name in POOLS]
    needs = pd.concat(parts, ignore_index=True)
    return needs[needs["pool"].isin(sorted(pools))].reset_index(drop=True)


def _pairs(problem: Problem) -> pd.DataFrame:
    """A delegation of `_needs` and each post of its pool that is free on its days."""
    posts = pd.DataFrame(
        [(f"{p.zone_id}:{p.skill}", p.post_id) for p in problem.programme.posts], columns=["pool", "post"], dtype=object
    )
    pairs = _needs(problem).merge(posts, on="pool")
    day = date.fromordinal
    spans = zip(pairs["post"], pairs["start"], pairs["end"], strict=True)
    free = np.array([is_free(problem.programme, p, day(a), day(b)) for p, a, b in spans], dtype=bool)
    return pairs[free].reset_index(drop=True)
