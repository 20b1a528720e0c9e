"""What firms ask for, and what can be asked for at all: the last day to apply, usable phases, zones that may take a firm."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.kinds import ApplicationState, Role, Status, Wish
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.places import pinned_firms


@remembered
def closes_on(programme: Programme, phase_id: str) -> date | None:
    """Last day to apply: the earliest of the office's own date and the milestones that close applications; None: open."""
    days = [m.due for m in programme.milestones if m.closes and m.phase_id == phase_id and m.due is not None]
    choice = programme.choice(phase_id)
    if choice is not None and choice.closes is not None:
        days.append(choice.closes)
    return min(days) if days else None


@remembered
def is_usable(programme: Programme, phase_id: str) -> bool:
    """Whether a phase is dated, within the window, not cancelled, and in a known city."""
    phase, s = programme.phase.get(phase_id), programme.settings
    if phase is None or phase.start is None or phase.end is None or phase.status is Status.CANCELLED:
        return False
    return s.window_from <= phase.start <= s.window_to and bool(phase.place_id)


def asks(programme: Programme, application: Application) -> bool:
    """Whether the firm still asks: not refused, withdrawn or left out by the organiser's review (unless a decision gives it the
    place after all), in a role that the fair has, for booths it would accept."""
    if application.wish is Wish.REFUSES or application.state is ApplicationState.WITHDRAWN:
        return False
    given = (application.firm_id, application.phase_id) in pinned_firms(programme)
    if application.state.is_out and not given:
        return False
    if application.role.value not in programme.fair[programme.phase[application.phase_id].fair_id].roles:
        return False
    return application.role is not Role.EXHIBIT or 1 <= max(1, application.least_booths) <= application.booths


@remembered
def standing(programme: Programme) -> tuple[Application, ...]:
    """Applications that firms still ask for, for phases that can be planned, in the order of the table."""
    return tuple(a for a in programme.applications if asks(programme, a) and is_usable(programme, a.phase_id))


@remembered
def sponsors(programme: Programme, zone_id: str, recommended_by: str = "") -> tuple[str, ...]:
    """Zones that may take a firm along, as far as they send: its own and all above, or, where a zone recommends it, that
    zone and all above that."""
    return tuple(z for z in programme.zones_above(recommended_by or zone_id) if programme.zone[z].sends)
