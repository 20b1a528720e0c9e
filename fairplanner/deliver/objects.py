"""A calendar of ours, taken apart into the objects of a CalDAV collection: one entry each, with the time zones it needs.

RFC 4791 section 4.1: a resource holds one UID, has no METHOD, and every TZID it names is defined in it. Our own calendars
are cut by lines; nothing in them is written anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fairplanner.errors import Problem, UserError

HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"
PRODID = re.compile(rb"\r\nPRODID:(-//fairplanner//[^\r\n]*)\r\n")
PART = re.compile(rb"^BEGIN:(VTIMEZONE|VEVENT)\r\n.*?^END:\1\r\n", re.DOTALL | re.MULTILINE)
FOLD = re.compile(r"\r?\n[ \t]")
TZID = re.compile(r";TZID=([^;:]+)[;:]")


@dataclass(frozen=True)
class Stamped:
    """What tells one state of an entry from another: SEQUENCE and LAST-MODIFIED as written ('' for none)."""

    uid: str
    sequence: str
    modified: str


@dataclass(frozen=True)
class Item:
    """One entry as an object of its own."""

    stamped: Stamped
    body: bytes

    @property
    def uid(self) -> str:
        """UID of the entry."""
        return self.stamped.uid

    @property
    def name(self) -> str:
        """Its file name in a collection: the UID before the @, which is unique by itself."""
        return f"{self.uid.partition('@')[0]}.ics"


def items_of(content: bytes, file: str) -> tuple[Item, ...]:
    """The entries of a calendar that we made, in its order; raises UserError (about `file`) for any other."""
    found = PRODID.search(content)
    if found is None or not content.startswith(b"BEGIN:VCALENDAR\r\n"):
        raise UserError([Problem(file, 0, "", "push-not-ours")])
    parts = [(match[1], match[0]) for match in PART.finditer(content)]
    zones = {_value(_unfolded(part), "TZID"): part for kind, part in parts if kind == b"VTIMEZONE"}
    return tuple(_item(part, found[1], zones) for kind, part in parts if kind == b"VEVENT")


def _item(event: bytes, prodid: bytes, zones: dict[str, bytes]) -> Item:
    text = _unfolded(event)
    needed = sorted(set(TZID.findall(text)) & zones.keys())
    head = HEAD + prodid + b"\r\nCALSCALE:GREGORIAN\r\n"
    body = b"".join((head, *(zones[tzid] for tzid in needed), event, b"END:VCALENDAR\r\n"))
    stamped = stamped_of(body)
    if stamped is None:
        raise ValueError("an event without a UID")
    return Item(stamped, body)


def stamped_of(content: bytes) -> Stamped | None:
    """The stamps of the first entry of an object, whoever wrote it; None where there is no entry with a UID."""
    _, begins, event = _unfolded(content).partition("BEGIN:VEVENT")
    uid = _value(event, "UID")
    if not begins or not uid:
        return None
    return Stamped(uid, _value(event, "SEQUENCE"), _value(event, "LAST-MODIFIED"))


def _unfolded(content: bytes) -> str:
    return FOLD.sub("", content.decode("utf-8", "replace"))


def _value(text: str, name: str) -> str:
    found = re.search(rf"^{name}(?:;[^:\r\n]*)?:([^\r\n]*)", text, re.MULTILINE)
    return found[1].strip() if found else ""
