"""Draws (抽签): the order of applicants that follows from a number drawn in public.

The order is that of SHA-256 (hexadecimal, lower case) of the number and the id of the application written one after the
other in UTF-8, smallest first: anybody with a hash tool can check it, and nobody can choose it once the number is drawn.
"""

from __future__ import annotations

import hashlib

from fairplanner.domain.giving import Draw
from fairplanner.domain.kinds import Policy, Role
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered


@remembered
def draw_of(programme: Programme, phase_id: str, section_id: str) -> Draw | None:
    """The draw for a section: its own, else that of the whole phase."""
    found = {d.section_id: d for d in programme.draws if d.phase_id == phase_id}
    return found.get(section_id) or found.get("")


def ticket(number: str, application_id: str) -> str:
    """What the draw gives an application: SHA-256 of number and id, 64 hexadecimal digits."""
    return hashlib.sha256(f"{number}{application_id}".encode()).hexdigest()


def drawn(programme: Programme, phase_id: str, section_id: str, application_id: str) -> str:
    """The ticket of an application; without a draw that of its id alone (`undrawn` tells of it)."""
    draw = draw_of(programme, phase_id, section_id)
    return ticket(draw.number if draw else "", application_id)


def undrawn(programme: Programme) -> tuple[tuple[str, str], ...]:
    """Phases and sections with applications of exhibitors whose places go by lottery, and no draw to go by; sorted."""
    asked = {(a.phase_id, a.section_id) for a in programme.applications if a.role is Role.EXHIBIT}
    by_lot = (at for at in asked if programme.policy(at[0]) is Policy.LOTTERY)
    return tuple(sorted(at for at in by_lot if draw_of(programme, *at) is None))
