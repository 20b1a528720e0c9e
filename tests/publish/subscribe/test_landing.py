"""The page of a subscription: what it says, what it leaves out, and that it tells its address to nobody."""

from __future__ import annotations

import re
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pytest
import typst

from fairplanner.domain.published import Document, EntryState, Feed, FeedKey
from fairplanner.publish.calendars.ical import uid
from fairplanner.publish.calendars.showing import body_of
from fairplanner.publish.subscribe.landing import MOST_CHANGES, MOST_NEXT, changes_of, landing, zone_of
from fairplanner.words import words
from tests.publish.feeds import DEADLINE, FAIR_DAYS, FLIGHT
from tests.publish.reading import Page
from tests.publish.subscriptions import (
    ADDRESS,
    BASE,
    FIRST,
    HOST,
    SECOND,
    TOKEN,
    a_document,
    first_feeds,
    meta,
    named,
    second_feeds,
)

FIRM = FeedKey("firm", "f1", "zh")
ENGLISH = FIRM._replace(lang="en")
ABROAD = FeedKey("delegation", "prov/abroad-1-1", "zh")


def the_page(
    feed: Feed, at: datetime = FIRST, documents: Sequence[Document] = (), langs: Sequence[str] = ("zh", "en")
) -> Page:
    return Page(landing(feed, documents, ADDRESS, at, langs))


def part(page: Page, start: str, end: str) -> str:
    """Text of a page from one heading to the next."""
    return page.text.split(start, 1)[1].split(end, 1)[0]


def upcoming(page: Page) -> str:
    return part(page, "近期日程", "最近变动")


def changed(page: Page) -> str:
    return part(page, "最近变动", "在您的日历里怎样订阅")


def many(count: int, stamped: datetime = FIRST) -> tuple[EntryState, ...]:
    """Entries on one day after another."""
    return tuple(
        EntryState(
            f"fair-days:{n:03d}", uid(HOST, f"{n}"), 0, FIRST, stamped, day,
            body_of(replace(FAIR_DAYS, key=f"fair-days:{n:03d}", title=f"第{n:03d}项", first=day, last=day), False), "",
        )
        for n, day in ((n, date(2025, 1, 1) + timedelta(days=n)) for n in range(count))
    )  # fmt: skip


@pytest.mark.parametrize("key", [FIRM, ENGLISH])
def test_nothing_is_fetched_from_elsewhere_and_the_address_leaves_by_no_referrer(key: FeedKey) -> None:
    content = landing(second_feeds()[key], [a_document(lang=key.lang)], ADDRESS, SECOND)
    page = Page(content)
    fetched = [a for a in page.addresses if not a.startswith(("data:", "webcal://"))]
    assert [a for a in fetched if "/" in a or ":" in a] == [], "only files beside the page"
    assert meta(page, "referrer") == "no-referrer"
    assert "noindex" in meta(page, "robots")
    assert "url(" not in content.decode()
    assert "@import" not in content.decode()


