"""What stands at each address."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.types import Receive, Scope, Send

from fairplanner.publish.calendars.stopped import is_kept
from fairplanner.publish.subscribe.site import ROBOTS
from fairplanner.serve.gate import AGAIN, NOTE
from fairplanner.serve.holdings import Holdings, Link
from fairplanner.serve.keeper import Unreachable
from fairplanner.serve.paths import Asked, asked
from fairplanner.serve.replies import has_it, send_same, send_text, send_whole, send_words
from fairplanner.serve.settings import Settings

JSON = "application/json"


class Feeds:
    """Everything under /f/: calendars, pages, documents."""

    def __init__(self, holdings: Holdings, settings: Settings, used: Callable[[int, datetime], None]) -> None:
        self._holdings, self._settings, self._used = holdings, settings, used

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for one address; raises Unreachable."""
        what = asked(scope["path"])
        if what is None:
            await not_found(scope, receive, send)
            return
        note = scope[NOTE]
        note.kind, note.secret = what.kind, what.token
        link = await self._holdings.link(what)
        if link is None:
            await send_words(scope, send, 404, "not_found")
            return
        note.mark = link.token.mark
        wait = link.pace.wait(time.monotonic(), self._settings.burst, self._settings.pace)
        if wait:
            seconds = str(math.ceil(wait)).encode("ascii")
            await send_words(scope, send, 429, "slow_down", (b"retry-after", seconds))
        else:
            await self._show(scope, send, link, what)

    async def _show(self, scope: Scope, send: Send, link: Link, what: Asked) -> None:
        now = datetime.now(UTC)
        if link.token.revoked is not None and (what.kind == "document" or not is_kept(link.token.revoked, now)):
            await send_words(scope, send, 410, "gone")
            return
        head = await self._holdings.head(link, what)
        if head is None:
            await send_words(scope, send, 404, "not_found")
            return
        self._used(link.token.token_id, now)
        if has_it(scope, head):
            await send_same(send, head)
            return
        made = (head, b"") if scope["method"] == "HEAD" else await self._holdings.content(link, what, head)
        await (send_whole(scope, send, *made) if made else send_words(scope, send, 404, "not_found"))


class Health:
    """Whether the store answers, and how many feeds it has; for whoever watches the server."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """200 while the store answers, else 503."""
        scope[NOTE].kind = "health"
        try:
            facts = json.dumps({"status": "ok", "feeds": await self._holdings.count()}).encode()
            await send_text(scope, send, 200, facts + b"\n", media_type=JSON)
        except Unreachable:
            await send_text(scope, send, 503, b'{"status": "store-unreachable"}\n', AGAIN, media_type=JSON)


class Robots:
    """What robots may read."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """The same for every robot."""
        scope[NOTE].kind = "robots"
        await send_text(scope, send, 200, ROBOTS.encode("ascii"))


async def not_found(scope: Scope, _receive: Receive, send: Send) -> None:
    """Everything else."""
    await send_words(scope, send, 404, "not_found")
