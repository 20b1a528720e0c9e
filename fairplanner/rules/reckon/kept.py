"""What a new plan keeps of an earlier one, whom it disturbs, and why something could not stay as it was.

An earlier plan is data here: the table `settled`. Without it only applications that are committed say what is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fairplanner.domain.kinds import Role, StandKind, Status, Wish
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.domain.settled import Settled, SettledTrip
from fairplanner.rules.reckon.asking import asks, closes_on, is_usable, sponsors
from fairplanner.rules.reckon.duties import Due, blocked_by
from fairplanner.rules.reckon.places import barred_firms


@dataclass(frozen=True)
class Held:
    """What is kept for an application: `booths` with the delegation of `sponsor` where it is `is_exact`, else any place that it
    asks for (`booths`: the fewest)."""

    booths: int
    sponsor: str = ""
    is_exact: bool = False


@remembered
def settled_at(programme: Programme) -> Mapping[str, Settled]:
    """Rows of `settled` by application id (`firm/phase/section`)."""
    return {row.application_id: row for row in programme.settled}


@remembered
def has_begun(programme: Programme, phase_id: str) -> bool:
    """Whether a phase has opened by the programme's date."""
    phase = programme.phase.get(phase_id)
    return phase is not None and phase.start is not None and phase.start <= programme.settings.as_of


def has_moved(programme: Programme, row: Settled) -> bool:
    """Whether the fair days are not those that the earlier plan knew; days it did not know have not moved."""
    phase = programme.phase.get(row.phase_id)
    if phase is None:
        return True
    now = ((row.first, phase.start), (row.last, phase.end))
    return any(then is not None and then != day for then, day in now)


@remembered
def held(programme: Programme) -> Mapping[str, Held]:
    """Applications whose place stays, by id: committed ones, and settled ones at a phase that has begun.

    Not at a phase that is cancelled, undated or out of the window, not where the firm withdrew or a decision keeps it (or
    all who could take it) away.
    """
    found = ((a, _held(programme, a)) for a in programme.applications)
    return {a.application_id: kept for a, kept in found if kept is not None}


def _held(programme: Programme, a: Application) -> Held | None:
    row = settled_at(programme).get(a.application_id)
    if not (a.state.is_committed or (row and has_begun(programme, a.phase_id))):
        return None
    zone_id = programme.firm[a.firm_id].zone_id
    barred = barred_firms(programme)
    takers = [s for s in sponsors(programme, zone_id, a.recommended_by) if (s, a.phase_id) not in barred]
    if (a.firm_id, a.phase_id) in barred or not takers or not programme.home(zone_id):
        return None
    if not (asks(programme, a) and is_usable(programme, a.phase_id)):
        return None
    if row is not None and is_still_asked(programme, row) and row.sponsor in takers:
        return Held(row.booths, row.sponsor, is_exact=True)
    return Held(max(1, a.least_booths) if a.role is Role.EXHIBIT else 0)


def is_still_asked(programme: Programme, row: Settled) -> bool:
    """Whether the application asks for exactly what the earlier plan gave it: role, stand, booths, with that sponsor."""
    a = programme.application.get(row.application_id)
    if a is None or not asks(programme, a) or a.role is not row.role:
        return False
    if row.sponsor not in sponsors(programme, programme.firm[a.firm_id].zone_id, a.recommended_by):
        return False
    if a.role is not Role.EXHIBIT:
        return row.booths == 0
    return a.stand is row.stand and max(1, a.least_booths) <= row.booths <= a.booths


def own_booths(programme: Programme, a: Application) -> frozenset[int]:
    """Booths of the place kept for an application, which no limit of one firm bars; none where nothing is kept."""
    kept = held(programme).get(a.application_id)
    return frozenset() if kept is None else frozenset({kept.booths})


@remembered
def held_parties(programme: Programme) -> frozenset[tuple[str, str]]:
    """(sponsor, phase) of delegations that must be there for a place that is kept: they have no least size any more."""
    made = set()
    for name, kept in held(programme).items():
        a = programme.application[name]
        zone_id = programme.firm[a.firm_id].zone_id
        takers = (kept.sponsor,) if kept.is_exact else sponsors(programme, zone_id, a.recommended_by)
        made |= {(sponsor, a.phase_id) for sponsor in takers}
    return frozenset(made)


def least_firms(programme: Programme, sponsor: str, phase_id: str) -> int:
    """Fewest firms of a sponsor's delegation at a phase; 0 where it must go for a place that is kept."""
    return 0 if (sponsor, phase_id) in held_parties(programme) else programme.least_firms(phase_id)


def is_late(programme: Programme, application: Application) -> bool:
    """Received after the last day, or not yet received though `as_of` is past it.

    One that the organiser's review has taken up, or that an earlier plan gave a place, is never late.
    """
    closes, name = closes_on(programme, application.phase_id), application.application_id
    if closes is None or application.state.is_accepted or name in settled_at(programme):
        return False
    return (application.received or programme.settings.as_of) > closes


