"""Asks the real application as a server would, without a server; and a small store to ask about."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from fairplanner.domain.published import Document, Feed, FeedKey, Scope
from fairplanner.serve import Settings, app
from fairplanner.store import Store, open_store
from tests.store.made import revision

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
PROGRAMME = "guizhou-2027"
FIRM = Scope("firm", "f1")
LAST_MODIFIED = "Sun, 22 Nov 2026 08:30:00 GMT"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Place:
    """A store with one firm's feeds in two languages, a document, and the firm's link."""

    at: str
    store: Store
    token: str

    @property
    def path(self) -> Path:
        return Path(self.at)

    def url(self, name: str = "f1.zh.ics") -> str:
        return f"/f/{self.token}/{name}"

    def feed(self, lang: str = "zh") -> Feed:
        found = self.store.feed(PROGRAMME, FeedKey(*FIRM, lang))
        assert found is not None
        return found

    def publish(self, text: str) -> None:
        """The next revision, in which the firm's Chinese feed is another."""
        head = self.store.head(PROGRAMME)
        assert head is not None
        self.store.publish(revision(head.number + 1, head.seal), [feed("zh", text)], None, onto=head.seal)


def feed(lang: str, text: str = "first", at: datetime = AT) -> Feed:
    content = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:Asia/Shanghai\r\nX-SAYS:{lang} {text}\r\nEND:VCALENDAR\r\n".encode()
    return Feed(FeedKey(*FIRM, lang), "f1", f"企业 {lang}", sha256(content).hexdigest(), at, content)


def place(at: str) -> Place:
    store = open_store(at, host="calendars.example.org")
    papers = [
        Document(FIRM, "zh", "参展手册.pdf", "参展手册", "application/pdf", b"%PDF-1.7 zh"),
        Document(FIRM, "en", "handout.html", "Handout", "text/html", b"<!DOCTYPE html>"),
        Document(Scope("firm", "other"), "zh", "secret.pdf", "另一家", "application/pdf", b"%PDF-1.7 secret"),
    ]
    store.publish(revision(1), [feed("zh"), feed("en")], papers, onto="")
    return Place(at, store, store.create_token(PROGRAMME, FIRM, AT))


Ask = Callable[..., Awaitable[Answer]]


@asynccontextmanager
async def running(where: Place, **settings: Any) -> AsyncIterator[Ask]:
    """The application as it runs, and a function that asks it."""
    made = app(where.at, Settings(where.at, base_url="https://calendars.example.org", **settings))

    async def ask(path: str, method: str = "GET", headers: Iterable[tuple[str, str]] = (), **more: Any) -> Answer:
        return await asked(made, path, method, headers, **more)

    async with made.router.lifespan_context(made):
        yield ask


async def asked(
    made: Any, path: str, method: str = "GET", headers: Iterable[tuple[str, str]] = (), body: bytes = b""
) -> Answer:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    path, _, query = path.partition("?")
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": unquote(path), "root_path": "",
        "raw_path": path.encode("utf-8", "surrogatepass"), "query_string": query.encode("utf-8", "surrogatepass"),
        "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers],
        "client": ("192.0.2.1", 1), "server": ("localhost", 80), "state": {},
    }  # fmt: skip
    await made(scope, receive, send)
    start, *rest = sent
    told = {k.decode("latin-1"): v.decode("latin-1") for k, v in start["headers"]}
    return Answer(start["status"], told, b"".join(m.get("body", b"") for m in rest))


def get(where: Place, path: str, method: str = "GET", *headers: tuple[str, str], **settings: Any) -> Answer:
    """One question to an application made for it."""

    async def once() -> Answer:
        async with running(where, **settings) as ask:
            return await ask(path, method, headers)

    return asyncio.run(once())
