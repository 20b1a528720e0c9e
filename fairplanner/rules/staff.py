"""Each delegation abroad has its leader and interpreter, and nobody is in two places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import pandas as pd

from fairplanner.domain.plan import Delegation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import cumulative, widths
from fairplanner.rules.reckon.staff import pool, size, skills_needed
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered

POOLS = ("leader_pool", "interpreter_pool")


@dataclass(frozen=True)
class Staff(Law):
    """On every day a pool has a post for each delegation out that needs one (days of leaving and coming home both count).

    Label pool (`zone:skill`). Unit of amount: posts missing on the worst day. Naming is checked as well: the posts named
    fit what the delegation needs, and no post is named twice at a time (label delegation; amount posts).
    """

    key = "staff"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """One row per pool and maximal clique of the delegations that draw on it."""
        posts = Counter(f"{post.zone_id}:{post.skill}" for post in problem.programme.posts)
        trips = problem.trips[["depart", "return"]].set_axis(["start", "end"], axis=1).reset_index(names="trip")
        sent = numbered(problem.delegations).merge(trips, on="trip")
        spans = pd.concat(
            [sent[["column", "start", "end"]].assign(label=sent[name]) for name in POOLS], ignore_index=True
        )
        spans = spans[spans["label"] != ""]
        spans = spans.assign(capacity=spans["label"].map(dict(posts)).fillna(0).astype("int64"))
        yield cumulative(spans, "delegations", widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts who is out on each day on which a delegation leaves; then judges the names."""
        drawn: dict[str, list[Delegation]] = defaultdict(list)
        for d in plan.delegations:
            for skill in skills_needed(programme, d):
                drawn[pool(programme, d.sponsor, skill)].append(d)
        for name, sent in sorted(drawn.items()):
            out, day = _busiest(sent)
            if name and out > size(programme, name):
                yield self.broken(
                    label(name), out - size(programme, name), out=out, posts=size(programme, name), day=day.isoformat()
                )
        yield from self._names(programme, plan)

    def _names(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        short = {v for d in plan.delegations for v in self._named(programme, d)}
        yield from sorted(short)
        named: dict[str, list[int]] = defaultdict(list)
        for n, d in enumerate(plan.delegations):
            for post in set(d.posts):
                named[post].append(n)
        for i, k in sorted({pair for sent in named.values() for pair in combinations(sent, 2)}):
            a, b = plan.delegations[i], plan.delegations[k]
            if a.depart <= b.return_ and b.depart <= a.return_:
                twice = sorted(set(a.posts) & set(b.posts))
                yield self.broken(label(b.delegation_id), len(twice), skills=", ".join(twice))

    def _named(self, programme: Programme, d: Delegation) -> Iterator[Violation]:
        wanted = Counter(pool(programme, d.sponsor, skill) for skill in skills_needed(programme, d))
        posts = [programme.post[name] for name in d.posts if name in programme.post]
        named = Counter(f"{post.zone_id}:{post.skill}" for post in posts)
        wrong = (wanted - named) + (named - wanted)
        amount = wrong.total() + len(d.posts) - len(posts)
        if amount:
            skills = ", ".join(sorted(name or "?" for name in wrong)) or "?"
            yield self.broken(label(d.delegation_id), amount, skills=skills)


def _busiest(sent: Sequence[Delegation]) -> tuple[int, date]:
    """Most delegations out on a day on which one of them leaves, and the last such day."""
    spans = [(d.depart, d.return_) for d in sent if d.depart <= d.return_]
    leaving, back = sorted(a for a, _ in spans), sorted(b for _, b in spans)
    return max((bisect_right(leaving, d.depart) - bisect_left(back, d.depart), d.depart) for d in sent)
