"""Which rows of a model are limits and decisions that people write; all others say what a plan is and are never given up.

A rule may have rows of both kinds: a target's floor is written, that a firm counts once is not. They are told apart by
their labels, as each rule's docstring gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import SEPARATOR
from fairplanner.rules.reckon.coupled import turn_limits
from fairplanner.rules.reckon.orders import BELOW
from fairplanner.rules.tables import Problem

Parts = list[str]
Test = Callable[[Parts], bool]

WRITTEN = (
    "decisions", "kept", "approvals", "targets", "booth-quota", "fund-budget", "own-money", "delegation-size", "staff",
    "blackouts", "most-phases", "allotment", "claim-limits", "claim-counts", "claim-groups", "claim-shares", "claim-spread",
    "claim-exclusion", "rank-respected", "booths-in-order", "equal-rates", "claim-rounding", "firm-teams",
)  # fmt: skip
"""Rules with rows that people write, in the order in which they are named: what is wanted, what it needs, how it is shared out.

Of the others `pose` offers nothing that breaks them (asked-for, booth-people, deadline, duties, fund-use, official-days,
official-party, presence, travel-dates), they cost points (awards, fair-shares, least-disruption), or they say what a plan
is: attendance, claims, claim-turns, hosting, journey-people, one-delegation, one-place, one-visit."""
OWN = ("full", "paid", "lost")
"""Last words of labels of what claim-limits needs to count."""


def written(problem: Problem, rules: Sequence[str], labels: Sequence[str]) -> NDArray[np.bool_]:
    """Which of these rows (their rules and labels) people write."""
    test = _tests(problem.programme)
    return np.array(
        [rule in test and test[rule](label.split(SEPARATOR)) for rule, label in zip(rules, labels, strict=True)], bool
    )


def order(name: tuple[str, str]) -> tuple[int, str, str]:
    """Where a rule and label stands among all that people write."""
    rule, label = name
    return (WRITTEN.index(rule) if rule in WRITTEN else len(WRITTEN), rule, label)


def _tests(programme: Programme) -> dict[str, Test]:
    """Of each rule, what the parts of a label must be."""
    known: dict[str, Test] = dict.fromkeys(WRITTEN, lambda _: True)
    floors = {t.target_id for t in programme.targets if t.floor}
    subsidies = set(programme.subsidy)
    money = _first({x.limit_id for x in programme.limits})
    return known | {
        "targets": lambda parts: parts[0] in floors and len(parts) == 1,
        "delegation-size": lambda parts: len(parts) == 2,
        "rank-respected": _is_ranking,
        "booths-in-order": _is_ranking,
        "claim-limits": lambda parts: money(parts) and parts[-1] not in OWN,
        "claim-counts": _first({x.limit_id for x in turn_limits(programme)}),
        "claim-groups": _first({x.limit_id for x in programme.group_minimums}),
        "claim-shares": _first({x.limit_id for x in programme.share_limits}),
        "claim-spread": _first({x.limit_id for x in programme.market_spreads}),
        "claim-exclusion": _first({x.limit_id for x in programme.exclusions}),
        "equal-rates": lambda parts: parts[0] in subsidies and len(parts) == 4,
        "claim-rounding": lambda parts: parts[0] in subsidies and len(parts) == 3,
    }


def _first(ids: Collection[str]) -> Test:
    return lambda parts: parts[0] in ids


def _is_ranking(parts: Parts) -> bool:
    """Phase, section and zone; what an applicant needs to be counted has more parts, or fewer."""
    return len(parts) == 3 or (len(parts) == 4 and parts[3] == BELOW)
