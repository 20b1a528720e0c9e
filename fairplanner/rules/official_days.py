"""Officials are away no longer than one, two or three countries or regions allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Delegation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.dates import days_away
from fairplanner.rules.reckon.tariff import far_days


@dataclass(frozen=True)
class OfficialDays(Law):
    """An official party that leaves the mainland is away at most `day_limits` days (profile: 5, 8, 10 for 1, 2, 3 countries
    or regions, or the travel pack's; the strictest of its stops), counted by border dates of home, both ends included; the
    pack's `far_days` more if any stop is in a far market; and visits no more countries than there are limits.

    Label delegation. Unit of amount: days. `pose` offers no longer trips; so there are no rows.
    """

    key = "official-days"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts days and countries of each party."""
        for d in plan.delegations:
            limits = [limit for s in d.stops if (limit := programme.profile(s.phase_id).day_limits)]
            if d.regime is Regime.HOME or not d.officials or not limits:
                continue
            days, countries = days_away(d.depart, d.return_), visited(programme, d)
            most = min(limit[countries - 1] if countries <= len(limit) else 0 for limit in limits)
            if most:
                most += max(far_days(programme, s.phase_id) for s in d.stops)
            if days > most:
                yield self.broken(label(d.delegation_id), days - most, days=days, most=most, countries=countries)


def visited(programme: Programme, delegation: Delegation) -> int:
    """Countries and regions outside the mainland that a delegation stops in."""
    return len(
        {
            programme.territory_of(s.phase_id)
            for s in delegation.stops
            if programme.regime(s.phase_id) is not Regime.HOME
        }
    )
