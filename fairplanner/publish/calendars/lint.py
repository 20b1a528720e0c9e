"""Judges the bytes of a calendar before it is published.

No validator that can be installed catches LF line ends, lines over 75 octets, characters broken by a fold, duplicate UIDs
or a time zone without a definition (research/output.md A4), so this one does; it shares no code with the writer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fairplanner.publish.calendars.flaws import Defect, Flaw
from fairplanner.publish.calendars.lint_events import duration_defect, event_defects, is_iana, text_defects
from fairplanner.publish.calendars.lint_lines import Part, byte_defects, read, unfold

MOST_EVENTS = 1_000
REPEATABLE = frozenset(
    {"CATEGORIES", "COMMENT", "ATTACH", "ATTENDEE", "CONTACT", "CONFERENCE", "IMAGE", "RDATE", "EXDATE", "TZNAME"}
)
HEX = re.compile(r"#[0-9A-Fa-f]{6}")
NAME = re.compile(r"[a-z]+")
OFFSET = re.compile(r"[+-](?:0\d|1[0-4])[0-5]\d([0-5]\d)?")

__all__ = ["Defect", "Flaw", "lint"]


def lint(data: bytes) -> tuple[Defect, ...]:
    """Every defect of a calendar, in the order of its lines; none for a feed that every client reads."""
    defects = list(byte_defects(data))
    calendar = read(unfold(data, defects), defects)
    if calendar is not None:
        defects += _calendar(calendar)
    return tuple(sorted(defects, key=lambda d: (d.line, d.kind, d.detail)))


def _calendar(calendar: Part) -> Iterator[Defect]:
    yield from _head(calendar)
    yield from _refresh(calendar)
    zones = [p for p in calendar.parts if p.name == "VTIMEZONE"]
    events = [p for p in calendar.parts if p.name == "VEVENT"]
    for part in calendar.parts:
        if part.name not in ("VTIMEZONE", "VEVENT"):
            yield Defect(Flaw.UNKNOWN_COMPONENT, part.line, part.name)
    if not calendar.parts:
        yield Defect(Flaw.NO_COMPONENT, calendar.line)
    if len(events) > MOST_EVENTS:
        yield Defect(Flaw.TOO_MANY_EVENTS, 0, str(len(events)))
    yield from _zones(zones)
    tzids = frozenset(p.value for z in zones for p in z.named("TZID"))
    for event in events:
        yield from event_defects(event, tzids)
    yield from _twice([(p.value, p.line) for e in events for p in e.named("UID")], Flaw.DUPLICATE_UID)
    yield from _repeated(calendar)


def _head(calendar: Part) -> Iterator[Defect]:
    version = calendar.first("VERSION")
    if version is None:
        yield Defect(Flaw.NO_VERSION, calendar.line)
    elif version.value != "2.0":
        yield Defect(Flaw.BAD_VERSION, version.line, version.value)
    if calendar.first("PRODID") is None:
        yield Defect(Flaw.NO_PRODID, calendar.line)
    if calendar.first("NAME") is None or calendar.first("X-WR-CALNAME") is None:
        yield Defect(Flaw.NO_NAME, calendar.line)
    for prop in calendar.props:
        yield from text_defects(prop)
        if prop.name == "METHOD":
            yield Defect(Flaw.METHOD, prop.line, prop.value)
        elif prop.name == "UID":
            yield Defect(Flaw.CALENDAR_UID, prop.line, prop.value)
        elif prop.name in ("COLOR", "X-APPLE-CALENDAR-COLOR"):
            shape = NAME if prop.name == "COLOR" else HEX
            if not shape.fullmatch(prop.value):
                yield Defect(Flaw.BAD_COLOUR, prop.line, prop.value)


def _refresh(calendar: Part) -> Iterator[Defect]:
    own, older = calendar.first("REFRESH-INTERVAL"), calendar.first("X-PUBLISHED-TTL")
    if own is None or older is None:
        yield Defect(Flaw.NO_REFRESH, calendar.line)
    if own is not None and own.params.get("VALUE") != "DURATION":
        yield Defect(Flaw.REFRESH_WITHOUT_VALUE, own.line)
    for prop in (own, older):
        if prop is not None:
            yield from duration_defect(prop)


def _zones(zones: list[Part]) -> Iterator[Defect]:
    for zone in zones:
        tzid = zone.first("TZID")
        if tzid is None:
            yield Defect(Flaw.TIMEZONE_WITHOUT_TZID, zone.line)
        elif not is_iana(tzid.value):
            yield Defect(Flaw.FOREIGN_TIMEZONE, tzid.line, tzid.value)
        if not zone.parts:
            yield Defect(Flaw.TIMEZONE_WITHOUT_OBSERVANCE, zone.line)
        for part in zone.parts:
            yield from _observance(part)
    yield from _twice([(p.value, p.line) for z in zones for p in z.named("TZID")], Flaw.DUPLICATE_TIMEZONE)


def _observance(part: Part) -> Iterator[Defect]:
    if part.name not in ("STANDARD", "DAYLIGHT"):
        yield Defect(Flaw.UNKNOWN_COMPONENT, part.line, part.name)
    if any(part.first(name) is None for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO")):
        yield Defect(Flaw.TIMEZONE_WITHOUT_OFFSET, part.line)
    for prop in part.named("TZOFFSETFROM", "TZOFFSETTO"):
        found = OFFSET.fullmatch(prop.value)
        if not found:
            yield Defect(Flaw.BAD_OFFSET, prop.line, prop.value)
        elif found[1]:
            yield Defect(Flaw.OFFSET_WITH_SECONDS, prop.line, prop.value)


def _twice(values: list[tuple[str, int]], flaw: Flaw) -> Iterator[Defect]:
    seen: set[str] = set()
    for value, line in values:
        if value in seen:
            yield Defect(flaw, line, value)
        seen.add(value)


def _repeated(part: Part) -> Iterator[Defect]:
    counts = Counter(p.name for p in part.props)
    for name, count in counts.items():
        if count > 1 and name not in REPEATABLE:
            yield Defect(Flaw.REPEATED_PROPERTY, part.line, name)
    for inner in part.parts:
        yield from _repeated(inner)
