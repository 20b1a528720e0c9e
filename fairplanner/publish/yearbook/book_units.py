"""Chapters of zones and of fairs: who goes, when, with how many booths, what it costs, what is due, which targets it serves."""

from __future__ import annotations

from collections import Counter, defaultdict

from fairplanner.domain.plan import Participation
from fairplanner.publish.agendas.agenda import AudienceKind, Entry, EntryKind
from fairplanner.publish.sheet import Table
from fairplanner.publish.views import Party, touches
from fairplanner.publish.yearbook.figures import ZERO
from fairplanner.publish.yearbook.risks import planned_phases
from fairplanner.publish.yearbook.shelf import Shelf
from fairplanner.publish.yearbook.telling import NONE, wans
from fairplanner.publish.yearbook.volume import Chapter, Name, Part, Unit

SIZE = (2, 3, 4)


def zones(shelf: Shelf) -> Chapter:
    """A unit for each zone of the second level."""
    w = shelf.press.w
    return Chapter(w("yearbook.book.zones"), "zones", units=tuple(_zone(shelf, z) for z in shelf.zones))


def _zone(shelf: Shelf, zone_id: str) -> Unit:
    press, w, places = shelf.press, shelf.press.w, shelf.of_zone.get(zone_id, [])
    tally, then = shelf.told.now.by_zone.get(zone_id, NONE), shelf.told.then
    old = then.by_zone.get(zone_id, NONE).places if then else None
    keys = (
        "row.places",
        "col.ledger" if shelf.told.is_ledger else "col.then",
        "col.firms",
        "row.booths",
        "wall.money",
        "book.own",
    )
    cells = (
        f"{tally.places:,}", shelf.told.against(tally.places, old), f"{tally.firms:,}", f"{tally.booths:,}",
        shelf.told.sum(tally.public or ZERO), shelf.told.sum(tally.own or ZERO),
    )  # fmt: skip
    figures = Table(tuple(w(f"yearbook.{key}") for key in keys), (cells,), (1, 1.8, 1, 1, 1.4, 1.4))
    parts = [Part("", "figures", table=figures)]
    if places:
        parts.append(Part(w("yearbook.book.zone_fairs"), "fairs", table=_zone_fairs(shelf, places)))
    own = [t for t in press.plan.targets if _target_zone(shelf, t.target_id) == zone_id]
    if own and zone_id != press.programme.settings.root:
        parts.append(
            Part(w("yearbook.book.targets"), "targets", items=tuple(target_line(shelf, t.target_id) for t in own))
        )
    if places:
        parts.append(Part(w("yearbook.book.zone_firms", count=tally.firms), "firms", names=_zone_names(shelf, places)))
    below = {p.sponsor for p in places} | {press.programme.firm[p.firm_id].zone_id for p in places}
    also = tuple(f"z:{z}" for z in sorted(below - {zone_id}))
    return Unit(shelf.told.zone(zone_id), f"z:{zone_id}", tuple(parts), also)


def _target_zone(shelf: Shelf, target_id: str) -> str:
    return next((t.zone_id for t in shelf.press.programme.targets if t.target_id == target_id), "")


def target_line(shelf: Shelf, target_id: str) -> str:
    """A target with what the plan reaches of it."""
    press = shelf.press
    row = next(t for t in press.programme.targets if t.target_id == target_id)
    reached = next(t for t in press.plan.targets if t.target_id == target_id)
    return press.w("yearbook.point.target", target=press.w.name(row), reached=reached.reached, wanted=reached.wanted)


def _zone_fairs(shelf: Shelf, places: list[Participation]) -> Table:
    """The zone's fairs in date order: its firms, places and booths there."""
    press, w = shelf.press, shelf.press.w
    there: defaultdict[str, list[Participation]] = defaultdict(list)
    for p in places:
        there[p.phase_id].append(p)
    phase = press.programme.phase
    rows = tuple(
        (
            press.dress.phase_days(phase[q]), press.naming.phase(q), f"{len({p.firm_id for p in there[q]}):,}", f"{len(there[q]):,}",
            f"{sum(p.booths for p in there[q]):,}",
        )
        for q in sorted(there, key=lambda q: (str(phase[q].start), q))
    )  # fmt: skip
    headers = tuple(w(f"yearbook.book.col_{key}") for key in ("days", "fair", "firms", "places", "booths"))
    last = (w("paper.total"), "", "", f"{len(places):,}", f"{sum(p.booths for p in places):,}")
    return Table(headers, rows, (4, 4.4, 0.8, 0.8, 0.8), SIZE, last)


def _zone_names(shelf: Shelf, places: list[Participation]) -> tuple[Name, ...]:
    """Its firms with how many places and booths they have."""
    press = shelf.press
    count, booths = Counter(p.firm_id for p in places), Counter[str]()
    for p in places:
        booths[p.firm_id] += p.booths
    return tuple(
        Name(f"f:{f}", press.naming.firm(f), press.w("yearbook.book.times", times=count[f], booths=booths[f]))
        for f in shelf.in_order(count)
    )


def fairs(shelf: Shelf) -> Chapter:
    """A unit for each phase that somebody goes to, in date order."""
    due = _deadlines(shelf)
    units = tuple(_fair(shelf, q, due.get(q, [])) for q in planned_phases(shelf.told))
    return Chapter(shelf.press.w("yearbook.book.fairs"), "fairs", units=units)


