"""Flights and trains, hotels for the driver, rooms and stands of a handbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from fairplanner.domain.kinds import Role
from fairplanner.domain.people import Hotel, Person
from fairplanner.domain.plan import Participation
from fairplanner.publish.handbook.roll import BLANK
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Card, Section, Table
from fairplanner.publish.sheets.handout_driver import CHINESE_READ, driver
from fairplanner.publish.views import Party, firms_of

Row = tuple[str, ...]
BEHIND, BOUND = "\u3000", "\u00a0"
"""Behind a name, as in any list of Chinese names, and between a name and its seat: alike in every language."""
MOST_NAMES, MOST_ROOMS = 24, 12
"""Names in one cell, and rooms beside one name of a hotel: with more a row could be taller than a page."""


def travel(press: Press, party: Party, persons: Sequence[Person]) -> Section:
    """Who travels with which flight or train; without the file the days of the firms' journeys, with blanks."""
    w = press.w
    rows: list[Row] = []
    for way in ("out", "back"):
        own = _vehicles(persons, way) if any(getattr(p, way) for p in persons) else _days(press, party, way)
        with_meeting = (*own, (w("handbook.meeting"), BLANK))
        rows += [(w(f"people.column.{way}") if n == 0 else "", *row) for n, row in enumerate(with_meeting)]
    headers = tuple(w(f"handbook.travel_col_{key}") for key in ("way", "vehicle", "who"))
    table = Table(headers, tuple(rows), (1, 3.4, 4.2))
    return Section(w("handbook.travel"), "travel", note=w("handbook.travel_note"), table=table)


def _vehicles(persons: Sequence[Person], way: str) -> Iterator[Row]:
    """Each flight with whoever is on it, and the seats where they are known; those without one last."""
    aboard: defaultdict[str, list[str]] = defaultdict(list)
    for p in persons:
        seat = p.seat if way == "out" else ""
        aboard[getattr(p, way)].append(f"{p.name}{BOUND}{seat}" if seat else p.name)
    for vehicle, names in sorted(aboard.items(), key=lambda x: not x[0]):
        for n in range(0, len(names), MOST_NAMES):
            yield (vehicle or BLANK) if n == 0 else "", _listed(names[n : n + MOST_NAMES])


def _listed(names: Sequence[str]) -> str:
    """Names one after another, each with the mark behind it by which the template keeps it in one piece."""
    return "".join(f"{name.replace(' ', BOUND)}{BEHIND}" for name in names)


def _days(press: Press, party: Party, way: str) -> Iterator[Row]:
    """The days on which firms leave or come home, as the plan reckons them."""
    firms: defaultdict[object, int] = defaultdict(int)
    for j in party.journeys:
        firms[j.depart if way == "out" else j.return_] += 1
    for day in sorted(firms):  # type: ignore[type-var]
        yield f"{press.dress.day(day)}\n{BLANK}", press.w("paper.firms", firms=firms[day])  # type: ignore[arg-type]
    if not firms:
        yield BLANK, BLANK


def hotels(press: Press, party: Party, persons: Sequence[Person]) -> Section:
    """A card for each hotel and each venue, to show to a driver: what people there read first, then English and Chinese."""
    w = press.w
    there = {press.programme.territory_of(q) for q in party.phase_ids}
    known = tuple(dict.fromkeys(s.hotel for p in persons for s in p.stays if s.hotel != Hotel("")))
    places = dict.fromkeys(press.programme.phase[q].place_id for q in party.phase_ids)
    cities = [press.naming.city(place) for place in places if place]
    cards = [_card(press, h, reads_chinese=there <= CHINESE_READ) for h in known] or [_blank(press, c) for c in cities]
    venues = [card for card in driver(press, party.phase_ids).cards if card.large]
    return Section(
        w("handbook.hotels"), "hotels", note=w("handbook.hotels_note"), cards=(*cards, *venues), own_page=True
    )


def _card(press: Press, hotel: Hotel, *, reads_chinese: bool) -> Card:
    zh, en = (hotel.name, hotel.address_zh), (hotel.name_en, hotel.address_en)
    order = (zh, en) if reads_chinese else (en, zh)
    large = tuple(x for x in dict.fromkeys((hotel.address_local, *chain(*order))) if x)
    facts = [] if hotel.address_local or reads_chinese else [(press.w("itinerary.driver_local"), "")]
    return Card(press.w("itinerary.take_me"), large, (*facts, (press.w("itinerary.hotel_phone"), hotel.phone)))


def _blank(press: Press, city: str) -> Card:
    keys = ("hotel_name", "hotel_local", "hotel_en", "hotel_zh", "hotel_phone")
    return Card(press.w("handbook.hotel_in", city=city), facts=tuple((press.w(f"handbook.{key}"), "") for key in keys))


def rooms(press: Press, persons: Sequence[Person]) -> Iterator[Section]:
    """Who sleeps in which room, where the file says so."""
    w = press.w
    beds: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for p in persons:
        for stay in p.stays:
            beds[stay.hotel.name or stay.hotel.name_en][stay.room].append(p.name)
    if not any(room for hotel in beds.values() for room in hotel):
        return
    rows = [
        ((hotel or BLANK) if n % MOST_ROOMS == 0 else "", room or BLANK, _listed(names))
        for hotel, own in beds.items()
        for n, (room, names) in enumerate(sorted(own.items(), key=lambda x: (not x[0], x[0])))
    ]
    headers = tuple(w(f"people.column.{key}") for key in ("hotel", "room", "name"))
    yield Section(w("handbook.rooms"), "rooms", table=Table(headers, tuple(rows), (2.6, 1.2, 4), grouped=True))


def stands(press: Press, party: Party, persons: Sequence[Person]) -> Iterator[Section]:
    """Every stand with its number, where the file has it; then room for the plan of the hall."""
    w = press.w
    for phase_id in party.phase_ids:
        own = [p for p in party.at(phase_id) if p.role is Role.EXHIBIT]
        if own:
            title = w("handbook.stands", phase=press.naming.phase(phase_id))
            yield Section(title, "stands", table=_stands(press, party, own, persons))
    if party.exhibitors:
        yield Section(w("handbook.hall"), "hall", note=w("handbook.hall_note"))


def _stands(press: Press, party: Party, own: Sequence[Participation], persons: Sequence[Person]) -> Table:
    w = press.w
    rows = tuple(
        (press.naming.firm(p.firm_id), "\n".join(x for x in (press.section_of(p), press.stand_of(p)) if x),
         _number(party, p, persons), str(p.booths), str(p.area_m2))
        for p in own
    )  # fmt: skip
    total = (
        w("paper.firms", firms=firms_of(own)),
        "",
        "",
        str(sum(p.booths for p in own)),
        str(sum(p.area_m2 for p in own)),
    )
    headers = tuple(w(key) for key in ("paper.col_firm", "handbook.stand_kind", "people.column.stand", "paper.col_booths", "paper.col_area"))  # fmt: skip
    return Table(headers, rows, (3.6, 2.8, 1.7, 1, 1.2), (3, 4), total)


def _number(party: Party, place: Participation, persons: Sequence[Person]) -> str:
    """Numbers in the file do not say of which phase they are: they are printed where the firm has but one."""
    if len({p.phase_id for p in party.exhibitors if p.firm_id == place.firm_id}) > 1:
        return BLANK
    found = dict.fromkeys(p.stand for p in persons if p.firm_id == place.firm_id and p.stand)
    return "\n".join(found) or BLANK
