"""What is at hand: what each link opens, and the bytes behind it, as the store had them when it last moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypeVar

from fairplanner.domain.published import Document, FeedKey, Token
from fairplanner.publish.addresses import FIRST_LANG, Address, file_name, page_name
from fairplanner.publish.ical import MEDIA_TYPE as CALENDAR
from fairplanner.publish.landing import MEDIA_TYPE as PAGE
from fairplanner.publish.landing import landing, zone_of
from fairplanner.publish.site import plain_page
from fairplanner.publish.stopped import stopped
from fairplanner.serve.keeper import Keeper, State, Unreachable
from fairplanner.serve.pace import Pace
from fairplanner.serve.paths import LANGS, Asked
from fairplanner.serve.replies import Head, head_of
from fairplanner.serve.settings import Settings
from fairplanner.serve.shelf import Shelf
from fairplanner.store import Store

T = TypeVar("T")
MOST_LINKS = 100_000
"""Links remembered; about 1 kB each."""


@dataclass(slots=True)
class Link:
    """What one link opens; `asof` is the state of the store this was read at.

    `heads` of what was asked for since, with the hour each was made for; `before`: what stood earlier, for as long as the
    store does not answer.
    """

    token: Token
    asof: State
    pace: Pace = field(default_factory=Pace)
    heads: dict[str, tuple[str, Head]] = field(default_factory=dict)
    before: dict[str, tuple[str, Head]] = field(default_factory=dict)


Made = tuple[Head, bytes]


class Holdings:
    """Links and bytes at hand. What was read before the store moved is read again when somebody asks for it.

    Where the store does not answer, what is at hand still holds.
    """

    def __init__(self, keeper: Keeper, settings: Settings) -> None:
        self._keeper, self._settings = keeper, settings
        self._links: Shelf[bytes, Link] = Shelf(MOST_LINKS)
        self._bytes: Shelf[str, bytes] = Shelf(settings.memory)
        self._count: tuple[State, int] | None = None

    async def link(self, token: str) -> Link | None:
        """What a token opens, revoked or not; None if nothing. Raises Unreachable."""
        digest = sha256(token.encode("ascii")).digest()
        known = self._links.get(digest)
        try:
            state = await self._keeper.state()
            if known is not None and known.asof == state:
                return known
            found = await self._keeper.ask(lambda store: store.find(token))
        except Unreachable:
            if known is None:
                raise
            return known
        if found is None:
            return None
        link = _renewed(known, found, state)
        self._links.put(digest, link)
        return link

    async def head(self, link: Link, asked: Asked, token: str) -> Head | None:
        """How what is asked for is announced; None if there is no such thing. Raises Unreachable."""
        key, hour = _kept_as(asked)
        known = link.heads.get(key)
        if known is not None and known[0] == hour:
            return known[1]
        try:
            made = await self._make(link, asked, token)
        except Unreachable:
            if key not in link.before:
                raise
            return link.before[key][1]
        return made[0] if made else None

    async def content(self, link: Link, asked: Asked, token: str) -> Made | None:
        """Head and bytes of what is asked for; they belong together. Raises Unreachable."""
        head = await self.head(link, asked, token)
        if head is None:
            return None
        content = self._bytes.get(head.etag)
        return (head, content) if content is not None else await self._make(link, asked, token)

    async def count(self) -> int:
        """How many feeds the store has; raises Unreachable."""
        state = await self._keeper.state()
        if self._count is None or self._count[0] != state:
            count = await self._keeper.ask(lambda store: sum(len(store.heads(p)) for p in store.programmes()))
            self._count = state, count
        return self._count[1]

    async def _make(self, link: Link, asked: Asked, token: str) -> Made | None:
        made = await self._keeper.ask(self._question(link, asked, token))
        if made is not None:
            key, hour = _kept_as(asked)
            link.heads[key] = hour, made[0]
            self._bytes.put(made[0].etag, made[1], len(made[1]))
        return made

    def _question(self, link: Link, asked: Asked, token: str) -> Callable[[Store], Made | None]:
        """What to ask the store, in a thread."""
        opened = link.token
        key, revoked = FeedKey(*opened.scope, asked.lang), opened.revoked
        if revoked is not None:
            is_feed = asked.kind == "feed"
            return lambda store: (
                ended(store, opened, key, revoked) if is_feed else _made(plain_page("ended"), PAGE, "index.html")
            )
        if asked.kind == "feed":
            return lambda store: a_feed(store, opened, key)
        if asked.kind == "page":
            return lambda store: a_page(store, opened, asked.lang, Address(self._settings.base_url, token))
        return lambda store: a_document(store, opened, asked.name)


def _renewed(known: Link | None, found: Token, state: State) -> Link:
    """A link read again: it goes on counting, and remembers what stood unless it may no longer be shown."""
    if known is None:
        return Link(found, state)
    before = known.before | known.heads if known.token.revoked == found.revoked else {}
    return Link(found, state, known.pace, before=before)


def _kept_as(asked: Asked) -> tuple[str, str]:
    """Under which name a head is kept, and for which hour: the name of a feed is for people, and a page tells the day."""
    if asked.kind == "feed":
        return f"{asked.lang}.ics", ""
    return f"/{asked.name}", f"{datetime.now(UTC):%Y-%m-%dT%H}" if asked.kind == "page" else ""


def _made(content: bytes, media_type: str, name: str, modified: datetime | None = None) -> Made:
    etag = sha256(content).hexdigest()
    return head_of(etag, modified, media_type, name, len(content)), content


def a_feed(store: Store, token: Token, key: FeedKey) -> Made | None:
    """The calendar as it was published."""
    feed = store.feed(token.programme_id, key, states=False)
    if feed is None:
        return None
    name = file_name(feed.slug, key.lang)
    return head_of(feed.etag, feed.modified, CALENDAR, name, len(feed.content)), feed.content


def ended(store: Store, token: Token, key: FeedKey, revoked: datetime) -> Made | None:
    """The calendar that says it is no longer kept."""
    feed = store.feed(token.programme_id, key, states=False)
    if feed is None:
        return None
    content = stopped(token.programme_id, key, revoked, store.host, zone_of(feed))
    return _made(content, CALENDAR, file_name(feed.slug, key.lang), revoked)


def a_page(store: Store, token: Token, lang: str, address: Address) -> Made | None:
    """The page beside the calendar, of today; `lang` '' for the one that is asked for without a language."""
    found = {x: store.feed(token.programme_id, FeedKey(*token.scope, x), states=True) for x in _in_order(LANGS)}
    feeds = {x: feed for x, feed in found.items() if feed is not None}
    feed = feeds.get(lang) if lang else next(iter(feeds.values()), None)
    if feed is None:
        return None
    documents: tuple[Document, ...] = store.documents(token.programme_id, token.scope)
    content = landing(feed, documents, address, datetime.now(UTC), tuple(feeds))
    return _made(content, PAGE, page_name(feed.key.lang))


def _in_order(langs: tuple[str, ...]) -> list[str]:
    return sorted(langs, key=lambda lang: (lang != FIRST_LANG, lang))


def a_document(store: Store, token: Token, name: str) -> Made | None:
    """A file beside the calendar."""
    for document in store.documents(token.programme_id, token.scope):
        if document.name == name:
            return _made(document.content, document.media_type, name)
    return None
