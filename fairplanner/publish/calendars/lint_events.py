"""What is wrong inside an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from fairplanner.publish.calendars.flaws import Defect, Flaw
from fairplanner.publish.calendars.lint_lines import Part, Prop

REQUIRED = ("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP")
STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
WORDS_OF = {
    "STATUS": (Flaw.BAD_STATUS, frozenset({"CONFIRMED", "TENTATIVE", "CANCELLED"})),
    "TRANSP": (Flaw.BAD_TRANSP, frozenset({"OPAQUE", "TRANSPARENT"})),
    "CLASS": (Flaw.BAD_CLASS, frozenset({"PUBLIC", "PRIVATE", "CONFIDENTIAL"})),
}
TEXT = frozenset(
    {"SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "CATEGORIES"}
)
ESCAPE = re.compile(r"\\.?", re.DOTALL)
ESCAPES = frozenset({"\\\\", "\\;", "\\,", "\\n", "\\N"})
UTC_STAMP = re.compile(r"\d{8}T\d{6}Z")
DURATION = re.compile(r"[+-]?P(?:\d+W|(?=\d|T\d)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")
GEO = re.compile(r"(-?\d+(?:\.\d+)?);(-?\d+(?:\.\d+)?)")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@lru_cache
def _iana() -> frozenset[str]:
    return frozenset(available_timezones())


def text_defects(prop: Prop) -> Iterator[Defect]:
    """Parameters and escapes that clients cannot read."""
    if "LANGUAGE" in prop.params or "ALTREP" in prop.params:
        yield Defect(Flaw.LANGUAGE_PARAMETER, prop.line, prop.name)
    if prop.name not in TEXT:
        return
    if not set(ESCAPE.findall(prop.value)) <= ESCAPES:
        yield Defect(Flaw.BAD_ESCAPE, prop.line, prop.name)
    # A comma separates categories; in every other text it must be escaped.
    bare = ";" if prop.name == "CATEGORIES" else ",;"
    if set(bare) & set(ESCAPE.sub("", prop.value)):
        yield Defect(Flaw.UNESCAPED_TEXT, prop.line, prop.name)


def duration_defect(prop: Prop) -> Iterator[Defect]:
    """A duration that is none: P1H has no T."""
    if not DURATION.fullmatch(prop.value):
        yield Defect(Flaw.BAD_DURATION, prop.line, prop.value)


def event_defects(event: Part, tzids: frozenset[str]) -> Iterator[Defect]:
    """Everything that can be wrong in one event; `tzids` are those the calendar defines."""
    for name in REQUIRED:
        found = event.first(name)
        if found is None or not found.value.strip():
            yield Defect(Flaw(f"no-{name.lower()}"), event.line)
    yield from _words(event)
    yield from _stamps(event)
    yield from _times(event, tzids)
    yield from _places(event)
    yield from _unwanted(event)
    for alarm in event.parts:
        yield from _alarm(alarm)


def _words(event: Part) -> Iterator[Defect]:
    for name, (flaw, allowed) in WORDS_OF.items():
        for prop in event.named(name):
            if prop.value not in allowed:
                yield Defect(flaw, prop.line, prop.value)
    for prop in event.named("SEQUENCE"):
        if not prop.value.isascii() or not prop.value.isdigit():
            yield Defect(Flaw.BAD_SEQUENCE, prop.line, prop.value)


def _stamps(event: Part) -> Iterator[Defect]:
    stamps = event.named(*STAMPS)
    for prop in stamps:
        if not UTC_STAMP.fullmatch(prop.value):
            yield Defect(Flaw.STAMP_NOT_UTC, prop.line, prop.value)
    values = {p.value for p in stamps if p.name != "CREATED" and UTC_STAMP.fullmatch(p.value)}
    if len(values) > 1:
        yield Defect(Flaw.STAMPS_DIFFER, event.line, ", ".join(sorted(values)))


def _is_date(prop: Prop) -> bool:
    return prop.params.get("VALUE") == "DATE"


def _instant(prop: Prop) -> date | datetime | None:
    """The day or time a property names; None where it names none."""
    try:
        if _is_date(prop):
            return datetime.strptime(prop.value, "%Y%m%d").date() if len(prop.value) == 8 else None
        if len(prop.value.rstrip("Z")) != 15:
            return None
        at = datetime.strptime(prop.value.rstrip("Z"), "%Y%m%dT%H%M%S")
    except ValueError:
        return None
    tzid = "UTC" if prop.value.endswith("Z") else prop.params.get("TZID", "")
    return at.replace(tzinfo=ZoneInfo(tzid if tzid in _iana() else "UTC"))


def _is_placed(prop: Prop) -> bool:
    """Whether it names one point in time, so that it can be compared."""
    return _is_date(prop) or prop.value.endswith("Z") or is_iana(prop.params.get("TZID", ""))


def _times(event: Part, tzids: frozenset[str]) -> Iterator[Defect]:
    start, end = event.first("DTSTART"), event.first("DTEND")
    known = [p for p in (start, end) if p is not None and p.value]
    for prop in known:
        yield from _time(prop, tzids)
    if len(known) < 2 or start is None or end is None:
        return
    first, last = _instant(start), _instant(end)
    if first is None or last is None or not (_is_placed(start) and _is_placed(end)):
        return
    transp = event.first("TRANSP")
    if _is_date(start) != _is_date(end):
        yield Defect(Flaw.MIXED_TYPES, end.line)
    elif last < first or (last == first and not _is_date(start)):
        yield Defect(Flaw.END_BEFORE_START, end.line, end.value)
    elif last == first:
        yield Defect(Flaw.EMPTY_DAY, end.line, end.value)
    elif _is_date(start) and transp is not None and transp.value == "OPAQUE":
        yield Defect(Flaw.BUSY_ALL_DAY, transp.line)


def _time(prop: Prop, tzids: frozenset[str]) -> Iterator[Defect]:
    tzid = prop.params.get("TZID", "")
    if _instant(prop) is None or (tzid and _is_date(prop)):
        yield Defect(Flaw.BAD_DATE, prop.line, prop.value)
    elif _is_date(prop):
        return
    elif prop.value.endswith("Z"):
        yield Defect(Flaw.UTC_TIME, prop.line, prop.value)
    elif not tzid:
        yield Defect(Flaw.FLOATING_TIME, prop.line, prop.value)
    elif tzid not in tzids:
        yield Defect(Flaw.NO_TIMEZONE, prop.line, tzid)


def is_iana(tzid: str) -> bool:
    """Whether the name is one of the time zone database's, not one of Windows."""
    return tzid in _iana()


