from __future__ import annotations

from datetime import date

import pytest

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import Confidence
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry
from fairplanner.publish.agendas.book import AgendaBook, agenda
from fairplanner.rules.reckon.calendar import WorkCalendar
from tests import builders as b
from tests.publish import plans

K = AudienceKind


def milestone(milestone_id: str = "m1", **changes: object) -> r.Milestone:
    base = {
        "milestone_id": milestone_id,
        "what_zh": "报送总结",
        "what_en": "Report",
        "due": date(2025, 5, 20),
        "relation": "前",
        "who": "各市",
    }
    return r.Milestone(**(base | b.SAMPLE | changes))  # type: ignore[arg-type]


def seen(kind: AudienceKind, subject: str = "", *milestones: r.Milestone, lang: str = "zh") -> Agenda:
    return agenda(plans.programme(milestones=milestones), plans.plan(), kind, subject, lang)


def entry(found: Agenda, key: str) -> Entry:
    (match,) = [e for e in found.entries if e.key == key]
    return match


@pytest.mark.parametrize(
    ("stated", "before"),
    [
        (date(2023, 4, 21), date(2023, 4, 21)),  # a Friday
        (date(2023, 4, 22), date(2023, 4, 21)),  # a Saturday
        (date(2023, 10, 15), date(2023, 10, 13)),  # a Sunday
        (date(2022, 1, 1), date(2021, 12, 31)),  # a Saturday at the turn of the year
        (date(2023, 10, 16), date(2023, 10, 16)),  # a Monday
    ],
)
def test_the_last_working_day_before_a_weekend_is_the_friday(stated: date, before: date) -> None:
    assert WorkCalendar(b.a_programme()).last_working(stated) == before


def test_a_deadline_on_a_sunday_stays_where_it_is_stated_and_names_the_friday() -> None:
    found = entry(seen(K.DEADLINES), "closes:expo-1-1")
    assert (found.first, found.last) == (date(2024, 10, 20), date(2024, 10, 20))
    (line,) = [text for text in found.lines if "不是工作日" in text]
    assert "2024年10月18日（周五）" in line


def test_a_deadline_on_a_working_day_says_nothing_of_weekends() -> None:
    assert not any("工作日" in line for line in entry(seen(K.DEADLINES), "closes:abroad-1-1").lines)


def test_a_deadline_says_the_same_whatever_day_the_plan_is_made_on() -> None:
    early, late = (
        AgendaBook(plans.programme(as_of=day), plans.plan(as_of=day), "zh").agenda(K.DEADLINES).entries
        for day in (date(2024, 10, 1), date(2024, 12, 31))
    )
    assert early == late


def test_a_firm_sees_the_deadlines_of_its_own_phases_only() -> None:
    rows = (milestone("own", phase_id="abroad-1-1"), milestone("other", phase_id="expo-1-2"), milestone("general"))
    keys = {e.key for e in seen(K.FIRM, "f2", *rows).entries}
    assert {"closes:abroad-1-1", "milestone:own"} <= keys
    assert not keys & {"closes:expo-1-1", "milestone:other", "milestone:general"}


def test_milestones_of_no_phase_stand_in_the_deadlines_if_they_fall_into_the_window() -> None:
    rows = (milestone("within"), milestone("long-ago", due=date(2014, 7, 31)), milestone("no-date", due=None))
    keys = {e.key for e in seen(K.DEADLINES, "", *rows).entries}
    assert "milestone:within" in keys
    assert not keys & {"milestone:long-ago", "milestone:no-date"}


def test_a_milestone_of_a_phase_is_shown_whatever_its_date() -> None:
    early = milestone(phase_id="expo-1-1", due=date(2024, 6, 3))
    assert entry(seen(K.EVERYTHING, "", early), "milestone:m1").first == date(2024, 6, 3)


def test_a_milestone_keeps_the_words_it_was_stated_in() -> None:
    found = entry(seen(K.DEADLINES, "", milestone(closes=True, phase_id="expo-1-1")), "milestone:m1")
    assert found.title == "截止：报送总结"
    assert found.lines == ("有关展期：第1届expo展第1期", "时间要求：前", "责任单位：各市", "出处：tests")


def test_what_the_catalogue_says_of_before_and_by_is_said_in_the_readers_language() -> None:
    row = milestone(relation="before")
    assert "时间要求：之前" in entry(seen(K.DEADLINES, "", row), "milestone:m1").lines
    assert "When: before this day" in entry(seen(K.DEADLINES, "", row, lang="en"), "milestone:m1").lines


def test_a_milestone_that_is_only_projected_is_tentative_and_its_title_says_so() -> None:
    found = entry(seen(K.DEADLINES, "", milestone(confidence=Confidence.PROJECTED), lang="en"), "milestone:m1")
    assert not found.is_firm
    assert found.title == "Milestone: Report (date not verified)"


def test_whom_a_milestone_names_in_chinese_only_is_left_out_of_english() -> None:
    lines = entry(seen(K.DEADLINES, "", milestone(relation="by"), lang="en"), "milestone:m1").lines
    assert not [line for line in lines if "Who must act" in line]
    named = entry(seen(K.DEADLINES, "", milestone(who="exhibitors"), lang="en"), "milestone:m1").lines
    assert "Who must act: exhibitors" in named
