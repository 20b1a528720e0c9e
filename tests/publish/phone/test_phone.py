"""The whole pack as a format."""

from __future__ import annotations

import re

import pytest

from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.phone.changed import Replaced
from fairplanner.publish.phone.phone import Phone, page_path
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.qr import drawing
from fairplanner.publish.subscribe.open_address import page_url
from tests.browser import PageAt
from tests.publish.phone.made import ABROAD, HOME, a_press, made, moved, the_plan_before
from tests.publish.reading import Page
from tests.publish.stress import LONG


def page_of(press: Press, party: int, replaced: Replaced | None = None) -> bytes:
    found = made(press, party, Phone(replaced))[page_path(press, press.parties[party])]
    assert isinstance(found, Publication)
    return found.content


def test_a_pack_has_pictures_a_text_and_a_calendar_for_each_day_and_one_of_each_for_all() -> None:
    found = made(a_press(), HOME)
    days = {"4月11日", *(f"4月{n}日" for n in range(12, 21))}
    kinds = [path.name.split("_")[1] for path in found]
    assert {k.removesuffix("文字") for k in kinds if k.endswith("日文字")} == days
    assert {k.removesuffix("日历") for k in kinds if k.endswith("日日历")} == days
    assert {"全部文字", "全部日历", "全部网页"} <= set(kinds)
    assert all(one.form == "png" for one in found.values() if isinstance(one, Draft))


def test_the_page_needs_no_network_and_tells_everything() -> None:
    page = Page(page_of(a_press(), HOME))
    assert not [a for a in page.addresses if not a.startswith("#")]
    assert "script" not in page.tags
    for said in ("第1版", "2025年4月15日", "f1", "f3", "标准展位2个（18平方米）", "报名截止"):
        assert said in page.text


def test_the_page_of_a_replaced_pack_says_what_changed() -> None:
    page = Page(page_of(Press(*moved(), "zh"), HOME, the_plan_before()))
    assert "第2版替代第1版" in page.text
    assert "有变化的安排" in page.text


def test_no_page_shows_money_scores_or_the_travel_of_officials() -> None:
    text = Page(page_of(a_press("en"), ABROAD)).text
    assert not re.search(r"CNY|63\.0|20,000|9,?999|lead-1|officials", text)


def test_the_same_plan_gives_the_same_files() -> None:
    press = a_press()
    assert made(press, HOME) == made(Press(press.programme, press.plan, "zh"), HOME)


def test_page_text_and_first_picture_lead_to_the_page_where_one_subscribes() -> None:
    base = a_press()
    press = Press(base.programme, base.plan, "zh", "https://example.org/f")
    url = page_url(press, AudienceKind.DELEGATION, press.parties[HOME].delegation.party_id)
    found = made(press, HOME)
    assert url in Page(page_of(press, HOME)).addresses
    (text,) = [one for path, one in found.items() if "全部文字" in path.name]
    assert isinstance(text, Publication)
    assert f"订阅日历、查看最新安排：{url}" in text.content.decode()
    codes = [one.data["qr"] for one in found.values() if isinstance(one, Draft)]
    assert codes == [drawing(url)] + [""] * (len(codes) - 1)
    assert not any(one.data["qr"] for one in made(base, HOME).values() if isinstance(one, Draft))


@pytest.mark.slow
@pytest.mark.interop
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_the_hardest_delegation_fits_a_telephone(page_at: PageAt, lang: str) -> None:
    opened = page_at(page_of(a_press(lang, stressed=True), LONG).decode(), 390)
    assert opened.sideways() == 0
    assert opened.requests == []
    assert opened.errors == []
    assert opened.flaws() == []
    assert opened.overlaps("main, header") == []
