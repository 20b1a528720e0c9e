"""What `show` prints: every amount states its currency, whatever that is, and each view adds up."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from fairplanner.cli.show import VIEW
from fairplanner.words import words
from tests import builders as b
from tests.publish.plans import plan

AMOUNT = r"-?[\d,]+\.\d{2}"


@pytest.mark.parametrize("view", ["delegation", "firm", "fund"])
@pytest.mark.parametrize(
    ("lang", "currency", "said"),
    [("zh", "CNY", f"{AMOUNT} 元"), ("zh", "USD", f"{AMOUNT} (?!元)"), ("en", "CNY", f"CNY {AMOUNT}"), ("en", "USD", f"USD {AMOUNT}")],
)  # fmt: skip
def test_every_amount_states_the_currency_of_the_programme(view: str, lang: str, currency: str, said: str):
    funds = tuple(fund.model_copy(update={"currency": currency}) for fund in b.a_programme().funds)
    programme = b.a_programme(settings=b.settings(currency=currency), funds=funds)
    text = "\n".join(VIEW[view](words(lang), programme, plan()))
    assert re.search(AMOUNT, text)
    assert len(re.findall(AMOUNT, text)) == len(re.findall(said, text))
    assert (currency in text) is not (lang == "zh" and currency == "CNY")


def test_used_and_left_of_a_fund_add_up_to_its_amount():
    lines = list(VIEW["fund"](words("zh"), b.a_programme(), plan()))
    assert lines
    for line in lines:
        whole, used, left = (Decimal(x.replace(",", "")) for x in re.findall(AMOUNT, line))
        assert whole == used + left


def test_journeys_are_told_in_the_one_style_of_dates():
    assert "2025年3月15日—22日（周六至周六）" in "\n".join(VIEW["firm"](words("zh"), b.a_programme(), plan()))
