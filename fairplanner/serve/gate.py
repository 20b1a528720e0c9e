"""Before and after every request: what is refused at once, one line in the log, and no fault shown to anybody."""

from __future__ import annotations

import time
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fairplanner.serve import logs
from fairplanner.serve.keeper import Unreachable
from fairplanner.serve.replies import send_words

NOTE = "fairplanner.note"
LONGEST_PATH = 2_048
LONGEST_HEADERS = 16_384
METHODS = frozenset({"GET", "HEAD"})
ALLOW = (b"allow", b"GET, HEAD")
AGAIN = (b"retry-after", b"30")
"""Seconds until a store that does not answer is worth asking for again."""


@dataclass(slots=True)
class Note:
    """What the log will say of a request."""

    kind: str = "other"
    mark: str = ""
    secret: str = ""


class Gate:
    """Stands around everything that answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and write it down."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, note, sent = time.perf_counter(), Note(), _Sent(send)
        scope[NOTE] = note
        try:
            await self._answer(scope, receive, sent)
        except Unreachable:
            await sent.instead(scope, 503, "unreachable", AGAIN)
        except Exception as error:
            where = error.__traceback__
            while where and where.tb_next:
                where = where.tb_next
            line = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
            logs.write(level="error", said="fault", error=type(error).__name__, line=line)
            await sent.instead(scope, 500, "fault")
        agent = next((value for key, value in scope["headers"] if key == b"user-agent"), b"").decode("latin-1")
        logs.write(
            status=sent.status, mark=note.mark, kind=note.kind, method=scope["method"], bytes=sent.bytes,
            ms=round((time.perf_counter() - began) * 1000, 1), agent=logs.cleaned(agent, note.secret),
        )  # fmt: skip

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in METHODS:
            await send_words(scope, send, 405, "method", ALLOW)
        elif len(scope["path"]) > LONGEST_PATH or len(scope.get("raw_path") or b"") > LONGEST_PATH:
            await send_words(scope, send, 414, "too_long")
        elif sum(len(key) + len(value) for key, value in scope["headers"]) > LONGEST_HEADERS:
            await send_words(scope, send, 431, "too_long")
        else:
            await self.app(scope, receive, send)


class _Sent:
    """Passes an answer on and remembers what it was."""

    __slots__ = ("_send", "bytes", "status")

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = self.bytes = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.bytes += len(message.get("body", b""))
        await self._send(message)

    async def instead(self, scope: Scope, status: int, key: str, *more: tuple[bytes, bytes]) -> None:
        """Say that it went wrong, unless an answer has begun."""
        if not self.status:
            await send_words(scope, self, status, key, *more)
