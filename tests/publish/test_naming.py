from __future__ import annotations

from datetime import date

import pytest

from fairplanner.domain.kinds import Role, Status
from fairplanner.publish.naming import Naming, dates_in_words
from fairplanner.words import words
from tests import builders as b
from tests.publish import plans

SPANS = [
    (date(2027, 4, 15), date(2027, 4, 15), "2027年4月15日（周四）", "15 April 2027 (Thu)"),
    (date(2027, 4, 15), date(2027, 4, 19), "2027年4月15日—19日（周四至周一）", "15–19 April 2027 (Thu–Mon)"),
    (
        date(2025, 10, 31),
        date(2025, 11, 4),
        "2025年10月31日—11月4日（周五至周二）",
        "31 October – 4 November 2025 (Fri–Tue)",
    ),
    (
        date(2025, 12, 30),
        date(2026, 1, 2),
        "2025年12月30日—2026年1月2日（周二至周五）",
        "30 December 2025 – 2 January 2026 (Tue–Fri)",
    ),
]


@pytest.mark.parametrize(("first", "last", "zh", "en"), SPANS)
def test_dates_are_written_in_one_style_across_months_and_years(first: date, last: date, zh: str, en: str) -> None:
    assert dates_in_words(words("zh"), first, last) == zh
    assert dates_in_words(words("en"), first, last) == en


@pytest.mark.parametrize(
    ("edition", "zh", "en"),
    [
        ("138", "第138届expo展", "expo fair, edition 138"),
        ("2025", "2025年expo展", "expo fair 2025"),
        ("", "expo展", "expo fair"),
        ("7/8?", "2025年expo展", "expo fair 2025"),
    ],
)
def test_an_edition_is_a_number_or_the_year_where_it_is_none(edition: str, zh: str, en: str) -> None:
    programme = b.a_programme(phases=(b.phase(edition=edition),))
    assert Naming(programme, "zh").phase("expo-1-1") == zh
    assert Naming(programme, "en").phase("expo-1-1") == en


def test_a_phase_is_numbered_only_where_its_edition_is_divided() -> None:
    naming = Naming(b.a_programme(), "zh")
    assert naming.phase("expo-1-2") == "第1届expo展第2期"
    assert naming.phase("abroad-1-1") == "第1届abroad展"


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (Status.ANNOUNCED, "茶展"),
        (Status.PROVISIONAL, "茶展（暂定）"),
        (Status.PROJECTED, "茶展（暂定，据往届推算）"),
        (Status.UNKNOWN, "茶展（待定）"),
    ],
)
def test_a_title_says_how_sure_its_date_is(status: Status, title: str) -> None:
    assert Naming(b.a_programme(), "zh").dated("茶展", status) == title


def test_delegations_carry_the_words_of_the_field() -> None:
    naming = Naming(plans.programme(), "zh")
    assert naming.delegation(plans.at_home()) == "prov区交易团：第1届expo展第1期"
    assert naming.delegation(plans.at_home(sponsor="east")) == "east区分团：第1届expo展第1期"
    assert naming.delegation(plans.abroad()) == "prov区参展团：第1届abroad展"


def test_a_name_that_one_language_lacks_is_said_in_the_other() -> None:
    programme = b.a_programme(
        phases=(b.phase(venue_zh="琶洲展馆"), b.phase("abroad", place_id="lion", venue_en="Expo Hall")),
        posts=(b.post(title_zh="", title_en="Head"),),
    )
    spot = Naming(programme, "en").spot("expo-1-1")
    other = Naming(programme, "zh").spot("abroad-1-1")
    assert spot is not None
    assert other is not None
    assert (spot.venue, spot.territory, other.venue) == ("琶洲展馆", "China", "Expo Hall")
    assert Naming(programme, "zh").post("lead-1") == "Head"


def test_a_phase_in_no_known_city_has_no_spot() -> None:
    assert Naming(b.a_programme(phases=(b.phase(place_id=""),)), "zh").spot("expo-1-1") is None


@pytest.mark.parametrize(
    ("roles", "home", "below", "abroad"),
    [
        ((Role.BUY,), "prov区交易团（采购）：", "east区分团（采购）：", "prov区采购团："),
        ((Role.VISIT,), "prov区参会团：", "east区分团（参会）：", "prov区参会团："),
        ((Role.NEGOTIATE,), "prov区洽谈团：", "east区分团（洽谈）：", "prov区洽谈团："),
        ((Role.BUY, Role.VISIT), "prov区交易团：", "east区分团：", "prov区经贸团："),
        ((Role.EXHIBIT, Role.BUY), "prov区交易团：", "east区分团：", "prov区参展团："),
    ],
)
def test_those_who_do_not_exhibit_give_their_delegation_another_name(
    roles: tuple[Role, ...], home: str, below: str, abroad: str
) -> None:
    naming = Naming(plans.programme(), "zh")
    assert naming.delegation(plans.at_home(), roles).startswith(home)
    assert naming.delegation(plans.at_home(sponsor="east"), roles).startswith(below)
    assert naming.delegation(plans.abroad(), roles).startswith(abroad)


def test_source_documents_are_named_by_issuer_and_number_and_addresses_stay() -> None:
    text = "000_fe84c965cbecbcbe.txt ; https://example.org/a"
    assert Naming(plans.programme(), "zh").source(text) == (
        "广东省人民政府办公厅，粤办函〔2014〕361号，2014年7月24日发布；https://example.org/a"
    )
    assert "Yuebanhan [2014] No. 361" in Naming(plans.programme(), "en").source(text)
    assert Naming(plans.programme(), "zh").source("own.txt") == "own.txt"


def test_chinese_is_left_out_of_other_languages_only() -> None:
    assert Naming(plans.programme(), "en").readable("各市（州）商务局") == ""
    assert Naming(plans.programme(), "en").readable("CFTC") == "CFTC"
    assert Naming(plans.programme(), "zh").readable("各市（州）商务局") == "各市（州）商务局"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("两会（示例） the two sessions (sample)", "两会（示例）", "the two sessions (sample)"),
        ("春节前后 around the Spring Festival", "春节前后", "around the Spring Festival"),
        ("参加 NAMM Show", "参加 NAMM Show", "参加 NAMM Show"),
        ("ATA 单证册 due back then", "ATA 单证册 due back then", "ATA 单证册 due back then"),
        ("省两会", "省两会", "省两会"),
        ("the congress", "the congress", "the congress"),
        ("展位 x3（示例）", "展位 x3（示例）", "展位 x3（示例）"),
    ],
)
def test_of_a_text_that_says_it_twice_each_reader_has_his_half(text: str, zh: str, en: str) -> None:
    assert (Naming(plans.programme(), "zh").half(text), Naming(plans.programme(), "en").half(text)) == (zh, en)


def test_a_small_label_begins_with_edition_and_phase_where_a_fair_is_shown_several_times() -> None:
    zh, en = (Naming(plans.programme(), lang) for lang in ("zh", "en"))
    several = ("expo-1-1", "expo-1-2", "abroad-1-1")
    assert zh.brief(["expo-1-1"], several).startswith("1届1期 ")
    assert en.brief(["expo-1-2"], several).startswith("1, phase 2: ")
    name = zh.say.name(plans.programme().fair[plans.programme().phase["expo-1-1"].fair_id])
    assert zh.brief(["expo-1-1"], ("expo-1-1", "abroad-1-1")) == name
    assert len(zh.brief(["expo-1-1", "expo-1-2"], several).split("、")) == 2
