"""A small web server with one calendar whose bytes can be swapped between two polls; it remembers who asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fairplanner.publish.ical import MEDIA_TYPE

PATH = "/f/token/feed.zh.ics"


class Served:
    """One calendar at `address`; `answers` holds the status of every GET."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.answers: list[int] = []
        self.agents: list[str] = []
        self.address = ""

    def swap(self, content: bytes) -> None:
        """Serve these bytes from now on; what was asked before is forgotten."""
        self.content = content
        self.answers.clear()

    def wait(self, seconds: float, status: int = 200) -> bool:
        """Whether the calendar was fetched with this answer within so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if status in self.answers:
                return True
            time.sleep(0.2)
        return False


@contextmanager
def serving(content: bytes) -> Iterator[Served]:
    """Serve a calendar on loopback with a strong ETag, as `fairplanner serve` does."""
    served = Served(content)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = served.content
            etag = f'"{sha256(body).hexdigest()}"'
            status = 404 if self.path != PATH else 304 if self.headers.get("If-None-Match") == etag else 200
            self.send_response(status)
            self.send_header("ETag", etag)
            self.send_header("Content-Type", MEDIA_TYPE)
            self.send_header("Content-Length", str(len(body)) if status == 200 else "0")
            self.end_headers()
            if status == 200 and self.command == "GET":
                self.wfile.write(body)
            served.answers.append(status)
            served.agents.append(self.headers.get("User-Agent", ""))

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_address[1]}{PATH}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
