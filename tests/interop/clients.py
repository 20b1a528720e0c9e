"""Two real calendar programs, driven: Evolution-Data-Server and Thunderbird; each tells what stands in its own database."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.interop import programs
from tests.interop.corpus import Seen
from tests.interop.serving import Served

SETTLES = 3.0
"""Seconds a client is given to store what it fetched."""
STARTS = 120.0
"""Seconds Thunderbird may take from its start to its first poll on a busy machine."""
ALL_DAY = 8
"""Flag of whole days in Thunderbird's table of events."""
DEAD = "00000000-0000-4000-8000-000000000001"
USER_JS = """
user_pref("calendar.registry.{id}.type", "ics");
user_pref("calendar.registry.{id}.uri", "{url}");
user_pref("calendar.registry.{id}.name", "fairplanner");
user_pref("calendar.registry.{id}.cache.enabled", true);
user_pref("calendar.registry.{id}.readOnly", true);
user_pref("calendar.registry.{id}.refreshInterval", "1");
user_pref("calendar.list.sortOrder", "{id}");
user_pref("calendar.timezone.local", "UTC");
user_pref("calendar.timezone.useSystemTimezone", false);
user_pref("app.update.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("mail.provider.suppress_dialog_on_startup", true);
user_pref("network.captive-portal-service.enabled", false);
"""


class Evolution:
    """A running Evolution-Data-Server that is subscribed to one calendar."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, line: str) -> frozenset[Seen]:
        """`refresh` or `list`: the events in its database."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return frozenset(Seen(**facts) for facts in json.loads(self.process.stdout.readline()))

    def refresh(self, served: Served, status: int = 200) -> None:
        """Poll once and be answered with this status."""
        self.ask("refresh")
        assert served.wait(30, status), f"Evolution-Data-Server was not answered {status}"
        time.sleep(SETTLES)

    def now(self, wanted: frozenset[Seen]) -> frozenset[Seen]:
        """Its events; waits a little for those that are wanted."""
        until, seen = time.monotonic() + 15, self.ask("list")
        while seen != wanted and time.monotonic() < until:
            time.sleep(1)
            seen = self.ask("list")
        return seen


@contextmanager
def evolution(home: Path, url: str) -> Iterator[Evolution]:
    """Evolution-Data-Server in a session bus and a home of its own."""
    session, python = programs.evolution()
    (home / "run").mkdir(mode=0o700)
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "GSETTINGS_BACKEND": "memory", "LC_ALL": "C.UTF-8"}
    env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "DBUS_"))} | own
    command = [session, "--", python, str(programs.READERS / "eds_client.py"), url]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=env
        )
    try:
        assert process.stdout
        assert process.stdout.readline().strip() == '"ready"', (home / "log").read_text()
        yield Evolution(process)
    finally:
        if process.stdin:
            process.stdin.close()
        process.wait(30)
        if process.stdout:
            process.stdout.close()


def thunderbird_sees(home: Path, served: Served, status: int = 200) -> frozenset[Seen]:
    """The events in Thunderbird's database after it was started, was answered with this status once, and was closed again.

    The profile in `home` stays, so that a second call is the next refresh of the same subscription.
    """
    profile = home / "profile"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "user.js").write_text(USER_JS.format(id=DEAD, url=served.address), encoding="utf-8")
    command = [programs.thunderbird(), "--headless", "--no-remote", "--profile", str(profile)]
    env = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC", "MOZ_CRASHREPORTER_DISABLE": "1"}
    with (home / "log").open("a") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=env, start_new_session=True)
    try:
        assert served.wait(STARTS, status), f"Thunderbird was not answered {status}"
        time.sleep(2 * SETTLES)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)
    return frozenset(_stored(profile / "calendar-data" / "cache.sqlite"))


def _stored(path: Path) -> Iterator[Seen]:
    with closing(sqlite3.connect(path)) as database:
        sequences = dict(database.execute("select item_id, value from cal_properties where key = 'SEQUENCE'"))
        rows = database.execute(
            "select id, title, flags, event_start, event_end, ical_status from cal_events"
        ).fetchall()
    for uid, title, flags, start, end, status in rows:
        days = bool(flags & ALL_DAY)
        sequence = int(sequences.get(uid, b"0"))
        yield Seen(uid, title, _moment(start, days), _moment(end, days), sequence, status)


def _moment(microseconds: int, days: bool) -> str | float:
    seconds = microseconds / 1_000_000
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if days else seconds
