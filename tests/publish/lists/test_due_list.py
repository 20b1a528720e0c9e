from __future__ import annotations

from datetime import date

from fairplanner.publish.dress import Dress
from fairplanner.publish.lists.due_list import DueList, due_list
from fairplanner.publish.naming import Naming
from fairplanner.publish.overlay import overlay
from fairplanner.publish.press import Press
from fairplanner.words import words
from tests import builders as b
from tests.publish import plans


def seen(lang: str = "zh", **tables: object) -> list[tuple[date, str, str]]:
    programme = b.a_programme(**tables)
    w = words(lang)
    lines = DueList(Naming(programme, lang), Dress(w, "CNY")).lines(None)
    return [(x.due, x.cells[2], x.cells[3]) for x in lines]


def test_duties_and_closing_days_stand_in_one_list_by_what_is_due_next_and_what_is_past_last() -> None:
    found = seen(
        duties=(b.duty("visa", -60), b.duty("late", -200)),
        choices=(b.choice("expo", closes=date(2024, 12, 1)), b.choice("abroad", closes=date(2024, 10, 1))),
    )
    assert [day for day, _, _ in found] == [
        date(2024, 12, 1), date(2024, 12, 1), date(2025, 1, 17), date(2024, 8, 30), date(2024, 10, 1),
    ]  # fmt: skip
    # 1 December 2024 is a Sunday: 28 days to Friday; 1 October a holiday: 32 days since 30 September
    assert [left for _, left, _ in found] == ["还有 28 天", "还有 28 天", "还有 77 天", "已过 63 天", "已过 32 天"]


def test_a_programme_without_anything_due_has_an_empty_list() -> None:
    assert seen(duties=()) == []


def test_the_page_says_that_it_is_internal() -> None:
    with overlay(None) as folder:
        html = next(iter(due_list(Press(plans.programme(), plans.plan(), "zh"), folder)))
    assert "内部资料，不外传" in html.content.decode()  # type: ignore[union-attr]
