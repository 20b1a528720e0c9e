"""Nobody goes where it is too late for something without which nobody can go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.kept import blocking


@dataclass(frozen=True)
class Duties(Law):
    """No duty that blocks is past, on the programme's date, for a phase at which a firm takes part, unless a permit shows that
    it was done, or the firm has its place already (an earlier plan gave it, and the fair has not moved since; or it is kept).

    Label participation. Unit of amount: days late. `pose` excludes what is blocked; so there are no rows.
    """

    key = "duties"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the duties of each phase back from its opening."""
        for p in plan.participations:
            due = blocking(programme, p.firm_id, p.phase_id, p.application_id)
            if due is not None:
                late = (programme.settings.as_of - due.working).days
                yield self.broken(
                    label(p.participation_id), late, duty=due.duty.duty_id, due=due.due.isoformat(), phase=p.phase_id
                )
