"""What calendars say beside what the catalogue says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from fairplanner.domain.kinds import Status
from fairplanner.domain.programme import Programme
from fairplanner.domain.published import Feed, FeedKey
from fairplanner.intake.dates import DateReport, compare_dates
from fairplanner.publish.calendars.feeds import feeds_of
from fairplanner.publish.calendars.ical import calendars
from tests.intake.calendars import calendar, entry, event, read
from tests.publish import plans

AT = datetime(2024, 11, 2, tzinfo=UTC)
EVERYTHING = FeedKey("everything", "", "zh")


def programme(**changes: object) -> Programme:
    """The builders' programme; `changes` are made to the first phase of its fair at home (15 to 19 April 2025, held)."""
    base = plans.programme()
    phases = tuple(q.model_copy(update=changes) if q.phase_id == "expo-1-1" else q for q in base.phases)
    fairs = tuple(
        f.model_copy(update={"name_zh": "山地博览会", "name_en": "Highland Expo"}) if f.fair_id == "expo" else f
        for f in base.fairs
    )
    return plans.programme(phases=phases, fairs=fairs)


def report(*events: list[str], **changes: object) -> DateReport:
    return compare_dates(programme(**changes), [read(calendar(*events))])


def told(found: DateReport) -> list[tuple[str, str, date, date, Status]]:
    return [(c.what, c.phase.phase_id, c.first, c.last, c.status) for c in found.changes]


SAME_DAYS = ("第1届山地博览会第1期", "20250415", "20250420")
FIRST, LAST = date(2025, 4, 15), date(2025, 4, 19)


def test_the_same_days_are_the_same() -> None:
    assert told(report(entry(*SAME_DAYS))) == [("same", "expo-1-1", FIRST, LAST, Status.HELD)]


def test_other_days_are_a_move() -> None:
    found = report(entry("第1届山地博览会第1期", "20250506", "20250511", "STATUS:CONFIRMED"), status=Status.PROJECTED)
    assert told(found) == [("moved", "expo-1-1", date(2025, 5, 6), date(2025, 5, 10), Status.ANNOUNCED)]
    assert [c.what for c in found.news] == ["moved"]


@pytest.mark.parametrize(
    ("stated", "before", "after"),
    [
        ("", Status.ANNOUNCED, Status.ANNOUNCED),
        ("", Status.PROJECTED, Status.PROVISIONAL),
        ("STATUS:TENTATIVE", Status.ANNOUNCED, Status.PROVISIONAL),
        ("STATUS:CONFIRMED", Status.PROVISIONAL, Status.ANNOUNCED),
    ],
)
def test_a_moved_phase_is_as_firm_as_the_calendar_says(stated: str, before: Status, after: Status) -> None:
    found = report(entry("第1届山地博览会第1期", "20250506", "20250511", *filter(None, [stated])), status=before)
    assert [c.status for c in found.changes] == [after]


def test_a_phase_without_days_gets_them() -> None:
    found = report(entry(*SAME_DAYS), start=None, end=None, status=Status.UNKNOWN)
    assert told(found) == [("dated", "expo-1-1", FIRST, LAST, Status.PROVISIONAL)]


def test_days_that_are_confirmed_become_announced() -> None:
    found = report(entry(*SAME_DAYS, "STATUS:CONFIRMED"), status=Status.PROJECTED)
    assert told(found) == [("confirmed", "expo-1-1", FIRST, LAST, Status.ANNOUNCED)]


def test_a_calendar_that_does_not_say_confirmed_confirms_nothing() -> None:
    assert [c.what for c in report(entry(*SAME_DAYS), status=Status.PROJECTED).changes] == ["same"]


@pytest.mark.parametrize(
    ("title", "status"),
    [("第1届山地博览会第1期", "STATUS:CANCELLED"), ("【取消】第1届山地博览会第1期", "STATUS:CONFIRMED"),
     ("[CANCELLED] Highland Expo, edition 1, phase 1", "STATUS:CONFIRMED"), ("Canceled: Highland Expo phase 1, edition 1", "CLASS:PUBLIC"),
     ("第1届山地博览会第1期（已取消）", "CLASS:PUBLIC")],
)  # fmt: skip
def test_a_cancelled_fair_is_known_by_its_status_or_its_title(title: str, status: str) -> None:
    found = report(entry(title, "20250415", "20250420", status), status=Status.ANNOUNCED)
    assert told(found) == [("cancelled", "expo-1-1", FIRST, LAST, Status.CANCELLED)]


def test_a_fair_that_is_already_cancelled_is_no_news_and_one_that_is_on_again_is() -> None:
    off = report(entry(*SAME_DAYS, "STATUS:CANCELLED"), status=Status.CANCELLED)
    on = report(entry(*SAME_DAYS, "STATUS:CONFIRMED"), status=Status.CANCELLED)
    assert [(c.what, c.status) for c in (*off.changes, *on.changes)] == [
        ("same", Status.CANCELLED),
        ("restored", Status.ANNOUNCED),
    ]


