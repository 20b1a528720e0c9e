from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from fairplanner.domain.kinds import Status
from fairplanner.domain.uids import uid
from fairplanner.errors import PublicationBroken
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry, EntryKind
from fairplanner.publish.agendas.book import AgendaBook
from fairplanner.publish.calendars.ical import Dresser, calendar_bytes, calendars, home_tz, host_of, path_of
from fairplanner.publish.calendars.lint import lint
from tests import builders as b
from tests.conftest import Golden
from tests.publish import feeds, plans


def read(data: bytes) -> Calendar:
    return Calendar.from_ical(data)


def event(agenda: Agenda, key: str) -> Event:
    wanted = uid("fairplanner.invalid", key)
    (found,) = [e for e in read(calendar_bytes(agenda)).events if str(e["UID"]) == wanted]
    return found


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "audience", [(AudienceKind.DELEGATION, "prov/abroad-1-1"), (AudienceKind.FIRM, "f1"), (AudienceKind.DEADLINES, "")]
)
def test_calendars_are_as_they_were(golden: Golden, lang: str, audience: tuple[AudienceKind, str]) -> None:
    programme = plans.programme()
    book = AgendaBook(programme, plans.plan(), lang)
    made = Dresser(lang, host_of(programme), home_tz(programme)).feed(book.agenda(*audience))
    golden(f"calendar-{audience[0]}.{lang}.ics", made)


def test_every_calendar_is_published_once_at_a_path_of_its_own() -> None:
    paths = [str(p.path) for p in calendars(plans.programme(), plans.plan(), "zh")]
    assert len(paths) == len(set(paths)) == 12
    assert {
        "calendars/everything.zh.ics",
        "calendars/deadlines.zh.ics",
        "calendars/zone/prov.zh.ics",
        "calendars/firm/f1.zh.ics",
    } <= set(paths)
    assert all(p.isascii() for p in paths)


def test_paths_of_different_subjects_never_meet_and_are_safe() -> None:
    subjects = ["a/b", "a-b", "A-B", "a b", "示例企业", "示例公司", "con", "..", "a\\b"]
    paths = [path_of(AudienceKind.FIRM, s, "zh") for s in subjects]
    assert len({str(p).lower() for p in paths}) == len(subjects)
    assert all(p.parent == PurePosixPath("calendars/firm") and str(p).isascii() for p in paths)


def test_calendars_are_byte_identical_on_a_second_run() -> None:
    def run() -> list[bytes]:
        return [p.content for lang in ("zh", "en") for p in calendars(plans.programme(), plans.plan(), lang)]

    assert run() == run()


def test_every_published_calendar_passes_the_lint() -> None:
    programme, plan = plans.a_big_delegation()
    for lang in ("zh", "en"):
        for publication in calendars(programme, plan, lang):
            assert lint(publication.content) == (), publication.path


def test_a_fair_of_four_days_ends_on_the_morning_after_its_last() -> None:
    found = event(feeds.a_full_agenda(), "fair-days:canton-1")
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2025, 10, 15), date(2025, 10, 20))
    assert found["TRANSP"] == "TRANSPARENT"


def test_a_fair_over_new_year_keeps_both_years() -> None:
    found = event(feeds.a_full_agenda(), "fair-days:year-end")
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2025, 12, 30), date(2026, 1, 3))


def test_a_flight_keeps_the_zone_of_each_end_and_both_are_defined() -> None:
    data = calendar_bytes(feeds.a_full_agenda())
    assert b"DTSTART;TZID=Asia/Shanghai:20250418T084500\r\n" in data
    assert b"DTEND;TZID=Asia/Singapore:20250418T132000\r\n" in data
    assert [str(z["TZID"]) for z in read(data).timezones] == ["Asia/Shanghai", "Asia/Singapore"]
    assert event(feeds.a_full_agenda(), "journey-out:f1")["TRANSP"] == "OPAQUE"


