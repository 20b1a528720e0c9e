"""The public list of places: proposed until its notice has ended, names and booths, in every form the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.lists.places_list import list_sheet, places_list
from fairplanner.publish.overlay import overlay
from fairplanner.publish.press import Press
from fairplanner.publish.typesetter import Typesetter
from fairplanner.rules.reckon.lists import places_lists
from tests import builders as b
from tests.publish.reading import Page, pdf_text, sheets_of
from tests.rules.plans import place, plan
from tests.rules.reckon.test_allotments import handed_out

FIRST, LAST = date(2024, 10, 28), date(2024, 11, 1)
CONFIRMED = {"zh": ("入围", "确认"), "en": ("admitted", "confirmed")}


def a_list(as_of: date = date(2024, 11, 5), **tables: Any) -> tuple[Programme, Plan]:
    programme = handed_out(
        **({"notices": (b.notice(FIRST, LAST, objections=1, answered=1, result="异议不成立"),)} | tables),
        settings=b.settings(as_of=as_of, packs=(b.pack_choice("places"),)), decisions=(b.decision(firm_id="f3"),),
    )  # fmt: skip
    return programme, plan(programme, place("f1", booths=2), place("f3"))


def texts(programme: Programme, made: Plan, lang: str) -> dict[str, str]:
    with overlay(None) as folder:
        files = {
            str(p.path): p.content
            for p in Typesetter().publications(places_list(Press(programme, made, lang), folder), folder)
        }
    cells = [
        str(c) for rows in sheets_of(files[f"places/expo-1-1.{lang}.xlsx"]).values() for row in rows for c in row if c
    ]
    return {
        "html": Page(files[f"places/expo-1-1.{lang}.html"]).text,
        "pdf": pdf_text(files[f"places/expo-1-1.{lang}.pdf"]),
        "xlsx": " ".join(cells),
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("as_of", "changes"),
    [
        (date(2024, 10, 20), {}),
        (date(2024, 11, 1), {}),
        (date(2024, 11, 5), {"notices": ()}),
        (date(2024, 11, 5), {"notices": (b.notice(FIRST, LAST, objections=1),)}),
    ],
)
def test_no_form_says_confirmed_before_the_notice_has_ended(lang: str, as_of: date, changes: dict[str, Any]) -> None:
    for form, text in texts(*a_list(as_of, **changes), lang).items():
        assert not any(word in text for word in CONFIRMED[lang]), (form, text)


@pytest.mark.parametrize(("lang", "word"), [("zh", "入围"), ("en", "admitted")])
def test_after_the_notice_every_form_says_so(lang: str, word: str) -> None:
    assert all(word in text for text in texts(*a_list(), lang).values())


def test_the_page_tells_the_notice_its_working_days_objections_and_result() -> None:
    text = texts(*a_list(), "zh")["html"]
    for said in ("2024年10月28日—11月1日", "共5个工作日", "收到异议1件，已答复1件", "异议不成立"):
        assert said in text.replace(" ", ""), said


def test_places_stand_in_order_then_those_who_wait_and_decided_ones_say_so() -> None:
    programme, made = a_list()
    sheet = list_sheet(Press(programme, made, "zh"), "expo-1-1", places_lists(programme, made))
    (section,) = sheet.sections
    assert section.table is not None
    assert [(row[0], row[1], row[2], row[4]) for row in section.table.rows] == [
        ("入围", "1", "示例企业f1", "2"), ("", "2", "示例企业f3", "1"), ("候补", "1", "示例企业f2", ""),
    ]  # fmt: skip
    assert section.table.rows[1][3] == "机动展位"
    assert section.table.total[-1] == "3"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobodys_score_is_public_but_the_last_that_got_a_place(lang: str) -> None:
    scores = tuple(b.application(f, score=s, booths=3) for f, s in (("f1", 91.3), ("f2", 82.7), ("f3", 73.9)))
    for form, text in texts(*a_list(applications=scores), lang).items():
        assert "82.7" not in text
        assert "73.9" not in text
        assert ("91.3" in text) == (form != "xlsx")


def test_a_base_score_that_the_quota_states_is_told_with_what_further_booths_take() -> None:
    # 70 × 2 firms; (180 - 140) ÷ 2 booths
    text = texts(*a_list(quotas=(b.quota(booths=4, base_score=70.0),)), "zh")["html"]
    assert "达到基准分70.0的安排首个展位" in text.replace(" ", "")
    assert "示例规则包" in text
    assert "基准分" not in texts(*a_list(), "zh")["html"]
