"""An entry as the store keeps it: one line of JSON that a later revision is compared with, and can show again as cancelled."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from fairplanner.domain.published import EntryState, Showing
from fairplanner.domain.uids import uid
from fairplanner.publish.agendas.agenda import Agenda, Entry, EntryKind, Spot
from fairplanner.publish.calendars.ical import Stamp

RENDERING = 1
"""Raised whenever calendars show the same entry otherwise: then everybody's stamps must move, or clients keep the old look."""


def body_of(entry: Entry, sample: bool) -> str:
    """All that is seen of an entry, in one line of JSON; the same entry gives the same line."""
    seen: dict[str, Any] = {
        "rendering": RENDERING, "sample": sample, "key": entry.key, "kind": entry.kind.value, "title": entry.title,
        "first": entry.first.isoformat(), "last": entry.last.isoformat(), "is_firm": entry.is_firm,
        "starts": _instant(entry.starts), "ends": _instant(entry.ends), "lines": entry.lines, "phase_id": entry.phase_id,
        "spot": asdict(entry.spot) if entry.spot else None,
    }  # fmt: skip
    return json.dumps(seen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_of(body: str) -> Entry:
    """The entry that a line shows."""
    seen = json.loads(body)
    return Entry(
        key=seen["key"],
        kind=EntryKind(seen["kind"]),
        title=seen["title"],
        first=date.fromisoformat(seen["first"]),
        last=date.fromisoformat(seen["last"]),
        is_firm=seen["is_firm"],
        spot=Spot(**seen["spot"]) if seen["spot"] else None,
        starts=_read_instant(seen["starts"]),
        ends=_read_instant(seen["ends"]),
        lines=tuple(seen["lines"]),
        phase_id=seen["phase_id"],
    )


def is_sample(body: str) -> bool:
    """Whether a line shows a sample."""
    return bool(json.loads(body)["sample"])


def showings(agenda: Agenda, host: str) -> list[Showing]:
    """What an agenda shows now; `host` is what stands after the @ of UIDs."""
    return [_showing(entry, agenda.sample, host) for entry in agenda.entries]


def stamps_of(states: Iterable[EntryState]) -> dict[str, Stamp]:
    """The stamps of entries, by key."""
    return {s.key: Stamp(s.sequence, s.created, s.modified, s.cancelled is not None) for s in states}


def _showing(entry: Entry, sample: bool, host: str) -> Showing:
    body = body_of(entry, sample)
    # a half character cannot be written as UTF-8; calendars leave it out
    body = body.encode("utf-8", "ignore").decode("utf-8")
    return Showing(entry.key, uid(host, entry.key), entry.last, body, sha256(body.encode()).hexdigest())


def _instant(at: datetime | None) -> tuple[str, str] | None:
    """Local time and IANA zone."""
    if at is None:
        return None
    zone = at.tzinfo.key if isinstance(at.tzinfo, ZoneInfo) else "UTC"
    return at.replace(tzinfo=None).isoformat(), zone


def _read_instant(told: list[str] | None) -> datetime | None:
    return datetime.fromisoformat(told[0]).replace(tzinfo=ZoneInfo(told[1])) if told else None
