"""Programs that keep calendars of their own: khal, vdirsyncer, and Radicale with the caldav client."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.interop import programs
from tests.interop.corpus import Case, cases
from tests.interop.noted import Note
from tests.interop.serving import serving
from tests.interop.test_readers import answer, differences

pytestmark = pytest.mark.interop
CHOSEN = ("r1-everything-all-zh", "r2-everything-all-en", "torture")


def chosen() -> list[Case]:
    """A feed of a first revision, one with tombstones, and the hard one: these programs start anew for each."""
    return [case for case in cases() if case.name in CHOSEN]


def run(*command: str, home: Path, text: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run a program with a home of its own."""
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    env = {**os.environ, **own, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(command, capture_output=True, check=False, env=env, input=text.encode(), timeout=120)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()[-2000:]
    return done


def version_of(program: str) -> str:
    """What a Python package of the environment `readers` calls its version."""
    code = f"from importlib.metadata import version; print(version({program!r}))"
    done = subprocess.run([programs.python("readers"), "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


KHAL = """
[calendars]
[[fair]]
path = {home}/fair
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = fair
"""
KHAL_FIELDS = ("uid", "title", "start", "end", "all-day", "status")


def of_khal(home: Path, case: Case) -> list[dict[str, Any]]:
    """What khal lists after importing a feed; its last days are included ones."""
    khal, config = programs.script("khal"), home / "khal.conf"
    (home / "fair").mkdir(parents=True)
    config.write_text(KHAL.format(home=home), encoding="utf-8")
    (home / "feed.ics").write_bytes(case.content)
    run(khal, "-c", str(config), "import", "--batch", "-a", "fair", str(home / "feed.ics"), home=home)
    fields = [part for field in KHAL_FIELDS for part in ("--json", field)]
    listed = run(khal, "-c", str(config), "list", "--once", *fields, "2024-01-01", "1000d", home=home).stdout
    rows = [row for line in listed.decode().splitlines() if line.startswith("[") for row in json.loads(line)]
    sequences = {event.uid: event.sequence for event in case.events}  # khal shows none
    return [_khal_event(row) | {"sequence": sequences.get(row["uid"], -1)} for row in rows]


def _khal_event(row: dict[str, str]) -> dict[str, Any]:
    facts = {"uid": row["uid"], "title": row["title"].strip(), "status": row["status"].strip()}
    if row["all-day"] == "True":
        after = date.fromisoformat(row["end"]) + timedelta(days=1)
        return facts | {"start": row["start"], "end": after.isoformat()}
    instants = [datetime.fromisoformat(row[name]).replace(tzinfo=UTC).timestamp() for name in ("start", "end")]
    return facts | dict(zip(("start", "end"), instants, strict=True))


def test_khal_lists_what_was_published(tmp_path: Path, note: Note) -> None:
    found = [(case, of_khal(tmp_path / case.name, case)) for case in chosen()]
    assert [line for case, seen in found for line in differences(case, seen) if line] == []
    note(
        "khal",
        version_of("khal"),
        f"{len(found)} feeds imported, {sum(len(s) for _, s in found)} events listed: all agree",
    )


VDIRSYNCER = """
[general]
status_path = "{home}/status"
[pair fair]
a = "web"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage web]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{home}/here"
fileext = ".ics"
"""


def test_vdirsyncer_follows_the_feed(tmp_path: Path, note: Note) -> None:
    """One file an event; the second revision arrives; what did not change is not written again."""
    by_name = {case.name: case for case in cases()}
    first, second = by_name["r1-everything-all-zh"], by_name["r2-everything-all-zh"]
    program, config = programs.script("vdirsyncer"), tmp_path / "config"
    (tmp_path / "here").mkdir()
    with serving(tmp_path / "served", first.content) as served:
        config.write_text(VDIRSYNCER.format(home=tmp_path, url=served.address), encoding="utf-8")
        run(program, "-c", str(config), "discover", home=tmp_path, text="y\n" * 5)
        run(program, "-c", str(config), "sync", home=tmp_path)
        assert _of_folder(tmp_path / "here", first) == []
        before = {path: path.stat().st_mtime_ns for path in (tmp_path / "here").iterdir()}
        run(program, "-c", str(config), "sync", home=tmp_path)
        assert {path: path.stat().st_mtime_ns for path in (tmp_path / "here").iterdir()} == before
        served.swap(second.content)
        run(program, "-c", str(config), "sync", home=tmp_path)
        assert _of_folder(tmp_path / "here", second) == []
    note(
        "vdirsyncer",
        version_of("vdirsyncer"),
        f"{len(first.events)} then {len(second.events)} events, one file each: all agree but for UIDs, in whose place it writes a digest of its own; an unchanged feed writes nothing",
    )


def _of_folder(where: Path, case: Case) -> list[str]:
    """Differences between a folder of single events and what was published; vdirsyncer gives what it fetches UIDs of its own."""
    paths = sorted(map(str, where.glob("*.ics")))
    assert len(paths) == len(case.events)
    seen = answer(programs.python("readers"), str(programs.READERS / "read_icalendar.py"), *paths)["seen"]
    own = [event | {"uid": ""} for events in seen for event in events]
    without = replace(case, events=frozenset(replace(event, uid="") for event in case.events))
    return [line for line in differences(without, own) if line]


RADICALE = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[storage]
filesystem_folder = {home}/collections
[logging]
level = error
"""


@contextmanager
def radicale(home: Path) -> Iterator[str]:
    """A Radicale on loopback with a storage of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (home / "radicale.conf").write_text(RADICALE.format(home=home, port=port), encoding="utf-8")
    command = [programs.python("readers"), "-m", "radicale", "--config", str(home / "radicale.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def test_radicale_keeps_every_event_and_caldav_reads_it_back(tmp_path: Path, note: Note) -> None:
    paths = []
    for case in chosen():
        (tmp_path / f"{case.name}.ics").write_bytes(case.content)
        paths.append(str(tmp_path / f"{case.name}.ics"))
    with radicale(tmp_path) as url:
        found = answer(programs.python("readers"), str(programs.READERS / "round_caldav.py"), url, *paths)
    told = [
        line for case, seen in zip(chosen(), found["seen"], strict=True) for line in differences(case, seen) if line
    ]
    assert told == []
    note("Radicale", version_of("radicale"), f"{sum(map(len, found['seen']))} events stored and read back: all agree")
    note("caldav (client)", found["version"], "the same events, through Radicale")
