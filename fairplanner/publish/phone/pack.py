"""Everything a phone pack says of one delegation, computed once: pictures, texts and page only dress it.

Dates come from the delegation's agenda; no money, no score, no official's travel stands in it (contract: outward audience).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from fairplanner.publish.agendas.agenda import AudienceKind, Entry, EntryKind
from fairplanner.publish.naming import Naming
from fairplanner.publish.phone.changed import Changed, Replaced, since
from fairplanner.publish.phone.names import fairs_of, who_of
from fairplanner.publish.press import Press
from fairplanner.publish.sheets.cover import cover_facts
from fairplanner.publish.subscribe.open_address import page_url
from fairplanner.publish.views import Party

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Item:
    """One thing on one day. `mark`: what happened to it since the last revision; `where` in the reader's language, `abroad` the
    same in the other one, for the driver; `notes` are said on its first day only."""

    key: str
    kind: str
    mark: str
    title: str
    counted: str = ""
    where: str = ""
    abroad: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Day:
    """One day: 4月15日, 周二, the whole date, the entries that touch it, and a name for files."""

    on: date
    name: str
    weekday: str
    full: str
    file: str
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Firm:
    """A firm at a fair: its stand or role, and its days of travel where they are planned."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """What everything in a pack is made from. `said`: what it replaces, '' where that is not known; `firms`: by fair; `page`: address of
    the page where one subscribes, '' where there is none."""

    lang: str
    who: str
    fairs: str
    title: str
    revision: str
    said: str
    changed: tuple[Changed, ...]
    facts: tuple[tuple[str, str], ...]
    days: tuple[Day, ...]
    deadlines: tuple[Day, ...]
    firms: tuple[tuple[str, tuple[Firm, ...]], ...]
    sample: str
    footer: str
    page: str = ""


def pack_of(press: Press, party: Party, replaced: Replaced | None = None) -> Pack:
    """The pack of one delegation."""
    agenda, found = press.agenda(party), since(press, party, replaced)
    marks = {c.key: c.what for c in found.changed}
    kept = [e for e in agenda.entries if e.kind is not EntryKind.DEADLINE]
    due = [e for e in agenda.entries if e.kind is EntryKind.DEADLINE]
    return Pack(
        lang=press.lang, who=who_of(press, party), fairs=fairs_of(press, party), title=press.title(party),
        revision=press.w("phone.revision", number=press.plan.revision), said=found.said, changed=found.changed,
        facts=_facts(press, party), days=_days(press, kept, marks), deadlines=_days(press, due, marks),
        firms=tuple((press.naming.phase(q), _firms(press, party, q)) for q in party.phase_ids),
        sample=press.sample, footer=press.w("phone.footer", programme=press.w.name(press.programme.settings), day=press.dress.day(press.plan.as_of)),
        page=page_url(press, AudienceKind.DELEGATION, party.delegation.party_id),
    )  # fmt: skip


def _facts(press: Press, party: Party) -> tuple[tuple[str, str], ...]:
    """What the title does not say already: days, place, size, travel."""
    title = press.title(party)
    facts = cover_facts(press, party, internal=False)[:-1]  # the last one is the revision
    return tuple((name, value) for name, value in facts if not all(line in title for line in value.split("\n")))


def _days(press: Press, entries: list[Entry], marks: dict[str, str]) -> tuple[Day, ...]:
    dates = sorted({e.first + DAY * k for e in entries for k in range((e.last - e.first).days + 1)})
    alike = Counter((d.month, d.day) for d in dates)
    return tuple(_day(press, d, entries, marks, is_dated=alike[d.month, d.day] > 1) for d in dates)


def _day(press: Press, on: date, entries: list[Entry], marks: dict[str, str], *, is_dated: bool) -> Day:
    w, own = press.w, tuple(e for e in entries if e.first <= on <= e.last)
    facts = {"year": on.year, "month": w(f"calendar.month.{on.month}"), "day": on.day}
    return Day(
        on, w("phone.day", **facts), w(f"calendar.weekday.{on.isoweekday()}"), press.dress.day(on),
        w(f"phone.file.{'dated' if is_dated else 'day'}", **facts), tuple(_item(press, e, on, marks) for e in own), own,
    )  # fmt: skip


def _item(press: Press, entry: Entry, on: date, marks: dict[str, str]) -> Item:
    w, long = press.w, (entry.last - entry.first).days + 1
    counted = w("phone.of_days", n=(on - entry.first).days + 1, days=long) if long > 1 else ""
    notes = entry.lines if on == entry.first else ()
    if entry.starts is not None and entry.ends is not None and entry.first == entry.last:
        notes = (w("phone.hours", starts=f"{entry.starts:%H:%M}", ends=f"{entry.ends:%H:%M}"), *notes)
    kind = w(f"calendar.category.{entry.kind}")
    return Item(
        entry.key, "" if entry.title.startswith(kind) else kind, marks.get(entry.key, ""), entry.title, counted,
        _place(press.naming, entry), _elsewhere(press, entry) if on == entry.first else "", notes,
    )  # fmt: skip


def _elsewhere(press: Press, entry: Entry) -> str:
    other = _place(Naming(press.programme, "en" if press.lang == "zh" else "zh"), entry)
    return "" if other == _place(press.naming, entry) else other


def _place(naming: Naming, entry: Entry) -> str:
    """City and venue; '' where they are not known."""
    if entry.spot is None:
        return ""
    spot = naming.spot(entry.phase_id) if entry.phase_id else naming.at(entry.spot.place_id)
    if spot is None:
        return ""
    return naming.say("paper.place", city=spot.city, venue=spot.venue) if spot.venue else spot.city


def _firms(press: Press, party: Party, phase_id: str) -> tuple[Firm, ...]:
    w, days = press.w, press.dress.day
    journeys = {(j.firm_id, q): j for j in party.journeys for q in j.phases}
    found = []
    for p in party.at(phase_id):
        stand = w("phone.stand", stand=press.stand_of(p), booths=p.booths, area=p.area_m2) if p.booths else ""
        lines = [w(f"enums.Role.{p.role}"), press.section_of(p), stand, w("phone.people", people=p.people)]
        joined = w("calendar.comma").join(x for x in lines if x)
        trip = journeys.get((p.firm_id, phase_id))
        travel = w("phone.travel", depart=days(trip.depart), back=days(trip.return_)) if trip else ""
        found.append(Firm(press.naming.firm(p.firm_id), tuple(x for x in (joined, travel) if x)))
    return tuple(found)
