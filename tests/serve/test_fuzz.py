"""Whatever is asked: an answer, never a fault, nothing of anybody else, and no header that was not meant."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairplanner.serve import Settings, app
from tests.serve.asking import Answer, Place, asked, place

EXPECTED = {
    "content-type", "content-length", "content-disposition", "etag", "last-modified", "cache-control", "x-robots-tag", "referrer-policy",
    "x-content-type-options", "allow", "retry-after",
}  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PROPFIND", "OPTIONS", "TRACE", "CONNECT", "", "GET HTTP/1.1\r\nX: y", "ÄÖ"]
HEADERS = [
    "if-none-match",
    "if-modified-since",
    "accept",
    "accept-encoding",
    "host",
    "range",
    "user-agent",
    "x-forwarded-host",
    "referer",
    "cookie",
]
PIECES = ["..", ".", "", "%2e%2e", "%2F", "%5c", "%00", "%0d%0aSet-Cookie:a=b", "\r\nX: y", "f", "health", "index.html", "index.zh.html", "f1.zh.ics",
          "f1.en.ics", "f1.zz.ics", ".ics", "handout.html", "secret.pdf", "office.db", "参展手册.pdf", "a" * 3000, "%ff%fe", "%E5%8F", "😀", "%"]  # fmt: skip


class Asker:
    """One application that goes on running while examples come."""

    def __init__(self, where: Place) -> None:
        self.where = where
        self.made = app(where.at, Settings(where.at, base_url="https://calendars.example.org", burst=10**9))
        self.runner = asyncio.Runner()
        self.life = self.made.router.lifespan_context(self.made)
        self.runner.run(self.life.__aenter__())

    def ask(self, path: str, method: str, headers: list[tuple[str, str]], body: bytes = b"") -> Answer:
        return self.runner.run(asked(self.made, path, method, headers, body))

    def close(self) -> None:
        self.runner.run(self.life.__aexit__(None, None, None))
        self.runner.close()


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    where = place(str(Path(tmp_path_factory.mktemp("fuzz")) / "office.db"))
    made = Asker(where)
    yield made
    made.close()
    where.store.close()


latin = st.text(st.characters(min_codepoint=0, max_codepoint=255), max_size=80)
dates = st.datetimes().map(lambda at: at.strftime("%a, %d %b %Y %H:%M:%S GMT"))
values = st.one_of(
    latin, dates, st.sampled_from(["*", '"', 'W/"', '"a", W/"b"', "bytes=0-1", "x" * 20_000, "gzip", "\r\nX: y"])
)
headers = st.lists(st.tuples(st.one_of(st.sampled_from(HEADERS), latin), values), max_size=6)
pieces = st.one_of(
    st.sampled_from(PIECES), st.text(max_size=20), st.text(max_size=20).map(lambda t: quote(t, errors="ignore"))
)


@st.composite
def paths(draw: st.DrawFn) -> list[str]:
    """Pieces of a path; <token> stands for the one that opens something."""
    return draw(st.lists(st.one_of(st.just("<token>"), st.just("f"), pieces), max_size=6))


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paths(), st.one_of(st.sampled_from(METHODS), st.text(max_size=9)), headers, st.binary(max_size=40))
def test_no_request_is_answered_with_a_fault(
    asker: Asker, pieces: list[str], method: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    path = "/" + "/".join(pieces).replace("<token>", asker.where.token)
    answer = asker.ask(path, method, headers, body)
    assert answer.status in {200, 304, 404, 405, 414, 431}
    assert answer.headers.keys() <= EXPECTED
    assert all(value.isprintable() and value.isascii() for value in answer.headers.values())
    assert b"secret" not in answer.body
    assert b"Traceback" not in answer.body
    if answer.status != 304:
        assert int(answer.headers["content-length"]) == len(answer.body) or method == "HEAD"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces, st.sampled_from(["GET", "HEAD"]), headers)
def test_a_good_link_opens_only_its_own(asker: Asker, name: str, method: str, headers: list[tuple[str, str]]) -> None:
    answer = asker.ask(asker.where.url(name.replace("/", "")), method, headers)
    assert answer.status in {200, 304, 404, 414, 431}
    own = {asker.where.feed(lang).content for lang in ("zh", "en")} | {b"%PDF-1.7 zh", b"<!DOCTYPE html>", b""}
    assert (
        answer.status != 200
        or answer.body in own
        or asker.where.url("f1.zh.ics").encode() in answer.body
        or b"f1.en.ics" in answer.body
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("abcXYZ019_-"), min_size=16, max_size=60))
def test_no_guessed_link_opens_anything(asker: Asker, token: str) -> None:
    assert asker.ask(f"/f/{token}/f1.zh.ics", "GET", []).status == 404