def test_several_phases_that_fit_are_listed_and_none_is_chosen() -> None:
    found = report(entry("第1届山地博览会", "20250415", "20250428"))
    assert (found.changes, [(d.why, [q.phase_id for q in d.phases]) for d in found.doubts]) == (
        (),
        [("phases", ["expo-1-1", "expo-1-2"])],
    )


def test_entries_that_contradict_one_another_are_listed_and_none_is_chosen() -> None:
    found = report(entry(*SAME_DAYS), entry("山地博览会第1期", "20250516", "20250520"))
    assert [(d.why, len(d.said)) for d in found.doubts] == [("entries", 2)]
    assert found.changes == ()


def test_entries_that_agree_are_one() -> None:
    found = report(
        entry(*SAME_DAYS), entry("Highland Expo, edition 1, phase 1", "20250415", "20250420", "STATUS:CONFIRMED")
    )
    assert told(found) == [("same", "expo-1-1", FIRST, LAST, Status.HELD)]


def test_what_is_not_in_the_catalogue_and_what_is_not_about_fair_days_is_told_apart() -> None:
    found = report(
        entry("Team lunch", "20250101"),
        entry("山地博览会报名截止", "20250101"),
        entry("Move-in: Highland Expo", "20250101"),
    )
    assert [s.event.title for s in found.unmatched] == ["Team lunch"]
    assert [e.title for e in found.others] == ["山地博览会报名截止", "Move-in: Highland Expo"]


def test_hours_in_utc_are_days_of_the_place_where_the_fair_is() -> None:
    lines = ("UID:1", "SUMMARY:第1届山地博览会第1期", "DTSTART:20250414T230000Z", "DTEND:20250419T090000Z")
    assert [c.what for c in report(event(*lines)).changes] == ["same"]


def published(base: Programme, before: dict[FeedKey, Feed], at: datetime = AT) -> dict[FeedKey, Feed]:
    made = feeds_of(base, plans.plan(), before, at, "peer.example", ("zh", "en"))
    return before | {feed.key: feed for feed in made.changed}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_calendar_that_we_publish_reads_back_as_the_same(lang: str) -> None:
    base, plan = plans.programme(), plans.plan()
    feeds = [read(p.content, p.path.as_posix()) for p in calendars(base, plan, lang)]
    found = compare_dates(base, feeds)
    assert {c.what for c in found.changes} == {"same"}
    assert {c.said.how for c in found.changes} == {"uid"}
    assert {c.phase.phase_id for c in found.changes} == {stop.phase_id for d in plan.delegations for stop in d.stops}
    assert (found.doubts, found.unmatched, found.problems, found.remarks) == ((), (), (), ())
    assert found.others != ()


def test_the_feed_of_another_office_is_known_by_uid_whatever_its_host() -> None:
    feeds = published(plans.programme(), {})
    found = compare_dates(programme(), [read(feed.content) for feed in feeds.values()])
    assert {(c.what, c.said.how) for c in found.changes} == {("same", "uid")}
    assert (found.doubts, found.unmatched) == ((), ())


def test_what_another_office_moves_and_cancels_is_seen_here() -> None:
    base = plans.programme()
    by = timedelta(days=21)
    later = tuple(
        q.model_copy(update={"start": q.start + by, "end": q.end + by}) if q.phase_id == "expo-1-1" and q.start and q.end else q
        for q in base.phases
    )  # fmt: skip
    feeds = published(base, {})
    feeds = published(plans.programme(phases=later), feeds, AT + timedelta(days=1))
    found = compare_dates(base, [read(feeds[EVERYTHING].content)])
    assert [(c.phase.phase_id, c.first - FIRST) for c in found.only("moved")] == [("expo-1-1", by)]
    assert {c.what for c in found.changes if c.phase.phase_id != "expo-1-1"} == {"same"}
    nobody = plans.plan(
        delegations=(plans.at_home(),), participations=(plans.place("f1"),), journeys=(plans.journey(),), claims=()
    )
    made = feeds_of(base, nobody, published(base, {}), AT + timedelta(days=1), "peer.example", ("zh", "en"))
    gone = [f for f in made.changed if f.key == EVERYTHING]
    found = compare_dates(base, [read(feed.content) for feed in gone])
    assert [c.phase.phase_id for c in found.only("cancelled")] == ["abroad-1-1"]


def test_a_programme_without_our_uids_is_read_by_its_names() -> None:
    """As if the peer's catalogue gave other ids to the same fairs."""
    base = programme()
    content = next(p.content for p in calendars(base, plans.plan(), "zh") if p.path.name.startswith("everything"))
    lines = content.replace(b"@test.fairplanner.invalid", b"@other.example")
    found = compare_dates(base, [read(lines)])
    assert ("same", "expo-1-1", "name") in [(c.what, c.phase.phase_id, c.said.how) for c in found.changes]
