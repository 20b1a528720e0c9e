"""What is shown to a driver: both scripts, the one read there first, and nothing that nobody knows."""

from __future__ import annotations

import pytest

from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Card
from fairplanner.publish.sheets.handout_driver import driver
from tests import builders as b
from tests.publish import plans


def cards(territory: str, lang: str = "zh", **venue: str) -> tuple[Card, ...]:
    phases = (b.phase("abroad", 1, place_id="lion", **venue), *plans.programme().phases[1:])
    places = (
        *plans.programme().places[:2],
        b.place("lion", 1.3, 103.8, territory, "Asia/Singapore", name_zh="狮城", name_en="Lion City"),
    )
    codes = sorted({"CN", "SG", territory})
    territories = tuple(b.r.Territory(territory_id=c, name_zh=c, name_en=c, **b.SAMPLE) for c in codes)
    press = Press(plans.programme(phases=phases, places=places, territories=territories), plans.plan(), lang)
    return driver(press, ("abroad-1-1", "abroad-1-1")).cards


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_read_there_stands_first_whatever_the_reader_s_language(lang: str) -> None:
    venue = {"venue_zh": "会展中心", "venue_en": "Expo Hall"}
    assert cards("SG", lang, **venue)[0].large == cards("SG", **venue)[0].large
    assert "Expo Hall" in cards("SG", lang, **venue)[0].large[0]
    assert "会展中心" in cards("HK", lang, **venue)[0].large[0]


def test_where_the_local_script_is_not_known_the_card_says_so_and_leaves_a_line() -> None:
    abroad, at_home = cards("SG", venue_zh="会展中心")[0], cards("TW", venue_zh="会展中心")[0]
    assert [(name.startswith("当地文字"), value) for name, value in abroad.facts] == [(True, "")]
    assert at_home.facts == ()


def test_a_venue_that_is_not_known_is_a_line_and_not_a_guess() -> None:
    card = cards("SG")[0]
    assert card.large == ("Lion City", "狮城")
    assert card.facts[0] == ("展馆（没有资料，以主办方通知为准）", "")


def test_each_venue_stands_once_and_each_city_has_a_card_for_the_hotel() -> None:
    made = cards("SG", venue_en="Expo Hall")
    assert len(made) == 2
    assert made[1].title.startswith("狮城住宿酒店")
    assert {value for _, value in made[1].facts} == {""}
