"""Notices of a revision, as the parties read them."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from icalendar import Calendar

from fairplanner.domain.published import FeedKey
from fairplanner.publish.calendars.lint import lint
from fairplanner.publish.notices.notice import Notice, NoticeMaker, concerned
from fairplanner.publish.overlay import overlay
from tests import builders as b
from tests.publish import plans
from tests.publish.notices import made as notices


def maker(made: notices.Published, lang: str) -> NoticeMaker:
    with overlay(None) as folder:
        return NoticeMaker(made.programme, made.revision, lang, folder)


def notice(made: notices.Published, lang: str, kind: str = "firm", subject: str = "f1") -> Notice:
    (change,) = [c for c in made.changes if c.key == FeedKey(kind, subject, lang)]
    found = maker(made, lang).notice(change)
    assert found is not None
    return found


class Page(HTMLParser):
    """Text and tags of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.text, self.tags, self.open = "", [], []  # type: ignore[var-annotated]
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if "style" not in self.open else ""


def test_a_fair_that_moved_is_told_before_and_after_in_date_order() -> None:
    told = notice(notices.second(), "zh")
    assert told.subject == "示例企业f1展会日历：第2稿变更通知"
    firsts = [e.entry.first for e in told.entries]
    assert firsts == sorted(firsts)
    (fair,) = [e for e in told.entries if e.entry.key == "fair-days:abroad-1-1"]
    said = {row.label: (row.gone, row.now) for row in fair.rows}
    assert said["时间"] == (("2025年3月18日—20日（周二至周四）",), ("2025年4月8日—10日（周二至周四）",))
    assert said["地点"] == (("新加坡lion",), ("新馆，新加坡lion",))


def test_the_text_says_what_the_page_says() -> None:
    made = notices.second()
    for lang in ("zh", "en"):
        for subject in ("f1", "f2", "f3"):
            told, by = notice(made, lang, subject=subject), maker(made, lang)
            page, text = Page(by.html(told)), by.text(told).decode()
            for entry in told.entries:
                for said in (entry.title, *(line for row in entry.rows for line in (*row.gone, *row.now))):
                    assert said in page.text
                    assert said in text
            assert told.summary in page.text
            assert told.summary in text


def test_who_published_why_and_when_at_home_are_said_and_nothing_is_invented() -> None:
    facts = notice(notices.second(), "zh").facts
    # 20:00 UTC is the next day at home
    assert facts == (
        "测试，第2稿",
        "发布日期：2024年12月3日（周二）",
        "发布：planning-office",
        "说明：主办方改期 <organiser moved>",
    )
    silent = notices.second(why="")
    silent = silent._replace(revision=replace(silent.revision, by=""))
    assert notice(silent, "zh").facts == facts[:2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_needs_no_network_links_nothing_and_escapes_what_it_is_given(lang: str) -> None:
    made = notices.second()
    content = maker(made, lang).html(notice(made, lang))
    page = Page(content)
    assert page.open == []
    assert not {"a", "script", "img", "link", "form", "iframe"} & {tag for tag, _ in page.tags}
    assert b"url(" not in content
    assert b"<organiser" not in content
    assert "<organiser moved>" in page.text
    assert ("html", {"lang": "zh-CN" if lang == "zh" else lang}) in page.tags


def test_a_sample_says_so_on_page_text_and_calendar_and_real_data_does_not() -> None:
    made = notices.second()
    by, told = maker(made, "zh"), notice(made, "zh")
    for content in (by.html(told), by.text(told), by.calendar(told).replace(b"\r\n ", b"")):
        assert "示例数据" in content.decode()
    real = made._replace(programme=plans.programme(settings=b.settings(sample=False)))
    for content in (maker(real, "zh").html(told), maker(real, "zh").text(told)):
        assert "示例数据" not in content.decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_calendar_holds_exactly_the_changed_entries_as_the_feed_shows_them(lang: str) -> None:
    made = notices.second()
    for change in concerned(made.changes):
        if change.key.lang == lang:
            by = maker(made, lang)
            told = by.notice(change)
            assert told is not None
            content = by.calendar(told)
            assert lint(content) == ()
            events = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", content, re.DOTALL)
            assert {str(e["UID"]) for e in Calendar.from_ical(content).events} == {c.after.uid for c in change.entries}
            assert all(event in made.standing[change.key].content for event in events)


def test_a_cancelled_party_is_told_what_is_cancelled_and_when_it_was() -> None:
    made = notices.second()
    told = notice(made, "en", subject="f2")
    assert {e.what for e in told.entries} == {"cancelled"}
    assert told.counted == f"cancelled: {len(told.entries)}"
    text = maker(made, "en").text(told).decode()
    assert "[Cancelled] abroad fair, edition 1\n   When: 18–20 March 2025 (Tue–Thu)" in text
    assert b"STATUS:CANCELLED" in maker(made, "en").calendar(told)


def test_what_was_cancelled_and_comes_back_is_told_as_restored() -> None:
    away = notices.second()
    back = notices.published(plans.programme(), plans.plan(revision=3), away.standing, notices.SECOND + notices.BY)
    told = notice(back, "zh", subject="f2")
    assert told.counted.startswith("恢复")
    assert told.counts["restored"] == len(told.entries)


def test_fairs_and_the_offices_own_feeds_have_no_notice() -> None:
    changes = notices.second().changes
    assert {"fair", "everything"} <= {c.key.kind for c in changes}
    assert {c.key.kind for c in concerned(changes)} == {"firm", "zone", "delegation"}


def test_a_party_whose_entries_read_as_before_is_told_nothing() -> None:
    made = notices.second()
    (change,) = [c for c in made.changes if c.key == FeedKey("firm", "f3", "zh")]
    same = tuple(replace(e, after=replace(e.after, body=e.before.body)) for e in change.entries if e.before)
    assert maker(made, "zh").notice(replace(change, entries=same)) is None


def test_line_ends_in_names_and_reasons_stay_out_of_subject_and_facts() -> None:
    made = notices.second(why="a\r\nb")
    (change,) = concerned(
        [replace(c, title="甲\r\nBcc: x") for c in made.changes if c.key == FeedKey("firm", "f3", "zh")]
    )
    told = maker(made, "zh").notice(change)
    assert told is not None
    assert told.subject == "甲 Bcc: x：第2稿变更通知"
    assert told.facts[-1] == "说明：a b"


@pytest.mark.parametrize(
    ("lang", "said", "never"), [("zh", "第1稿日程通知", "变更"), ("en", "schedule, revision 1", "hange")]
)
def test_the_first_publication_tells_the_schedule_and_speaks_of_no_change(lang: str, said: str, never: str) -> None:
    made = notices.first()
    by, told = maker(made, lang), notice(made, lang)
    assert said in told.subject
    for content in (Page(by.html(told)).text, by.text(told).decode()):
        assert said in content
        assert never not in content
        assert by.w("notice.what.added") not in content


def test_a_label_is_said_once_above_the_lines_it_stands_for() -> None:
    made = notices.first()
    told = notice(made, "zh")
    text = maker(made, "zh").text(told).decode()
    several = [row for entry in told.entries for row in entry.rows if len(row.now) > 1]
    assert several
    assert text.count("说明：") <= len(told.entries)
    assert f"   说明：\n      {several[0].now[0]}\n" in text