def _places(event: Part) -> Iterator[Defect]:
    for prop in event.named("GEO"):
        found = GEO.fullmatch(prop.value)
        if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
            yield Defect(Flaw.BAD_GEO, prop.line, prop.value)
    for prop in event.named("URL", "X-APPLE-STRUCTURED-LOCATION"):
        if not URI.fullmatch(prop.value):
            yield Defect(Flaw.BAD_URI, prop.line, prop.value)
    location = event.first("LOCATION")
    where = ESCAPE.sub(lambda m: m[0][1:], location.value) if location else ""
    for prop in event.named("X-APPLE-STRUCTURED-LOCATION"):
        title, address = prop.params.get("X-TITLE", ""), prop.params.get("X-ADDRESS", "")
        # Apple shows no map where title and address are not the text of LOCATION; parameters cannot hold a double quote.
        plain = where.replace('"', "'")
        if not title or not plain.startswith(title) or not plain.endswith(address or title):
            yield Defect(Flaw.PLACES_DIFFER, prop.line, title)


def _unwanted(event: Part) -> Iterator[Defect]:
    for prop in event.props:
        yield from text_defects(prop)
        if prop.name in ("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"):
            yield Defect(Flaw.RECURRENCE, prop.line, prop.name)
        elif prop.name in ("ATTENDEE", "ORGANIZER", "CONTACT"):
            yield Defect(Flaw.PERSON, prop.line, prop.name)
        elif prop.name == "DURATION":
            yield from duration_defect(prop)
        elif prop.name == "ATTACH" and not prop.value.startswith("https://"):
            yield Defect(Flaw.INLINE_ATTACHMENT, prop.line)


def _alarm(alarm: Part) -> Iterator[Defect]:
    trigger, action = alarm.first("TRIGGER"), alarm.first("ACTION")
    if alarm.name != "VALARM":
        yield Defect(Flaw.UNKNOWN_COMPONENT, alarm.line, alarm.name)
        return
    if trigger is None:
        yield Defect(Flaw.ALARM_WITHOUT_TRIGGER, alarm.line)
    elif trigger.params.get("VALUE") != "DATE-TIME":
        yield from duration_defect(trigger)
    if action is None or action.value != "DISPLAY" or alarm.first("DESCRIPTION") is None:
        yield Defect(Flaw.ALARM_NOT_DISPLAY, alarm.line)
