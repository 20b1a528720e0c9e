"""Cells of money: with a unit of their own, with signs, in brackets, about; in another currency they are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.money_cells import currency_named, is_about, money


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("50万元", 500_000), ("50万", 500_000), ("约50万", 500_000), ("2.65万元", 26_500), ("￥3,000,000.00", 3_000_000), ("¥300", 300), ("300元", 300),
        ("人民币300元整", 300), ("１，２００．５０元", Decimal("1200.5")), ("(12.5)", Decimal("-12.5")), ("（1,200.00）", -1200), ("-3万", -30_000), ("1.2亿元", 120_000_000),
        ("5百元", 500), ("3千元", 3000), ("十", None), ("RMB 500", 500), ("500CNY", 500), (1200.5, Decimal("1200.5")), ("1 200", 1200), ("12", 12),
    ],
)  # fmt: skip
def test_an_amount_in_yuan_is_understood(cell: object, amount: Decimal | None):
    if amount is None:
        with pytest.raises(BadCellError):
            money("CNY")(cell)  # type: ignore[arg-type]
    else:
        assert money("CNY")(cell) == amount  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "unit", "what"),
    [
        ("50万美元", "CNY", "money-currency"), ("$300", "CNY", "money-currency"), ("300元", "USD", "money-currency"), ("€5", "CNY", "money-currency"),
        ("3500美元", "as currency", "money-currency-column"), ("30-50", "CNY", "number"), ("30万-50万", "CNY", "number"), ("若干", "CNY", "number"), ("(12", "CNY", "number"),
        ("5百", "CNY", "number"), ("12元/天", "CNY", "number"), ("万元", "CNY", "number"), ("1,23元", "CNY", "number"), ("99999999亿元", "CNY", "number-big"), ("", "CNY", "number"),
        ("5台", "CNY", "number"), ("#N/A", "CNY", "excel-error"),
    ],
)  # fmt: skip
def test_what_is_no_amount_of_that_currency_is_refused_by_name(cell: str, unit: str, what: str):
    with pytest.raises(BadCellError) as caught:
        money(unit)(cell)
    assert caught.value.what == what


def test_an_amount_in_dollars_stands_in_a_column_of_dollars():
    assert [money("USD")(c) for c in ("$3,500", "US$3500", "3500美元", "USD 3,500", "0.35万美元")] == [3500] * 5


def test_amounts_that_are_about_are_known_by_it():
    assert is_about("约50万")
    assert is_about("50万左右")
    assert not is_about("50万")
    assert not is_about(50)


def test_currencies_have_names():
    assert [currency_named(x) for x in ("人民币", "美元", "US$", "eur", "港 币", "元宝")] == [
        "CNY",
        "USD",
        "USD",
        "EUR",
        "HKD",
        "",
    ]
