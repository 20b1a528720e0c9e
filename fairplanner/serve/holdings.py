"""What is at hand: what each link opens, and the bytes behind it, as the store had them when it last moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from fairplanner.domain.published import Token
from fairplanner.serve.keeper import Keeper, State, Unreachable
from fairplanner.serve.pace import Pace
from fairplanner.serve.paths import Asked
from fairplanner.serve.reading import Made, read
from fairplanner.serve.replies import Head
from fairplanner.serve.settings import Settings
from fairplanner.serve.shelf import Shelf
from fairplanner.store import Store

MOST_LINKS = 50_000
"""Links remembered, about 3 kB each."""
Heads = dict[str, tuple[str, Head]]


@dataclass(slots=True)
class Link:
    """What one link opens; `asof` is the state of the store this was read at.

    `heads` of what was asked for since, with the hour each was made for; `before`: what stood earlier, for as long as the
    store does not answer.
    """

    token: Token
    asof: State
    pace: Pace
    heads: Heads = field(default_factory=dict)
    before: Heads = field(default_factory=dict)


class Holdings:
    """Links and bytes at hand. What was read before the store moved is read again when somebody asks for it.

    Where the store does not answer, what is at hand still holds.
    """

    def __init__(self, keeper: Keeper, settings: Settings) -> None:
        self._keeper, self._settings = keeper, settings
        self._links: Shelf[bytes, Link] = Shelf(MOST_LINKS)
        self._bytes: Shelf[str, bytes] = Shelf(settings.memory)
        self._count: tuple[State, int] | None = None

    async def link(self, asked: Asked) -> Link | None:
        """What a token opens, revoked or not; None if nothing. Raises Unreachable."""
        digest = sha256(asked.token.encode("ascii")).digest()
        known = self._links.get(digest)
        try:
            state = await self._keeper.state()
            if known is not None and known.asof == state:
                return known
            token, made = await self._keeper.ask(lambda store: self._open(store, asked))
        except Unreachable:
            if known is None:
                raise
            return known
        if token is None:
            return None
        link = _renewed(known, token, state)
        self._links.put(digest, link)
        self._keep(link, asked, made)
        return link

    async def head(self, link: Link, asked: Asked) -> Head | None:
        """How what is asked for is announced; None if there is no such thing. Raises Unreachable."""
        key, hour = _kept_as(asked)
        known = link.heads.get(key)
        if known is not None and known[0] == hour:
            return known[1]
        try:
            made = await self._make(link, asked)
        except Unreachable:
            if key not in link.before:
                raise
            return link.before[key][1]
        return made[0] if made else None

    async def content(self, link: Link, asked: Asked, head: Head) -> Made | None:
        """Head and bytes of what is asked for, which belong together; None if it is gone by now. Raises Unreachable."""
        content = self._bytes.get(head.etag)
        return (head, content) if content is not None else await self._make(link, asked)

    async def count(self) -> int:
        """How many feeds the store has; raises Unreachable."""
        state = await self._keeper.state()
        if self._count is None or self._count[0] != state:
            count = await self._keeper.ask(
                lambda store: sum(len(store.heads(p)) for p in store.programmes()), slow=True
            )
            self._count = state, count
        return self._count[1]

    def _open(self, store: Store, asked: Asked) -> tuple[Token | None, Made | None]:
        """In a thread: the token, and at once its feed, which is what nearly everybody asks for."""
        token = store.find(asked.token)
        if token is None or asked.kind != "feed":
            return token, None
        return token, read(store, token, asked, self._settings.base_url)

    async def _make(self, link: Link, asked: Asked) -> Made | None:
        is_slow = asked.kind != "feed"
        made = await self._keeper.ask(
            lambda store: read(store, link.token, asked, self._settings.base_url), slow=is_slow
        )
        self._keep(link, asked, made)
        return made

    def _keep(self, link: Link, asked: Asked, made: Made | None) -> None:
        if made is not None:
            key, hour = _kept_as(asked)
            link.heads[key] = hour, made[0]
            self._bytes.put(made[0].etag, made[1], len(made[1]))


def _renewed(known: Link | None, found: Token, state: State) -> Link:
    """A link read again: it goes on counting, and remembers what stood unless it may no longer be shown."""
    if known is None:
        return Link(found, state, Pace())
    before = known.before | known.heads if known.token.revoked == found.revoked else {}
    return Link(found, state, known.pace, before=before)


def _kept_as(asked: Asked) -> tuple[str, str]:
    """Under which name a head is kept, and for which hour: the name of a feed is for people, and a page tells the day."""
    if asked.kind == "feed":
        return f"{asked.lang}.ics", ""
    return f"/{asked.name}", f"{datetime.now(UTC):%Y-%m-%dT%H}" if asked.kind == "page" else ""
