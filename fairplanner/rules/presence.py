"""Officials who travel are at each fair long enough to be of use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Plan, Stop, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.dates import presence_days


@dataclass(frozen=True)
class Presence(Law):
    """An official party outside the mainland is present at least `min_presence_days` fair days (profile) at each stop.

    Label delegation. Unit of amount: days, at the stop where most are missing. `pose` offers nothing shorter: no rows.
    """

    key = "presence"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the fair days of each stop."""
        for d in plan.delegations:
            if d.regime is Regime.HOME or not d.officials:
                continue
            short, phase_id = max((_short(programme, stop), stop.phase_id) for stop in d.stops)
            if short > 0:
                least = programme.profile(phase_id).min_presence_days
                yield self.broken(label(d.delegation_id), short, phase=phase_id, least=least)


def _short(programme: Programme, stop: Stop) -> int:
    phase = programme.phase[stop.phase_id]
    if phase.start is None or phase.end is None:
        return 0
    least = programme.profile(stop.phase_id).min_presence_days
    return least - presence_days(phase.start, phase.end, stop.arrive, stop.leave)
