"""The published orders in which places are given, one a phase, section and quota zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from fairplanner.domain.kinds import Policy, Role
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.applications import is_open
from fairplanner.rules.reckon.score import order_key, quota_zone


def orders(programme: Programme) -> Mapping[tuple[str, str, str], list[Application]]:
    """Open applications of exhibitors where a published order rules (policy rank or first-confirmed), best placed first.

    Keys: phase id, section id ('' for none), quota zone id; in no particular order.
    """
    found: dict[tuple[str, str, str], list[Application]] = defaultdict(list)
    for a in programme.applications:
        if a.role is Role.EXHIBIT and is_open(programme, a) and programme.policy(a.phase_id) is not Policy.OPTIMISE:
            found[a.phase_id, a.section_id, quota_zone(programme, a)].append(a)
    for queue in found.values():
        queue.sort(key=lambda a: order_key(programme, a))
    return found
