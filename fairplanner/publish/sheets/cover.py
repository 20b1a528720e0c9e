"""The block on top of every sheet of a delegation: who, which fairs, when, where, how many, from when to when."""

from __future__ import annotations

from fairplanner.domain.kinds import Regime, Role
from fairplanner.publish.press import Press
from fairplanner.publish.views import Party, firms_of


def size(press: Press, party: Party) -> str:
    """How many firms exhibit with how many booths, and how many come to buy, visit or negotiate."""
    w, roles = press.w, [press.w(f"paper.roles.{role}") for role in party.roles if role is not Role.EXHIBIT]
    exhibitors, guests, booths = firms_of(party.exhibitors), firms_of(party.guests), press.booths(party.booths)
    if not guests:
        return w("paper.size", firms=exhibitors, booths=booths)
    if not exhibitors:
        return w("paper.size_guests", firms=guests, roles=press.naming.listed(roles))
    return w("paper.size_mixed", firms=exhibitors, booths=booths, guests=guests, roles=press.naming.listed(roles))


def cover_facts(press: Press, party: Party, *, internal: bool) -> tuple[tuple[str, str], ...]:
    """Labels and values; `internal` adds the days of an official party, which leave the office on no paper."""
    w, d = press.w, party.delegation
    phases = [press.programme.phase[q] for q in party.phase_ids]
    facts = [
        ("sponsor", press.naming.zone(d.sponsor)),
        ("fair", "\n".join(press.naming.phase(q.phase_id) for q in phases)),
        ("days", "\n".join(press.dress.phase_days(q) for q in phases)),
        ("where", "\n".join(dict.fromkeys(press.where(stop) for stop in d.stops))),
        ("size", size(press, party)),
    ]
    if party.journeys:
        first, last = min(j.depart for j in party.journeys), max(j.return_ for j in party.journeys)
        facts.append(("travel", w("paper.travel", first=press.dress.day(first), last=press.dress.day(last))))
    if internal and d.regime is not Regime.HOME:
        facts.append(("away", press.dress.span(d.depart, d.return_)))
    return tuple((w(f"paper.fact_{key}"), value) for key, value in [*facts, ("revision", press.revision)])
