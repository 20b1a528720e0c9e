"""The page of a subscription: what it holds, how to subscribe, what changed; made from what the store keeps and nothing else.

One file, nothing fetched from elsewhere, readable without script; the address, which is a key, leaves by no referrer.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fairplanner.domain.published import TOGETHER, Document, EntryState, Feed
from fairplanner.domain.revising import RETENTION, on_show
from fairplanner.publish.agendas.agenda import Entry, EntryKind
from fairplanner.publish.agendas.book import in_order
from fairplanner.publish.calendars.ical import HOME_TZ
from fairplanner.publish.calendars.showing import entry_of, is_sample
from fairplanner.publish.naming import dates_in_words, locality
from fairplanner.publish.pages import page
from fairplanner.publish.qr import drawing
from fairplanner.publish.subscribe.addresses import Links
from fairplanner.shipped import shipped
from fairplanner.words import Words, words

MEDIA_TYPE = "text/html; charset=utf-8"
MOST_NEXT = 12
MOST_CHANGES = 8
LATELY = timedelta(days=60)
CLIENTS = ("wechat", "apple", "android", "google", "outlook", "thunderbird")
REFRESHED = ("apple", "android", "google", "outlook", "thunderbird")


@dataclass(frozen=True)
class Line:
    """One entry as the page lists it: `mark` is what it is (a deadline) or what became of it, `sort` how it is coloured."""

    when: str
    title: str
    where: str
    mark: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Paper:
    """A file to be downloaded: its title, where it lies as seen from the page, how many bytes it has."""

    title: str
    name: str
    size: int


@dataclass(frozen=True)
class Open:
    """What differs on a page that anybody may open: `footer` is the line at its end, `is_stored` whether a store knows what changed."""

    footer: str
    is_stored: bool


def landing(
    feed: Feed,
    documents: Iterable[Document],
    address: Links,
    at: datetime,
    langs: Sequence[str] = ("zh", "en"),
    folder: Path | None = None,
) -> bytes:
    """The page of one feed at `at` (UTC); the same for the whole of a day in the zone of the feed, unless the feed changes.

    `documents`: those of its audience; where some are in the page's language, only they are listed. `langs`: the languages
    that the audience has feeds in. `folder` of templates. Raises LanguageError for a template that cannot be used.
    """
    papers = [Paper(d.title, d.name, len(d.content)) for d in _readable(documents, feed.key.lang)]
    return page_of(feed, papers, address, at, langs, folder or shipped("templates"))


def page_of(
    feed: Feed, papers: Iterable[Paper], address: Links, at: datetime, langs: Sequence[str], folder: Path,
    is_open: Open | None = None,
) -> bytes:  # fmt: skip
    """The same with papers that lie elsewhere; `is_open`: for anybody, where there is no key to keep."""
    w, lang, zone = words(feed.key.lang), feed.key.lang, ZoneInfo(zone_of(feed))
    today = at.astimezone(zone).date()
    script = (folder / "subscribe" / "landing.js").read_text(encoding="utf-8").strip()
    upcoming = upcoming_of(feed, at, today)
    lately = [s for s in changes_of(feed) if today - s.modified.astimezone(zone).date() <= LATELY]
    return page(
        folder, "subscribe/landing.html.j2", lang, w=w, title=feed.title, script=script, script_hash=_digest(script),
        sample=w("calendar.sample") if _is_sample(feed, w) else "", clients=CLIENTS, refreshed=REFRESHED,
        calendar=address.calendar(feed.slug, lang), webcal=address.webcal(feed.slug, lang),
        file=address.file(feed.slug, lang), page_address=address.page(lang), qr=_image(drawing(address.page(lang))),
        others=[(address.other(x), x, words(x)("subscribe.own_lang")) for x in langs if x != lang],
        as_of=dates_in_words(w, today, today), upcoming=[_upcoming(w, e) for e in upcoming[:MOST_NEXT]],
        nothing=_none(w, feed), later=len(upcoming[MOST_NEXT:]), changes=_by_day(w, lately[:MOST_CHANGES], zone),
        more_changes=len(lately[MOST_CHANGES:]), lately=LATELY.days, retention=RETENTION.days,
        documents=[_document(w, paper) for paper in papers], is_open=is_open,
        modified=_day(w, feed.modified.astimezone(zone).date()),
    )  # fmt: skip


def zone_of(feed: Feed) -> str:
    """IANA name of the reader's zone, as the calendar itself states it."""
    return feed.zone or HOME_TZ


