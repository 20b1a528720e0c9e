"""Money as offices keep it: funds, prices, places handed down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.messy.firm_sheets import OWN
from tests.messy.making import Messy, Refused, book, comma


def budget(folder: Path) -> None:
    """A budget in 万元 with subtotals by kind, a total, the kind written once for its rows, and brackets for what is taken away."""
    rows = [
        ["2027年度经费预算表（示例）"],
        ["编制单位：示例商务厅", *[None] * 8, "金额单位：万元"],
        ["资金性质", "资金编号", "资金名称", "地区", "资金总额", "起始日期", "截止日期", "开支范围", "来源", "可信度"],
        [
            "因公经费",
            "t1",
            "示例因公出国经费",
            "gz",
            20.5,
            "2027-01-01",
            "2027-12-31",
            "国际旅费、住宿费、伙食费、公杂费",
            *OWN,
        ],
        [None, "t2", "示例因公赴港澳经费", "gz", "1,200.75", "2027.1.1", "2027.12.31", "交通费；住宿", *OWN],
        [None, "小计", None, None, 1221.25],
        [
            "外经贸发展专项资金",
            "d1",
            "示例外经贸资金",
            "gz",
            300,
            "2027年1月1日",
            "2027年12月31日",
            "展位费、特装",
            *OWN,
        ],
        ["总计", None, None, None, 1521.25],
    ]
    book(("预算表", rows), merged=["A1:J1", "A4:A6"]).save(folder / "资金来源.xlsx")


def _fund(amount: str) -> dict[str, Any]:
    return {"amount": Decimal(amount), "period_from": date(2027, 1, 1), "period_to": date(2027, 12, 31)}


BUDGET = Messy(
    "budget",
    budget,
    {"funds": {"t1": _fund("205000"), "t2": _fund("12007500"), "d1": _fund("3000000")}},
    told=("万元", "6, 8"),
    several=True,
)


def prices(folder: Path) -> None:
    """Prices of stands in two currencies by their names, and the rate of one."""
    rows = [
        ["展会", "展位类型", "展位费", "币种", "来源", "可信度"],
        ["namm", "标摊", "3,500.00", "美元", *OWN],
        ["canton", "标准展位", "2.65万元", "人民币", *OWN],
    ]
    (folder / "展位价格.csv").write_bytes(comma(rows, "gb18030"))
    rates = [["币种", "汇率", "日期", "来源", "可信度"], ["美元", "7.1", "2026年11月2日", *OWN]]
    (folder / "汇率.csv").write_bytes(comma(rates, "utf-8"))


PRICES = Messy(
    "prices",
    prices,
    {
        "prices": {
            ("namm", "", "standard"): {"per_booth": Decimal(3500), "currency": "USD"},
            ("canton", "", "standard"): {"per_booth": Decimal(26500), "currency": "CNY"},
        }
    },
)


def quotas(folder: Path) -> None:
    """Places handed down: one number merged over three zones, which only its writer knows the meaning of."""
    rows = [
        ["第141届广交会展位基数分配表（示例）"],
        ["展期编号", "地区", "展位基数", "来源", "可信度"],
        ["canton-141-1", "gz-p-guiyang", 12, *OWN],
        [None, "gz-p-zunyi", None, *OWN],
        [None, "gz-p-anshun", 3, *OWN],
        ["合计", None, 27],
    ]
    book(("Sheet1", rows), merged=["A1:E1", "A3:A5", "C3:C4"]).save(folder / "展位基数.xlsx")


QUOTAS = Messy(
    "quotas",
    quotas,
    {
        "quotas": {
            ("canton-141-1", "", "gz-p-guiyang"): {"booths": 12},
            ("canton-141-1", "", "gz-p-zunyi"): {"booths": 12},
            ("canton-141-1", "", "gz-p-anshun"): {"booths": 3},
        }
    },
    told=("C3:C4",),
    several=True,
)


def odd_money(folder: Path) -> None:
    """Amounts nobody can book: a range, a negative in brackets where none may be, a currency of another column, words."""
    rows = [
        ["单位：万元"],
        ["企业编号", "企业名称", "地区", "自有预算", "上年出口额（万元）", "来源", "可信度"],
        ["F1", "示例茶业", "gz-p-zunyi", "30-50", 1, *OWN],
        ["F2", "示例吉他", "gz-p-zunyi", "(12.5)", 1, *OWN],
        ["F3", "示例轮胎", "gz-p-zunyi", "若干", 1, *OWN],
    ]
    book(("企业", rows)).save(folder / "企业.xlsx")


ODD_MONEY = Messy(
    "odd-money",
    odd_money,
    refused=(
        Refused("企业.xlsx[企业]", 2, "上年出口额（万元）", ("USD",)),
        Refused("企业.xlsx[企业]", 3, "自有预算", ("30-50",)),
        Refused("企业.xlsx[企业]", 4, "自有预算", ("(12.5)",)),
        Refused("企业.xlsx[企业]", 5, "自有预算", ("若干",)),
    ),
    several=True,
)

MONEY_SHEETS = (BUDGET, PRICES, QUOTAS, ODD_MONEY)
