"""The report in a real browser: silent, by itself, usable by keyboard and screen reader, nothing over anything else at any width."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from fairplanner.publish.press import Press
from fairplanner.publish.report.report import report_page
from fairplanner.shipped import shipped
from tests.browser import Opened, PageAt
from tests.publish.stress import stress

pytestmark = pytest.mark.interop

WIDTHS = {390: "phone", 800: "paper", 1280: "desk", 1920: "desk"}
SHOWN = (
    "() => [...document.querySelectorAll('figure [class^=at-]')].filter(d => d.checkVisibility()).map(d => d.className)"
)

SHARES = """() => [...document.querySelectorAll('figure svg')].filter(s => s.checkVisibility())
    .map(s => s.getBoundingClientRect().width / s.closest('figure').getBoundingClientRect().width)"""


@lru_cache
def _report(lang: str) -> bytes:
    return report_page(Press(*stress(), lang), shipped("templates"))


def _rows(opened: Opened) -> int:
    return int(opened.page.evaluate("() => [...document.querySelectorAll('.list tbody tr')].filter(r => r.checkVisibility()).length"))  # fmt: skip


def test_it_says_nothing_to_the_console_and_asks_the_network_for_nothing(page_at: PageAt) -> None:
    opened = page_at(_report("zh"), 1280)
    opened.page.fill("#q", "示例")
    opened.until("document.querySelector('.found').textContent")
    assert opened.errors == []
    assert opened.requests == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_at_every_width_one_drawing_of_each_chart_fits_and_no_label_lies_over_another(
    page_at: PageAt, lang: str
) -> None:
    opened = page_at(_report(lang), 1280)
    for width, kind in WIDTHS.items():
        opened.page.set_viewport_size({"width": width, "height": 900})
        assert opened.texts("figure svg"), width
        assert opened.overlaps("figure svg") == [], width
        assert opened.overlaps(".strip") == [], width
        assert opened.sideways() == 0, width
        assert set(opened.page.evaluate(SHOWN)) == {f"at-{kind}"}, width
        assert min(opened.page.evaluate(SHARES)) > 0.9, width


@pytest.mark.parametrize(("width", "dark"), [(390, False), pytest.param(1280, True, marks=pytest.mark.slow)])
def test_a_blind_reader_stumbles_over_nothing(page_at: PageAt, width: int, dark: bool) -> None:
    assert page_at(_report("zh"), width, dark=dark).flaws() == []


def test_search_works_by_keyboard_alone_and_says_how_much_it_found(page_at: PageAt) -> None:
    opened = page_at(_report("zh"), 1280)
    keys, before = opened.page.keyboard, _rows(opened)
    for _ in range(30):
        keys.press("Tab")
        if opened.page.evaluate("() => document.activeElement.id") == "q":
            break
    keys.type("第7分公司 expo")
    opened.until("document.querySelector('.found').textContent.includes('没有')")
    for _ in range(5):
        keys.press("Backspace")
    opened.until("document.querySelector('.found').textContent.includes('有 1 行')")
    assert _rows(opened) == 1 < before
    assert opened.page.evaluate("() => document.querySelector('.found').getAttribute('aria-live')") == "polite"
    keys.press("Escape")
    opened.until("!document.querySelector('.found').textContent")
    assert _rows(opened) == before


def test_a_filter_keeps_what_lies_in_a_zone_and_below_it_and_puts_away_what_it_does_not_concern(
    page_at: PageAt,
) -> None:
    opened = page_at(_report("zh"), 1280)
    east = next(
        o for o in opened.page.query_selector_all("select[name=z] option") if "经济技术开发区" in o.inner_text()
    )
    opened.page.select_option("select[name=z]", east.get_attribute("value"))
    opened.until("document.querySelector('.found').textContent")
    zones = opened.page.evaluate(
        "() => [...document.querySelectorAll('#list-places tbody tr.on')].map(r => r.cells[1].textContent)"
    )
    assert zones
    assert {zone.count("经济技术开发区") for zone in zones} == {1}
    assert not opened.page.is_visible("#markets")
    opened.page.focus("button[type=reset]")
    opened.page.keyboard.press("Enter")
    opened.until("!document.querySelector('.found').textContent")
    assert opened.page.is_visible("#markets")
    assert opened.page.evaluate("() => document.activeElement.id") == "q"


def test_a_heading_sorts_by_keyboard_and_says_which_way(page_at: PageAt) -> None:
    opened = page_at(_report("zh"), 1280)
    head = "#table-places th:nth-child(7)"
    scores = (
        "() => [...document.querySelectorAll('#table-places tbody tr.on')].map(r => parseFloat(r.cells[6].textContent))"
    )
    opened.page.focus(f"{head} button")
    opened.page.keyboard.press("Enter")
    assert opened.page.get_attribute(head, "aria-sort") == "ascending"
    up = opened.page.evaluate(scores)
    assert up == sorted(up)
    opened.page.keyboard.press("Enter")
    assert opened.page.get_attribute(head, "aria-sort") == "descending"
    down = opened.page.evaluate(scores)
    assert down == sorted(down, reverse=True)
    assert down[0] > up[0]


def test_a_bar_of_the_timeline_leads_to_its_delegation(page_at: PageAt) -> None:
    opened = page_at(_report("zh"), 1280)
    opened.page.fill("#q", "一日")
    opened.until("document.querySelector('.found').textContent")
    opened.page.evaluate("() => { location.hash = document.querySelector('.at-desk svg a').getAttribute('href') }")
    opened.until("document.activeElement.tagName === 'TR'")
    assert opened.page.evaluate("() => document.activeElement.id === location.hash.slice(1)")


def test_without_script_everything_is_there_to_read(page_at: PageAt) -> None:
    opened = page_at(_report("zh"), 1280, script=False)
    assert not opened.page.is_visible(".search")
    assert "第59分公司" in opened.page.inner_text("#list-places")
    assert opened.page.is_visible("#list-funds table")


@pytest.mark.slow
def test_it_prints_with_every_section_and_every_details_open(page_at: PageAt) -> None:
    opened = page_at(_report("zh"), 1280)
    opened.page.emulate_media(media="print")
    titles = [h.inner_text() for h in opened.page.query_selector_all("main section > h2:not(.unseen)")]
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(opened.page.pdf(format="A4"))).pages)
    text = normalize("NFKC", text)  # some fonts draw 日 with the glyph of the radical ⽇
    assert len(titles) == 14
    assert [title for title in titles if title not in text] == []
    assert opened.page.is_visible("#list-funds table")
    assert not opened.page.is_visible(".search")
    assert opened.sideways() == 0
