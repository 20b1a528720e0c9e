"""What is sent: heads made once per thing and kept, and the few sentences for whatever cannot be answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.types import Scope, Send

from fairplanner.serve.conditional import http_date, is_known
from fairplanner.words import languages, words

Headers = tuple[tuple[bytes, bytes], ...]
TEXT = "text/plain; charset=utf-8"
CAREFUL: Headers = (
    (b"x-robots-tag", b"noindex"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
"""On every answer: what stands behind a link is nobody else's, and the link is a key."""
FRESHNESS = (b"cache-control", b"private, max-age=300, must-revalidate")
FORGET = (b"cache-control", b"no-store")
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; ?[\w-]+=[\w-]+)*", re.ASCII)
PLAIN_NAME = re.compile(r"[\w. +-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """A thing as it is announced: `fresh` goes before its bytes, `same` alone to who has them already.

    `etag` is the SHA-256 of the bytes in hexadecimal; `modified` None where nobody knows.
    """

    etag: str
    modified: datetime | None
    fresh: Headers
    same: Headers

    @property
    def tag(self) -> str:
        """The strong ETag."""
        return f'"{self.etag}"'


def head_of(etag: str, modified: datetime | None, media_type: str, name: str, length: int) -> Head:
    """The head of a thing of `length` bytes; `name` is what a browser would save it as."""
    dated: Headers = ((b"last-modified", http_date(modified).encode("ascii")),) if modified else ()
    same: Headers = ((b"etag", f'"{etag}"'.encode("ascii")), *dated, FRESHNESS, *CAREFUL)
    fresh: Headers = (
        (b"content-type", _media_type(media_type).encode("ascii")),
        (b"content-length", str(length).encode("ascii")),
        (b"content-disposition", _inline(name).encode("ascii")),
        *same,
    )
    return Head(etag, modified, fresh, same)


def has_it(scope: Scope, head: Head) -> bool:
    """Whether the client's own conditions say that it has what stands."""
    none_match, since = "", ""
    for key, value in scope["headers"]:
        if key == b"if-none-match":
            none_match = f"{none_match},{value.decode('latin-1')}"
        elif key == b"if-modified-since":
            # said twice it is no date (RFC 9110 section 13.1.3)
            since = "twice" if since else value.decode("latin-1")
    if not none_match and not since:
        return False
    none_match = none_match[1:]
    return is_known(head.tag, head.modified, none_match, since, datetime.now(UTC))


async def send_same(send: Send, head: Head) -> tuple[int, int]:
    """304: the validators again, no bytes. Gives status and bytes sent, for the log."""
    await _send(send, 304, head.same, b"")
    return 304, 0


async def send_whole(scope: Scope, send: Send, head: Head, content: bytes) -> tuple[int, int]:
    """200 with the bytes; without them for HEAD."""
    body = b"" if scope["method"] == "HEAD" else content
    await _send(send, 200, head.fresh, body)
    return 200, len(body)


async def send_text(
    scope: Scope, send: Send, status: int, content: bytes, *more: tuple[bytes, bytes], media_type: str = TEXT
) -> tuple[int, int]:
    """A short answer that nobody should keep."""
    headers = (
        (b"content-type", media_type.encode("ascii")), (b"content-length", str(len(content)).encode("ascii")), FORGET,
        *CAREFUL, *more,
    )  # fmt: skip
    body = b"" if scope["method"] == "HEAD" else content
    await _send(send, status, headers, body)
    return status, len(body)


async def send_words(scope: Scope, send: Send, status: int, key: str, *more: tuple[bytes, bytes]) -> tuple[int, int]:
    """A status in words, in every language: nobody knows who reads it."""
    return await send_text(scope, send, status, SAID[key], *more)


def _said(key: str) -> bytes:
    return "".join(words(lang)(f"serve.{key}") + "\n" for lang in reversed(languages())).encode()


SAID = {key: _said(key) for key in ("not_found", "gone", "method", "too_long", "slow_down", "unreachable", "fault")}
"""Read when the program starts: what tells of a fault may not fail itself."""


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _media_type(text: str) -> str:
    """What a store says a thing is, if it is written as it should be."""
    kind = text if MEDIA_TYPE.fullmatch(text) else "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") and "charset" not in kind else kind


def _inline(name: str) -> str:
    """To be shown, not saved; the name in RFC 6266's two ways where it is not plain."""
    if PLAIN_NAME.fullmatch(name):
        return f'inline; filename="{name}"'
    return f"inline; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
