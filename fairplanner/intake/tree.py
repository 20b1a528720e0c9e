"""The tree of zones: no zone stands above itself, and every zone that sends people knows where they leave from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from fairplanner.domain.planning import Zone
from fairplanner.errors import Problem
from fairplanner.intake.rows import Placed, TableRead


def odd_zones(zones: TableRead, root: str) -> Iterator[Problem]:
    """Cycles among the zones, and sending zones at or below `root` with no home city up the chain."""
    parents = {str(key[0]): cast("Zone", placed.row).parent for key, placed in zones.rows.items()}
    told: set[str] = set()
    for zone_id in sorted(parents):
        chain, cycle = _climb(zone_id, parents)
        if cycle and not told & set(cycle):
            told |= set(cycle)
            low = min(cycle)
            start = cycle.index(low)
            ring = [*cycle[start:], *cycle[:start], low]
            yield zones.rows[(low,)].problem("parent", "zone-cycle", parents[low], chain=" > ".join(ring))
        elif not cycle and root in chain and not zones.unsure:
            yield from _homeless(zones.rows, zone_id, chain)


def _climb(zone_id: str, parents: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The zones from this one upwards, and the ring it runs into if there is one."""
    chain = [zone_id]
    while (above := parents.get(chain[-1], "")) and above in parents:
        if above in chain:
            return chain, chain[chain.index(above) :]
        chain.append(above)
    return chain, []


def _homeless(rows: Mapping[tuple[str, ...], Placed], zone_id: str, chain: list[str]) -> Iterator[Problem]:
    placed = rows[(zone_id,)]
    zone = cast("Zone", placed.row)
    if zone.sends and not any(cast("Zone", rows[(above,)].row).place_id for above in chain):
        yield placed.problem("place_id", "home-unknown", "", zone=zone_id)