def test_a_deadline_at_an_hour_leaves_people_free() -> None:
    found = event(feeds.a_full_agenda(), "milestone:m1")
    assert found["DTEND"].dt == datetime(2025, 5, 30, 23, 59, tzinfo=feeds.SHANGHAI)
    assert (found["TRANSP"], found["STATUS"]) == ("TRANSPARENT", "TENTATIVE")


def test_an_empty_agenda_is_a_calendar_with_its_time_zone() -> None:
    data = calendar_bytes(feeds.an_agenda())
    assert lint(data) == ()
    assert [c.name for c in read(data).subcomponents] == ["VTIMEZONE"]


def test_the_head_names_the_calendar_and_how_often_to_look_and_nothing_more() -> None:
    lines = unfolded(calendar_bytes(feeds.a_full_agenda()))
    head = lines[: lines.index("BEGIN:VTIMEZONE")]
    assert {
        "NAME:示例企业\\, 日历\\; 一",
        "X-WR-CALNAME:示例企业\\, 日历\\; 一",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "COLOR:steelblue",
        "X-APPLE-CALENDAR-COLOR:#4682B4",
    } <= set(head)
    assert not [line for line in head if line.startswith(("METHOD", "UID"))]


def test_nothing_in_a_feed_has_a_language_a_recurrence_or_a_person() -> None:
    for line in unfolded(calendar_bytes(feeds.a_full_agenda())):
        assert not re.match(r"(RRULE|RDATE|ATTENDEE|ORGANIZER|URL|BEGIN:VALARM)|[A-Z-]+;(LANGUAGE|ALTREP)", line)


def test_the_three_stamps_are_the_plans_own_and_the_sequence_counts_revisions() -> None:
    found = event(feeds.an_agenda(feeds.FAIR_DAYS), "fair-days:canton-1")
    stamp = datetime(2024, 11, 1, tzinfo=UTC)
    assert [found[k].dt for k in ("DTSTAMP", "CREATED", "LAST-MODIFIED")] == [stamp] * 3
    assert found["SEQUENCE"] == 1
    assert event(feeds.an_agenda(feeds.FAIR_DAYS, revision=5), "fair-days:canton-1")["SEQUENCE"] == 4


def test_hard_text_comes_back_as_it_was_without_what_no_client_takes() -> None:
    found = event(feeds.a_full_agenda(), "fair-days:hard")
    assert str(found["SUMMARY"]) == '逗号,分号;反斜线\\与“引号”"'
    lines = str(found["DESCRIPTION"]).split("\n")
    assert lines[:2] == ["第一行", "第二行"]
    assert lines[2].startswith("𠮷野家 🍵 黔东南")
    assert lines[3] == "half"
    assert "示例数据" in lines[4]


def test_only_samples_carry_the_sample_notice() -> None:
    assert "示例数据" in calendar_bytes(feeds.an_agenda(feeds.FAIR_DAYS)).decode().replace("\r\n ", "")
    assert "示例数据" not in calendar_bytes(feeds.an_agenda(feeds.FAIR_DAYS, sample=False)).decode().replace(
        "\r\n ", ""
    )


def test_a_hall_has_title_and_address_and_a_city_only_a_title() -> None:
    lines = unfolded(calendar_bytes(feeds.an_agenda(feeds.FAIR_DAYS, replace(feeds.FLIGHT, starts=None, ends=None))))
    assert "LOCATION:广交会展馆，中国广州" in lines
    assert "GEO:23.1;113.3" in lines
    assert (
        'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="中国广州";X-APPLE-RADIUS=15000;X-TITLE="广交会展馆":geo:23.1,113.3'
    ) in lines
    assert "LOCATION:新加坡" in lines
    assert 'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=15000;X-TITLE="新加坡":geo:1.3,103.8' in lines


