"""What can be wrong with a calendar's bytes. Each kind is a defect that broke a real client (research/output.md A1 and A4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """The kinds of defect that the lint knows, in the order of bytes, structure, calendar, time zones, events."""

    BOM = "bom"
    BLANK_FIRST_LINE = "blank-first-line"
    NO_BEGIN = "no-begin"
    BARE_LF = "bare-lf"
    BARE_CR = "bare-cr"
    BLANK_LINE = "blank-line"
    LONG_LINE = "long-line"
    SPLIT_CHARACTER = "split-character"
    NOT_UTF8 = "not-utf8"
    CONTROL_CHARACTER = "control-character"
    NO_FINAL_NEWLINE = "no-final-newline"
    TOO_LARGE = "too-large"

    MALFORMED_LINE = "malformed-line"
    UNBALANCED = "unbalanced"
    NOT_CLOSED = "not-closed"
    AFTER_THE_END = "after-the-end"
    UNKNOWN_COMPONENT = "unknown-component"
    REPEATED_PROPERTY = "repeated-property"

    NO_VERSION = "no-version"
    BAD_VERSION = "bad-version"
    NO_PRODID = "no-prodid"
    NO_NAME = "no-name"
    NO_COMPONENT = "no-component"
    TOO_MANY_EVENTS = "too-many-events"
    METHOD = "method"
    CALENDAR_UID = "calendar-uid"
    NO_REFRESH = "no-refresh"
    REFRESH_WITHOUT_VALUE = "refresh-without-value"
    BAD_DURATION = "bad-duration"
    BAD_COLOUR = "bad-colour"

    TIMEZONE_WITHOUT_TZID = "timezone-without-tzid"
    TIMEZONE_WITHOUT_OBSERVANCE = "timezone-without-observance"
    TIMEZONE_WITHOUT_OFFSET = "timezone-without-offset"
    BAD_OFFSET = "bad-offset"
    OFFSET_WITH_SECONDS = "offset-with-seconds"
    DUPLICATE_TIMEZONE = "duplicate-timezone"

    NO_UID = "no-uid"
    NO_DTSTAMP = "no-dtstamp"
    NO_CREATED = "no-created"
    NO_LAST_MODIFIED = "no-last-modified"
    NO_SEQUENCE = "no-sequence"
    NO_DTSTART = "no-dtstart"
    NO_DTEND = "no-dtend"
    NO_SUMMARY = "no-summary"
    NO_STATUS = "no-status"
    NO_TRANSP = "no-transp"
    DUPLICATE_UID = "duplicate-uid"
    BAD_DATE = "bad-date"
    MIXED_TYPES = "mixed-types"
    EMPTY_DAY = "empty-day"
    END_BEFORE_START = "end-before-start"
    BUSY_ALL_DAY = "busy-all-day"
    FLOATING_TIME = "floating-time"
    UTC_TIME = "utc-time"
    NO_TIMEZONE = "no-timezone"
    FOREIGN_TIMEZONE = "foreign-timezone"
    STAMP_NOT_UTC = "stamp-not-utc"
    STAMPS_DIFFER = "stamps-differ"
    BAD_SEQUENCE = "bad-sequence"
    BAD_STATUS = "bad-status"
    BAD_TRANSP = "bad-transp"
    BAD_CLASS = "bad-class"
    BAD_GEO = "bad-geo"
    BAD_URI = "bad-uri"
    PLACES_DIFFER = "places-differ"
    UNESCAPED_TEXT = "unescaped-text"
    BAD_ESCAPE = "bad-escape"
    LANGUAGE_PARAMETER = "language-parameter"
    RECURRENCE = "recurrence"
    PERSON = "person"
    INLINE_ATTACHMENT = "inline-attachment"
    ALARM_WITHOUT_TRIGGER = "alarm-without-trigger"
    ALARM_NOT_DISPLAY = "alarm-not-display"


@dataclass(frozen=True)
class Defect:
    """One defect: its kind, the line it was found on (1 is the first; 0 the file as a whole), and what stands there."""

    kind: Flaw
    line: int
    detail: str = ""