def test_the_only_script_is_the_one_that_the_page_allows() -> None:
    text = landing(first_feeds()[FIRM], (), ADDRESS, FIRST).decode()
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    policy = meta(Page(text.encode()), "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert f"script-src 'sha256-{allowed}';" in policy
    assert " on" + "click=" not in text


@pytest.mark.parametrize(("key", "lang"), [(FIRM, "zh-CN"), (ENGLISH, "en")])
def test_it_leads_to_the_calendar_by_telephone_by_address_and_by_file(key: FeedKey, lang: str) -> None:
    page = the_page(first_feeds()[key])
    assert named(page, "html", lang=lang)
    assert f"webcal://{BASE.removeprefix('https://')}/f/{TOKEN}/f1.{key.lang}.ics" in page.addresses
    (field,) = named(page, "input")
    assert field["value"] == f"{BASE}/f/{TOKEN}/f1.{key.lang}.ics"
    assert "readonly" in field
    assert [a["href"] for a in named(page, "a") if "download" in a] == [f"f1.{key.lang}.ics"]


def test_it_leads_to_the_same_in_the_other_language_if_there_is_one() -> None:
    assert named(the_page(first_feeds()[FIRM]), "a", href="index.en.html", hreflang="en")
    assert named(the_page(first_feeds()[ENGLISH]), "a", href="index.zh.html", hreflang="zh")
    assert not named(the_page(first_feeds()[FIRM], langs=("zh",)), "a", hreflang="en")


@pytest.mark.parametrize("key", [FIRM, ENGLISH])
def test_its_code_is_the_page_itself(key: FeedKey, tmp_path: Path) -> None:
    scan = shutil.which("zbarimg")
    page = the_page(first_feeds()[key])
    (image,) = named(page, "img")
    assert ADDRESS.page(key.lang) in (image["alt"] or "")
    svg = b64decode((image["src"] or "").removeprefix("data:image/svg+xml;base64,"))
    assert svg.startswith(b"<svg")
    if not scan:
        pytest.skip("needs zbarimg")
    drawn = b"#set page(width: 6cm, height: 6cm, margin: 0pt)\n#image(bytes(sys.inputs.svg), width: 6cm)"
    (tmp_path / "q.png").write_bytes(typst.compile(drawn, format="png", sys_inputs={"svg": svg.decode()}))
    code = [scan, "-q", "--raw", "q.png"]
    read = subprocess.run(code, cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603 - a fixed command
    assert read.stdout.strip() == ADDRESS.page(key.lang)


def test_samples_say_so_and_others_do_not() -> None:
    feed = first_feeds()[FIRM]
    assert "示例数据" in the_page(feed).text
    assert "示例数据" not in the_page(replace(feed, states=many(1), content=b"")).text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sample_without_entries_is_known_by_the_head_of_its_calendar(lang: str) -> None:
    feed = replace(first_feeds()[FIRM._replace(lang=lang)], states=())
    assert "示例数据" in the_page(feed).text or "Sampledata" in the_page(feed).text


def test_an_empty_feed_says_that_nothing_is_planned_and_can_be_subscribed_to_all_the_same() -> None:
    page = the_page(replace(first_feeds()[FIRM], states=()))
    assert "目前没有安排" in upcoming(page)
    assert any(a.startswith("webcal://") for a in page.addresses)


def test_what_is_over_or_cancelled_is_no_next_date() -> None:
    page = the_page(second_feeds()[FIRM], SECOND)
    assert "第1届expo展第1期" in upcoming(page)
    assert "abroad" not in upcoming(page)


def test_where_all_is_past_it_says_that_what_was_planned_is_over() -> None:
    said = upcoming(the_page(second_feeds()[FIRM], datetime(2026, 1, 1, tzinfo=UTC)))
    assert "已安排的日程都已结束（最后一项：2025年" in said
    assert "目前没有安排" not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_hint_in_wechat_names_the_button_as_it_is_called(lang: str) -> None:
    w = words(lang)
    for key in ("wechat", "steps.wechat"):
        assert f"“{w('subscribe.button')}”" in w(f"subscribe.{key}")


def test_what_goes_on_today_is_still_listed() -> None:
    feed = replace(first_feeds()[FIRM], states=many(1))
    assert "第000项" in upcoming(the_page(feed, datetime(2025, 1, 1, 12, tzinfo=UTC)))
    assert "第000项" not in upcoming(the_page(feed, datetime(2025, 1, 1, 16, tzinfo=UTC))), "midnight in China"


def test_more_dates_than_fit_are_counted() -> None:
    feed = replace(first_feeds()[FIRM], states=many(MOST_NEXT + 3))
    text = upcoming(the_page(feed))
    assert f"第{MOST_NEXT - 1:03d}项" in text
    assert f"第{MOST_NEXT:03d}项" not in text
    assert "还有3项较晚的日程" in text


def test_the_first_publication_is_no_change() -> None:
    assert changes_of(first_feeds()[FIRM]) == ()
    assert "没有变动" in changed(the_page(first_feeds()[FIRM]))


def test_changes_say_what_became_of_an_entry_and_when_that_was_published() -> None:
    text = changed(the_page(second_feeds()[FIRM], SECOND))
    assert "2024年12月11日（周三）发布" in text
    assert "取消去程：hills至lion2025年3月15日（周六）" in text
    assert "更改去程：hills至harbour2025年4月12日（周六）" in text
    assert "保留30天" in text


def test_an_entry_that_came_later_is_new() -> None:
    states = (*many(1), *(replace(s, key="fair-days:new", created=SECOND, modified=SECOND) for s in many(1)))
    assert "新增第000项" in changed(the_page(replace(first_feeds()[FIRM], states=states), SECOND))


def test_changes_come_newest_first_and_the_rest_is_counted() -> None:
    count = MOST_CHANGES + 2
    states = tuple(
        replace(s, sequence=1, modified=SECOND + timedelta(hours=n)) if n else s for n, s in enumerate(many(count + 1))
    )
    text = changed(the_page(replace(first_feeds()[FIRM], states=states), SECOND + timedelta(days=1)))
    assert text.index(f"第{count:03d}项") < text.index(f"第{count - 1:03d}项")
    assert "第002项" not in text
    assert "还有2项变动" in text


def test_changes_of_long_ago_are_not_told() -> None:
    assert "没有变动" in changed(the_page(second_feeds()[FIRM], SECOND + timedelta(days=61)))
    assert "没有变动" not in changed(the_page(second_feeds()[FIRM], SECOND + timedelta(days=60)))


def test_documents_of_the_language_are_listed_with_kind_and_size() -> None:
    documents = [a_document("说明 1.pdf", size=12_345), a_document("answer.en.html", "en")]
    page = the_page(first_feeds()[FIRM], documents=documents)
    assert "文件说明1.pdf（PDF，12KB）" in page.text
    assert "说明 1.pdf" in [unquote(a) for a in page.addresses]
    assert "answer.en.html" not in page.addresses


def test_documents_in_another_language_are_better_than_none() -> None:
    assert "answer.zh.html" in the_page(first_feeds()[ENGLISH], documents=[a_document()]).addresses


def test_no_documents_leave_no_heading() -> None:
    assert "可下载的文件" not in the_page(first_feeds()[FIRM]).text


def test_hours_are_told_where_they_are_known() -> None:
    states = tuple(
        EntryState(e.key, uid(HOST, e.key), 0, FIRST, FIRST, e.last, body_of(e, False), "") for e in (FLIGHT, DEADLINE)
    )
    text = upcoming(the_page(replace(first_feeds()[FIRM], states=states)))
    assert "2025年4月18日（周五）08:45—13:20（当地时间）" in text
    assert "截止报名截止2025年5月30日（周五）23:44—23:59" in text


def test_titles_are_text_and_never_markup() -> None:
    feed = replace(first_feeds()[FIRM], title='<img src="https://elsewhere.invalid/x">')
    page = the_page(feed)
    assert len(named(page, "img")) == 1
    assert "elsewhere.invalid" in page.text


def test_it_is_the_same_page_for_the_whole_of_a_day_of_its_reader() -> None:
    feed = first_feeds()[FIRM]
    assert zone_of(feed) == "Asia/Shanghai"
    morning, night = datetime(2024, 12, 1, 16, tzinfo=UTC), datetime(2024, 12, 2, 15, 59, tzinfo=UTC)
    assert landing(feed, (), ADDRESS, morning) == landing(feed, (), ADDRESS, night)
    assert landing(feed, (), ADDRESS, morning) != landing(feed, (), ADDRESS, night + timedelta(minutes=1))


def test_a_delegation_is_told_how_long_each_calendar_takes_and_that_a_copy_never_updates() -> None:
    page = the_page(first_feeds()[ABROAD])
    for told in ("几小时至一天", "3至24小时", "30分钟", "以后不会更新", "在浏览器打开", "请勿外传"):
        assert told in page.text


@pytest.mark.parametrize("key", [FIRM, ENGLISH])
def test_a_paper_in_two_languages_is_offered_to_readers_of_either(key: FeedKey) -> None:
    papers = [a_document(lang=lang, name=f"paper.{lang}.pdf") for lang in ("zh", "en", "zh-en")]
    offered = the_page(first_feeds()[key], documents=papers).addresses
    assert {p for p in offered if p.startswith("paper.")} == {f"paper.{key.lang}.pdf", "paper.zh-en.pdf"}
