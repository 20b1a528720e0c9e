"""What the store has behind one address, with the head it is announced by. Runs in threads; nothing here is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from fairplanner.domain.published import Feed, FeedKey, Token
from fairplanner.publish.calendars.ical import MEDIA_TYPE as CALENDAR
from fairplanner.publish.calendars.stopped import stopped
from fairplanner.publish.subscribe.addresses import FIRST_LANG, Address, file_name, page_name
from fairplanner.publish.subscribe.landing import MEDIA_TYPE as PAGE
from fairplanner.publish.subscribe.landing import landing, zone_of
from fairplanner.publish.subscribe.site import plain_page
from fairplanner.serve.paths import LANGS, Asked
from fairplanner.serve.replies import Head, head_of
from fairplanner.store import Store

Made = tuple[Head, bytes]
IN_ORDER = sorted(LANGS, key=lambda lang: (lang != FIRST_LANG, lang))


def read(store: Store, token: Token, asked: Asked, base_url: str) -> Made | None:
    """Head and bytes of what is asked for; None if there is no such thing.

    Of a link that was revoked only calendars and pages that say so; whether it still says so at all is for the caller.
    """
    if asked.kind == "feed":
        return _feed(store, token, asked.lang)
    if asked.kind == "document":
        return _document(store, token, asked.name)
    if token.revoked is not None:
        return _made(plain_page("ended"), PAGE, page_name(FIRST_LANG))
    return _page(store, token, asked.lang, Address(base_url, asked.token))


def _feed(store: Store, token: Token, lang: str) -> Made | None:
    """The calendar as it was published; or the one that says that it is no longer kept."""
    key = FeedKey(*token.scope, lang)
    feed = store.feed(token.programme_id, key, states=False)
    if feed is None:
        return None
    name = file_name(feed.slug, lang)
    if token.revoked is None:
        return head_of(feed.etag, feed.modified, CALENDAR, name, len(feed.content)), feed.content
    content = stopped(token.programme_id, key, token.revoked, store.host, zone_of(feed))
    return _made(content, CALENDAR, name, token.revoked)


def _page(store: Store, token: Token, lang: str, address: Address) -> Made | None:
    """The page beside the calendar, of today; `lang` '' for the one that is asked for without a language."""
    found = [store.feed(token.programme_id, FeedKey(*token.scope, x)) for x in IN_ORDER]
    feeds: dict[str, Feed] = {feed.key.lang: feed for feed in found if feed is not None}
    feed = feeds.get(lang) if lang else next(iter(feeds.values()), None)
    if feed is None:
        return None
    documents = store.documents(token.programme_id, token.scope)
    content = landing(feed, documents, address, datetime.now(UTC), tuple(feeds))
    return _made(content, PAGE, page_name(feed.key.lang))


def _document(store: Store, token: Token, name: str) -> Made | None:
    """A file beside the calendar."""
    for document in store.documents(token.programme_id, token.scope):
        if document.name == name:
            return _made(document.content, document.media_type, name)
    return None


def _made(content: bytes, media_type: str, name: str, modified: datetime | None = None) -> Made:
    return head_of(sha256(content).hexdigest(), modified, media_type, name, len(content)), content
