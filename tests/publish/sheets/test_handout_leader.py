"""The leader's edition: officials by half-days, every firm with room for a contact, everything due; internal."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from fairplanner.domain.duties import Activity
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.sheets.handout import handout
from fairplanner.publish.sheets.handout_leader import leader_edition, leader_editions
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans, stress
from tests.publish.reading import pdf_text

TEMPLATES = shipped("templates")
BUSINESS = Activity(
    phase_id="abroad-1-1", zone_id="prov", on=date(2025, 3, 18), half="morning", what_zh="拜访商会（测试）", what_en="Call on the chamber (test)", **b.SAMPLE
)  # fmt: skip


@lru_cache
def made(lang: str = "zh", which: int = 0) -> Sheet:
    duties = (b.duty("permit", -40, who="officials", name_zh="报批（测试）", name_en="Permit (test)"),)
    press = Press(plans.programme(activities=(BUSINESS,), duties=duties), plans.plan(), lang)
    return leader_edition(press, press.parties[which])


def section(sheet: Sheet, key: str) -> Section:
    return next(s for s in sheet.sections if s.key == key)


def test_half_days_say_what_is_done_and_which_are_empty() -> None:
    slots = {d.date: [s.lines for s in d.slots] for d in section(made(), "days").days}
    assert slots["2025年3月18日（周二）"] == [("拜访商会（测试）",), (), ("空：未安排公务活动",), ()]
    assert slots["2025年3月19日（周三）"] == [("空：未安排公务活动",), (), ("空：未安排公务活动",), ()]
    assert slots["2025年3月15日（周六）"] == [(), (), (), ()]
    assert dict(made().facts)["公务活动"] == "应计半天 6 个，已安排 1 个"
    assert ("Call on the chamber (test)",) in [s.lines for d in section(made("en"), "days").days for s in d.slots]


def test_officials_are_told_by_post_with_their_days_and_their_cost() -> None:
    facts = dict(made().facts)
    assert facts["公务团组经费（测算）"] == "23,499.33 元"
    assert facts["公务团组人数"] == "3 人"
    titles = {d.date: [line.title for line in d.lines] for d in section(made(), "days").days}
    assert titles["2025年3月17日（周一）"][:2] == ["公务团组离境", "公务团组抵达lion"]
    assert titles["2025年3月20日（周四）"][0] == "公务团组离开lion"
    assert titles["2025年3月21日（周五）"][0] == "公务团组返回入境"


def test_duties_of_officials_stand_here_and_on_no_paper_of_firms() -> None:
    press = Press(
        plans.programme(duties=(b.duty("permit", -40, who="officials", name_zh="报批（测试）"),)), plans.plan(), "zh"
    )
    table = section(made(), "deadlines").table
    assert table is not None
    assert any("报批（测试）" in row[1] for row in table.rows)
    assert "报批（测试）" not in str(handout(press, press.parties[0]).data())


def test_every_firm_has_empty_cells_for_a_contact() -> None:
    table = section(made(), "firms").table
    assert table is not None
    assert table.headers[-2:] == ("联系人（手填）", "电话（手填）")
    assert [row[1] for row in table.rows] == ["示例企业f1", "示例企业f2"]
    assert {row[-2:] for row in table.rows} == {("", "")}
    assert table.total[4:6] == ("2", "4")


def test_a_delegation_at_home_has_no_officials_and_nothing_is_called_empty() -> None:
    sheet = made(which=1)
    assert "公务" not in str([s for s in sheet.sections if s.key != "deadlines"])
    assert not [line for d in section(sheet, "days").days for s in d.slots for line in s.lines]


@pytest.mark.parametrize(("lang", "said"), [("zh", "内部资料，不外传"), ("en", "Internal,nottobepassedon")])
def test_it_lies_under_internal_and_says_so_on_every_page(lang: str, said: str) -> None:
    press: Any = Press(*stress.stress(), lang)
    draft = list(leader_editions(press, TEMPLATES))[stress.NEW_YEAR]
    assert draft.path.parts[:2] == ("internal", "leaders-editions")
    text = pdf_text(pdf(TEMPLATES / draft.template, draft.data, 0, TEMPLATES))
    pages = text.count({"zh": "页/共", "en": "Page"}[lang])
    assert text.count(said) == pages >= 2


def test_one_without_anybody_can_be_made() -> None:
    press = Press(*stress.stress(), "zh")
    sheet = leader_edition(press, press.parties[stress.EMPTY])
    assert section(sheet, "firms").paragraphs == ("本期没有安排企业参加。",)