def upcoming_of(feed: Feed, at: datetime, today: date) -> tuple[Entry, ...]:
    """What holds and is not over, in date order."""
    held = (entry_of(s.body) for s in on_show(feed.states, at) if s.cancelled is None)
    return in_order(e for e in held if e.last >= today)


def _none(w: Words, feed: Feed) -> str:
    """What is said where nothing is to come: what was planned is over, or nothing ever was."""
    held = [s.last for s in feed.states if s.cancelled is None]
    return w("subscribe.next_over", day=_day(w, max(held))) if held else w("subscribe.next_none")


def changes_of(feed: Feed) -> tuple[EntryState, ...]:
    """What was stamped after the feed was first published, newest first."""
    first = min((s.created for s in feed.states), default=None)
    changed = [s for s in feed.states if s.modified != first]
    return tuple(sorted(changed, key=lambda s: (-s.modified.timestamp(), s.last, s.key)))


def _is_sample(feed: Feed, w: Words) -> bool:
    """Whether any entry says so, or, where there is none, the head of the calendar."""
    if feed.states:
        return any(is_sample(s.body) for s in feed.states)
    text = feed.content.replace(b"\r\n ", b"").replace(b"\\,", b",").replace(b"\\;", b";")
    return w("calendar.sample").encode() in text


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode("ascii")


def _image(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode('ascii')}"


def _day(w: Words, day: date) -> str:
    return dates_in_words(w, day, day)


def when(w: Words, entry: Entry) -> str:
    """The days of an entry, with the hours where they are known (local time of each end)."""
    if entry.starts is None or entry.ends is None:
        return dates_in_words(w, entry.first, entry.last)
    starts, ends = (f"{x:%H:%M}" for x in (entry.starts, entry.ends))
    if entry.starts.date() == entry.ends.date():
        return w("subscribe.times", day=_day(w, entry.starts.date()), starts=starts, ends=ends)
    first, last = _day(w, entry.starts.date()), _day(w, entry.ends.date())
    return w("subscribe.times_over", first=first, last=last, starts=starts, ends=ends)


def where(w: Words, entry: Entry) -> str:
    """Hall and city, as the calendar has them."""
    if entry.spot is None:
        return ""
    address = locality(w, entry.spot)
    return w("calendar.place.venue", venue=entry.spot.venue, address=address) if entry.spot.venue else address


def _upcoming(w: Words, entry: Entry) -> Line:
    is_deadline = entry.kind is EntryKind.DEADLINE
    mark = w("subscribe.deadline_in_list") if is_deadline else ""
    return Line(when(w, entry), entry.title, where(w, entry), mark, "deadline" if is_deadline else "")


def _by_day(w: Words, states: Sequence[EntryState], zone: ZoneInfo) -> list[tuple[str, list[Line]]]:
    """Changes under the day on which they were published."""
    days = groupby(states, lambda s: s.modified.astimezone(zone).date())
    return [(w("subscribe.change_on", day=_day(w, day)), [_change(w, s) for s in own]) for day, own in days]


def _change(w: Words, state: EntryState) -> Line:
    entry = entry_of(state.body)
    sort = "cancelled" if state.cancelled else "added" if state.sequence == 0 else "changed"
    return Line(when(w, entry), entry.title, where(w, entry), w(f"subscribe.change.{sort}"), sort)


def _readable(documents: Iterable[Document], lang: str) -> list[Document]:
    have = sorted(documents, key=lambda d: (d.title, d.name))
    return [d for d in have if lang in d.lang.split(TOGETHER) or not d.lang] or have


def _document(w: Words, paper: Paper) -> tuple[str, str]:
    kind = paper.name.rpartition(".")[2].upper()
    size = max(1, round(paper.size / 1000))
    return quote(paper.name), w("subscribe.document", title=paper.title, kind=kind, size=size)
