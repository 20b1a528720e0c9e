"""Reasons in words: every key has a sentence in both languages, figures and names are the reader's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.publish.money.unclaimed import Unclaimed
from fairplanner.publish.press import Press
from fairplanner.publish.wording.why_words import WhyWords
from tests import builders as b
from tests.publish import plans


def words(lang: str = "zh") -> WhyWords:
    return WhyWords(Press(b.packed(b.pack(b.pack_subsidy())), plans.plan(claims=()), lang).money_words)


def refused(key: str, limit: str, value: str) -> Unclaimed:
    facts = (("fund", "trade"), ("limit", limit), ("value", value))
    return Unclaimed("f1", "expo-1-1", "pk.stand", key, facts)


@pytest.mark.parametrize(
    ("key", "limit", "value", "said"),
    [
        ("export", "/65000000", "70000000", "出口额（美元）应不超过 65,000,000，本企业：70,000,000"),
        ("export", "1000/2000", "", "出口额（美元）应1,000 至 2,000，本企业：未填"),
        ("staff", "/300", "", "职工人数应不超过 300，本企业：未填"),
        ("stand", "raw;brand", "standard", "只支持光地、品牌展位，本次为标准展位"),
        ("kind", "producer", "trader", "只支持生产型企业，本企业为流通型"),
        ("tag", "new;-big", "big", "只支持标签：new、非big；本企业：big"),
        ("validity", "/2024-12-31", "2025-04-19", "规则只适用于规定期间（2024-12-31 止）结束的展会"),
        ("sme", "sme", "", "只支持中小企业"),
        ("fund-lines", "fare", "stand", "不支付“展位”"),
        ("fund-period", "2024-01-01/2024-12-31", "2025-04-19", "使用期 2024-01-01 至 2024-12-31，拨付日 2025年4月19日"),
        ("lead-time", "2025-02-18", "", "报名应收到的最后一天：2025年2月18日（周二），收到日期：未填"),
    ],
)
def test_a_reason_is_said_with_limit_and_value(key: str, limit: str, value: str, said: str) -> None:
    assert said in words().why(refused(key, limit, value))


KEYS = (
    "validity", "fund-nature", "fund-lines", "fund-period", "fund-scheme", "fair-list", "stand", "sme", "kind", "sector", "tag",
    "export", "staff", "turnover", "years", "first-timer", "lead-time", "committed", "no-cost", "below-least",
    "claim-counts", "claim-exclusion", "claim-spread", "claim-groups", "claim-shares", "cost", "limit", "fund", "fund-until",
    "value",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_every_reason_has_a_sentence(lang: str, key: str) -> None:
    assert f"money.why.{key}" in words(lang).w


def test_subsidies_with_the_same_reason_share_a_line() -> None:
    same = [refused("sme", "sme", ""), Unclaimed("f1", "expo-1-1", "other", "sme", (("limit", "sme"), ("value", "")))]
    assert words().lines(same) == ("未申报 pk.stand、other：只支持中小企业",)


def test_a_fund_that_is_short_says_what_could_be_claimed_and_what_is_left() -> None:
    facts = (("fund", "trade"), ("left", "1234.5"))
    said = words("en").why(Unclaimed("f1", "expo-1-1", "pk.stand", "fund", facts, Decimal(5000)))
    assert said.startswith("5,000.00 could be claimed, but the fund ")
    assert said.endswith(" has only 1,234.50 left")
