"""An official party is no larger than allowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label


@dataclass(frozen=True)
class OfficialParty(Law):
    """A delegation has at most `most_officials` officials (profiles of its stops: six).

    Label delegation. Unit of amount: people. `pose` offers no larger parties; so there are no rows.
    """

    key = "official-party"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Compares each party with the profile."""
        for d in plan.delegations:
            limits = [programme.profile(s.phase_id).most_officials for s in d.stops]
            most = min((limit for limit in limits if limit is not None), default=d.officials)
            if d.officials > most:
                yield self.broken(label(d.delegation_id), d.officials - most, officials=d.officials, most=most)
