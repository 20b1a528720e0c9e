"""Each kind of defect, made on purpose in a feed that has none, must be found, and nothing else with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fairplanner.publish.calendars.flaws import Flaw
from fairplanner.publish.calendars.ical import calendar_bytes
from fairplanner.publish.calendars.lint import lint
from tests.publish import feeds

GOOD = calendar_bytes(feeds.a_full_agenda())
ZONE = b"BEGIN:VTIMEZONE\r\nTZID:Asia/Singapore\r\n"
ALARM = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-P1D\r\nEND:VALARM\r\n"
EVENT_END = b"END:VEVENT\r\n"
Mutation = Callable[[bytes], bytes]


def swap(old: bytes, new: bytes) -> Mutation:
    """Replaces the first occurrence, which must be there."""

    def mutate(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return mutate


def swap_all(old: bytes, new: bytes) -> Mutation:
    def mutate(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new)

    return mutate


def drop(name: bytes, after: bytes = b"BEGIN:VEVENT") -> Mutation:
    """Takes the first property of that name after a mark away, its folded lines with it."""

    def mutate(data: bytes) -> bytes:
        start = data.index(b"\r\n" + name, data.index(after)) + 2
        end = data.index(b"\r\n", start) + 2
        while data[end : end + 1] == b" ":
            end = data.index(b"\r\n", end) + 2
        return data[:start] + data[end:]

    return mutate


def within(line: bytes, before: bytes = EVENT_END) -> Mutation:
    """Puts a line before the first END:VEVENT."""
    return swap(before, line + b"\r\n" + before)


def cut_zone(data: bytes) -> bytes:
    """Takes the definition of Asia/Singapore away."""
    start = data.index(ZONE)
    end = data.index(b"END:VTIMEZONE\r\n", start) + len(b"END:VTIMEZONE\r\n")
    return data[:start] + data[end:]


def twice_zone(data: bytes) -> bytes:
    start = data.index(ZONE)
    end = data.index(b"END:VTIMEZONE\r\n", start) + len(b"END:VTIMEZONE\r\n")
    return data[:end] + data[start:end] + data[end:]


def split_character(data: bytes) -> bytes:
    at = data.index("第138届".encode())
    return data[: at + 1] + b"\r\n " + data[at + 1 :]


def many_events(data: bytes) -> bytes:
    start, end = data.rindex(b"BEGIN:VEVENT"), data.rindex(b"END:VCALENDAR")
    event, uid = data[start:end], data[data.rindex(b"UID:") + 4 :][:36]
    copies = b"".join(event.replace(uid, uid[:-4] + b"%04d" % n) for n in range(1_000))
    return data[:end] + copies + data[end:]


def large(data: bytes) -> bytes:
    return data.replace(EVENT_END, b"".join(b"COMMENT:%064d\r\n" % n for n in range(13_000)) + EVENT_END, 1)


def bare_calendar(data: bytes) -> bytes:
    return data[: data.index(b"BEGIN:VTIMEZONE")] + b"END:VCALENDAR\r\n"


def no_observance(data: bytes) -> bytes:
    start = data.index(b"BEGIN:STANDARD", data.index(ZONE))
    end = data.index(b"END:STANDARD\r\n", start) + len(b"END:STANDARD\r\n")
    return data[:start] + data[end:]


def twice_event(data: bytes) -> bytes:
    start, end = data.rindex(b"BEGIN:VEVENT"), data.rindex(b"END:VCALENDAR")
    return data[:end] + data[start:end] + data[end:]


def swap_in(mark: bytes, old: bytes, new: bytes) -> Mutation:
    """Replaces the first occurrence after a mark."""

    def mutate(data: bytes) -> bytes:
        at = data.index(mark)
        return data[:at] + swap(old, new)(data[at:])

    return mutate


ALL_DAY = b"DTSTART;VALUE=DATE:20251015"
ALL_DAY_END = b"DTEND;VALUE=DATE:20251020"
DUE = b"DTSTART;TZID=Asia/Shanghai:20250530T234400"

CASES: list[tuple[Flaw, str, Mutation]] = [
    (Flaw.BOM, "byte order mark", lambda d: b"\xef\xbb\xbf" + d),
    (Flaw.BLANK_FIRST_LINE, "blank first line", lambda d: b"\r\n" + d),
    (Flaw.NO_BEGIN, "something before the calendar", lambda d: b"X-NOTE:x\r\n" + d),
    (Flaw.BARE_LF, "Unix line ends", swap_all(b"\r\n", b"\n")),
    (Flaw.BARE_LF, "one Unix line end", swap(b"VERSION:2.0\r\n", b"VERSION:2.0\n")),
    (Flaw.BARE_CR, "carriage return in a text", swap("第138届".encode(), "第\r138届".encode())),
    (Flaw.BLANK_LINE, "blank line between events", swap(EVENT_END, EVENT_END + b"\r\n")),
    (Flaw.LONG_LINE, "unfolded", swap_all(b"\r\n ", b"")),
    (Flaw.LONG_LINE, "76 octets", within(b"COMMENT:" + b"x" * 68)),
    (Flaw.SPLIT_CHARACTER, "fold inside a character", split_character),
    (Flaw.NOT_UTF8, "GB18030", swap("第138届".encode(), "第138届".encode("gb18030"))),
    (Flaw.CONTROL_CHARACTER, "vertical tab", swap("第138届".encode(), b"\x0b138")),
    (Flaw.CONTROL_CHARACTER, "null", swap("第138届".encode(), b"\x00138")),
    (Flaw.NO_FINAL_NEWLINE, "no last line end", lambda d: d[:-2]),
    (Flaw.TOO_LARGE, "over 900 kB", large),
    (Flaw.MALFORMED_LINE, "no colon", within(b"COMMENT")),
    (Flaw.MALFORMED_LINE, "parameter without a value", within(b"COMMENT;X:x")),
    (Flaw.UNBALANCED, "wrong END", swap(EVENT_END, b"END:VTODO\r\n")),
    (Flaw.UNBALANCED, "END too many", swap(EVENT_END, EVENT_END + EVENT_END)),
    (Flaw.NOT_CLOSED, "no END:VCALENDAR", lambda d: d.removesuffix(b"END:VCALENDAR\r\n")),
    (Flaw.NOT_CLOSED, "cut off", lambda d: d[: d.rindex(b"STATUS")]),
    (Flaw.AFTER_THE_END, "a second calendar", lambda d: d + d),
    (Flaw.UNKNOWN_COMPONENT, "a task", swap(b"BEGIN:VEVENT", b"BEGIN:VTODO\r\nEND:VTODO\r\nBEGIN:VEVENT")),
    (Flaw.UNKNOWN_COMPONENT, "an unknown part of an event", within(b"BEGIN:VLOCATION\r\nEND:VLOCATION")),
    (Flaw.REPEATED_PROPERTY, "two titles", within(b"SUMMARY:x")),
    (Flaw.REPEATED_PROPERTY, "two versions", swap(b"VERSION:2.0\r\n", b"VERSION:2.0\r\n" * 2)),
    (Flaw.NO_VERSION, "no version", drop(b"VERSION", b"BEGIN:VCALENDAR")),
    (Flaw.BAD_VERSION, "vCalendar 1.0", swap(b"VERSION:2.0", b"VERSION:1.0")),
    (Flaw.NO_PRODID, "no PRODID", drop(b"PRODID", b"BEGIN:VCALENDAR")),
    (Flaw.NO_NAME, "no NAME", drop(b"NAME", b"BEGIN:VCALENDAR")),
    (Flaw.NO_NAME, "no X-WR-CALNAME", drop(b"X-WR-CALNAME", b"BEGIN:VCALENDAR")),
    (Flaw.NO_COMPONENT, "nothing inside", bare_calendar),
    (Flaw.TOO_MANY_EVENTS, "1,005 events", many_events),
    (Flaw.METHOD, "METHOD without ORGANIZER", swap(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n")),
    (Flaw.CALENDAR_UID, "UID of the calendar", swap(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nUID:x@y\r\n")),
    (Flaw.NO_REFRESH, "no REFRESH-INTERVAL", drop(b"REFRESH-INTERVAL", b"BEGIN:VCALENDAR")),
    (Flaw.NO_REFRESH, "no X-PUBLISHED-TTL", drop(b"X-PUBLISHED-TTL", b"BEGIN:VCALENDAR")),
    (Flaw.REFRESH_WITHOUT_VALUE, "no VALUE=DURATION", swap(b"REFRESH-INTERVAL;VALUE=DURATION:", b"REFRESH-INTERVAL:")),
    (Flaw.BAD_DURATION, "P1H", swap(b"VALUE=DURATION:PT1H", b"VALUE=DURATION:P1H")),
    (Flaw.BAD_DURATION, "P alone", swap(b"X-PUBLISHED-TTL:PT1H", b"X-PUBLISHED-TTL:P")),
    (Flaw.BAD_DURATION, "PT alone", swap(b"X-PUBLISHED-TTL:PT1H", b"X-PUBLISHED-TTL:PT")),
    (Flaw.BAD_COLOUR, "hex in COLOR", swap(b"COLOR:steelblue", b"COLOR:#4682B4")),
    (Flaw.BAD_COLOUR, "name in Apple's colour", swap(b"CALENDAR-COLOR:#4682B4", b"CALENDAR-COLOR:steelblue")),
    (Flaw.TIMEZONE_WITHOUT_OBSERVANCE, "empty time zone", no_observance),
    (Flaw.TIMEZONE_WITHOUT_OFFSET, "no TZOFFSETTO", drop(b"TZOFFSETTO", b"BEGIN:VTIMEZONE")),
    (Flaw.TIMEZONE_WITHOUT_OFFSET, "no TZOFFSETFROM", drop(b"TZOFFSETFROM", b"BEGIN:VTIMEZONE")),
    (Flaw.BAD_OFFSET, "+8", swap(b"TZOFFSETTO:+0800", b"TZOFFSETTO:+8")),
    (Flaw.OFFSET_WITH_SECONDS, "local mean time", swap(b"TZOFFSETFROM:+0800", b"TZOFFSETFROM:+080543")),
    (Flaw.DUPLICATE_TIMEZONE, "a time zone twice", twice_zone),
    (Flaw.NO_UID, "no UID", drop(b"UID")),
    (Flaw.NO_DTSTAMP, "no DTSTAMP", drop(b"DTSTAMP")),
    (Flaw.NO_CREATED, "no CREATED", drop(b"CREATED")),
    (Flaw.NO_LAST_MODIFIED, "no LAST-MODIFIED", drop(b"LAST-MODIFIED")),
    (Flaw.NO_SEQUENCE, "no SEQUENCE", drop(b"SEQUENCE")),
    (Flaw.NO_DTSTART, "no DTSTART", drop(b"DTSTART")),
    (Flaw.NO_DTEND, "no DTEND", drop(b"DTEND")),
    (Flaw.NO_SUMMARY, "no SUMMARY", drop(b"SUMMARY")),
    (Flaw.NO_SUMMARY, "blank SUMMARY", swap("SUMMARY:报名截止".encode(), b"SUMMARY: ")),
    (Flaw.NO_STATUS, "no STATUS", drop(b"STATUS")),
    (Flaw.NO_TRANSP, "no TRANSP", drop(b"TRANSP")),
    (Flaw.DUPLICATE_UID, "an event twice", twice_event),
    (Flaw.BAD_DATE, "30 February", swap(ALL_DAY, b"DTSTART;VALUE=DATE:20250230")),
    (Flaw.BAD_DATE, "short date", swap(ALL_DAY, b"DTSTART;VALUE=DATE:2025101")),
    (Flaw.BAD_DATE, "a day without VALUE=DATE", swap(ALL_DAY, b"DTSTART:20251015")),
    (Flaw.BAD_DATE, "a day with a zone", swap(ALL_DAY, b"DTSTART;VALUE=DATE;TZID=Asia/Shanghai:20251015")),
    (Flaw.BAD_DATE, "25 o'clock", swap(b"20250418T084500", b"20250418T254500")),
    (Flaw.MIXED_TYPES, "a day and an hour", swap(ALL_DAY_END, b"DTEND;TZID=Asia/Shanghai:20251020T100000")),
    (Flaw.EMPTY_DAY, "DTEND of whole days is the first day", swap(ALL_DAY_END, b"DTEND;VALUE=DATE:20251015")),
    (Flaw.END_BEFORE_START, "whole days backwards", swap(ALL_DAY_END, b"DTEND;VALUE=DATE:20251014")),
    (Flaw.END_BEFORE_START, "hours backwards", swap(b"20250530T235900", b"20250530T234300")),
    (Flaw.END_BEFORE_START, "no length", swap(b"20250530T235900", b"20250530T234400")),
    (Flaw.BUSY_ALL_DAY, "busy for four days", swap_in(ALL_DAY, b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE")),
    (Flaw.FLOATING_TIME, "no zone", swap(DUE, b"DTSTART:20250530T234400")),
    (Flaw.UTC_TIME, "UTC", swap(DUE, b"DTSTART:20250530T154400Z")),
    (Flaw.NO_TIMEZONE, "zone without a definition", cut_zone),
    (Flaw.FOREIGN_TIMEZONE, "name of Windows", swap_all(b"Asia/Shanghai", b"China Standard Time")),
    (Flaw.TIMEZONE_WITHOUT_TZID, "time zone without a name", lambda d: swap_all(b"=Asia/Singapore", b"=Asia/Shanghai")(d).replace(b"TZID:Asia/Singapore\r\n", b"")),
    (Flaw.STAMP_NOT_UTC, "local stamp", swap(b"CREATED:20241101T000000Z", b"CREATED:20241101T000000")),
    (Flaw.STAMPS_DIFFER, "only one stamp moved", swap(b"LAST-MODIFIED:20241101T", b"LAST-MODIFIED:20241102T")),
    (Flaw.BAD_SEQUENCE, "negative", swap(b"SEQUENCE:1", b"SEQUENCE:-1")),
    (Flaw.BAD_STATUS, "status of a task", swap(b"STATUS:CONFIRMED", b"STATUS:NEEDS-ACTION")),
    (Flaw.BAD_TRANSP, "unknown word", swap(b"TRANSP:TRANSPARENT", b"TRANSP:FREE")),
    (Flaw.BAD_CLASS, "unknown word", swap(b"CLASS:PUBLIC", b"CLASS:SECRET")),
    (Flaw.BAD_GEO, "comma", swap(b"GEO:23.1;113.3", b"GEO:23.1,113.3")),
    (Flaw.BAD_GEO, "latitude of 123", swap(b"GEO:23.1;113.3", b"GEO:123.1;113.3")),
    (Flaw.BAD_URI, "blank in a link", within(b"URL:https://example.org/a b")),
    (Flaw.BAD_URI, "no scheme", within(b"URL:example.org")),
    (Flaw.PLACES_DIFFER, "another hall on the map", swap('LOCATION:广交会展馆'.encode(), "LOCATION:流花展馆".encode())),
    (Flaw.UNESCAPED_TEXT, "comma", within(b"COMMENT:a,b")),
    (Flaw.UNESCAPED_TEXT, "semicolon after a backslash of its own", within(rb"COMMENT:a\\;b")),
    (Flaw.BAD_ESCAPE, "unknown escape", within(rb"COMMENT:a\tb")),
    (Flaw.BAD_ESCAPE, "backslash at the end", within(b"COMMENT:a\\")),
    (Flaw.LANGUAGE_PARAMETER, "LANGUAGE", swap(b"SUMMARY:", b"SUMMARY;LANGUAGE=zh:")),
    (Flaw.RECURRENCE, "RRULE", within(b"RRULE:FREQ=DAILY;COUNT=4")),
    (Flaw.RECURRENCE, "EXDATE", within(b"EXDATE;VALUE=DATE:20250101")),
    (Flaw.PERSON, "ATTENDEE", within(b"ATTENDEE:mailto:someone@example.org")),
    (Flaw.PERSON, "ORGANIZER", within(b"ORGANIZER:mailto:someone@example.org")),
    (Flaw.INLINE_ATTACHMENT, "inline file", within(b"ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA")),
    (Flaw.ALARM_WITHOUT_TRIGGER, "no TRIGGER", within(ALARM.replace(b"TRIGGER:-P1D\r\n", b"").rstrip())),
    (Flaw.ALARM_NOT_DISPLAY, "a sound", within(ALARM.replace(b"DISPLAY", b"AUDIO").rstrip())),
    (Flaw.ALARM_NOT_DISPLAY, "no words", within(ALARM.replace(b"DESCRIPTION:x\r\n", b"").rstrip())),
    (Flaw.BAD_DURATION, "trigger of P1H", within(ALARM.replace(b"-P1D", b"-P1H").rstrip())),
]  # fmt: skip


def test_a_good_feed_has_no_defect() -> None:
    assert lint(GOOD) == ()


def test_a_good_alarm_and_a_good_link_are_no_defect() -> None:
    assert (
        lint(within(ALARM.rstrip() + b"\r\nURL:https://example.org/a?b=1\r\nATTACH:https://example.org/a.pdf")(GOOD))
        == ()
    )


@pytest.mark.parametrize(("flaw", "name", "mutate"), CASES, ids=[f"{flaw}: {name}" for flaw, name, _ in CASES])
def test_a_defect_is_found_and_nothing_else_with_it(flaw: Flaw, name: str, mutate: Mutation) -> None:
    found = lint(mutate(GOOD))
    assert {d.kind for d in found} == {flaw}


def test_every_kind_of_defect_is_tried_and_there_are_more_than_the_thirty_of_the_research() -> None:
    assert {flaw for flaw, _, _ in CASES} == set(Flaw)
    assert len(Flaw) >= 30


def test_a_defect_says_on_which_line_it_stands() -> None:
    (found,) = lint(swap(b"CLASS:PUBLIC", b"CLASS:SECRET")(GOOD))
    assert GOOD.split(b"\r\n")[found.line - 1] == b"CLASS:PUBLIC"
    assert found.detail == "SECRET"


def test_several_defects_are_all_found_in_the_order_of_their_lines() -> None:
    broken = drop(b"STATUS")(swap(b"VERSION:2.0", b"VERSION:1.0")(GOOD))
    assert [d.kind for d in lint(broken)] == [Flaw.BAD_VERSION, Flaw.NO_STATUS]


@pytest.mark.parametrize(
    "data", [b"", b"\r\n", b"\xff\xfe", b"BEGIN:VCALENDAR", b"hello", b"END:VCALENDAR\r\n", b"\r\n \r\n"]
)
def test_what_is_no_calendar_at_all_is_a_defect_and_not_a_crash(data: bytes) -> None:
    assert lint(data)
