"""Calendars (.ics): an agenda dressed by the profile of research/output.md A1 to A3; each feed is linted before it leaves.

No METHOD, no calendar UID, no LANGUAGE parameters (one feed per language), no recurrences, no people. The three revision
fields and SEQUENCE of each event come from what stands published of it; where nothing does, from the plan's own date and
number, so that an unchanged plan gives unchanged bytes either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vGeo, vText, vUri

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.uids import uid
from fairplanner.errors import PublicationBroken
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry, EntryKind, Spot
from fairplanner.publish.agendas.book import AgendaBook
from fairplanner.publish.calendars.lint import lint
from fairplanner.publish.calendars.timezones import timezone
from fairplanner.publish.naming import locality
from fairplanner.publish.paths import safe_name
from fairplanner.publish.publication import Publication
from fairplanner.words import Words, words

MEDIA_TYPE = "text/calendar; charset=utf-8"
HOST = "fairplanner.invalid"  # a reserved name (RFC 2606): nobody's host, and the same on every machine
HOME_TZ = "Asia/Shanghai"
REFRESH = timedelta(hours=1)
# The places table knows cities, not halls: a circle of 15 km says so where Apple draws a map.
CITY_RADIUS_M = "15000"
# CSS3 name (RFC 7986) and the same colour in hex (Apple).
COLOURS = {
    AudienceKind.DELEGATION: ("firebrick", "#B22222"),
    AudienceKind.ZONE: ("teal", "#008080"),
    AudienceKind.FIRM: ("steelblue", "#4682B4"),
    AudienceKind.FAIR: ("seagreen", "#2E8B57"),
    AudienceKind.EVERYTHING: ("slategray", "#708090"),
    AudienceKind.DEADLINES: ("darkorange", "#FF8C00"),
}
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")

END = b"END:VCALENDAR\r\n"

BLANKS = re.compile(r"[ \t\n]+")


class Stamp(NamedTuple):
    """SEQUENCE, CREATED, LAST-MODIFIED (also DTSTAMP) of an event, and whether it is shown as cancelled."""

    sequence: int
    created: datetime
    modified: datetime
    is_cancelled: bool = False


def clean(text: str) -> vText:
    """Text without control characters and half characters, which several clients refuse; newlines and tabs stay."""
    return vText(UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


class Dresser:
    """Makes feeds of one programme in one language; an event that stands in several feeds is rendered once."""

    def __init__(self, lang: str, host: str = HOST, tz: str = HOME_TZ) -> None:
        self.lang, self.host, self.tz = lang, host, tz
        self.say: Words = words(lang)
        self._rendered: dict[tuple[Entry, bool, Stamp], bytes] = {}

    def feed(self, agenda: Agenda, stamps: Mapping[str, Stamp] | None = None) -> bytes:
        """The bytes of one calendar; raises PublicationBroken if our own lint finds a defect.

        `stamps`: of each entry, by key; those of the agenda's own revision where there are none.
        """
        own = Stamp(agenda.revision - 1, agenda.stamp, agenda.stamp)
        events = (self._event(agenda, e, own if stamps is None else stamps[e.key]) for e in agenda.entries)
        data = b"".join((self.head(agenda), *events, END))
        if defects := lint(data):
            told = "; ".join(f"{d.line}: {d.kind} {d.detail}" for d in defects)
            raise PublicationBroken(f"{agenda.audience} {agenda.subject} {agenda.lang}: {told}")
        return data

    def head(self, agenda: Agenda) -> bytes:
        """The bytes before the first event."""
        made: bytes = self._calendar(agenda).to_ical()
        return made.removesuffix(END)

    def _calendar(self, agenda: Agenda) -> Calendar:
        name = clean(agenda.title)
        about = clean("\n".join((agenda.about, *self._notice(agenda))))
        colour, hexadecimal = COLOURS[agenda.audience]
        calendar = Calendar()
        calendar.add("VERSION", "2.0")
        calendar.add("PRODID", vText(f"-//fairplanner//fairplanner//{self.lang.upper()}"))
        calendar.add("CALSCALE", "GREGORIAN")
        for field, text in (("NAME", name), ("X-WR-CALNAME", name), ("DESCRIPTION", about), ("X-WR-CALDESC", about)):
            calendar.add(field, text)
        calendar.add("X-WR-TIMEZONE", vText(self.tz))
        calendar.add("COLOR", vText(colour))
        calendar.add("X-APPLE-CALENDAR-COLOR", vText(hexadecimal))
        calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
        years = [*agenda.window, *(d.year for e in agenda.entries for d in (e.first, e.last))]
        for tzid in sorted({self.tz} | {z for e in agenda.entries for z in _zones(e)}):
            calendar.add_component(timezone(tzid, min(years) - 1, max(years) + 1))
        return calendar

    def _notice(self, agenda: Agenda) -> tuple[str, ...]:
        return (self.say("calendar.sample"),) if agenda.sample else ()

    def _event(self, agenda: Agenda, entry: Entry, stamp: Stamp) -> bytes:
        key = (entry, agenda.sample, stamp)
        if key not in self._rendered:
            self._rendered[key] = self._render(agenda, entry, stamp).to_ical()
        return self._rendered[key]

    def _render(self, agenda: Agenda, entry: Entry, stamp: Stamp) -> Event:
        event = Event()
        event.add("UID", vText(uid(self.host, entry.key)))
        # DTSTAMP without METHOD means when it was last revised (RFC 5545 section 3.8.7.2)
        event.add("DTSTAMP", stamp.modified)
        event.add("CREATED", stamp.created)
        event.add("LAST-MODIFIED", stamp.modified)
        event.add("SEQUENCE", stamp.sequence)
        self._when(event, entry, stamp)
        # clients that know nothing of STATUS show the title all the same (research/output.md A1, "cancel vs remove")
        title = self.say("calendar.cancelled", title=entry.title) if stamp.is_cancelled else entry.title
        event.add("SUMMARY", vText(_one_line(title)))
        if text := "\n".join((*entry.lines, *self._notice(agenda))):
            event.add("DESCRIPTION", clean(text))
        if entry.spot:
            self._where(event, entry.spot)
        event.add("STATUS", "CANCELLED" if stamp.is_cancelled else "CONFIRMED" if entry.is_firm else "TENTATIVE")
        event.add("CLASS", "PUBLIC")
        event.add("CATEGORIES", [clean(self.say(f"calendar.category.{entry.kind}"))])
        return event

    def _when(self, event: Event, entry: Entry, stamp: Stamp) -> None:
        # DTEND of whole days is the day after the last one (RFC 5545 section 3.6.1), always written.
        is_timed = entry.starts is not None and entry.ends is not None
        event.add("DTSTART", entry.starts if is_timed else entry.first)
        event.add("DTEND", entry.ends if is_timed else entry.last + timedelta(days=1))
        is_busy = is_timed and entry.kind is not EntryKind.DEADLINE and not stamp.is_cancelled
        event.add("TRANSP", "OPAQUE" if is_busy else "TRANSPARENT")

    def _where(self, event: Event, spot: Spot) -> None:
        address = _one_line(locality(self.say, spot))
        venue = _one_line(spot.venue)
        where = self.say("calendar.place.venue", venue=venue, address=address) if venue else address
        event.add("LOCATION", clean(where))
        event.add("GEO", vGeo((spot.lat, spot.lon)))
        apple = {"VALUE": "URI", "X-APPLE-RADIUS": CITY_RADIUS_M, "X-TITLE": _quotable(venue or address)}
        if venue:
            apple["X-ADDRESS"] = _quotable(address)
        event.add("X-APPLE-STRUCTURED-LOCATION", vUri(f"geo:{spot.lat},{spot.lon}"), parameters=apple)


def _one_line(text: str) -> str:
    return BLANKS.sub(" ", str(clean(text))).strip(" ")


def _quotable(text: str) -> str:
    """A parameter's value has no way to hold a double quote."""
    return text.replace('"', "'")


