"""Calendars of somebody else, written line by line."""

from __future__ import annotations

from fairplanner.errors import Problem
from fairplanner.intake.ics import FeedRead, read_feed


def entry(title: str, first: str, after: str = "", *more: str, uid: str = "") -> list[str]:
    """One event of whole days; `after` is the day after the last one."""
    ends = [f"DTEND;VALUE=DATE:{after}"] if after else []
    own = uid or f"{title}{first}@elsewhere".replace(" ", "")
    return ["BEGIN:VEVENT", f"UID:{own}", f"SUMMARY:{title}", f"DTSTART;VALUE=DATE:{first}", *ends, *more, "END:VEVENT"]


def event(*lines: str) -> list[str]:
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def calendar(*events: list[str], head: tuple[str, ...] = ()) -> bytes:
    inner = [line for lines in events for line in lines]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//somebody//else//EN", *head, *inner, "END:VCALENDAR"]
    return "".join(f"{line}\r\n" for line in lines).encode()


def read(content: bytes, place: str = "peer.ics") -> FeedRead:
    fatal: list[Problem] = []
    feed = read_feed(content, place, fatal)
    assert feed is not None, fatal
    return feed


def kinds(problems: tuple[Problem, ...]) -> list[tuple[int, str, str]]:
    return [(p.row, p.what, p.value) for p in problems]
