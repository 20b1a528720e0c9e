"""A plan sorted for a book, once: who is at which fair, from which zone, with what public money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from fairplanner.domain.plan import Participation
from fairplanner.publish.press import Press
from fairplanner.publish.views import Party
from fairplanner.publish.yearbook.figures import ZERO, prefecture
from fairplanner.publish.yearbook.telling import Telling
from fairplanner.publish.yearbook.volume import in_order


@dataclass(frozen=True)
class Shelf:
    """Look-ups of one plan in one language, each built when first asked for; `order`: whose language sorts the names."""

    press: Press
    order: Press

    @cached_property
    def told(self) -> Telling:
        """The figures."""
        return Telling(self.press)

    @cached_property
    def of_phase(self) -> dict[str, list[Participation]]:
        """Places by phase."""
        found: defaultdict[str, list[Participation]] = defaultdict(list)
        for p in self.press.plan.participations:
            found[p.phase_id].append(p)
        return found

    @cached_property
    def of_zone(self) -> dict[str, list[Participation]]:
        """Places by the zone of the second level that the firm belongs to."""
        found: defaultdict[str, list[Participation]] = defaultdict(list)
        for p in self.press.plan.participations:
            found[self.zone_of(p.firm_id)].append(p)
        return found

    @cached_property
    def parties_at(self) -> dict[str, list[Party]]:
        """Delegations by phase."""
        found: defaultdict[str, list[Party]] = defaultdict(list)
        for party in self.press.parties:
            for q in party.phase_ids:
                found[q].append(party)
        return found

    @cached_property
    def public(self) -> dict[tuple[str, str], Decimal]:
        """Public money by phase and sponsor: claims of its firms there; what its party costs stands at its first stop."""
        sums: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
        sponsor = {(p.firm_id, p.phase_id): p.sponsor for p in self.press.plan.participations}
        for c in self.press.plan.claims:
            sums[c.phase_id, sponsor.get((c.firm_id, c.phase_id), "")] += c.amount
        for d in self.press.plan.delegations:
            sums[d.stops[0].phase_id, d.sponsor] += d.total
        return sums

    @cached_property
    def zones(self) -> list[str]:
        """Zones of the second level with firms that go or parties of their own: the planning zone first, then by places."""
        root = self.press.programme.settings.root
        ids = {*self.of_zone, *(prefecture(self.press.programme, d.sponsor) for d in self.press.plan.delegations)}
        return sorted(ids, key=lambda z: (z != root, -len(self.of_zone.get(z, ())), z))

    def in_order(self, firm_ids: Iterable[str]) -> list[str]:
        """Firms as an index lists them."""
        return sorted(firm_ids, key=lambda f: (in_order(self.order.naming.firm(f)), f))

    def zone_of(self, firm_id: str) -> str:
        """The zone of the second level of a firm."""
        return self._zone_of[firm_id]

    @cached_property
    def _zone_of(self) -> dict[str, str]:
        return {f.firm_id: prefecture(self.press.programme, f.zone_id) for f in self.press.programme.firms}
