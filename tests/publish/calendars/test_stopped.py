"""What a revoked subscription shows until its address is gone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from fairplanner.domain.published import FeedKey
from fairplanner.publish.calendars.lint import lint
from fairplanner.publish.calendars.stopped import is_kept, stopped

REVOKED = datetime(2026, 11, 22, 17, 5, 9, 123, tzinfo=UTC)
KEY = FeedKey("firm", "示例企业f1", "zh")


def event_of(data: bytes) -> dict[str, object]:
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return dict(event.items())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["delegation", "zone", "firm", "fair", "everything", "deadlines"])
def test_it_is_one_entry_that_passes_our_own_lint_and_says_so_in_both_languages(kind: str, lang: str) -> None:
    data = stopped("test", FeedKey(kind, "x", lang), REVOKED, "office.invalid")
    assert lint(data) == ()
    assert str(event_of(data)["SUMMARY"]) == "此订阅已停用 / This subscription has ended"


def test_it_stands_on_every_day_that_it_is_kept_and_keeps_nobody_busy() -> None:
    event = event_of(stopped("test", KEY, REVOKED, "office.invalid"))
    first, after = event["DTSTART"].dt, event["DTEND"].dt  # type: ignore[attr-defined]
    assert first == date(2026, 11, 23), "17:05 UTC is the next day in China"
    assert after - first == timedelta(days=30)
    assert event["TRANSP"] == "TRANSPARENT"


def test_its_first_day_is_that_of_the_reader() -> None:
    event = event_of(stopped("test", KEY, REVOKED, "office.invalid", "UTC"))
    assert event["DTSTART"].dt == date(2026, 11, 22)  # type: ignore[attr-defined]


def test_it_says_nothing_of_whose_it_was_and_is_the_same_every_time() -> None:
    data = stopped("test", KEY, REVOKED, "office.invalid")
    assert "f1" not in data.decode().replace("\r\n ", "").replace(str(event_of(data)["UID"]), "")
    assert "示例企业" not in data.decode().replace("\r\n ", "")
    assert data == stopped("test", KEY, REVOKED, "office.invalid")


def test_two_subscriptions_that_ended_have_two_uids() -> None:
    other = FeedKey("firm", "f2", "zh")
    uids = {str(event_of(stopped(p, k, REVOKED, "o.invalid"))["UID"]) for p in ("a", "b") for k in (KEY, other)}
    assert len(uids) == 4


def test_it_is_kept_for_thirty_days_to_the_second() -> None:
    assert is_kept(REVOKED, REVOKED + timedelta(days=30) - timedelta(seconds=1))
    assert not is_kept(REVOKED, REVOKED + timedelta(days=30))
