"""Calendars at an address: a server on this machine that answers well, badly, slowly or never ending."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake.fetch import fetched, without_secrets
from fairplanner.intake.ics import read_feeds
from tests.intake.calendars import calendar, entry

CALENDAR = calendar(entry("广交会", "20270415", "20270420"))


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = {"/login": 401, "/gone": 410, "/broken": 500, "/file": 302, "/moved": 302}.get(self.path, 200)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "file:///etc/hostname" if self.path == "/file" else "/x.ics")
        self.end_headers()
        if self.path == "/endless":
            for _ in range(200):
                self.wfile.write(b" " * 100_000)
        elif status == 200:
            self.wfile.write(b"<html>" if self.path == "/page" else CALENDAR)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("path", ["/x.ics", "/moved"])
def test_a_calendar_is_fetched_and_only_its_host_is_cited(base: str, path: str) -> None:
    (feed,) = read_feeds([base + path])
    assert [e.title for e in feed.events] == ["广交会"]
    assert feed.source == without_secrets(base) == "http://127.0.0.1"


@pytest.mark.parametrize(
    ("path", "what", "value"),
    [("/login", "url-private", "401"), ("/gone", "url-gone", "410"), ("/broken", "url-status", "500"),
     ("/endless", "ics-big", ""), ("/page", "ics-page", "")],
)  # fmt: skip
def test_what_goes_wrong_is_told(base: str, path: str, what: str, value: str) -> None:
    with pytest.raises(CatalogueError) as told:
        read_feeds([base + path])
    assert [(p.file, p.what, p.value) for p in told.value.problems] == [("http://127.0.0.1", what, value)]


def test_a_redirect_to_a_file_is_not_followed(base: str) -> None:
    problems: list[Problem] = []
    assert fetched(f"{base}/file", problems, 1000) is None
    assert [p.what for p in problems] in (["url-status"], ["url-unreachable"])


@pytest.mark.parametrize(
    ("address", "what"),
    [("webcal://www.example.org/f/SECRET/x.ics", "url-webcal"), ("ftp://www.example.org/x.ics", "url-scheme"),
     ("file:///etc/hostname", "url-scheme"), ("https://", "url-scheme"), ("http://127.0.0.1:99999/x.ics", "url-unreachable"),
     ("http://nobody.invalid/x.ics", "url-unreachable"), ("http://127.0.0.1:1/a b.ics", "url-unreachable")],
)  # fmt: skip
def test_other_addresses_are_refused_without_their_secret(address: str, what: str) -> None:
    problems: list[Problem] = []
    assert fetched(address, problems, 1000) is None
    assert [p.what for p in problems] == [what]
    assert "SECRET" not in f"{problems[0].file}{problems[0].value}"
