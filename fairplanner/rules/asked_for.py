"""Nobody is sent to a fair it did not ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.kinds import Role, StandKind, Wish
from fairplanner.domain.plan import Participation, Plan, Violation
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.applications import asks, sponsors


@dataclass(frozen=True)
class AskedFor(Law):
    """A participation rests on an application that still stands and gives what it asks for (phase, section, role, kind and
    number of booths), with a sponsor that may take the firm along; or on an invitation, where the programme invites.

    Label participation. Unit of amount: things that differ from what was asked. `pose` offers nothing else: no rows.
    """

    key = "asked-for"

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Compares each participation with its application; counts the invitations of each firm."""
        invited = Counter(p.firm_id for p in plan.participations if p.invited)
        for p in plan.participations:
            application = programme.application.get(p.application_id)
            if application is not None and not p.invited:
                wrong = list(_differs(programme, application, p))
            else:
                wrong = list(_uninvited(programme, p, invited[p.firm_id]))
            if wrong:
                yield self.broken(label(p.participation_id), len(wrong), what=", ".join(wrong))


def _differs(programme: Programme, a: Application, p: Participation) -> Iterator[str]:
    if not asks(programme, a):
        yield "wish"
    for name in ("firm_id", "phase_id", "section_id", "role"):
        if getattr(a, name) != getattr(p, name):
            yield name.removesuffix("_id")
    exhibits = a.role is Role.EXHIBIT
    if p.stand is not (a.stand if exhibits else StandKind.NONE):
        yield "stand"
    if not (max(1, a.least_booths) <= p.booths <= a.booths if exhibits else p.booths == 0):
        yield "booths"
    if p.sponsor not in sponsors(programme, programme.firm[a.firm_id].zone_id, a.recommended_by):
        yield "sponsor"


def _uninvited(programme: Programme, p: Participation, invitations: int) -> Iterator[str]:
    settings = programme.settings
    if not settings.invite or not p.invited:
        yield "application"
    elif invitations > settings.most_invitations:
        yield "invitations"
    if any(a.wish is Wish.REFUSES for a in programme.by_firm.asked.get((p.firm_id, p.phase_id), ())):
        yield "wish"
    if p.firm_id not in programme.firm or p.sponsor not in sponsors(programme, programme.firm[p.firm_id].zone_id):
        yield "sponsor"
