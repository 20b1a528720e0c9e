"""What a reader sees changed of an entry: rows of what it said before and says now, nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from fairplanner.publish.agendas.agenda import Entry, Spot
from fairplanner.publish.calendars.feeds import EntryChange
from fairplanner.publish.calendars.showing import entry_of
from fairplanner.publish.naming import dates_in_words, locality
from fairplanner.words import Words

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One field of an entry: what it said (`gone`) and what it says (`now`); not `is_changed`: only `now`, for orientation."""

    label: str
    gone: Lines
    now: Lines
    is_changed: bool

    @property
    def is_swap(self) -> bool:
        """Whether one line took the place of another."""
        return self.is_changed and len(self.gone) == len(self.now) == 1


@dataclass(frozen=True)
class Told:
    """One entry of a notice: `what` happened (added, changed, cancelled, restored), to what, and the rows."""

    what: str
    entry: Entry
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """What the entry is called now."""
        return self.entry.title


def told(say: Words, change: EntryChange) -> Told | None:
    """What is said of a change; None where the entry reads the same as before (only its dress or the order of lines changed)."""
    now = entry_of(change.after.body)
    fields = _fields(say, now)
    if change.what == "cancelled" or change.before is None:
        shown = {"when", "where"} if change.what == "cancelled" else fields.keys() - {"title", "map", "status"}
        rows = [_plain(say, key, lines) for key, lines in fields.items() if key in shown and lines]
        return Told(change.what, now, tuple(rows))
    before = _fields(say, entry_of(change.before.body))
    orients = {"when"} if change.what == "changed" else {"when", "where", "lines"}
    rows = [row for key in fields if (row := _row(say, key, before[key], fields[key], key in orients))]
    if change.what == "changed" and not any(row.is_changed for row in rows):
        return None
    return Told(change.what, now, tuple(rows))


def _row(say: Words, key: str, before: Lines, now: Lines, orients: bool) -> Row | None:
    gone, come = Counter(before) - Counter(now), Counter(now) - Counter(before)
    if gone or come:
        lines = (tuple(x for x in before if x in gone), tuple(x for x in now if x in come))
        return Row(say(f"notice.field.{key}"), *lines, is_changed=True)
    return _plain(say, key, now) if orients and now else None


def _plain(say: Words, key: str, lines: Lines) -> Row:
    return Row(say(f"notice.field.{key}"), (), lines, is_changed=False)


def _fields(say: Words, entry: Entry) -> dict[str, Lines]:
    """Everything that a calendar shows of an entry, in words, in the order in which it is read."""
    spot = entry.spot
    return {
        "title": (entry.title,),
        "when": (when(say, entry),),
        "where": (where(say, spot),) if spot else (),
        "map": (say("notice.coordinates", lat=spot.lat, lon=spot.lon),) if spot else (),
        "status": (say(f"notice.status.{'firm' if entry.is_firm else 'tentative'}"),),
        "lines": entry.lines,
    }


def when(say: Words, entry: Entry) -> str:
    """Days with their weekdays, or two instants, each in its own zone where these differ."""
    if entry.starts is None or entry.ends is None:
        return dates_in_words(say, entry.first, entry.last)
    zones = _zone(entry.starts), _zone(entry.ends)
    if zones[0] == zones[1] and entry.first == entry.last:
        facts = {"day": dates_in_words(say, entry.first, entry.first), "tz": zones[0]}
        return say("notice.hours", starts=f"{entry.starts:%H:%M}", ends=f"{entry.ends:%H:%M}", **facts)
    starts, ends = (_instant(say, at, tz) for at, tz in zip((entry.starts, entry.ends), zones, strict=True))
    return say("notice.from_to", starts=starts, ends=ends)


def _instant(say: Words, at: datetime, tz: str) -> str:
    return say("notice.instant", day=dates_in_words(say, at.date(), at.date()), time=f"{at:%H:%M}", tz=tz)


def _zone(at: datetime) -> str:
    return at.tzinfo.key if isinstance(at.tzinfo, ZoneInfo) else "UTC"


def where(say: Words, spot: Spot) -> str:
    """Venue, city, country or region, as calendars have it."""
    address = locality(say, spot)
    return say("calendar.place.venue", venue=spot.venue, address=address) if spot.venue else address
