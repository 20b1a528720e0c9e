"""The notice says what, why, from when, what has shut and what to do, and no money; the office's record says the rest."""

from __future__ import annotations

from datetime import date

import pytest

from fairplanner.amend import withdraw
from fairplanner.domain import reference as r
from fairplanner.domain.amending import Amended
from fairplanner.publish.notices.amend_notice import notice, record, record_lines
from tests import builders as b
from tests.amend.plans import a_queue, act
from tests.publish.lists.test_corrected_list import change

VERBS = ("withdraw", "promote", "firm", "people", "waiting", "no-order", "post")


def texts(made: Amended, lang: str) -> tuple[str, str]:
    return notice(made, lang).content.decode(), record(made, lang).content.decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_change_has_a_notice_without_money_and_a_record(verb: str, lang: str) -> None:
    outward, inward = texts(change(verb), lang)
    assert "产品未备齐" in outward
    assert {"zh": "2025年1月10日", "en": "10 January 2025"}[lang] in outward
    assert {"zh": "示例数据", "en": "Sample data"}[lang] in outward
    assert "{" not in outward + inward
    assert not any(word in outward for word in ("内部", "internal", "10,000"))
    assert inward.splitlines()[0] == {"zh": "内部资料", "en": "internal"}[lang]
    assert next(line for line in record_lines(change(verb), lang) if line) in inward
    if lang == "en":
        assert not any("\u4e00" <= ch <= "\u9fff" for ch in inward.replace("产品未备齐", ""))


def test_a_withdrawal_says_what_is_lost_what_is_unknown_and_who_is_next() -> None:
    outward, inward = texts(change("withdraw"), "zh")
    assert "退出：示例企业f2（标准展位 1 个，2 人）。" in outward
    assert "未知：会刊、楣板、货运" in outward
    assert "组展（主办）单位" in outward
    assert "展位费 10,000.00 元：能否退还未知；是否已缴未知" in inward
    assert "空出展位 1 个，已记入参展台账" in inward
    assert "候补次序中下一家：示例企业f4" in inward
    assert "与最优方案的差距未知" in inward


def test_who_comes_in_and_who_goes_instead_are_called_differently() -> None:
    assert "候补递补：示例企业f4（标准展位 1 个，2 人），随" in texts(change("promote"), "zh")[0]
    assert "顶替：示例企业f4" in texts(change("firm"), "zh")[0]
    assert "退出候补：示例企业f4" in texts(change("waiting"), "zh")[0]


def test_a_replaced_post_is_told_to_the_office_of_the_permit() -> None:
    outward, inward = texts(change("post"), "zh")
    assert "外事部门（批件 示例1号）" in outward
    assert "任务批件 示例1号：人员变更" in inward


def test_a_milestone_is_told_on_the_day_stated_and_a_duty_on_the_last_working_day() -> None:
    stated = r.Milestone(
        milestone_id="m1", what_zh="会刊截稿", what_en="catalogue closes", due=date(2025, 3, 2), phase_id="expo-1-1",
        door="catalogue", **b.SAMPLE,
    )  # fmt: skip
    duties = (b.duty("ship", -30, regimes=("home",), who="goods", door="freight"),)
    made = withdraw(*a_queue(milestones=(stated,), duties=duties), "f2", "expo-1-1", act())
    outward = texts(made, "zh")[0]
    assert "未截止：会刊——会刊截稿，最晚2025年3月2日（周日）。" in outward
    assert "未截止：货运——ship事项，最晚2025年3月14日（周五）。" in outward
    assert "未知：楣板" in outward
