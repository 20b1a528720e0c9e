"""A real Radicale, started for tests."""

from __future__ import annotations

import base64
import importlib.util
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.deliver.servers import free_port

HAS = all(importlib.util.find_spec(name) for name in ("radicale", "caldav"))
NEEDED = [pytest.mark.interop, pytest.mark.skipif(not HAS, reason="radicale and caldav are not installed")]
FOREIGN = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//somebody//EN\r
BEGIN:VEVENT\r
UID:lunch@else.example\r
DTSTAMP:20241101T000000Z\r
DTSTART;VALUE=DATE:20241224\r
SUMMARY:Lunch\r
END:VEVENT\r
END:VCALENDAR\r
"""


class Server(NamedTuple):
    """A running Radicale: its address, and the file in which it says what it was asked."""

    url: str
    log: Path

    def ask(self, method: str, name: str, body: str = "", password: str = "secret") -> bytes:  # noqa: S107
        login = base64.b64encode(f"office:{password}".encode()).decode()
        headers = {"Authorization": f"Basic {login}", "Content-Type": "text/calendar"}
        request = urllib.request.Request(self.url + name, body.encode(), headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return bytes(answer.read())

    @property
    def writes(self) -> int:
        """How many PUTs and DELETEs it has seen."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return sum(f"{method} request for" in line for line in text.splitlines() for method in ("PUT", "DELETE"))


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A Radicale with the user `office`, its files in `folder`."""
    port = free_port()
    (folder / "users").write_text("office:secret\n", encoding="utf-8")
    options = {
        "server-hosts": f"127.0.0.1:{port}", "storage-filesystem-folder": str(folder / "data"), "auth-type": "htpasswd",
        "auth-htpasswd-filename": str(folder / "users"), "auth-htpasswd-encryption": "plain", "auth-delay": "0",
    }  # fmt: skip
    given = [part for name, value in options.items() for part in (f"--{name}", value)]
    log = folder / "log"
    with log.open("wb") as out:
        started = subprocess.Popen([sys.executable, "-m", "radicale", "-C", "", *given], stdout=out, stderr=out)  # noqa: S603
        try:
            server = Server(f"http://127.0.0.1:{port}/office/", log)
            wait_for(server)
            yield server
        finally:
            started.terminate()
            started.wait(10)


def wait_for(server: Server) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(server.url.replace("/office/", "/.web/"), timeout=2).close()  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(server.log.read_text(encoding="utf-8", errors="replace"))


def a_calendar(server: Server, name: str) -> Server:
    """A new calendar, with an entry of somebody else."""
    folder = f"{name.replace('_', '-')}/"
    server.ask("MKCALENDAR", folder)
    server.ask("PUT", f"{folder}lunch.ics", FOREIGN)
    return Server(server.url + folder, server.log)
