"""Assumptions in sentences: names, days and amounts as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from fairplanner.cli.said.aligned import aligned, places
from fairplanner.cli.said.assumption import AssumptionWords
from fairplanner.domain.duties import Activity
from fairplanner.explain.assuming import parsed_all
from fairplanner.words import words
from tests.builders import SAMPLE, a_programme, decision, fund


def said(lang: str, *texts: str) -> list[str]:
    business = Activity(
        phase_id="expo-1-1", zone_id="prov", on=date(2025, 4, 16), half="morning", what_zh="会见", **SAMPLE
    )
    programme = a_programme(
        decisions=(decision(firm_id="f1"),), activities=(business,),
        funds=(fund("trade"), fund(name_zh="省级经费", name_en="Provincial money")),
    )  # fmt: skip
    return list(AssumptionWords(programme, words(lang)).lines(parsed_all(programme, texts)))


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("funds/travel.amount+=42000", "省级经费：金额由 200,000 元改为 242,000 元", "Provincial money: amount CNY 242,000 instead of CNY 200,000"),
        ("drop:expo-1-1", "第1届expo展第1期停办", "expo fair, edition 1, phase 1 is not held"),
        ("firms/f1.teams=2", "示例企业f1：可派队数由 1 改为 2 ", "Sample f1: teams 2 instead of 1"),
        ("firms/f1.own_money=30000", "示例企业f1：自有预算填为 30,000 元（原为空白）", "Sample f1: own money CNY 30,000, where nothing stood"),
        ("zones/west.sends=no", "west区：组团由是改为否", "west: sends no instead of yes"),
        ("value.delegation=3", "programme.toml 的 value.delegation 由 2 改为 3", "programme.toml, value.delegation: 3 instead of 2"),
        ("must-go:f2@expo-1-1", "示例企业f2必须参加第1届expo展第1期", "Sample f2 must go to expo fair, edition 1, phase 1"),
        ("must-not:west@expo-1-1", "west区不得参加第1届expo展第1期", "west must not go to expo fair, edition 1, phase 1"),
        ("phases/expo-1-1.end=2025-04-20", "第1届expo展第1期：闭幕由 2025年4月19日（周六）改为 2025年4月20日（周日）",
         "expo fair, edition 1, phase 1: closes 20 April 2025 (Sun) instead of 19 April 2025 (Sat)"),
        ("applications/f1/expo-1-1/-.state=withdrawn", "示例企业f1、第1届expo展第1期：进度由已报名改为退展",
         "Sample f1, expo fair, edition 1, phase 1: state withdrawn instead of applied"),
    ],
)  # fmt: skip
def test_one_assumption_is_one_sentence(text: str, zh: str, en: str) -> None:
    assert said("zh", text) == [zh.strip()]
    assert said("en", text) == [en]


def test_a_fair_that_is_moved_is_one_sentence_and_what_moves_along_another() -> None:
    first, along = said("zh", "move:expo-1-1=+14d")
    assert first == "第1届expo展第1期由2025年4月15日—19日（周二至周六）改至2025年4月29日—5月3日（周二至周六）"
    assert along == "第1届expo展第1期前后的 1 项公务活动随之移动"


def test_what_is_taken_away_or_added_is_named() -> None:
    assert said("en", "decisions/d1=-")[0].startswith("the decision d1")
    assert said("zh", "applications/f1/expo-1-1/-=-") == ["报名：去掉“示例企业f1、第1届expo展第1期”"]
    row = 'posts/p2=+{"post_id": "p2", "title_zh": "副处长", "zone_id": "prov", "skill": "leader", "source": "x", "confidence": "user"}'
    assert "副处长" in said("zh", row)[0]


def test_columns_stand_under_one_another_whatever_they_are_written_in() -> None:
    lines = list(aligned([("资金", "元"), ("a", "1,000"), ("省级资金", "5")], lang="zh"))
    assert {places(line) for line in lines} == {places("省级资金  1,000")}
    assert lines[1] == "a         1,000"