def blocking(programme: Programme, firm_id: str, phase_id: str, application_id: str) -> Due | None:
    """The duty that is past and keeps a firm from a phase; None where all is open.

    Who has a place already is taken to have done what was due, unless the fair has moved since.
    """
    row = settled_at(programme).get(application_id)
    if application_id in held(programme) or (row is not None and not has_moved(programme, row)):
        return None
    return blocked_by(programme, phase_id, programme.firm[firm_id].zone_id)


def is_blocked(programme: Programme, a: Application) -> bool:
    """Whether a duty that is past keeps an application's firm from its phase."""
    return blocking(programme, a.firm_id, a.phase_id, a.application_id) is not None


def is_new_and_begun(programme: Programme, a: Application) -> bool:
    """Whether an application without a place asks for one at a phase that has begun; only where there is an earlier plan."""
    return is_begun_for(programme, a.phase_id, a.application_id)


def is_begun_for(programme: Programme, phase_id: str, application_id: str) -> bool:
    """Whether it is too late for a new place at a phase: it has begun, and the earlier plan tells who is there."""
    if not programme.settled or not has_begun(programme, phase_id):
        return False
    return application_id not in settled_at(programme) and application_id not in held(programme)


WHY = (
    "cancelled",
    "undated",
    "window",
    "moved",
    "absent",
    "withdrawn",
    "not-admitted",
    "refuses",
    "decision",
    "closed",
    "asks",
)
"""Reasons of `why_concerned`, in the order in which they are looked for."""


def why_concerned(programme: Programme, row: Settled) -> str:
    """Why a place of an earlier plan cannot simply stay as it was, whatever else is planned: one of WHY; '' if it can.

    The fair is off, has no dates, or others than it had; the firm or its application is no longer in the programme; it
    withdrew, was not admitted, or refuses; a decision keeps it away; it was invited and has not applied in time; it asks for
    something else now.
    """
    return _of_fair(programme, row) or _of_firm(programme, row)


def _of_fair(programme: Programme, row: Settled) -> str:
    phase = programme.phase.get(row.phase_id)
    if phase is None:
        return "cancelled"
    if not is_usable(programme, row.phase_id):
        if phase.status is Status.CANCELLED:
            return "cancelled"
        return "undated" if phase.start is None or phase.end is None or not phase.place_id else "window"
    return "moved" if has_moved(programme, row) else ""


def _of_firm(programme: Programme, row: Settled) -> str:
    a, firm = programme.application.get(row.application_id), programme.firm.get(row.firm_id)
    barred = barred_firms(programme)
    if firm is None or row.sponsor not in programme.zone:
        return "absent"
    if a is not None and a.state.is_out and not asks(programme, a):
        return a.state.value
    if a is not None and a.wish is Wish.REFUSES:
        return "refuses"
    if {(row.firm_id, row.phase_id), (row.sponsor, row.phase_id)} & barred:
        return "decision"
    if a is None:
        return _of_guest(programme, row)
    return "" if is_still_asked(programme, row) else "asks"


def _of_guest(programme: Programme, row: Settled) -> str:
    """Invited firms need no application as long as applications are open."""
    closes = closes_on(programme, row.phase_id) if row.invited else None
    if not row.invited or not programme.settings.invite:
        return "absent"
    return "closed" if closes is not None and closes < programme.settings.as_of else ""


def is_same_stand(row: Settled, sponsor: str, stand: StandKind, booths: int) -> bool:
    """Whether a place is just what the earlier plan gave."""
    return (row.sponsor, row.stand, row.booths) == (sponsor, stand, booths)


@remembered
def spared(programme: Programme) -> tuple[Settled, ...]:
    """Places of the earlier plan that the new plan itself could take away or change, in order of id: those it is asked to spare.

    Among them those at a fair that has moved: its new days are not the plan's doing, another stand there would be.
    """
    rows = (row for _, row in sorted(settled_at(programme).items()))
    return tuple(row for row in rows if why_concerned(programme, row) in ("", "moved"))


@remembered
def spared_trips(programme: Programme) -> tuple[SettledTrip, ...]:
    """Parties of the earlier plan that the new plan itself could send otherwise, in order of id: every fair of theirs is held
    on the days it had, and no decision keeps their zone away."""
    days = {row.phase_id: row for row in programme.settled}
    barred = barred_firms(programme)

    def stays(trip: SettledTrip, phase_id: str) -> bool:
        if not is_usable(programme, phase_id) or (trip.sponsor, phase_id) in barred:
            return False
        return phase_id not in days or not has_moved(programme, days[phase_id])

    trips = sorted(programme.settled_trips, key=lambda trip: trip.delegation_id)
    return tuple(trip for trip in trips if all(stays(trip, q) for q in trip.phases))
