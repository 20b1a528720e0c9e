"""Nothing rests on an application that came too late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.applications import closes_on, is_late


@dataclass(frozen=True)
class Deadline(Law):
    """An application came by the last day to apply (the office's own, or a milestone that closes applications), or the
    organiser's review has taken it up, or an earlier plan gave it a place; one not yet received counts as of the programme's
    date.

    Label participation. Unit of amount: days late. `pose` excludes what is late; so there are no rows.
    """

    key = "deadline"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Compares the date of each application with the last day."""
        for p in plan.participations:
            application, closes = programme.application.get(p.application_id), closes_on(programme, p.phase_id)
            if application is None or closes is None or not is_late(programme, application):
                continue
            came = application.received or programme.settings.as_of
            yield self.broken(
                label(p.participation_id), (came - closes).days, closes=closes.isoformat(), came=came.isoformat()
            )
