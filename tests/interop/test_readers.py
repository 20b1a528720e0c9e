"""Every reader agrees with what was published: how many events, their UIDs, times, titles, SEQUENCE and STATUS."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.interop import programs
from tests.interop.corpus import Case, Seen, cases
from tests.interop.noted import Note

pytestmark = pytest.mark.interop
SCRIPTS = programs.READERS


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every case as a file."""
    where = tmp_path_factory.mktemp("feeds")
    for case in cases():
        (where / f"{case.name}.ics").write_bytes(case.content)
    return [str(where / f"{case.name}.ics") for case in cases()]


def answer(*command: str) -> dict[str, Any]:
    """What a reader prints."""
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "TZ": "UTC"}, timeout=120)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return dict(json.loads(done.stdout))


def of_python(environment: str, name: str) -> Callable[[list[str]], dict[str, Any]]:
    return lambda paths: answer(programs.python(environment), str(SCRIPTS / name), *paths)


def of_node(package: str, name: str) -> Callable[[list[str]], dict[str, Any]]:
    return lambda paths: answer(*_node(package, name), *paths)


def _node(package: str, name: str) -> list[str]:
    node, modules = programs.node_modules(package)
    return [node, str(SCRIPTS / name), modules]


def of_libical(paths: list[str]) -> dict[str, Any]:
    program = programs.libical()
    asked = ["pkg-config", "--modversion", "libical"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    return {"version": version, "seen": [_libical(program, path) for path in paths]}


def _libical(program: str, path: str) -> list[dict[str, Any]]:
    done = subprocess.run([program, path], capture_output=True, check=False)
    assert done.returncode == 0, f"libical refuses {Path(path).name}"
    events = []
    for line in done.stdout.decode().splitlines():
        uid, start, end, sequence, status, title = line.split("\t")
        facts = {"uid": uid, "title": title, "start": _moment(start), "end": _moment(end)}
        events.append(facts | {"sequence": int(sequence), "status": status})
    return events


def _moment(text: str) -> str | float:
    return text if "-" in text[1:] else float(text)


READERS: dict[str, Callable[[list[str]], dict[str, Any]]] = {
    "icalendar 7": of_python("readers", "read_icalendar.py"),
    "icalendar 6": of_python("icalendar6", "read_icalendar.py"),
    "icalendar 5": of_python("icalendar5", "read_icalendar.py"),
    "vobject": of_python("readers", "read_vobject.py"),
    "ical (Home Assistant)": of_python("readers", "read_ha_ical.py"),
    "ical.js": of_node("ical.js", "read_icaljs.mjs"),
    "node-ical": of_node("node-ical", "read_nodeical.mjs"),
    "libical": of_libical,
}


def events(found: list[dict[str, Any]]) -> frozenset[Seen]:
    return frozenset(Seen(**facts) for facts in found)


def differences(case: Case, found: list[dict[str, Any]]) -> list[str]:
    """What a reader sees otherwise than it was published."""
    seen = events(found)
    return [
        f"{case.name}: {len(found)} events, {len(case.events)} published" if len(found) != len(case.events) else "",
        *(f"{case.name}: not seen: {event}" for event in sorted(case.events - seen, key=str)),
        *(f"{case.name}: seen instead: {event}" for event in sorted(seen - case.events, key=str)),
    ]


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_what_was_published(reader: str, files: list[str], note: Note) -> None:
    found = READERS[reader](files)
    told = [line for case, seen in zip(cases(), found["seen"], strict=True) for line in differences(case, seen) if line]
    assert told == []
    note(reader, found["version"], f"{len(files)} feeds, {sum(map(len, found['seen']))} events: all agree")


def test_the_corpus_has_what_readers_stumble_over() -> None:
    """Tombstones, Chinese beyond the basic plane, three time zones, whole days, an empty calendar."""
    all_events = [event for case in cases() for event in case.events]
    assert {event.status for event in all_events} == {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    assert any(isinstance(event.start, float) for event in all_events)
    assert {event.sequence for event in all_events} >= {0, 1}
    assert any(not case.events for case in cases())
    assert any("𠮷野家".encode() in case.content.replace(b"\r\n ", b"") for case in cases())
