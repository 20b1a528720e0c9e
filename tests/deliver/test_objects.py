from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from fairplanner.deliver.objects import Stamped, items_of, stamped_of
from fairplanner.domain.published import FeedKey
from fairplanner.errors import UserError
from fairplanner.publish.agendas.agenda import Entry, EntryKind
from fairplanner.publish.calendars.ical import calendar_bytes
from tests.publish import feeds
from tests.publish.notices import made as notices


def test_every_entry_becomes_an_object_of_its_own_with_the_same_bytes() -> None:
    content = notices.first().standing[FeedKey("firm", "f1", "zh")].content
    items = items_of(content, "x.ics")
    assert len(items) == content.count(b"BEGIN:VEVENT")
    for item in items:
        read = Calendar.from_ical(item.body)
        (event,) = read.events
        assert (str(event["UID"]), read.errors, event.errors) == (item.uid, [], [])
        assert "METHOD" not in read
        assert item.body[item.body.index(b"BEGIN:VEVENT") : -len(b"END:VCALENDAR\r\n")] in content
    assert len({item.name for item in items}) == len(items)


def test_an_object_defines_the_zones_it_names_and_no_others() -> None:
    starts = datetime(2025, 4, 15, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
    ends = datetime(2025, 4, 15, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    day = Entry("b:1", EntryKind.DEADLINE, "b", starts.date(), starts.date(), True)
    agenda = feeds.an_agenda(replace(day, key="a:1", starts=starts, ends=ends), day)
    bodies = {item.body.count(b"BEGIN:VTIMEZONE"): item.body for item in items_of(calendar_bytes(agenda), "x.ics")}
    assert set(bodies) == {0, 2}
    assert b"TZID:Europe/Berlin" in bodies[2]


def test_stamps_are_read_whoever_wrote_the_object_and_however_it_is_folded() -> None:
    text = b"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nLAST-MODIFIED:20000101T000000Z\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:a-\n b@c\nSEQUENCE:3\nLAST-MODIFIED;X=y:20250\n 101T000000Z\nEND:VEVENT\n"
    assert stamped_of(text) == Stamped("a-b@c", "3", "20250101T000000Z")
    assert stamped_of(text.replace(b"\n", b"\r\n")) == Stamped("a-b@c", "3", "20250101T000000Z")
    assert stamped_of(b"BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:x\nEND:VTODO\n") is None


@pytest.mark.parametrize("content", [b"", b"hello", b"BEGIN:VCALENDAR\r\nPRODID:-//somebody//EN\r\nEND:VCALENDAR\r\n"])
def test_a_calendar_of_somebody_else_is_not_pushed(content: bytes) -> None:
    with pytest.raises(UserError) as error:
        items_of(content, "x.ics")
    assert [p.what for p in error.value.problems] == ["push-not-ours"]
