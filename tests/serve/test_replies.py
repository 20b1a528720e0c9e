"""What is announced."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.serve.replies import SAID, head_of
from fairplanner.words import languages, words

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def test_a_head_has_its_headers_once_and_304_has_the_validators() -> None:
    head = head_of("ab", AT, "text/calendar; charset=utf-8", "f1.zh.ics", 7)
    assert dict(head.fresh) == {
        b"content-type": b"text/calendar; charset=utf-8", b"content-length": b"7",
        b"content-disposition": b'inline; filename="f1.zh.ics"', b"etag": b'"ab"',
        b"last-modified": b"Sun, 22 Nov 2026 08:30:00 GMT", b"cache-control": b"private, max-age=300, must-revalidate",
        b"x-robots-tag": b"noindex", b"referrer-policy": b"no-referrer", b"x-content-type-options": b"nosniff",
    }  # fmt: skip
    assert len(dict(head.fresh)) == len(head.fresh)
    gone = {b"content-type", b"content-length", b"content-disposition"}
    assert dict(head.same) == {k: v for k, v in head.fresh if k not in gone}


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("application/pdf", b"application/pdf"), ("text/html", b"text/html; charset=utf-8"),
        ("text/html; charset=utf-8", b"text/html; charset=utf-8"), ("pdf", b"application/octet-stream"), ("", b"application/octet-stream"),
        ("text/html\r\nSet-Cookie: a=b", b"application/octet-stream"),
    ],
)  # fmt: skip
def test_a_kind_that_is_not_written_as_one_is_just_bytes(said: str, sent: bytes) -> None:
    assert dict(head_of("ab", None, said, "x", 1).fresh)[b"content-type"] == sent


@given(st.text(min_size=1, max_size=40))
def test_no_name_breaks_a_header_and_every_name_is_read_back(name: str) -> None:
    sent = dict(head_of("ab", None, "text/html", name, 1).fresh)[b"content-disposition"].decode("ascii")
    assert sent.isprintable()
    read = Message()
    read["Content-Disposition"] = sent
    whole = name.encode("utf-8", "replace").decode("utf-8")
    assert read.get_filename() == whole or name.strip() != name


def test_every_refusal_is_said_in_every_language() -> None:
    for key, said in SAID.items():
        assert said.decode().splitlines() == [words(lang)(f"serve.{key}") for lang in reversed(languages())]
