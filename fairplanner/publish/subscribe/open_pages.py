"""Pages of delegations and firms in an open folder: what a code on a handout leads to where no store keeps keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from fairplanner.domain.published import Feed, FeedKey, Scope
from fairplanner.domain.revising import revised
from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.calendars.feeds import slug_of
from fairplanner.publish.calendars.ical import END, Dresser, home_tz, host_of
from fairplanner.publish.calendars.showing import showings
from fairplanner.publish.documents import papers_of
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.sheets.handout_small import a5_path, card_path
from fairplanner.publish.subscribe.landing import MEDIA_TYPE, Open, Paper, page_of
from fairplanner.publish.subscribe.open_address import FOLDERS, OpenAddress, path_of

OPEN = ("handout", "itinerary")
"""Kinds of papers that lie where anybody may open them."""
Papers = Mapping[Scope, Sequence[tuple[str, PurePosixPath]]]


def open_pages(press: Press, folder: Path, sizes: Mapping[str, int], langs: Sequence[str]) -> Iterator[Publication]:
    """The page of every delegation and firm that has a calendar, in the (first) language of the press.

    `sizes`: bytes of what was published, by path; only that is linked. `langs`: those in which there are such pages; none: there
    is nothing to make.
    """
    if not langs:
        return
    papers = _papers(press)
    for feed in _feeds(press):
        kind, subject = AudienceKind(feed.key.kind), feed.key.subject
        address = OpenAddress(press.base_url, kind, subject)
        own = [
            Paper(title, address.link(path), sizes[str(path)])
            for title, path in papers.get(feed.key.scope, ())
            if str(path) in sizes
        ]
        is_open = Open(press.footer, press.feeds is not None)
        content = page_of(feed, own, address, _instant(press), langs, folder, is_open)
        yield Publication(path_of(kind, subject, press.lang), MEDIA_TYPE, content)


def _instant(press: Press) -> datetime:
    """The instant of the page: when calendars last changed where a store knows, else that of the plan; no clock."""
    found = (feed.modified for feed in (press.feeds or {}).values())
    return max(found, default=datetime.fromtimestamp(press.timestamp, UTC))


def _papers(press: Press) -> Papers:
    """Title and path of the itineraries of each audience. An answer tells a firm its score: it is for no page that all may open."""
    found: defaultdict[Scope, list[tuple[str, PurePosixPath]]] = defaultdict(list)
    for scope, kind, path in papers_of(press):
        if kind not in OPEN:
            continue
        found[scope].append((press.w(f"revise.document.{kind}"), path))
    for party in press.parties:
        own = found[Scope(AudienceKind.DELEGATION.value, party.delegation.party_id)]
        d = party.delegation.party_id
        own.append((press.w("subscribe.paper_a5"), a5_path(d, press.edition)))
        own.append((press.w("subscribe.paper_card"), card_path(d, press.edition)))
    return found


def _feeds(press: Press) -> Iterator[Feed]:
    """Calendars as they stand published; where nothing does, what the plan itself shows."""
    if press.feeds is not None:
        yield from (
            press.feeds[k] for k in sorted(press.feeds) if k.lang == press.lang and AudienceKind(k.kind) in FOLDERS
        )
        return
    host, at = host_of(press.programme), datetime.fromtimestamp(press.timestamp, UTC)
    dresser = Dresser(press.lang, host, home_tz(press.programme))
    for kind, subject in press.book.audiences():
        if kind in FOLDERS:
            agenda, key = press.book.agenda(kind, subject), FeedKey(kind.value, subject, press.lang)
            # of the calendar itself the page reads no more than its head: the zone, and whether it is a sample
            head = dresser.head(agenda) + END
            yield Feed(key, slug_of(key), agenda.title, "", at, head, revised((), showings(agenda, host), at))
