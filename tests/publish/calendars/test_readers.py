"""What other people's readers make of our calendars."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import warnings
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from fairplanner.publish.agendas.agenda import Agenda
from fairplanner.publish.agendas.book import AgendaBook
from fairplanner.publish.calendars.ical import calendar_bytes, calendars
from tests.interop.programs import READERS
from tests.publish import feeds, plans

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # vobject still uses what Python deprecates
    import vobject


def agendas() -> list[Agenda]:
    """Every agenda of a plan in both languages, and one with hard text and three time zones."""
    books = [AgendaBook(plans.programme(), plans.plan(), lang) for lang in ("zh", "en")]
    return [
        feeds.a_full_agenda(),
        feeds.an_agenda(feeds.SPRING),
        feeds.an_agenda(),
        *(book.agenda(*a) for book in books for a in book.audiences()),
    ]


def nested(calendar: Calendar) -> list[Any]:
    return [calendar, *calendar.walk()]


def test_icalendar_reads_every_event_without_an_error() -> None:
    for agenda in agendas():
        calendar = Calendar.from_ical(calendar_bytes(agenda))
        assert [c.errors for c in nested(calendar) if c.errors] == []
        assert len(calendar.events) == len(agenda.entries)
        calendar.validate()


def test_icalendar_writes_back_the_same_bytes() -> None:
    for agenda in agendas():
        data = calendar_bytes(agenda)
        assert Calendar.from_ical(data).to_ical() == data


def test_vobject_finds_every_event_valid() -> None:
    for agenda in agendas():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            calendar = vobject.readOne(calendar_bytes(agenda).decode())
            if agenda.entries:  # vobject wants an event or a task in every calendar
                assert calendar.validate(raiseException=True)
            assert [e.summary.value for e in getattr(calendar, "vevent_list", [])] == [
                str(e["SUMMARY"]) for e in Calendar.from_ical(calendar_bytes(agenda)).events
            ]


@pytest.fixture
def node_modules() -> str:
    where = os.environ.get("FAIRPLANNER_NODE_MODULES", "")
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    if not (Path(where) / "ical.js").is_dir():
        pytest.skip("FAIRPLANNER_NODE_MODULES names no folder with ical.js; `npm install ical.js@2.2.1` makes one")
    return where


def seen_by_icaljs(node_modules: str, folder: Path, contents: list[bytes]) -> list[list[dict[str, Any]]]:
    """The events of each calendar, with `text`, the description of each."""
    paths = []
    for n, content in enumerate(contents):
        path = folder / f"{n}.ics"
        path.write_bytes(content)
        paths.append(str(path))
    node = shutil.which("node") or "node"
    reader = str(READERS / "read_icaljs.mjs")
    done = subprocess.run([node, reader, node_modules, *paths], capture_output=True, check=False)  # noqa: S603 - our own script
    assert done.returncode == 0, done.stderr.decode()
    answer = json.loads(done.stdout)
    return [
        [event | {"text": text} for event, text in zip(seen, texts, strict=True)]
        for seen, texts in zip(answer["seen"], answer["texts"], strict=True)
    ]


@pytest.mark.interop
def test_icaljs_sees_what_the_agenda_says(node_modules: str, tmp_path: Path) -> None:
    wanted = agendas()
    found = seen_by_icaljs(node_modules, tmp_path, [calendar_bytes(a) for a in wanted])
    for agenda, events in zip(wanted, found, strict=True):
        assert len(events) == len(agenda.entries)
        for entry, event in zip(agenda.entries, events, strict=True):
            assert event["sequence"] == agenda.revision - 1
            if entry.starts is not None and entry.ends is not None:
                assert (event["start"], event["end"]) == (entry.starts.timestamp(), entry.ends.timestamp())
            else:  # whole days, the day after the last as the end
                days = (entry.first, entry.last + timedelta(days=1))
                assert (event["start"], event["end"]) == tuple(day.isoformat() for day in days)


@pytest.mark.interop
def test_icaljs_reads_long_chinese_text_whole(node_modules: str, tmp_path: Path) -> None:
    ((_, _, hard, *_),) = seen_by_icaljs(node_modules, tmp_path, [calendar_bytes(feeds.a_full_agenda())])
    assert hard["title"] == '逗号,分号;反斜线\\与“引号”"'
    assert "𠮷野家 🍵 " + "黔东南苗族侗族自治州" * 30 in hard["text"]


@pytest.mark.interop
def test_icaljs_reads_every_calendar_of_a_large_delegation(node_modules: str, tmp_path: Path) -> None:
    programme, plan = plans.a_big_delegation()
    contents = [p.content for p in calendars(programme, plan, "zh")]
    assert all(seen_by_icaljs(node_modules, tmp_path, contents)[:-1])
