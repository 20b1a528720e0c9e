"""How phases, delegations, places and dates are called in a language; every publication says them alike."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Delegation
from fairplanner.domain.programme import Programme
from fairplanner.publish.agenda import Spot
from fairplanner.publish.names import delegation_name, phase_name
from fairplanner.words import Words, words


def dates_in_words(say: Words, first: date, last: date) -> str:
    """A day or a range with its weekdays: 2027年4月15日—19日（周四至周一）, 15–19 April 2027 (Thu–Mon)."""
    facts: dict[str, object] = {}
    for n, day in ((1, first), (2, last)):
        facts |= {f"y{n}": day.year, f"m{n}": day.month, f"d{n}": day.day}
        facts |= {f"month{n}": say(f"calendar.month.{day.month}"), f"w{n}": say(f"calendar.weekday.{day.isoweekday()}")}
    if first == last:
        return say("calendar.dates.day", **facts)
    if first.year != last.year:
        return say("calendar.dates.years", **facts)
    return say("calendar.dates.days" if first.month == last.month else "calendar.dates.months", **facts)


class Naming:
    """Names of one programme in one language."""

    def __init__(self, programme: Programme, lang: str) -> None:
        self.programme = programme
        self.say = words(lang)

    def listed(self, names: list[str]) -> str:
        """Names one after another with the language's own comma."""
        return self.say("calendar.comma").join(names)

    def phase(self, phase_id: str) -> str:
        """Edition, fair and, where the edition is divided, phase."""
        return phase_name(self.programme, phase_id, self.say)

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
        """Name of a city."""
        return self.say.name(self.programme.place[place_id])

    def post(self, post_id: str) -> str:
        """Title of a post; no person's name."""
        row = self.programme.post[post_id]
        own, other = (row.title_zh, row.title_en) if self.say.lang == "zh" else (row.title_en, row.title_zh)
        return own or other

    def delegation(self, delegation: Delegation) -> str:
        """Sponsor and phases: 交易团 or 分团 at home, 参展团 elsewhere."""
        return delegation_name(self.programme, delegation, self.say)

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
