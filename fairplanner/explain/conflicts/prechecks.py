"""What arithmetic alone shows before anything is solved: limits that cannot be kept together, and some that look like slips."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fairplanner.explain.conflicts import party_sums, pin_sums, pins, sums
from fairplanner.explain.conflicts.pins import Precheck
from fairplanner.rules.tables import Problem

__all__ = ["Precheck", "prechecks"]

CHECKS: tuple[Callable[[Problem], Iterator[Precheck]], ...] = (
    pins.opposite,
    pins.permitted,
    pins.barred,
    pins.impossible,
    pin_sums.quotas,
    pin_sums.most_phases,
    pin_sums.teams,
    pin_sums.own_money,
    party_sums.staff,
    party_sums.funds,
    party_sums.most_firms,
    party_sums.permits,
    sums.approvals,
    sums.targets,
    sums.quota_tree,
    sums.least_firms,
)


def prechecks(problem: Problem) -> tuple[Precheck, ...]:
    """Every finding, those that leave no plan first; in the order of CHECKS, then of their labels.

    What is not found here may still be impossible: each check looks at one limit and at what people have decided.
    """
    found = [one for check in CHECKS for one in sorted(check(problem), key=lambda one: (one.members, one.facts))]
    return tuple(sorted(found, key=lambda one: not one.is_fatal))
