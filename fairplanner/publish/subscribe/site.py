"""The tree that an office puts on its own web space: the same addresses and bytes that `serve` answers with.

`f/<token>/` holds the pages, calendars and documents of one subscriber. The names of those folders are keys, so nothing in
the tree lists them, and nothing outside them says whom they are for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TypeVar

from fairplanner.domain.published import Document, Feed, FeedKey, Scope, Token
from fairplanner.errors import OutputError, Problem
from fairplanner.publish.calendars.ical import MEDIA_TYPE as CALENDAR
from fairplanner.publish.calendars.stopped import is_kept, stopped
from fairplanner.publish.pages import page
from fairplanner.publish.publication import Publication
from fairplanner.publish.subscribe import landing as pages
from fairplanner.publish.subscribe.addresses import FEEDS, FIRST_LANG, Address, file_name, page_name
from fairplanner.publish.subscribe.landing import landing, zone_of
from fairplanner.shipped import shipped
from fairplanner.words import words

GENERATOR = "fairplanner site"
"""By this a file at the top of the tree is known as ours: an office's own front page is never written over."""
Thing = TypeVar("Thing", Feed, Document)
TEXT = "text/plain; charset=utf-8"
ROBOTS = f"""# {GENERATOR}: calendars must be able to fetch what lies below /{FEEDS}/ (pages there say noindex)
User-agent: *
Disallow:
"""
# Only below f/, so that nothing else on the same web space changes. Compressed calendars fail in some Outlooks, and pages
# must send their address, which is a key, to nobody (research/output.md A2).
HTACCESS = f"""# {GENERATOR}
<IfModule mod_mime.c>
AddType "text/calendar; charset=utf-8" .ics
</IfModule>
<IfModule mod_setenvif.c>
SetEnvIf Request_URI "\\.ics$" no-gzip no-brotli dont-vary
</IfModule>
<IfModule mod_headers.c>
Header set Referrer-Policy "no-referrer"
Header set X-Robots-Tag "noindex"
</IfModule>
"""


def front(folder: Path | None = None) -> Iterator[Publication]:
    """What lies beside the subscribers' folders: pages that say nothing, and what a web server must know."""
    silent = plain_page("front", folder)
    yield Publication(PurePosixPath("index.html"), pages.MEDIA_TYPE, silent)
    yield Publication(PurePosixPath("robots.txt"), TEXT, ROBOTS.encode("ascii"))
    # without a page of its own, a server may list the folder: every key of every subscriber
    yield Publication(PurePosixPath(FEEDS, "index.html"), pages.MEDIA_TYPE, silent)
    yield Publication(PurePosixPath(FEEDS, ".htaccess"), TEXT, HTACCESS.encode("ascii"))


def plain_page(which: str, folder: Path | None = None) -> bytes:
    """A page without anything private, in both languages: `front` of the site, or `ended` for a subscription that was revoked."""
    w = words(FIRST_LANG)
    title, text = w(f"subscribe.{which}.title"), w(f"subscribe.{which}.text")
    return page(
        folder or shipped("templates"),
        "subscribe/plain.html.j2",
        FIRST_LANG,
        title=title,
        text=text,
        generator=GENERATOR,
    )


def subscriber(
    feeds: Iterable[Feed], documents: Iterable[Document], address: Address, at: datetime, folder: Path | None = None
) -> Iterator[Publication]:
    """The folder of one subscriber: calendars as they were published, documents, then the pages that lead to them.

    `feeds`: of one audience, one for each language. Raises OutputError for a document whose name cannot be a file there.
    """
    below, own = PurePosixPath(FEEDS, address.token), sorted(feeds, key=lambda f: _order(f.key.lang))
    kept = list(documents)
    langs = [feed.key.lang for feed in own]
    taken = {page_name(x) for x in langs} | {file_name(f.slug, f.key.lang) for f in own} | {"index.html"}
    for feed in own:
        yield Publication(below / file_name(feed.slug, feed.key.lang), CALENDAR, feed.content)
    for document in kept:
        yield Publication(below / _checked(document.name, taken), document.media_type, document.content)
    for n, feed in enumerate(own):
        content = landing(feed, kept, address, at, langs, folder)
        yield Publication(below / page_name(feed.key.lang), pages.MEDIA_TYPE, content)
        if n == 0:
            yield Publication(below / "index.html", pages.MEDIA_TYPE, content)


def ended(
    programme_id: str, host: str, feeds: Iterable[Feed], token: str, revoked: datetime, folder: Path | None = None
) -> Iterator[Publication]:
    """The folder of a subscription that was revoked: files of the same names that say so, and nothing else."""
    below = PurePosixPath(FEEDS, token)
    for feed in sorted(feeds, key=lambda f: _order(f.key.lang)):
        content = stopped(programme_id, feed.key, revoked, host, zone_of(feed))
        yield Publication(below / file_name(feed.slug, feed.key.lang), CALENDAR, content)
    yield Publication(below / "index.html", pages.MEDIA_TYPE, plain_page("ended", folder))


def site(
    programme_id: str, host: str, feeds: Mapping[FeedKey, Feed], documents: Iterable[Document], keys: Mapping[str, Token],
    base_url: str, at: datetime, folder: Path | None = None,
) -> Iterator[Publication]:  # fmt: skip
    """The whole tree of one programme at `at` (UTC); nothing for a subscription that was revoked long ago.

    `keys`: what each token in clear opens, as the store has it. Raises OutputError for an address that cannot be used.
    """
    yield from front(folder)
    calendars, papers = by_audience(feeds.values()), by_audience(documents)
    for token, facts in sorted(keys.items()):
        own = calendars.get(facts.scope, [])
        if facts.revoked is None:
            address = Address(base_url, token)
            yield from subscriber(own, papers.get(facts.scope, []), address, at, folder)
        elif is_kept(facts.revoked, at):
            yield from ended(programme_id, host, own, token, facts.revoked, folder)


def by_audience(things: Iterable[Thing]) -> dict[Scope, list[Thing]]:
    """Feeds or documents of each audience, in the order in which they come."""
    found: dict[Scope, list[Thing]] = {}
    for thing in things:
        scope = thing.key.scope if isinstance(thing, Feed) else thing.scope
        found.setdefault(scope, []).append(thing)
    return found


def _order(lang: str) -> tuple[bool, str]:
    return lang != FIRST_LANG, lang


def _checked(name: str, taken: set[str]) -> str:
    is_plain = name != "" and name == PurePosixPath(name).name and name.isprintable() and not set(name) & set("\\:")
    if not is_plain or name.startswith(".") or name in taken:
        raise OutputError([Problem(name, 0, "", "document-name", name)])
    taken.add(name)
    return name
