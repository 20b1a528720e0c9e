"""Whom and what assumptions are about: the firms, phases and zones near which a plan has to be made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES

TABLE = {table.name: table for table in TABLES}
WHO = ("firm_id", "phase_id", "zone_id")


@dataclass(frozen=True)
class Touched:
    """Ids, in order; none at all where an assumption is about money, weights or the whole year."""

    firms: tuple[str, ...]
    phases: tuple[str, ...]
    zones: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is named."""
        return not (self.firms or self.phases or self.zones)


def touched(programme: Programme, assumptions: Iterable[Assumption]) -> Touched:
    """What the keys of assumed rows name, and what rows that are added say; a fair stands for all its phases.

    A zone counts where neither a firm nor a phase is named: a quota of a zone is about its phase.
    """
    firms: set[str] = set()
    phases: set[str] = set()
    zones: set[str] = set()
    for a in assumptions:
        named = dict(_named(a))
        own = {named[x] for x in ("phase_id",) if named.get(x)}
        if not own and named.get("fair_id"):
            own = {q.phase_id for q in programme.phases_of.get(named["fair_id"], ())}
        phases |= own
        if named.get("firm_id"):
            firms.add(named["firm_id"])
        elif named.get("zone_id") and not own and a.table in ("zones", "decisions", "quotas", "posts"):
            zones.add(named["zone_id"])
    return Touched(*(tuple(sorted(x)) for x in (firms, phases, zones)))


def _named(a: Assumption) -> Iterator[tuple[str, str]]:
    """Columns that name somebody, of the key and of what is added."""
    if a.table in TABLE:
        key = TABLE[a.table].key
        parts = a.key.split("/")
        if len(parts) == len(key):
            yield from ((name, "" if part == "-" else part) for name, part in zip(key, parts, strict=True))
        yield from a.cells
