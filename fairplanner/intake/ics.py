"""Calendars (.ics) as a source of dates: a file, or an address that the user gives, to events with days.

Repeating events are not expanded: a fair is not one. An event that cannot be read is told and left out; the others count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake.cells import FIRST_YEAR, LAST_YEAR, shown
from fairplanner.intake.fetch import fetched, is_address, without_secrets
from fairplanner.intake.files import content_of
from fairplanner.intake.ics_lines import Component, Property, components, remarks, text_of

BIGGEST_CALENDAR = 5_000_000
"""Bytes; Google reads calendars up to 1 MB (research/output.md A1, "size/window")."""

OURS = "-//fairplanner//"
"""How the PRODID of a calendar of ours begins."""

LONGEST_TITLE = 1_000
"""Characters; what comes after them names no fair."""

Moment = TypeVar("Moment", bound=date)
DAY = timedelta(days=1)
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_INSTANT = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)")
_DURATION = re.compile(r"\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?")


@dataclass(frozen=True)
class FeedEvent:
    """One event: days first to last (both included), or instants where the time of day is stated.

    `status` as the calendar says it: CONFIRMED, TENTATIVE, CANCELLED or ''. `line` is where it begins in the file.
    """

    uid: str
    title: str
    first: date
    last: date
    status: str = ""
    categories: str = ""
    line: int = 0
    starts: datetime | None = None
    ends: datetime | None = None

    def days(self, tz: str) -> tuple[date, date]:
        """First and last day where it is held; instants without a zone of their own are taken as they are written."""
        if self.starts is None or self.ends is None or self.starts.tzinfo is None or not tz:
            return self.first, self.last
        zone = ZoneInfo(tz)
        return _span(self.starts.astimezone(zone), self.ends.astimezone(zone))


@dataclass(frozen=True)
class FeedRead:
    """What was read of one calendar: `label` is the file name or the address, `source` what may be cited of it.

    `problems` are what could not be read, `remarks` what was read although other programs may not.
    """

    label: str
    source: str
    ours: bool
    events: tuple[FeedEvent, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


def read_feeds(places: Sequence[str]) -> tuple[FeedRead, ...]:
    """Every calendar of these files and addresses (http, https).

    Raises CatalogueError with every one that is no calendar, cannot be opened, or is over `BIGGEST_CALENDAR`.
    """
    problems: list[Problem] = []
    contents = [(place, _content(place, problems)) for place in dict.fromkeys(places)]
    feeds = [read_feed(content, place, problems) for place, content in contents if content is not None]
    if problems:
        raise CatalogueError(sorted(problems))
    return tuple(feed for feed in feeds if feed)


def _content(place: str, problems: list[Problem]) -> bytes | None:
    if is_address(place):
        return fetched(place, problems, BIGGEST_CALENDAR)
    path = Path(place)
    if not path.is_file():
        problems.append(Problem(path.as_posix(), 0, "", "ics-missing", path.name))
        return None
    return content_of(path, path.as_posix(), problems, BIGGEST_CALENDAR)


def read_feed(content: bytes, place: str, fatal: list[Problem]) -> FeedRead | None:
    """One calendar; None, with a problem in `fatal`, if the bytes are none."""
    label = without_secrets(place) if is_address(place) else Path(place).as_posix()
    text = text_of(content, label, fatal)
    if not text:
        return None
    problems: list[Problem] = []
    calendars = components(text, label, problems)
    known = {zone.text("TZID") for c in calendars for zone in c.all("VTIMEZONE")}
    reader = _Reader(label, known, problems)
    events = reader.events(event for c in calendars for event in c.all("VEVENT"))
    name = next((n for c in calendars for n in (c.text("X-WR-CALNAME"), c.text("NAME")) if n), "")
    ours = any(c.text("PRODID").startswith(OURS) for c in calendars)
    said = (*remarks(content, label), *reader.remarks)
    return FeedRead(label, _source(name, place), ours, events, tuple(problems), tuple(said))


def _source(name: str, place: str) -> str:
    where = without_secrets(place) if is_address(place) else Path(place).name
    return f"{name} ({where})" if name else where


class _UnreadError(Exception):
    """One event cannot be read: where, what and value of the problem."""

    def __init__(self, line: int, what: str, value: str) -> None:
        self.line, self.what, self.value = line, what, value
        super().__init__(what)


class _Reader:
    """Events of one calendar; what is wrong with one is told with its line."""

    def __init__(self, label: str, zones: set[str], problems: list[Problem]) -> None:
        self.label, self.zones, self.problems = label, zones, problems
        self.remarks: list[Problem] = []
        self._unknown: set[str] = set()

    def events(self, parts: Iterable[Component]) -> tuple[FeedEvent, ...]:
        """Every event that can be read, in the order of the file."""
        found = []
        for part in parts:
            try:
                found.append(self._event(part))
            except _UnreadError as error:
                self.problems.append(Problem(self.label, error.line, "", error.what, shown(error.value)))
        return tuple(found)

    def _event(self, part: Component) -> FeedEvent:
        title = part.text("SUMMARY")[:LONGEST_TITLE]
        if any(name in part.props for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
            raise _UnreadError(part.line, "ics-repeats", title)
        start, end = part.props.get("DTSTART"), part.props.get("DTEND")
        if start is None:
            raise _UnreadError(part.line, "ics-no-start", title)
        opens = self._moment(start)
        closes = self._moment(end) if end else _after(opens, part.props.get("DURATION"))
        if isinstance(opens, datetime) != isinstance(closes, datetime):
            raise _UnreadError(start.line, "ics-mixed", title)
        if _plain(closes) < _plain(opens):
            raise _UnreadError(start.line, "ics-end-first", title)
        named = FeedEvent(part.text("UID"), title, opens, opens, part.text("STATUS").upper(), part.text("CATEGORIES"))
        return _dated(replace(named, line=part.line), opens, closes)

    def _moment(self, prop: Property) -> date | datetime:
        """A day or an instant; raises _UnreadError for a day that is not on the calendar."""
        text = prop.value.strip().upper()
        try:
            if found := _DATE.fullmatch(text):
                return _within(date(*map(int, found.groups())))
            if found := _INSTANT.fullmatch(text):
                *parts, utc = found.groups()
                year, month, day, hour, minute, second = map(int, parts)
                at = datetime(year, month, day, hour, minute, min(second, 59))
                return _within(at.replace(tzinfo=UTC if utc else self._zone(prop)))
        except ValueError as error:
            raise _UnreadError(prop.line, "ics-date", f"{prop.name}:{prop.value}") from error
        raise _UnreadError(prop.line, "ics-date", f"{prop.name}:{prop.value}")

    def _zone(self, prop: Property) -> ZoneInfo | None:
        """The zone of an instant; None where it is not known: the days are then taken as they are written."""
        tzid = prop.params.get("TZID", "")
        try:
            return ZoneInfo(tzid) if tzid else None
        except (LookupError, OSError, ValueError):
            if tzid not in self.zones | self._unknown:
                self._unknown.add(tzid)
                self.remarks.append(Problem(self.label, prop.line, "", "ics-zone", shown(tzid)))
            return None


def _after(opens: date | datetime, duration: Property | None) -> date | datetime:
    """The end by DURATION; without one a whole day ends with the day, an instant at once (RFC 5545 section 3.6.1)."""
    if duration is None:
        return opens if isinstance(opens, datetime) else opens + DAY
    found = _DURATION.fullmatch(duration.value.strip().upper())
    try:
        if found is None or not any(found.groups()):
            raise ValueError(duration.value)
        weeks, days, hours, minutes, seconds = (int(n or 0) for n in found.groups())
        return _within(opens + timedelta(weeks * 7 + days, seconds, 0, 0, minutes, hours))
    except (ValueError, OverflowError) as error:
        raise _UnreadError(duration.line, "ics-date", f"DURATION:{duration.value}") from error


def _within(at: Moment) -> Moment:
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(at.isoformat())
    return at


def _plain(at: date | datetime) -> tuple[int, float]:
    """Days and instants in an order; an instant without a zone stands as if in UTC."""
    if not isinstance(at, datetime):
        return at.toordinal(), 0.0
    return 0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _dated(event: FeedEvent, opens: date, closes: date) -> FeedEvent:
    if isinstance(opens, datetime) and isinstance(closes, datetime):
        first, last = _span(opens, closes)
        return replace(event, first=first, last=last, starts=opens, ends=closes)
    # DTEND of whole days is the day after the last; some write the day itself where there is only one
    return replace(event, first=opens, last=max(opens, closes - DAY))


def _span(opens: datetime, closes: datetime) -> tuple[date, date]:
    """Days of an event with hours; one that ends at midnight ends the day before."""
    at_midnight = closes > opens and not (closes.hour or closes.minute or closes.second)
    return opens.date(), max(opens.date(), closes.date() - DAY if at_midnight else closes.date())
