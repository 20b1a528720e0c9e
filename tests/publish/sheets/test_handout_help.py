"""Whom to call first: by role, with numbers from the table of local facts or with a line to fill."""

from __future__ import annotations

from typing import Any

from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section
from fairplanner.publish.sheets.handout_help import EVERYBODY, FIRMS, emergency
from tests import builders as b
from tests.publish import plans

FACTS = (
    b.local_fact(
        "help", "consular", confidence="sourced", text_zh="领事热线 12308（测试）", text_en="Consular 12308 (test)"
    ),
    b.local_fact(
        "sg-police",
        "emergency",
        territory_id="SG",
        confidence="user",
        text_zh="报警 999（测试）",
        text_en="Police 999 (test)",
    ),
)


def made(phases: tuple[str, ...], roles: tuple[str, ...] = FIRMS, lang: str = "zh", **tables: Any) -> Section:
    return emergency(Press(plans.programme(**tables), plans.plan(), lang), phases, roles)


def test_numbers_that_no_table_holds_are_lines_to_fill() -> None:
    local = made(("abroad-1-1",)).cards[0]
    assert [value for _, value in local.facts] == [""] * 4


def test_known_numbers_are_printed_in_the_reader_s_language() -> None:
    for lang, said in (
        ("zh", ("报警 999（测试）", "领事热线 12308（测试）")),
        ("en", ("Police 999 (test)", "Consular 12308 (test)")),
    ):
        local = made(("abroad-1-1",), lang=lang, local_facts=FACTS).cards[0]
        assert [value for _, value in local.facts] == [said[0], "", "", said[1]]


def test_a_number_that_is_not_sure_says_so() -> None:
    heard = b.local_fact(
        "sg-police", "emergency", territory_id="SG", text_zh="报警 999（测试）", confidence="background"
    )
    assert made(("abroad-1-1",), local_facts=(heard,)).cards[0].facts[0][1] == "报警 999（测试）（背景知识）"


def test_consular_help_is_for_other_countries_only() -> None:
    at_home = made(("expo-1-1",), local_facts=FACTS)
    shown = [label for card in at_home.cards for label, _ in card.facts]
    assert not [label for label in shown if "领" in label.replace("领队", "") or "使领馆" in label]


def test_a_city_is_listed_once_and_every_role_has_its_order() -> None:
    cards = made(("abroad-1-1", "expo-1-1", "expo-1-2"), EVERYBODY).cards
    assert [c.title for c in cards] == ["当地电话：lion", "当地电话：harbour", "企业人员", "领队、联络员", "公务人员"]
    for card in cards[2:]:
        assert [label.split("　")[0] for label, _ in card.facts] == [str(n) for n in range(1, len(card.facts) + 1)]
        assert card.facts[0] == ("1　报警、急救", "见当地电话栏")


def test_firms_read_nothing_of_officials_there() -> None:
    assert not [c for c in made(("abroad-1-1",)).cards if "公务" in c.title or any("公务" in x for x, _ in c.facts)]
