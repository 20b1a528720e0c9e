"""A real server on a real socket: what it does with requests that are none, and how it starts and stops."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from fairplanner.errors import UserError
from fairplanner.serve import bound
from tests.serve.asking import PROGRAMME, Place

ROOT = Path(__file__).parents[2]


@dataclass
class Running:
    """A server in a process of its own."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def say(self, text: bytes, wait: float = 5.0) -> bytes:
        """Send bytes, give back everything that comes until the server hangs up or says no more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            line.sendall(text)
            return heard(line)

    def get(self, path: str, *headers: str) -> bytes:
        lines = [f"GET {path} HTTP/1.1", "Host: x", "Connection: close", *headers]
        return self.say("\r\n".join([*lines, "", ""]).encode("utf-8"))


def heard(line: socket.socket) -> bytes:
    parts = []
    try:
        while part := line.recv(65_536):
            parts.append(part)
    except (TimeoutError, ConnectionResetError):
        pass
    return b"".join(parts)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


@contextmanager
def server(where: Place, *more: str) -> Iterator[Running]:
    """`fairplanner serve` over a store, once it listens; it is killed in the end."""
    log = where.path.with_suffix(".log")
    command = [sys.executable, "-m", "fairplanner", "serve", "--store", where.at, "--port", "0", "--lang", "en", *more]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with log.open("wb") as out:
        process = subprocess.Popen(command, stderr=out, stdout=out, cwd=ROOT, env=environment)  # noqa: S603
    try:
        until(lambda: b"Listening on" in log.read_bytes() or process.poll() is not None)
        port = int(log.read_text(encoding="utf-8").split("http://127.0.0.1:")[1].split(" ")[0].rstrip(".)"))
        made = Running(process, port, log)
        until(lambda: status(made.get("/health")) == 200)
        yield made
    finally:
        process.kill()
        process.wait()


def until(happened: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if happened():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("it did not happen")


MANGLED = [
    b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET / HTTP/9.9\r\n\r\n", b"GET http:// HTTP/1.1\r\n\r\n",
    b"GET \xff\xfe/ HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /f/\x00 HTTP/1.1\r\nHost: x\r\n\r\n", b"BREW /coffee HTTP/1.1\r\nHost: x\r\n\r\n",
    b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", b"GET / HTTP/1.1\r\n no: name\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"GET /f/%2e%2e/%2e%2e/office.db HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: " + b"a" * 30_000 + b"\r\n\r\n",
    b"POST /f/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9\r\n\r\nsome body",
]  # fmt: skip


@pytest.mark.slow
def test_a_request_that_is_none_is_refused_and_the_next_one_answered(where: Place) -> None:
    with server(where) as running:
        for text in MANGLED:
            answer = running.say(text, wait=1.0)
            assert answer == b"" or 400 <= status(answer) < 500, (text[:60], answer[:200])
            assert b"Traceback" not in answer
            assert b"set-cookie" not in answer.lower()
        endless = running.say(b"GET / HTTP/1.1\r\nHost: x\r\nX-Endless: " + b"a" * 200_000, wait=2.0)
        assert status(endless) in (400, 0)
        answer = running.get(where.url())
        assert answer.endswith(b"\r\n\r\n" + where.feed().content)
        head, _, _ = answer.partition(b"\r\n\r\n")
        names = [line.split(b":")[0] for line in head.split(b"\r\n")[1:]]
        assert sorted(names) == sorted(
            [b"date", b"content-type", b"content-length", b"content-disposition", b"etag", b"last-modified", b"cache-control",
             b"x-robots-tag", b"referrer-policy", b"x-content-type-options", b"connection"]
        )  # fmt: skip
        log = running.log.read_text(encoding="utf-8")
        assert "Traceback" not in log
        assert where.token not in log


def test_one_line_answers_again_and_again_and_head_has_no_body(where: Place) -> None:
    with server(where) as running, socket.create_connection(("127.0.0.1", running.port), timeout=5) as line:
        for method in ("HEAD", "GET", "HEAD", "PROPFIND"):
            line.sendall(f"{method} {where.url()} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += line.recv(65_536)
            head, _, body = answer.partition(b"\r\n\r\n")
            size = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            while method != "HEAD" and len(body) < size:
                body += line.recv(65_536)
            assert len(body) == (0 if method == "HEAD" else size)
            assert status(answer) == (405 if method == "PROPFIND" else 200)


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_told_to_stop_it_finishes_and_writes_which_links_were_used(where: Place, workers: int) -> None:
    with server(where, "--workers", str(workers)) as running:
        assert status(running.get(where.url())) == 200
        idle = socket.create_connection(("127.0.0.1", running.port), timeout=5)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(30) == 0
        idle.close()
        assert running.log.read_text(encoding="utf-8").endswith("Stopped.\n")
    assert where.store.tokens(PROGRAMME)[0].used is not None


def test_every_line_after_the_first_ones_is_json(where: Place) -> None:
    with server(where, "--base-url", "https://calendars.example.org/") as running:
        assert f"https://calendars.example.org/f/{where.token}/".encode() in running.get(f"/f/{where.token}/")
        running.say(b"nonsense\r\n\r\n", wait=1.0)
        first, *lines = running.log.read_text(encoding="utf-8").splitlines()
    assert first.endswith("(2 calendars). People see https://calendars.example.org. Stop with Ctrl+C.")
    facts = [json.loads(line) for line in lines]
    assert {f.get("status") for f in facts} >= {200, None}
    assert any(f.get("level") == "warning" for f in facts)


def test_a_port_that_is_taken_is_a_problem_in_words() -> None:
    with bound("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError) as caught:
            bound("127.0.0.1", port)
    (problem,) = caught.value.problems
    assert (problem.what, problem.value) == ("cannot-listen", f"127.0.0.1:{port}")


def test_a_host_that_does_not_exist_is_a_problem_in_words() -> None:
    for host in ("no-such-host.invalid", "256.1.1.1", "a" * 300):
        with pytest.raises(UserError) as caught:
            bound(host, 0)
        assert caught.value.problems[0].what == "cannot-listen"
