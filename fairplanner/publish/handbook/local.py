"""What a handbook says of each city: the clock, which is reckoned, and what the table of local facts knows; the rest stays blank."""

from __future__ import annotations

from collections.abc import Iterator

from fairplanner.domain.reference import LocalFact
from fairplanner.publish.naming import locality
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Card, Section
from fairplanner.publish.sheets.handout_clock import Clock
from fairplanner.publish.views import Party

ABROAD = ("voltage", "plug", "currency", "weather", "connectivity")
AT_HOME = ("weather", "transport")
MORE = ("transport", "tipping", "manners")
"""Asked of every place abroad and at home, and said only where they are known."""


def local_pages(press: Press, party: Party) -> Iterator[Section]:
    """A section for each city of the journey, in its order."""
    w, seen = press.w, set[str]()
    for stop in party.delegation.stops:
        city = press.programme.phase[stop.phase_id].place_id
        if not city or city in seen:
            continue
        seen.add(city)
        leaves = press.programme.place[city].territory_id != _home_territory(press)
        facts = [*_clock(press, party, stop.phase_id)] if leaves else []
        facts += [(w(f"enums.LocalTopic.{t}"), said(press, city, t)) for t in (ABROAD if leaves else AT_HOME)]
        known = [(t, said(press, city, t)) for t in MORE if t not in AT_HOME or leaves]
        facts += [(w(f"enums.LocalTopic.{t}"), text) for t, text in known if text]
        where = locality(w, press.naming.at(city))
        title = w("handbook.local", city=where)
        yield Section(title, "local", note=w("handbook.local_note"), cards=(Card(where, facts=tuple(facts)),))


def _home_territory(press: Press) -> str:
    home = press.programme.home(press.programme.settings.root)
    return press.programme.place[home].territory_id if home else "CN"


def _clock(press: Press, party: Party, phase_id: str) -> Iterator[tuple[str, str]]:
    """How far the clock there is from that at home on the first fair day."""
    phase, home = press.programme.phase[phase_id], press.programme.home(party.delegation.sponsor)
    if phase.start is None or not home:
        return
    place = press.programme.place
    clock = Clock(place[phase.place_id].tz, place[home].tz, phase.start)
    text = clock.difference(press.w) or press.w("itinerary.clock.equal", zone=clock.zone(press.w))
    yield press.w("handbook.clock"), text


def said(press: Press, city: str, topic: str) -> str:
    """What is known of a topic, how sure it is where that is not beyond doubt, and the local words; '' where nothing is."""
    return "\n".join(_told(press, fact) for fact in press.programme.local_facts_of(city, topic))


def _told(press: Press, fact: LocalFact) -> str:
    return "\n".join(x for x in (press.naming.local(fact), fact.text_local) if x)
