"""Which days a firm or an official party is bound by a phase, and how long people are away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from fairplanner.domain.kinds import Role
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.travel import can_follow, home_on, leave_by


@remembered
def planned_year(programme: Programme) -> int:
    """The calendar year that a window is for: that of its middle day (a window of 17 months touches two)."""
    first, last = programme.settings.window_from, programme.settings.window_to
    return (first + (last - first) / 2).year


@remembered
def occupied(programme: Programme, phase_id: str, role: Role) -> tuple[date, date]:
    """First and last day a firm must be on the spot: exhibitors from move-in to move-out, others on fair days.

    Raises ValueError for a phase without dates.
    """
    phase = programme.phase[phase_id]
    if phase.start is None or phase.end is None:
        raise ValueError(f"{phase_id} has no dates")
    if role is not Role.EXHIBIT:
        return phase.start, phase.end
    first = phase.start - timedelta(days=programme.move_in_days(phase_id))
    return first, phase.end + timedelta(days=programme.move_out_days(phase_id))


def days_away(depart: date, back: date) -> int:
    """Days away by border dates of the home country, both ends included («离开、抵达国内当日计入在外时间»)."""
    return (back - depart).days + 1


def journey_dates(programme: Programme, home: str, stops: Sequence[tuple[str, Role]]) -> tuple[date, date]:
    """Dates of leaving and coming home for phases attended in this order in one journey."""
    first, _ = occupied(programme, *stops[0])
    _, last = occupied(programme, *stops[-1])
    here, there = programme.phase[stops[0][0]].place_id, programme.phase[stops[-1][0]].place_id
    return leave_by(programme, home, here, first), home_on(programme, there, home, last)


@remembered
def can_chain(programme: Programme, a: tuple[str, Role], b: tuple[str, Role]) -> bool:
    """Whether one team can attend phase `b` straight after phase `a`, with at most the profile's longest wait between."""
    _, last = occupied(programme, *a)
    first, _ = occupied(programme, *b)
    wait = (first - last).days - 1
    most = min(programme.profile(a[0]).most_gap_days, programme.profile(b[0]).most_gap_days)
    here, there = programme.phase[a[0]].place_id, programme.phase[b[0]].place_id
    return wait <= most and can_follow(programme, here, last, there, first)


def presence_days(start: date, end: date, arrive: date, leave: date) -> int:
    """Fair days on which someone is there who arrives on `arrive` (too late for that day) and leaves in the evening of `leave`."""
    first = max(start, arrive + timedelta(days=1))
    return max(0, (min(end, leave) - first).days + 1)


def quarter(day: date) -> str:
    """Calendar quarter, e.g. 2025Q3."""
    return f"{day.year}Q{(day.month + 2) // 3}"
