"""Cards to show to a driver: each venue in Chinese and in English, large; what nobody knows is a line for the hotel to write on."""

from __future__ import annotations

from collections.abc import Sequence

from fairplanner.publish.naming import Naming
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Card, Section

CHINESE_READ = frozenset({"CN", "HK", "MO", "TW"})
"""Territories where a driver reads Chinese."""


def driver(press: Press, phase_ids: Sequence[str]) -> Section:
    """One card for each venue of these phases, then one for the hotel in each city.

    Venues are known in Chinese and English only. Where neither need be what people there read, the card says so and leaves a
    line; no address is made up.
    """
    placed = [q for q in phase_ids if press.programme.phase[q].place_id]
    cities = dict.fromkeys(press.programme.phase[q].place_id for q in placed)
    cards = (*dict.fromkeys(_venue(press, q) for q in placed), *(_hotel(press, city) for city in cities))
    return Section(press.w("itinerary.driver"), "driver", cards=cards)


def _hotel(press: Press, city: str) -> Card:
    blanks = tuple((press.w(f"itinerary.hotel_{key}"), "") for key in ("name", "address", "phone"))
    return Card(press.w("itinerary.hotel", city=press.naming.city(city)), facts=blanks)


def _venue(press: Press, phase_id: str) -> Card:
    phase, territory = press.programme.phase[phase_id], press.programme.territory_of(phase_id)
    venues = {"zh": phase.venue_zh, "en": phase.venue_en}
    order = ("zh", "en") if territory in CHINESE_READ else ("en", "zh")
    said = [_address(Naming(press.programme, lang), phase.place_id, venues[lang]) for lang in order]
    facts = [] if any(venues.values()) else [(press.w("itinerary.driver_venue"), "")]
    facts += [] if territory in CHINESE_READ else [(press.w("itinerary.driver_local"), "")]
    return Card(press.w("itinerary.take_me"), tuple(dict.fromkeys(said)), tuple(facts))


def _address(naming: Naming, place_id: str, venue: str) -> str:
    city = naming.at(place_id).city
    return naming.say("paper.place", city=city, venue=venue) if venue else city