def _deadlines(shelf: Shelf) -> dict[str, list[Entry]]:
    """What is due for each phase, from the agenda of everything; a series is marked at its phases."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in shelf.press.book.agenda(AudienceKind.EVERYTHING).entries:
        if entry.kind is EntryKind.DEADLINE and entry.phase_id:
            found[entry.phase_id].append(entry)
    return found


def _fair(shelf: Shelf, phase_id: str, due: list[Entry]) -> Unit:
    press, w, parties = shelf.press, shelf.press.w, shelf.parties_at.get(phase_id, [])
    phase = press.programme.phase[phase_id]
    stop = next(s for x in parties for s in x.delegation.stops if s.phase_id == phase_id)
    choice = press.programme.choice(phase_id)
    facts = (
        (w("paper.fact_days"), press.dress.phase_days(phase)),
        (w("paper.fact_where"), press.where(stop)),
        (w("yearbook.book.closes"), press.dress.day(choice.closes) if choice and choice.closes else w("paper.undated")),
    )
    parts = [
        Part("", "facts", facts=facts),
        Part(w("yearbook.book.fair_parties"), "parties", table=_parties(shelf, phase_id, parties), note=_away(shelf, parties)),
    ]  # fmt: skip
    if due:
        headers = (w("handout.deadline_date"), w("handout.deadline_what"))
        rows = tuple((press.dress.day(e.first), e.title) for e in due)
        parts.append(Part(w("yearbook.book.due"), "due", table=Table(headers, rows, (2.4, 7))))
    served = [t.target_id for t in press.programme.targets if any(touches(press.programme, t, x) for x in parties)]
    known = {t.target_id for t in press.plan.targets}
    lines = tuple(target_line(shelf, t) for t in served if t in known)
    if lines:
        parts.append(Part(w("yearbook.book.targets"), "targets", items=lines))
    for party in parties:
        if names := _fair_names(shelf, party, phase_id):
            title = w("yearbook.book.fair_firms", zone=press.naming.zone(party.delegation.sponsor), count=len({n.key for n in names}))  # fmt: skip
            parts.append(Part(title, f"firms-{party.delegation.party_id}", names=names))
    return Unit(press.naming.phase(phase_id), f"q:{phase_id}", tuple(parts), (f"s:{phase.fair_id}",))


def _parties(shelf: Shelf, phase_id: str, parties: list[Party]) -> Table:
    """Who sends whom: firms, places, booths, people, public money; the columns add up."""
    press, w = shelf.press, shelf.press.w
    money = [shelf.public.get((phase_id, x.delegation.sponsor), ZERO) for x in parties]
    rows = []
    for x, amount in zip(parties, wans(money), strict=True):
        at = x.at(phase_id)
        rows.append((
            press.naming.zone(x.delegation.sponsor), f"{len({p.firm_id for p in at}):,}", f"{len(at):,}", f"{sum(p.booths for p in at):,}",
            f"{sum(p.people for p in at):,}", f"{x.delegation.officials:,}", amount,
        ))  # fmt: skip
    every = [p for x in parties for p in x.at(phase_id)]
    last = (
        w("paper.total"), f"{sum(len({p.firm_id for p in x.at(phase_id)}) for x in parties):,}", f"{len(every):,}",
        f"{sum(p.booths for p in every):,}", f"{sum(p.people for p in every):,}", f"{sum(x.delegation.officials for x in parties):,}",
        wans([sum(money, ZERO)])[0],
    )  # fmt: skip
    keys = ("sponsor", "firms", "places", "booths", "people", "officials", "public")
    headers = tuple(w(f"yearbook.book.col_{key}", unit=press.dress.unit) for key in keys)
    return Table(headers, tuple(rows), (3.6, 1, 1, 1, 1, 1.1, 1.6), (1, 2, 3, 4, 5, 6), last)


def _away(shelf: Shelf, parties: list[Party]) -> str:
    """Days on which official parties are away; '' at home."""
    press = shelf.press
    away = [x.delegation for x in parties if x.delegation.officials]
    return "\n".join(
        press.w("yearbook.book.away", zone=press.naming.zone(d.sponsor), days=press.dress.span(d.depart, d.return_))
        for d in away
    )


def _fair_names(shelf: Shelf, party: Party, phase_id: str) -> tuple[Name, ...]:
    """Its firms there, each once, with stands and booths or what it does instead."""
    press = shelf.press
    own: defaultdict[str, list[Participation]] = defaultdict(list)
    for p in party.at(phase_id):
        own[p.firm_id].append(p)
    return tuple(Name(f"f:{f}", press.naming.firm(f), _has(shelf, own[f])) for f in shelf.in_order(own))


def _has(shelf: Shelf, places: list[Participation]) -> str:
    w = shelf.press.w
    said = [
        w("yearbook.book.stand", stand=shelf.press.stand_of(p), booths=p.booths)
        if p.booths
        else w(f"enums.Role.{p.role}")
        for p in places
    ]
    return shelf.press.naming.listed(list(dict.fromkeys(said)) if len(set(said)) < len(said) else said)
