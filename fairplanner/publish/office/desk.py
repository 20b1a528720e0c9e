"""What the papers of one plan in one language share: editions, parties, lists of places, and how blanks, days and routes are put."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from fairplanner.domain.kinds import Regime, Role
from fairplanner.domain.plan import Delegation, Participation
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Fair, Phase
from fairplanner.publish.naming import Naming, locality
from fairplanner.publish.office.paper import BLANK
from fairplanner.publish.press import Press
from fairplanner.publish.views import Party
from fairplanner.publish.wording.giving_words import GivingWords
from fairplanner.rules.reckon.lists import PlacesList, places_lists

FIRST, LAST = date.min, date.max


@dataclass(frozen=True)
class Edition:
    """An edition of a fair with those of its phases that the plan or an application speaks of, in date order."""

    fair: Fair
    phases: tuple[Phase, ...]

    @property
    def phase_ids(self) -> tuple[str, ...]:
        """Ids of the phases."""
        return tuple(q.phase_id for q in self.phases)

    @property
    def edition_id(self) -> str:
        """The fair and its edition."""
        return f"{self.fair.fair_id}-{self.phases[0].edition}"


class Desk:
    """The desk at which one plan's papers are written, in one language."""

    def __init__(self, press: Press) -> None:
        self.press, self.w, self.dress, self.naming = press, press.w, press.dress, press.naming
        self.giving = GivingWords(press.naming, press.dress)

    @property
    def programme(self) -> Programme:
        """The programme."""
        return self.press.programme

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """Editions that somebody goes to or has applied for, by their first day; those without a date come last."""
        p, plan = self.programme, self.press.plan
        wanted = {s.phase_id for d in plan.delegations for s in d.stops}
        wanted |= {a.phase_id for a in p.applications} & {q.phase_id for q in (*p.in_window(), *p.undated())}
        found: dict[tuple[str, str], list[Phase]] = {}
        for q in sorted((p.phase[x] for x in wanted), key=lambda q: (q.start or LAST, q.phase_id)):
            found.setdefault((q.fair_id, q.edition), []).append(q)
        return tuple(Edition(p.fair[fair_id], tuple(own)) for (fair_id, _), own in found.items())

    @cached_property
    def lists(self) -> dict[str, tuple[PlacesList, ...]]:
        """Lists of places by phase, for phases whose places go in a published order."""
        found: dict[str, list[PlacesList]] = {}
        for one in places_lists(self.programme, self.press.plan):
            found.setdefault(one.phase_id, []).append(one)
        return {q: tuple(own) for q, own in found.items()}

    @cached_property
    def abroad(self) -> tuple[Party, ...]:
        """Delegations that leave the mainland, by departure."""
        own = [x for x in self.press.parties if x.delegation.regime is not Regime.HOME]
        return tuple(sorted(own, key=lambda x: (x.delegation.depart, x.delegation.delegation_id)))

    @cached_property
    def official(self) -> tuple[Party, ...]:
        """Those of them with an official party."""
        return tuple(x for x in self.abroad if x.delegation.officials)

    @cached_property
    def _places(self) -> dict[str, tuple[Participation, ...]]:
        found: dict[str, list[Participation]] = {}
        for x in self.press.plan.participations:
            found.setdefault(x.phase_id, []).append(x)
        return {q: tuple(own) for q, own in found.items()}

    def places(self, phase_ids: Iterable[str]) -> tuple[Participation, ...]:
        """Everybody who goes to these phases."""
        return tuple(x for q in phase_ids for x in self._places.get(q, ()))

    def edition_name(self, edition: Edition) -> str:
        """第137届…"""
        return self.naming.edition(edition.phases[0].phase_id)

    def where(self, phase: Phase) -> str:
        """Country or region, city and venue; ____ where they are not known."""
        spot = self.naming.spot(phase.phase_id)
        if spot is None:
            return BLANK
        city = locality(self.w, spot)
        return self.w("paper.place", city=city, venue=spot.venue) if spot.venue else city

    def territories(self, d: Delegation) -> str:
        """Countries and regions of a route, each once."""
        ids = dict.fromkeys(self.programme.territory_of(s.phase_id) for s in d.stops)
        return self.naming.listed([self.w.name(self.programme.territory[t]) for t in ids if t]) or BLANK

    def fairs(self, d: Delegation) -> str:
        """Fairs of a route, in order."""
        return self.naming.listed([self.naming.phase(s.phase_id) for s in d.stops])

    def route(self, d: Delegation) -> str:
        """Home, cities in order, home."""
        places = [self.programme.phase[s.phase_id].place_id for s in d.stops]
        stops = [self.naming.city(p) if p else BLANK for p in places]
        once = [stop for i, stop in enumerate(stops) if i == 0 or stop != stops[i - 1]]
        home = self.naming.city(d.home) if d.home else BLANK
        return self.w("office.way").join([home, *once, home])

    def in_full(self, amount: Decimal) -> str:
        """In the large unit of the language (12.35 万元, million), with the exact amount beside it."""
        big = f"{amount / Decimal(self.w('office.large')):,.2f}"
        return self.w("office.money", big=big, amount=self.dress.money(amount))

    def sector_names(self, ids: Iterable[str]) -> str:
        """Sectors, ____ for none."""
        names = [self.w.name(self.programme.sector[s]) for s in ids if s in self.programme.sector]
        return self.naming.listed(names) or BLANK

    def section(self, section_id: str) -> str:
        """Name of a section; '' for none."""
        row = self.programme.section.get(section_id)
        return self.w.name(row) if row else ""

    def span(self, first: date | None, last: date | None) -> str:
        """Days in words, ____ where they are not known."""
        return self.dress.span(first, last) if first and last else BLANK

    def verb(self, places: Iterable[Participation]) -> str:
        """What people go for: exhibit, take part (buy, visit, negotiate) or both; a key of `office.verb`."""
        roles = {x.role for x in places}
        if not roles or roles == {Role.EXHIBIT}:
            return "exhibit"
        return "both" if Role.EXHIBIT in roles else "attend"


def addressed(naming: Naming, zones: Iterable[str]) -> str:
    """Whom a notice goes to below the planning zone, by kinds of zones: 市（州）、经开区; '' where there are none."""
    p = naming.programme
    kinds = dict.fromkeys(p.zone[z].kind for z in sorted(zones, key=lambda z: (p.zone[z].kind != "prefecture", z)))
    return naming.listed([naming.say(f"enums.ZoneKind.{k}") for k in kinds if k in ("prefecture", "zone")])