def _zones(entry: Entry) -> Iterator[str]:
    for instant in (entry.starts, entry.ends):
        if instant is not None and isinstance(instant.tzinfo, ZoneInfo):
            yield instant.tzinfo.key


def calendar_bytes(agenda: Agenda, host: str = HOST, tz: str = HOME_TZ) -> bytes:
    """One calendar; `tz` is the reader's own zone. Raises PublicationBroken if our own lint finds a defect."""
    return Dresser(agenda.lang, host, tz).feed(agenda)


def host_of(programme: Programme) -> str:
    """What stands after the @ of a programme's UIDs; depends on its id alone."""
    return f"{safe_name(programme.settings.id)}.{HOST}"


def home_tz(programme: Programme) -> str:
    """Zone of the planning office's city; UTC where it is not known."""
    home = programme.home(programme.settings.root)
    return programme.place[home].tz if home else "UTC"


def path_of(kind: AudienceKind, subject: str, lang: str) -> PurePosixPath:
    """Where an audience's calendar lies, below the output folder."""
    folder = PurePosixPath("calendars")
    if kind in (AudienceKind.EVERYTHING, AudienceKind.DEADLINES):
        return folder / f"{kind}.{lang}.ics"
    return folder / kind / f"{safe_name(subject)}.{lang}.ics"


def calendars(programme: Programme, plan: Plan, lang: str) -> Iterator[Publication]:
    """Every calendar of a plan in one language; none shows officials' travel."""
    book = AgendaBook(programme, plan, lang)
    dresser = Dresser(lang, host_of(programme), home_tz(programme))
    for kind, subject in book.audiences():
        yield Publication(path_of(kind, subject, lang), MEDIA_TYPE, dresser.feed(book.agenda(kind, subject)))
