"""The published orders in which places are given, one a phase, section and quota zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from fairplanner.domain.kinds import Policy, Role
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.applications import is_open
from fairplanner.rules.reckon.places import is_below, quota_rules
from fairplanner.rules.reckon.score import order_key, quota_zone

BELOW = "below-threshold"
"""Last part of the name of an order of firms under the export threshold."""


@remembered
def orders(programme: Programme) -> Mapping[tuple[str, ...], list[Application]]:
    """Open applications of exhibitors where a published order rules (any policy but optimise), best placed first.

    Keys: phase id, section id ('' for none), quota zone id, and BELOW for firms under the export threshold where a pack gives
    them a share of the places (C-NEW20): they compete among themselves. In no particular order.
    """
    found: dict[tuple[str, ...], list[Application]] = defaultdict(list)
    for a in programme.applications:
        if a.role is Role.EXHIBIT and programme.policy(a.phase_id) is not Policy.OPTIMISE and is_open(programme, a):
            found[order_of(programme, a)].append(a)
    for queue in found.values():
        queue.sort(key=lambda a: order_key(programme, a))
    return found


def order_of(programme: Programme, a: Application) -> tuple[str, ...]:
    """Name of the order in which an application stands."""
    rules = quota_rules(programme, a.firm_id, a.phase_id)
    apart = rules is not None and rules.most_below is not None and is_below(programme, a.firm_id, a.phase_id)
    return a.phase_id, a.section_id, quota_zone(programme, a), *([BELOW] if apart else [])
