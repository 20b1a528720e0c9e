"""`fairplanner serve` with one calendar whose bytes can be swapped between two polls; its own log says who asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from fairplanner.domain.published import Feed, FeedKey, Scope
from fairplanner.store import Store, open_store
from tests.store.made import AT, PROGRAMME, revision

KEY = FeedKey("firm", "f1", "zh")
STARTS = 60.0
"""Seconds the server may take to listen on a busy machine."""


class Served:
    """One calendar at `address`, in a store that the server reads from."""

    def __init__(self, store: Store, log: Path, content: bytes) -> None:
        self.store, self.log = store, log
        self.address = ""
        self._read = 0
        self.swap(content)

    def swap(self, content: bytes) -> None:
        """Publish these bytes; what was asked before is forgotten."""
        head = self.store.head(PROGRAMME)
        new = revision(head.number + 1 if head else 1, head.seal if head else "")
        feed = Feed(KEY, "firm-f1", "日历", sha256(content).hexdigest(), new.at, content)
        self.store.publish(new, [feed], None, onto=new.parent)
        self.forget()

    def forget(self) -> None:
        """What was asked before is forgotten; the bytes stay."""
        self._read = self.log.stat().st_size

    def revoke(self) -> None:
        """Stop the link: for a while it serves a calendar that says so."""
        (token,) = self.store.tokens(PROGRAMME)
        self.store.revoke(token.token_id, datetime.now(UTC).replace(microsecond=0))
        self.forget()

    def lines(self) -> list[dict[str, Any]]:
        """The server's log since the last swap."""
        told = self.log.read_bytes()[self._read :].decode().splitlines()
        return [json.loads(line) for line in told if line.startswith("{") and line.endswith("}")]

    def wait(self, seconds: float, status: int = 200) -> bool:
        """Whether the calendar was fetched with this answer within so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if any(line.get("status") == status and line.get("kind") == "feed" for line in self.lines()):
                return True
            time.sleep(0.2)
        return False


@contextmanager
def serving(home: Path, content: bytes) -> Iterator[Served]:
    """Serve a calendar on loopback with our own server, as an office does."""
    home.mkdir(parents=True, exist_ok=True)
    log, url = home / "serve.log", f"sqlite:///{home / 'store.db'}"
    log.touch()
    with open_store(url, host="plan.example") as store:
        served = Served(store, log, content)
        token = store.create_token(PROGRAMME, Scope(KEY.kind, KEY.subject), AT)
        command = [sys.executable, "-m", "fairplanner", "serve", "--store", url, "--port", "0", "--lang", "en"]
        with log.open("ab") as file:
            process = subprocess.Popen(command, stdout=file, stderr=file, env={**os.environ, "PYTHONUTF8": "1"})
        try:
            served.address = f"{_base(log)}/f/{token}/firm-f1.zh.ics"
            yield served
        finally:
            process.terminate()
            process.wait(30)


def _base(log: Path) -> str:
    """The address that the server says it listens on."""
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        words = log.read_text(encoding="utf-8").split()
        if found := next((word for word in words if word.startswith("http://")), ""):
            return found
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))
