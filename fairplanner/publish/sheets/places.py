"""Who goes to a phase, for the firms themselves: exhibitors with their stands, the others by what they do there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from fairplanner.domain.kinds import Role
from fairplanner.domain.plan import Participation
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.publish.views import Party, firms_of
from fairplanner.rules.reckon.notices import is_proposed

T = TypeVar("T")


def places(press: Press, party: Party, phase_id: str) -> Iterator[Section]:
    """A table of exhibitors and one of the other firms, each where there are any, with totals; no money and no score.

    Until the public notice has ended a note calls the places proposed (research/planner.md 19).
    """
    phase, own = press.naming.phase(phase_id), party.at(phase_id)
    exhibitors = [p for p in own if p.role is Role.EXHIBIT]
    guests = [p for p in own if p.role is not Role.EXHIBIT]
    if exhibitors:
        proposed = any(is_proposed(press.programme, phase_id, p.section_id) for p in exhibitors)
        note = press.w("giving.proposed_note") if proposed else ""
        yield Section(press.w("handout.places", phase=phase), "places", table=_stands(press, exhibitors), note=note)
    if guests:
        yield Section(press.w("handout.guests", phase=phase), "guests", table=_guests(press, guests))
    if not own:
        title = press.w("handout.places", phase=phase)
        yield Section(title, "places", paragraphs=(press.w("handout.no_places"),))


def _stands(press: Press, own: list[Participation]) -> Table:
    """Without a column for sections where no firm has named one."""
    w = press.w
    columns = {"no": 0.8, "firm": 4, "section": 3.2, "stand": 1.8, "booths": 1.2, "area": 1.4, "people": 1.1}
    kept = [n for n, key in enumerate(columns) if key != "section" or any(press.section_of(p) for p in own)]
    rows = [
        (str(n), press.naming.firm(p.firm_id), press.section_of(p), press.stand_of(p), str(p.booths), str(p.area_m2), str(p.people))
        for n, p in enumerate(own, 1)
    ]  # fmt: skip
    booths, people = sum(p.booths for p in own), sum(p.people for p in own)
    last = (w("paper.total"), w("paper.firms", firms=firms_of(own)), "", "", str(booths), str(9 * booths), str(people))
    headers, widths = [w(f"paper.col_{key}") for key in columns], list(columns.values())

    def only(cells: Sequence[T]) -> tuple[T, ...]:
        return tuple(cells[n] for n in kept)

    numeric = tuple(n for n, at in enumerate(kept) if at in (0, 4, 5, 6))
    return Table(only(headers), tuple(map(only, rows)), only(widths), numeric, only(last))


def _guests(press: Press, own: list[Participation]) -> Table:
    w = press.w
    rows = [
        (str(n), press.naming.firm(p.firm_id), w(f"paper.roles.{p.role}"), str(p.people)) for n, p in enumerate(own, 1)
    ]
    last = (w("paper.total"), w("paper.firms", firms=firms_of(own)), "", str(sum(p.people for p in own)))
    headers = tuple(w(f"paper.col_{key}") for key in ("no", "firm", "role", "people"))
    return Table(headers, tuple(rows), (0.8, 6, 3, 1.2), (0, 3), last)
