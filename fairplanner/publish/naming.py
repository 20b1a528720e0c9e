"""How phases, delegations, places and dates are called in a language; every publication says them alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property

from fairplanner.domain.kinds import Confidence, Regime, Role, Status
from fairplanner.domain.plan import Delegation
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import LocalFact
from fairplanner.publish.agendas.agenda import Spot
from fairplanner.words import Words, words

LARGEST_ORDINAL = 999  # an edition above this is a year
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
TWICE = re.compile("(?P<zh>[^A-Za-z]*[\u3400-\u9fff][^A-Za-z]*?) +(?P<en>[a-z]+ [^\u3000-\u9fff\uf900-\uffef]*)")
"""A text and its translation in one field."""
SURE = frozenset({Confidence.SEED, Confidence.SOURCED, Confidence.USER})
SOURCES = " ; "  # stands between the sources of one fact


def dates_in_words(say: Words, first: date, last: date) -> str:
    """A day or a range with its weekdays: 2027年4月15日—19日（周四至周一）, 15–19 April 2027 (Thu–Mon)."""
    facts: dict[str, object] = {}
    for n, day in ((1, first), (2, last)):
        facts |= {f"y{n}": day.year, f"d{n}": day.day}
        facts |= {f"month{n}": say(f"calendar.month.{day.month}"), f"w{n}": say(f"calendar.weekday.{day.isoweekday()}")}
    if first == last:
        return say("calendar.dates.day", **facts)
    if first.year != last.year:
        return say("calendar.dates.years", **facts)
    return say("calendar.dates.days" if first.month == last.month else "calendar.dates.months", **facts)


def _shape(edition: str) -> str:
    """Which sentence names an edition: none, a number, or a year."""
    if not edition:
        return "plain"
    # an edition that is no number is a search note of the catalogue (2025+): the year says more
    return "edition" if edition.isdigit() and int(edition) <= LARGEST_ORDINAL else "year"


def locality(say: Words, spot: Spot) -> str:
    """City with its country or region; once where the city is named in it (新加坡; 中国香港, Hong Kong, China)."""
    key = "territory" if spot.city in spot.territory else "city"
    return say(f"calendar.place.{key}", city=spot.city, territory=spot.territory)


def _manner(roles: Collection[Role]) -> str:
    """What a delegation is named by: `exhibit` where anybody does or nothing is known, its only role, else `mixed`."""
    kinds = set(roles)
    if not kinds or Role.EXHIBIT in kinds:
        return Role.EXHIBIT.value
    return next(iter(kinds)).value if len(kinds) == 1 else "mixed"


class Naming:
    """Names of one programme in one language."""

    def __init__(self, programme: Programme, lang: str) -> None:
        self.programme = programme
        self.say = words(lang)

    @cached_property
    def _phases_of_edition(self) -> Counter[tuple[str, str]]:
        return Counter((q.fair_id, q.edition) for q in self.programme.phases)

    def listed(self, names: list[str]) -> str:
        """Names one after another with the language's own comma."""
        return self.say("calendar.comma").join(names)

    def phase(self, phase_id: str) -> str:
        """Edition, fair and, where the edition is divided, phase: 第138届…第1期; 2025年… where editions go by years."""
        return self._phase("phase", phase_id)

    def brief(self, phase_ids: Iterable[str], among: Collection[str]) -> str:
        """Fairs for a small label, which may lose its end: edition and phase come first where `among`, the phases that are shown
        together, has several of the fair (137届1期 …), and stand nowhere else."""
        phase = self.programme.phase
        several = Counter(phase[q].fair_id for q in set(among))
        names = [
            self._phase("brief", q)
            if several[phase[q].fair_id] > 1
            else self.say.name(self.programme.fair[phase[q].fair_id])
            for q in phase_ids
        ]
        return self.listed(list(dict.fromkeys(names)))

    def _phase(self, words_of: str, phase_id: str) -> str:
        phase = self.programme.phase[phase_id]
        is_divided = self._phases_of_edition[phase.fair_id, phase.edition] > 1
        key = f"calendar.{words_of}.{_shape(phase.edition)}{'-phase' if is_divided else ''}"
        fair = self.say.name(self.programme.fair[phase.fair_id])
        edition = phase.edition if phase.edition.isdigit() else phase.year
        return self.say(key, fair=fair, edition=edition, phase=phase.phase)

    def edition(self, phase_id: str) -> str:
        """The edition of a fair that a phase belongs to, all its phases together: 第138届…; 2025年…"""
        phase = self.programme.phase[phase_id]
        edition = phase.edition if phase.edition.isdigit() else phase.year
        fair = self.say.name(self.programme.fair[phase.fair_id])
        return self.say(f"calendar.phase.{_shape(phase.edition)}", fair=fair, edition=edition)

    def dated(self, title: str, status: Status) -> str:
        """A title that says so where the date is not announced: （暂定，据往届推算）."""
        return self.say(f"calendar.dated.{'firm' if status.is_firm else status.value}", title=title)

    def zone(self, zone_id: str) -> str:
        """Name of a zone."""
        return self.say.name(self.programme.zone[zone_id])

    def firm(self, firm_id: str) -> str:
        """Name of a firm."""
        return self.say.name(self.programme.firm[firm_id])

    def city(self, place_id: str) -> str:
        """Name of a city; that of its country or region where the city is named in it (香港 is 中国香港)."""
        place = self.programme.place[place_id]
        name, territory = self.say.name(place), self.say.name(self.programme.territory[place.territory_id])
        return territory if name in territory else name

    def post(self, post_id: str) -> str:
        """Title of a post; no person's name."""
        row = self.programme.post[post_id]
        return self.either(row.title_zh, row.title_en)

    def either(self, zh: str, en: str) -> str:
        """What a table says in the reader's language, in the other one where it says nothing in his."""
        return (zh or en) if self.say.lang == "zh" else (en or zh)

    def local(self, fact: LocalFact) -> str:
        """What is known of a place, with how sure it is where that is not beyond doubt."""
        text = self.either(fact.text_zh, fact.text_en)
        if fact.confidence in SURE:
            return text
        return self.say("handbook.unsure", text=text, confidence=self.say(f"enums.Confidence.{fact.confidence}"))

    def delegation(self, delegation: Delegation, roles: Collection[Role] = ()) -> str:
        """Sponsor and phases: at home 交易团 of the planning zone and 分团 of those below it, 参展团 elsewhere.

        `roles` of its firms: those who only buy, visit or negotiate give it another name (采购, 参会, 洽谈).
        """
        is_root = delegation.sponsor == self.programme.settings.root
        at_home = "home" if is_root else "home-below"
        key = at_home if delegation.regime is Regime.HOME else "abroad"
        phases = self.listed([self.phase(stop.phase_id) for stop in delegation.stops])
        return self.say(
            f"calendar.delegation.{key}.{_manner(roles)}", sponsor=self.zone(delegation.sponsor), phases=phases
        )

    def readable(self, text: str) -> str:
        """Text of the data that its reader can read: '' where it holds Chinese and the language is another."""
        return "" if self.say.lang != "zh" and CHINESE.search(text) else text

    def half(self, text: str) -> str:
        """The reader's half of a text that says the same twice (两会（示例） the two sessions (sample)); else the text as it is.

        Halves are told apart only where it is safe: Chinese without a Latin letter, then English of several words that begins small,
        for a name begins large (参加 NAMM Show).
        """
        found = TWICE.fullmatch(text.strip())
        return text if found is None else found["zh" if self.say.lang == "zh" else "en"]

    def source(self, text: str) -> str:
        """Where a fact is known from: a source document by issuer, number and date, everything else as it is written."""
        return self.say("sources.joint").join(self._document(part.strip()) for part in text.split(SOURCES))

    def _document(self, part: str) -> str:
        key = f"sources.{part.removesuffix('.txt')}"
        return self.say(key) if part.endswith(".txt") and key in self.say else part

    def spot(self, phase_id: str) -> Spot | None:
        """Where a phase is held; None where the city is not known."""
        phase = self.programme.phase[phase_id]
        if not phase.place_id:
            return None
        own, other = (phase.venue_zh, phase.venue_en) if self.say.lang == "zh" else (phase.venue_en, phase.venue_zh)
        return self.at(phase.place_id, own or other)

    def at(self, place_id: str, venue: str = "") -> Spot:
        """A city, or a venue in it."""
        place = self.programme.place[place_id]
        territory = self.say.name(self.programme.territory[place.territory_id])
        return Spot(place_id, self.city(place_id), territory, venue, place.lat, place.lon, place.tz)