def test_uids_are_the_same_in_every_feed_and_language_and_differ_between_programmes() -> None:
    def uids(lang: str, name: str) -> set[str]:
        made = {str(p.path): p.content for p in calendars(plans.programme(), plans.plan(), lang)}
        return {str(e["UID"]) for e in read(made[f"calendars/{name}.{lang}.ics"]).events}

    assert uids("zh", "firm/f1") == uids("en", "firm/f1")
    shared = uid("test.fairplanner.invalid", "fair-days:expo-1-1")
    assert all(shared in uids("zh", name) for name in ("firm/f1", "zone/prov", "fair/expo", "everything"))
    assert uid("other.fairplanner.invalid", "fair-days:expo-1-1").split("@")[0] != shared.split("@")[0]


def test_a_uid_never_changes() -> None:
    # Subscribers would see every event twice (research/output.md A1, "UID").
    assert (
        uid("fairplanner.invalid", "fair-days:canton-138-1")
        == "ab8ba129-8c01-5ead-a126-6de3311ea244@fairplanner.invalid"
    )


def test_projected_dates_are_tentative() -> None:
    base = plans.programme()
    phases = tuple(b.phase(status=Status.PROJECTED) if q.phase_id == "expo-1-1" else q for q in base.phases)
    agenda = AgendaBook(plans.programme(phases=phases), plans.plan(), "zh").agenda(AudienceKind.FAIR, "expo")
    found = event(agenda, "fair-days:expo-1-1")
    assert (found["STATUS"], str(found["SUMMARY"])) == ("TENTATIVE", "第1届expo展第1期（暂定，据往届推算）")


def test_a_feed_that_would_not_pass_the_lint_is_never_returned() -> None:
    backwards = replace(feeds.FAIR_DAYS, last=date(2025, 10, 10))
    with pytest.raises(PublicationBroken, match="end-before-start"):
        calendar_bytes(feeds.an_agenda(backwards))


def test_time_zone_of_the_office_is_its_own_citys_or_utc() -> None:
    assert home_tz(plans.programme()) == "Asia/Shanghai"
    assert home_tz(plans.programme(zones=(b.zone("prov", place_id=""),), firms=())) == "UTC"


TEXTS = st.text(max_size=200)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    title=TEXTS.filter(lambda t: any(c.isalnum() for c in t)),
    line=TEXTS,
    venue=TEXTS,
    days=st.integers(0, 400),
    name=TEXTS,
)
def test_any_text_makes_a_feed_that_passes_and_reads_back(
    title: str, line: str, venue: str, days: int, name: str
) -> None:
    spot = replace(feeds.HALL, venue=venue)
    entry = Entry(
        "k",
        EntryKind.FAIR_DAYS,
        title,
        date(2025, 12, 30),
        date(2025, 12, 30) + timedelta(days=days),
        True,
        spot,
        lines=(line,),
    )
    (found,) = read(calendar_bytes(feeds.an_agenda(entry, title=name))).events
    assert not found.errors
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(days=days + 1)


def test_everything_in_a_feed_is_public() -> None:
    for publication in calendars(plans.programme(), plans.plan(), "zh"):
        assert {e["CLASS"] for e in read(publication.content).events} <= {"PUBLIC"}, publication.path


@pytest.mark.parametrize(("lang", "where"), [("zh", "中国香港"), ("en", "Hong Kong\\, China")])
def test_a_city_that_is_its_territory_is_said_once(lang: str, where: str) -> None:
    base = plans.programme()
    hong_kong = b.r.Territory(territory_id="HK", name_zh="中国香港", name_en="Hong Kong, China", **b.SAMPLE)
    names = {"territory_id": "HK", "name_zh": "香港", "name_en": "Hong Kong"}
    places = tuple(p.model_copy(update=names) if p.place_id == "lion" else p for p in base.places)
    programme = plans.programme(places=places, territories=(*base.territories, hong_kong))
    book = AgendaBook(programme, plans.plan(), lang)
    lines = unfolded(Dresser(lang).feed(book.agenda(AudienceKind.FAIR, "abroad")))
    assert {line for line in lines if line.startswith("LOCATION")} == {f"LOCATION:{where}"}
