"""At most so many people stand in a booth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.kinds import Role
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label


@dataclass(frozen=True)
class BoothPeople(Law):
    """An exhibitor sends at most `people_per_booth` people (profile; practice: two a standard booth) for each of its booths.

    Label participation. Unit of amount: people. `pose` trims people; so there are no rows.
    """

    key = "booth-people"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Compares people with booths."""
        for p in plan.participations:
            per_booth = programme.profile(p.phase_id).people_per_booth
            if p.role is Role.EXHIBIT and per_booth is not None and p.people > per_booth * p.booths:
                most = per_booth * p.booths
                yield self.broken(label(p.participation_id), p.people - most, people=p.people, most=most)
