"""The corrected list: the same rows as page, CSV and XLSX, the changes marked; nothing that the public may not see."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

import pytest

from fairplanner.amend import by_firm, people, post, promote, withdraw
from fairplanner.domain.amending import Amended
from fairplanner.publish.lists.corrected_list import corrected_list
from fairplanner.publish.overlay import overlay
from tests import builders as b
from tests.amend.plans import a_queue, act
from tests.amend.test_posts import abroad
from tests.publish.reading import Page, sheets_of

Rows = list[tuple[str, ...]]


@cache
def change(verb: str) -> Amended:
    if verb == "post":
        programme, plan = abroad()
        (old,) = plan.delegations[0].posts
        return post(
            programme,
            plan,
            plan.delegations[0].delegation_id,
            old,
            "lead-2" if old == "lead-1" else "lead-1",
            act("post"),
        )
    chosen = (b.choice("expo", policy="optimise"),) if verb == "no-order" else (b.choice("abroad", least_firms=2),)
    programme, plan = a_queue(choices=chosen)
    if verb == "people":
        return people(programme, plan, "f2", "expo-1-1", 1, act("people"))
    if verb == "firm":
        return by_firm(programme, plan, "f2", "expo-1-1", "f4", act("firm"))
    if verb in ("waiting", "no-order"):
        return withdraw(
            programme, plan, "f4" if verb == "waiting" else plan.participations[0].firm_id, "expo-1-1", act()
        )
    gone = withdraw(programme, plan, "f2", "expo-1-1", act())
    return gone if verb == "withdraw" else promote(*gone.after, "expo-1-1", act("promote"))


def files(verb: str, lang: str) -> dict[str, bytes]:
    with overlay(None) as folder:
        return {str(p.path): p.content for p in corrected_list(change(verb), lang, folder)}


def rows(made: dict[str, bytes], lang: str) -> Rows:
    """Lines of the CSV without titles and headers."""
    text = made[f"corrected.{lang}.csv"].decode("utf-8-sig")
    return [tuple(row) for row in csv.reader(text.splitlines()[2:])]


def marked(found: Iterable[tuple[str, ...]]) -> Rows:
    return [row for row in found if row[0]]


def test_who_left_is_struck_through_and_who_waits_keeps_the_turn() -> None:
    made = files("withdraw", "zh")
    found = rows(made, "zh")
    assert marked(found) == [("退展", "", "prov区", "", "", "示例企业f2", "", "原安排 1 个展位")]
    assert [(r[3], r[4], r[5]) for r in found if not r[0]] == [
        ("拟安排", "1", "示例企业f1"), ("拟安排", "2", "示例企业f3"), ("候补", "1", "示例企业f4"), ("候补", "2", "示例企业f5"),
    ]  # fmt: skip
    html = made["corrected.zh.html"].decode()
    assert html.count('<tr class="gone">') == 2, "once among the changes, once in the list"


def test_who_came_in_and_whose_turn_moved_is_marked_with_what_was() -> None:
    assert marked(rows(files("promote", "zh"), "zh")) == [
        ("递补", "", "prov区", "拟安排", "3", "示例企业f4", "1", "原候补第 1 位"),
        ("次序变更", "", "prov区", "候补", "1", "示例企业f5", "", "原候补第 2 位"),
    ]
    assert [r[0] for r in marked(rows(files("firm", "en"), "en"))] == ["instead", "withdrawn", "turn"]


def test_people_posts_and_leaving_the_reserve_list_are_marked() -> None:
    assert [(r[0], r[-1]) for r in marked(rows(files("people", "zh"), "zh"))] == [("人数变更", "2 人改为 1 人")]
    assert [(r[0], r[-1]) for r in marked(rows(files("waiting", "zh"), "zh"))] == [
        ("退出候补", "原候补第 1 位"), ("次序变更", "原候补第 2 位"),
    ]  # fmt: skip
    (row,) = marked(rows(files("post", "en"), "en"))
    assert row[0] == "post"
    assert row[2] != row[3].removeprefix("was ").strip("'")


def test_a_fair_without_an_order_lists_who_goes_and_who_left() -> None:
    made = change("no-order")
    found = rows(files("no-order", "zh"), "zh")
    assert [r[0] for r in marked(found)] == ["退展"]
    assert len(found) == len(made.after[1].participations) + 1


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verb", ["withdraw", "promote", "firm", "people", "waiting", "no-order", "post"])
def test_page_csv_and_workbook_say_the_same_and_give_nothing_away(verb: str, lang: str) -> None:
    made = files(verb, lang)
    assert sorted(made) == [f"corrected.{lang}.{end}" for end in ("csv", "html", "xlsx")]
    found = rows(made, lang)
    (sheet,) = sheets_of(made[f"corrected.{lang}.xlsx"]).values()
    assert [tuple("" if c is None else str(c) for c in row) for row in sheet[2:]] == found
    page = Page(made[f"corrected.{lang}.html"]).text
    assert [cell for row in found for cell in row if "".join(cell.split()) not in page] == []
    for told in (page, made[f"corrected.{lang}.csv"].decode()):
        assert "产品未备齐" not in told, "a firm's reason is nobody else's business"
        assert "10,000" not in told
    assert files(verb, lang) == made
