"""Calendars as they come: what is read, and what is told of those that are broken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake.ics import BIGGEST_CALENDAR, read_feed, read_feeds
from tests.intake.calendars import calendar, entry, event, kinds, read


def days(*lines: str) -> list[tuple[date, date]]:
    return [(e.first, e.last) for e in read(calendar(event("SUMMARY:x", *lines))).events]


def test_the_end_of_whole_days_is_the_day_after_the_last() -> None:
    assert days("DTSTART;VALUE=DATE:20270415", "DTEND;VALUE=DATE:20270420") == [(date(2027, 4, 15), date(2027, 4, 19))]


def test_a_day_without_an_end_is_one_day() -> None:
    assert days("DTSTART;VALUE=DATE:20270415") == [(date(2027, 4, 15), date(2027, 4, 15))]


def test_a_day_that_ends_on_itself_is_that_day() -> None:
    assert days("DTSTART:20270415", "DTEND:20270415") == [(date(2027, 4, 15), date(2027, 4, 15))]


@pytest.mark.parametrize(("duration", "last"), [("P5D", 19), ("P1W", 21), ("P1DT24H", 16)])
def test_a_duration_is_an_end(duration: str, last: int) -> None:
    found = days("DTSTART;VALUE=DATE:20270415", f"DURATION:{duration}")
    assert found == [(date(2027, 4, 15), date(2027, 4, last))]


def test_hours_that_end_at_midnight_end_the_day_before() -> None:
    found = days("DTSTART;TZID=Asia/Shanghai:20270415T090000", "DTEND;TZID=Asia/Shanghai:20270420T000000")
    assert found == [(date(2027, 4, 15), date(2027, 4, 19))]


def test_instants_in_utc_are_days_where_the_fair_is() -> None:
    feed = read(calendar(event("SUMMARY:x", "DTSTART:20270414T230000Z", "DTEND:20270419T090000Z")))
    assert feed.events[0].days("Asia/Shanghai") == (date(2027, 4, 15), date(2027, 4, 19))
    assert feed.events[0].days("America/Los_Angeles") == (date(2027, 4, 14), date(2027, 4, 19))


def test_a_folded_and_escaped_title_is_read_whole() -> None:
    lines = ("DTSTART;VALUE=DATE:20270415", "SUMMARY;LANGUAGE=zh:第141届广", " 交会\\, 第1期\\;\\n 春\\\\")
    assert read(calendar(event(*lines))).events[0].title == "第141届广交会, 第1期; 春\\"


def test_a_parameter_in_quotes_may_hold_a_colon() -> None:
    lines = ('DTSTART;X-A="a:b;c",d;VALUE=DATE:20270415', "SUMMARY:x")
    assert read(calendar(event(*lines))).events[0].first == date(2027, 4, 15)


def test_a_calendar_is_cited_by_its_name_and_its_file() -> None:
    feed = read(calendar(entry("x", "20270415"), head=("X-WR-CALNAME:省展会日历",)), "/somewhere/peer.ics")
    assert feed.source == "省展会日历 (peer.ics)"


def test_the_path_of_an_address_is_its_key_and_is_never_cited() -> None:
    feed = read(calendar(entry("x", "20270415")), "https://user:word@www.example.org/f/SECRET/x.ics?key=SECRET")
    assert feed.source == feed.label == "https://www.example.org"


def test_every_problem_of_a_broken_calendar_is_told_with_its_line_and_the_rest_is_read() -> None:
    content = calendar(
        event("SUMMARY:no start"),
        event("SUMMARY:back", "DTSTART:20270102T090000Z", "DTEND:20270101T090000Z"),
        event("SUMMARY:weekly", "RRULE:FREQ=WEEKLY", "DTSTART:20270101T090000Z"),
        event("SUMMARY:mixed", "DTSTART;VALUE=DATE:20270101", "DTEND:20270101T090000Z"),
        event("SUMMARY:never", "DTSTART;VALUE=DATE:20270230"),
        event("SUMMARY:far", "DTSTART;VALUE=DATE:99990101"),
        event("SUMMARY:odd", "DTSTART;VALUE=DATE:20270101", "DURATION:5 days"),
        ["no line of a calendar", "END:VTODO"],
        entry("good", "20270415", "20270420"),
        ["BEGIN:VEVENT", "SUMMARY:open"],
    )
    feed = read(content)
    assert [e.title for e in feed.events] == ["good"]
    assert sorted(kinds(feed.problems)) == [
        (4, "ics-no-start", "no start"),
        (9, "ics-end-first", "back"),
        (12, "ics-repeats", "weekly"),
        (19, "ics-mixed", "mixed"),
        (24, "ics-date", "DTSTART:20270230"),
        (28, "ics-date", "DTSTART:99990101"),
        (33, "ics-date", "DURATION:5 days"),
        (35, "ics-line", "no line of a calendar"),
        (36, "ics-not-open", "VTODO"),
        (43, "ics-no-start", "open"),
        (43, "ics-not-closed", "VEVENT"),
    ]


def test_a_mark_and_lf_ends_are_remarked_and_do_no_harm() -> None:
    content = b"\xef\xbb\xbf" + calendar(entry("广交会", "20270415", "20270420")).replace(b"\r\n", b"\n")
    feed = read(content)
    assert kinds(feed.remarks) == [(1, "ics-mark", ""), (0, "ics-line-ends", "")]
    assert (feed.events[0].title, feed.problems) == ("广交会", ())


def test_a_calendar_in_gb18030_is_read() -> None:
    content = calendar(entry("广交会", "20270415", "20270420")).decode().encode("gb18030")
    assert read(content).events[0].title == "广交会"


def test_a_zone_nobody_knows_is_remarked_once_and_its_days_are_taken_as_written() -> None:
    lines = ("DTSTART;TZID=China Standard Time:20270415T090000", "DTEND;TZID=China Standard Time:20270419T170000")
    feed = read(calendar(event("SUMMARY:x", *lines)))
    assert kinds(feed.remarks) == [(6, "ics-zone", "China Standard Time")]
    assert feed.events[0].days("America/Los_Angeles") == (date(2027, 4, 15), date(2027, 4, 19))


def test_a_zone_that_the_calendar_defines_needs_no_remark() -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:China Standard Time", "END:VTIMEZONE"]
    lines = event("SUMMARY:x", "DTSTART;TZID=China Standard Time:20270415T090000")
    assert read(calendar(zone, lines)).remarks == ()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "ics-empty"),
        (b"\xef\xbb\xbf \r\n", "ics-empty"),
        (b"<!DOCTYPE html><title>Log in</title>BEGIN:VCALENDAR", "ics-page"),
        (b"\n <html>", "ics-page"),
        (b"hello", "ics-no-calendar"),
        (b"PK\x03\x04\x00\x00", "ics-not-text"),
        (b"\xff\xfe\x00", "ics-not-text"),
    ],
)
def test_what_is_no_calendar_is_told_for_what_it_is(content: bytes, what: str) -> None:
    fatal: list[Problem] = []
    assert read_feed(content, "x.ics", fatal) is None
    assert [(p.file, p.what) for p in fatal] == [("x.ics", what)]


def test_all_files_are_looked_at_before_anything_is_told(tmp_path: Path) -> None:
    (tmp_path / "page.ics").write_text("<html>", encoding="utf-8")
    (tmp_path / "big.ics").write_bytes(b" " * (BIGGEST_CALENDAR + 1))
    names = [str(tmp_path / name) for name in ("page.ics", "big.ics", "none.ics")]
    with pytest.raises(CatalogueError) as told:
        read_feeds([*names, "webcal://www.example.org/x.ics", "file:///x.ics", "https://[x/x.ics"])
    assert sorted(p.what for p in told.value.problems) == sorted(
        ["ics-page", "file-big", "ics-missing", "url-webcal", "url-scheme", "url-broken"]
    )


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "x.ics"
    path.write_bytes(calendar(entry("x", "20270415")))
    assert len(read_feeds([str(path), str(path)])) == 1


def test_components_without_end_are_not_followed_for_ever() -> None:
    feed = read(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 100_000 + b"END:Y\r\n" * 100_000)
    assert (21, "ics-deep", "BEGIN:X") in kinds(feed.problems)
    assert len(feed.problems) < 50


PIECES = st.sampled_from(
    ["BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "DTSTART:20270101", "DTEND:2027", "SUMMARY:x\\",
     "DTSTART;TZID=/x/../y:20270101T000000", "DURATION:P99999W", "DURATION:PT99999999S", "DTSTART;TZID=\x00:20270101T246060Z", " ",
     "RRULE:", ";:", "X;Y=\"", "STATUS:CANCELLED", "BEGIN:", "END:", "DTSTART:00010101", "\ufeff", "UID:@"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=20), max_size=25))
def test_no_calendar_however_broken_raises(lines: list[str]) -> None:
    content = "\r\n".join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "surrogatepass")
    fatal: list[Problem] = []
    feed = read_feed(content, "x.ics", fatal)
    assert (feed is None) == bool(fatal)
    for found in feed.events if feed else ():
        assert found.first <= found.last
        assert found.days("Asia/Shanghai")[0] <= found.days("Asia/Shanghai")[1]


@given(st.binary(max_size=300))
def test_no_bytes_raise(content: bytes) -> None:
    fatal: list[Problem] = []
    read_feed(b"BEGIN:VCALENDAR\r\n" + content, "x.ics", fatal)
    assert all(p.what.startswith("ics-") for p in fatal)
