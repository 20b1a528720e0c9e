"""One-day calendars, read by two readers."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
import vobject

from fairplanner.domain.published import FeedKey
from fairplanner.publish.calendars.feeds import feeds_of
from fairplanner.publish.calendars.ical import calendars
from fairplanner.publish.calendars.lint import lint
from fairplanner.publish.phone.calendars import DayCalendars
from fairplanner.publish.press import Press
from tests.publish import plans
from tests.publish.phone.made import HOME, a_pack, a_press

AT = datetime(2024, 11, 2, 1, tzinfo=UTC)


def uids(content: bytes) -> dict[str, str]:
    """UID and the whole event, of each event."""
    return {str(e["UID"]): e.to_ical().decode() for e in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_a_day_has_its_entries_with_the_uids_and_stamps_of_the_feed() -> None:
    press, pack = a_press(), a_pack(HOME)
    feed = next(
        one.content for one in calendars(press.programme, press.plan, "zh") if "delegation/prov-expo" in str(one.path)
    )
    made = DayCalendars(press, press.parties[HOME], pack)
    for day in pack.days:
        own = uids(made.of(day))
        assert len(own) == len(day.items)
        assert own.items() <= uids(feed).items()
    assert made.everything() == feed


def test_every_calendar_passes_the_lint_and_a_second_reader() -> None:
    press = a_press("en", stressed=True)
    for n, party in enumerate(press.parties):
        pack = a_pack(n, press=press)
        made = DayCalendars(press, party, pack)
        for day in pack.days:
            content = made.of(day)
            assert lint(content) == ()
            assert len(list(vobject.readOne(content.decode()).vevent_list)) == len(day.items)


def test_calendars_of_a_published_plan_are_those_of_its_feed() -> None:
    programme, plan = plans.programme(), plans.plan()
    found = feeds_of(programme, plan, {}, AT, "office.example", ["zh"]).changed
    feeds = {feed.key: feed for feed in found}
    press = Press(programme, plan, "zh", "", feeds)
    party = press.parties[HOME]
    made = DayCalendars(press, party, a_pack(HOME, press=press))
    feed = feeds[FeedKey("delegation", party.delegation.party_id, "zh")]
    assert made.everything() == feed.content
    assert all(uids(made.of(day)).items() <= uids(feed.content).items() for day in a_pack(HOME, press=press).days)
    assert b"@test.office.example" in feed.content
